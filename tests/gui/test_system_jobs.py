"""What the agent does by the clock, in the window."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from agent.contract.access import Role
from agent.contract.jobs import JobName
from agent.errors import DiskFull
from agent.jobs.backups import BackupSchedule
from agent.storage.repositories.jobs import Run
from tests.gui.conftest import OpenWindow
from tests.gui.served import ServedOffice
from tests.gui.system import names, opened, section, told

HOUR = timedelta(hours=1)


def row(jobs: object, name: JobName) -> tuple[str, ...]:
    return jobs.table.list.values(name.value)  # type: ignore[attr-defined]


def test_each_with_its_last_and_next_run_and_what_to_do(open_window: OpenWindow, served: ServedOffice) -> None:
    rota, store = served.office.reach.rota, served.office.store
    now = datetime.now(UTC)

    async def ran() -> None:
        await store.jobs.keep(JobName.LEARNING, Run(now - HOUR, now - HOUR + timedelta(seconds=75)))
        await store.jobs.keep(JobName.RETENTION, Run(now - HOUR))
        with pytest.raises(DiskFull):
            async with rota.running(store, JobName.REPORTS):
                raise DiskFull("No room for Maria.", "Make some.")

    with ExitStack() as plans:
        plans.enter_context(rota.planned(JobName.LEARNING, lambda: now + HOUR))
        plans.enter_context(rota.planned(JobName.REPORTS, lambda: now + HOUR))
        with rota.planned(JobName.RETENTION, lambda: now):
            pass
        served.do(ran())
        desk = opened(open_window, served, Role.SUPERVISOR)
        jobs = section(desk, "jobs")
        desk.until(lambda: len(jobs.table.names) == len(JobName), "all of them")
        clock = desk.window.office.clock
        last, soon = clock(now - HOUR), clock(now + HOUR)
        assert row(jobs, JobName.LEARNING) == ("Aprendizado", last, "1 min", "Deu certo", soon)
        assert row(jobs, JobName.RETENTION)[3:] == (
            "Interrompida: o agente parou no meio.",
            "quando o agente reiniciar",
        )
        assert row(jobs, JobName.BACKUPS) == ("Backup do banco", "nunca", "–", "–", "desligada")
        assert row(jobs, JobName.REPORTS)[3:] == ("Falhou: não há espaço no disco.", soon)
        assert jobs.table.list.item(JobName.REPORTS.value, "tags") == ("bad",)
        desk.until(
            lambda: desk.sees("não há espaço no disco. Libere espaço"), "of the one that failed, without a click"
        )
        jobs.table.choose(JobName.LEARNING.value)
        desk.until(lambda: desk.sees("procura respostas repetidas"))
        assert not desk.sees("Libere espaço no disco")
        assert not jobs.tools.winfo_children(), "a supervisor makes no copies"


def test_a_copy_that_is_asked_for_here_is_a_run(open_window: OpenWindow, served: ServedOffice) -> None:
    reach = served.office.reach
    assert reach.backups is not None
    copies = BackupSchedule(reach.backups, 24, 7, rota=reach.rota)
    with reach.rota.planned(JobName.BACKUPS, copies.next_at):
        desk = opened(open_window)
        jobs = section(desk, "jobs")
        desk.until(lambda: len(jobs.table.names) == len(JobName))
        assert row(jobs, JobName.BACKUPS)[1] == "nunca"
        before = row(jobs, JobName.BACKUPS)[4]
        desk.click(jobs.make_button)
        told(desk, "Backup feito")
        desk.until(lambda: row(jobs, JobName.BACKUPS)[3] == "Deu certo", "it is a run")
        desk.until(lambda: row(jobs, JobName.BACKUPS)[4] != before, "the next one is a day later")
        desk.until(lambda: jobs.make_button.instate(["!disabled"]))


def test_another_language(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    desk.window.choose_language("es")
    desk.until(lambda: "system" in desk.window.tabs, "made anew")
    jobs = section(desk, "jobs")
    desk.until(lambda: len(jobs.table.names) == len(JobName))
    assert row(jobs, JobName.BACKUPS) == ("Copia de la base", "nunca", "–", "–", "desactivada")


def test_without_an_agent_there_is_nothing_and_an_attendant_has_no_such_section(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = opened(open_window, served, Role.ATTENDANT)
    desk.until(lambda: "account" in names(desk))
    assert "jobs" not in names(desk)
    served.token_file.write_text(served.do(served.office.token(Role.SUPERVISOR)))
    desk = opened(open_window)
    served.stop_serving()
    section(desk, "jobs")
    desk.until(lambda: desk.sees("Esperando a resposta do agente"))
