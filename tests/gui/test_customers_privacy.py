"""What the LGPD asks for, in the customers' tab: export, erasure, consents, and who has looked."""

import json
import tkinter as tk
from pathlib import Path
from tkinter import ttk

import pytest

from agent.contract.access import Role
from agent.contract.export import Export
from gui.kit import dialogs
from gui.tabs.customers.privacy import AccessLog
from gui.tabs.customers.tab import CustomersTab
from tests.gui.conftest import OpenWindow
from tests.gui.customers_office import PHONE, opened, seed
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.gui.test_customers import notice, undo, write


@pytest.fixture
def desk(open_window: OpenWindow, served: ServedOffice) -> Driver:
    """The window over three customers."""
    served.do(seed(served))
    return open_window()


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Where the save dialog says that a file goes; the system's own dialog cannot be driven. Another one is put in."""
    answers = [tmp_path / "saved"]
    monkeypatch.setattr(dialogs, "save_as", lambda *_: answers[-1])
    return answers


def asked(desk: Driver, tab: CustomersTab, entry: str) -> tk.Toplevel:
    """The dialog that an entry of the menu opens."""
    tab.card.head.menu.invoke(entry)
    desk.turn(0.1)
    return next(one for one in desk.root.winfo_children() if isinstance(one, tk.Toplevel))


def entry_of(desk: Driver, dialog: tk.Toplevel) -> ttk.Entry:
    return next(one for one in desk.all(dialog) if type(one) is ttk.Entry)


async def exists(served: ServedOffice, who: int) -> bool:
    return bool(await served.office.store.people.find(str(who)))


@pytest.mark.parametrize("form", ["Página para ler (HTML)", "Tabela das mensagens (CSV)", "Completo, para outro"])
def test_an_export_is_kept_where_the_person_says(desk: Driver, saved: list[Path], form: str) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    dialog = asked(desk, tab, "Exportar os dados…")
    desk.click(next(text for text in desk.texts(dialog) if text.startswith(form)))
    desk.click("Salvar como…")
    desk.until(lambda: f"Salvo em {saved[0]}" in notice(tab))
    kept = saved[0].read_text("utf-8")
    assert "oi, quanto custa?" in kept
    assert saved[0].stat().st_mode & 0o777 == 0o600
    if "HTML" in form:
        assert kept.lower().startswith("<!doctype html>")
    if form.startswith("Completo"):
        assert Export.model_validate_json(kept).chats[0].messages


def test_a_file_that_cannot_be_written_is_said(desk: Driver, saved: list[Path], tmp_path: Path) -> None:
    saved.append(tmp_path / "no such folder" / "x.html")
    tab = opened(desk, 1, "Ana Conceição")
    asked(desk, tab, "Exportar os dados…")
    desk.click("Salvar como…")
    desk.until(lambda: "Não foi possível gravar" in notice(tab))
    assert "Escolha outra pasta" in notice(tab)


def test_erased_only_after_the_right_words(desk: Driver, served: ServedOffice, saved: list[Path]) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    dialog = asked(desk, tab, "Apagar tudo…")
    entry, button = entry_of(desk, dialog), desk.named("Apagar para sempre")
    assert isinstance(button, ttk.Button)
    for wrong in ("", "Ana", "Bia", "+55 11 90000-0013", "sim"):
        desk.fill(entry, wrong)
        assert "disabled" in button.state()
        desk.press("<Return>", entry)
        button.invoke()
        assert dialog.winfo_exists()
    assert desk.sees("Ainda não é igual.")
    desk.press("<Escape>", entry)
    assert not dialog.winfo_exists()
    assert served.do(exists(served, 1)), "nothing was done"

    unreadable = served.settings.profile_dir / "recordings" / "real.balcao"
    unreadable.parent.mkdir(parents=True)
    unreadable.write_bytes(b"PK")
    dialog = asked(desk, tab, "Apagar tudo…")
    desk.fill(entry_of(desk, dialog), "+55 (11) 90000-0012")
    desk.click("Apagar para sempre")
    desk.until(lambda: desk.sees("Relatório assinado"))
    assert not served.do(exists(served, 1))
    assert desk.sees("Estas gravações não puderam ser lidas ou excluídas")
    desk.until(lambda: desk.sees("Este cliente não existe mais"))
    desk.click("Salvar relatório…")
    desk.until(saved[0].exists)
    desk.until(lambda: desk.sees(f"Salvo em {saved[0]}"))
    report = json.loads(saved[0].read_text())
    assert report["report"]["kind"] == "erased"
    assert desk.sees(report["report"]["id"])
    assert PHONE not in saved[0].read_text()
    desk.click("Fechar")


def test_somebody_is_made_nobody_by_their_name(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 2, "Bia 🌻")
    dialog = asked(desk, tab, "Anonimizar…")
    desk.fill(entry_of(desk, dialog), "bia")
    desk.press("<Return>", entry_of(desk, dialog))
    desk.until(lambda: desk.sees("Relatório assinado"))
    desk.until(lambda: desk.sees("Anonimizado em"))
    assert served.do(exists(served, 2))
    desk.until(lambda: not desk.sees("Bia"))


def test_an_erasure_while_the_agent_is_gone_is_said(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 2, "Bia 🌻")
    dialog = asked(desk, tab, "Apagar tudo…")
    served.stop_serving()
    desk.fill(entry_of(desk, dialog), "Bia")
    desk.click("Apagar para sempre")
    desk.until(lambda: "O agente não responde" in notice(tab))
    assert served.do(exists(served, 2))


def test_erased_elsewhere(desk: Driver, served: ServedOffice) -> None:
    opened(desk, 2, "Bia 🌻")
    served.do(served.office.reach.forgetting.erase(2, "command"))
    desk.until(lambda: desk.sees("Este cliente não existe mais"))


def test_consents(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    consents = tab.card.consents

    def there() -> list[tuple[str, bool]]:
        found = served.do(served.office.store.privacy.consents([1]))
        return [(one.text, one.withdrawn_at is not None) for one in found]

    write(desk, consents.text, "x" * 4001)
    assert "4000" in consents.text.fault
    write(desk, consents.text, "Aceitou ofertas.")
    consents.basis.set("Contrato")
    desk.click("Anotar base legal")
    desk.until(lambda: there() == [("Aceitou ofertas.", False)])
    desk.until(lambda: desk.sees("Contrato · Este computador"))
    desk.click("Retirar")
    desk.until(lambda: there() == [("Aceitou ofertas.", True)])
    desk.until(lambda: desk.sees("retirado em"))
    undo(desk, tab)
    assert there() == [("Aceitou ofertas.", False)]
    tab.edits.line.hide()
    undo(desk, tab)
    assert there() == []
    desk.until(lambda: desk.sees("Nada anotado ainda."))


def test_who_has_looked(desk: Driver, served: ServedOffice) -> None:
    async def many() -> None:
        client = await served.office.client(Role.SUPERVISOR)
        for _ in range(60):
            await client.get("/api/customers/1")

    served.do(many())
    tab = opened(desk, 1, "Ana Conceição")
    dialog = asked(desk, tab, "Quem acessou os dados…")
    assert isinstance(dialog, AccessLog)
    desk.until(lambda: len(dialog.list.get_children()) == 50)
    assert desk.sees("Abriu a ficha")
    assert desk.sees("Usuário")
    desk.click("Mostrar mais")
    desk.until(lambda: len(dialog.list.get_children()) > 60)
    desk.press("<Escape>", dialog.list)
    assert not dialog.winfo_exists()
