"""The dialog in which a report is asked for, and what is kept of it."""

import tkinter as tk
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.contract.access import Role
from agent.contract.report import ReportPeriod
from gui.kit import dialogs
from gui.reporting import ReportDialog, _period
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.storage.reported_days import ZONE, says

LONG = "maria aparecida dos santos conceicao de albuquerque e vasconcelos"


@pytest.fixture
def desk(open_window: OpenWindow, served: ServedOffice) -> Driver:
    """The window over one message, of today."""

    async def one() -> None:
        await says(served.office.store, 1, "Ana", datetime.now(ZoneInfo(ZONE)).replace(hour=0, second=1), "in")
        for name in ("ana", LONG):
            await served.office.store.accounts.add(name, Role.ATTENDANT, None)

    served.do(one())
    desk = open_window()
    desk.until(lambda: desk.window.office.role is Role.ADMIN)
    return desk


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Where the save dialog says that a file goes, and under which names it was asked for."""
    answers = [tmp_path / "saved"]
    monkeypatch.setattr(dialogs, "save_as", lambda _office, name, _kind: (answers.append(Path(name)), answers[0])[1])
    return answers


def opened(desk: Driver) -> ReportDialog:
    desk.click("Exportar relatório")
    dialog = next(one for one in desk.root.winfo_children() if isinstance(one, ReportDialog))
    desk.until(lambda: LONG in dialog.attendant.box.cget("values"))
    return dialog


def today(pattern: str = "%d/%m/%Y") -> str:
    """Where the company is, wherever the window is."""
    return datetime.now(ZoneInfo(ZONE)).strftime(pattern)


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_a_report_is_kept_where_the_person_says(desk: Driver, saved: list[Path], form: str, begins: bytes) -> None:
    dialog = opened(desk)
    dialog.form.choose(form)
    dialog.period.choose("month")
    desk.click("Salvar como…")
    desk.until(lambda: desk.sees(f"Relatório salvo em {saved[0]}"))
    assert saved[0].read_bytes().startswith(begins)
    assert saved[0].stat().st_mode & 0o777 == 0o600
    assert saved[1].name.startswith(f"relatorio-{today('%Y-%m')}-01_")
    assert saved[1].suffix == f".{form}"
    assert not dialog.winfo_exists()


def test_of_one_attendant_and_one_day(desk: Driver, saved: list[Path]) -> None:
    dialog = opened(desk)
    dialog.period.choose("day")
    dialog.attendant.choose(LONG)
    dialog.form.choose("csv")
    assert dialog.covers.cget("text") == f"Cobre {today()}. Ainda não terminou."
    desk.click("Salvar como…")
    desk.until(lambda: desk.sees("Relatório salvo"))
    text = saved[0].read_text("utf-8-sig")
    assert f"Relatório;;Atendente;{LONG};" in text
    assert "Volume;;Mensagens recebidas;0;" in text  # nothing is assigned to her


def test_the_day_is_that_of_the_company(desk: Driver, served: ServedOffice) -> None:
    served.office.store._now = lambda: datetime(2031, 3, 1, 2, 0, tzinfo=UTC)
    dialog = opened(desk)
    assert dialog.first.entry.get() == dialog.last.entry.get() == "28/02/2031"
    assert dialog.covers.cget("text") == "Cobre de 24/02/2031 a 02/03/2031: 7 dias. Ainda não terminou."


def test_days_are_checked_while_one_types(desk: Driver) -> None:
    dialog = opened(desk)
    assert not dialog.last.winfo_manager()
    dialog.period.choose("range")
    desk.turn()
    assert dialog.last.winfo_manager()
    for first, last, fault in (
        ("", today(), "Escreva o dia como"),
        ("31/02/2026", today(), "Escreva o dia como"),
        ("31/12/9999", today(), "ainda não chegou"),
        ("02/01/2020", "01/01/2020", "antes do primeiro"),
        ("01/01/2020", "01/01/2022", "No máximo 366 dias"),
    ):
        desk.fill(dialog.first.entry, first)
        desk.fill(dialog.last.entry, last)
        assert fault in dialog.first.fault + dialog.last.fault
        assert dialog.save.instate(["disabled"])
        dialog._save()  # the keyboard's way to a button that is off
    desk.fill(dialog.first.entry, "2020-01-01")
    desk.fill(dialog.last.entry, "31/01/2020")
    assert dialog.covers.cget("text") == "Cobre de 01/01/2020 a 31/01/2020: 31 dias."
    assert dialog.save.instate(["!disabled"])
    desk.fill(dialog.last.entry, "x")
    dialog.period.choose("week")
    assert dialog.covers.cget("text") == "Cobre de 30/12/2019 a 05/01/2020: 7 dias."


def test_a_file_that_cannot_be_written_is_said_and_can_be_tried_again(
    desk: Driver, saved: list[Path], tmp_path: Path
) -> None:
    dialog = opened(desk)
    saved[0] = tmp_path / "no such folder" / "x.pdf"
    desk.click("Salvar como…")
    desk.until(lambda: "Não foi possível gravar" in dialog.said.cget("text"))
    saved[0] = tmp_path / "x.pdf"
    desk.click("Salvar como…")
    desk.until(lambda: not dialog.winfo_exists())
    assert saved[0].exists()


def test_what_the_agent_refuses_or_does_not_answer_is_said(
    desk: Driver, served: ServedOffice, saved: list[Path]
) -> None:
    del saved
    dialog = opened(desk)
    dialog.attendant._called["nobody of that name"] = "Ninguém"
    dialog.attendant.box.configure(values=list(dialog.attendant._called.values()))
    dialog.attendant.choose("nobody of that name")
    desk.click("Salvar como…")
    desk.until(lambda: "no attendant of this name" in dialog.said.cget("text"))
    served.stop_serving()
    desk.click("Salvar como…")
    desk.until(lambda: "O agente não responde" in dialog.said.cget("text"))
    assert dialog.save.instate(["!disabled"])


def test_an_attendant_is_told_that_it_is_not_theirs(desk: Driver) -> None:
    desk.window.office.role = Role.ATTENDANT
    desk.click("Exportar relatório")
    desk.until(lambda: desk.sees("não tem permissão"))
    assert not [
        one for one in desk.root.winfo_children() if isinstance(one, tk.Toplevel) and "relatório" in one.title()
    ]


def test_the_keyboard_opens_and_closes_it(desk: Driver) -> None:
    desk.press("<Control-r>", desk.root)
    dialog = next(one for one in desk.root.winfo_children() if isinstance(one, ReportDialog))
    desk.press("<Escape>", dialog)
    assert not dialog.winfo_exists()


def test_its_periods_are_the_agents() -> None:
    from agent.storage.days import days_of

    for kind in (ReportPeriod.DAY, ReportPeriod.WEEK, ReportPeriod.MONTH):
        for number in range(0, 800, 13):
            day = date(2025, 1, 1) + timedelta(days=number)
            assert _period(kind.value, day, day) == days_of(kind, day, None, date(2030, 1, 1), 366)
