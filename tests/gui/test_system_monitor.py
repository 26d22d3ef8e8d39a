"""The monitor in the window: figures, alerts that come and go, and the window's own when nobody answers."""

from datetime import UTC, datetime, timedelta

from agent.contract.access import Role
from agent.contract.frames import PageState, StateFrame
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.monitor import Figures
from gui.pairing import PairingWindow
from tests.gui.conftest import OpenWindow
from tests.gui.served import ServedOffice
from tests.gui.system import opened, section


async def reads(served: ServedOffice, cpu: float, *, seconds: int) -> None:
    """The monitor of the agent reads the machine for so long."""
    begin = datetime.now(UTC) - timedelta(seconds=seconds)
    for second in range(0, seconds + 1, 5):
        figures = Figures(
            at=begin + timedelta(seconds=second), cpu_percent=cpu, memory_percent=50, disk_percent=40,
            disk_free_mb=21_500, agent_mb=345, first_token_ms=2300, backup_age_h=5,
        )  # fmt: skip
        for turn in served.office.reach.watch.take(figures):
            data = {"code": turn.code.value, "value": turn.value, "limit": turn.limit}
            await served.office.store.announce("alert.raised" if turn.raised else "alert.cleared", data)


def test_an_alert_comes_and_goes(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window, served, Role.ATTENDANT)
    monitor = section(desk, "monitor")
    desk.until(lambda: desk.sees("Tudo em ordem"))
    assert desk.sees("primeiras medidas")
    served.do(reads(served, 20, seconds=30))
    monitor.refresh()
    desk.until(lambda: monitor.figures["cpu"].value == "20 %")
    assert monitor.traces["cpu"].points == 7
    assert desk.sees("21,5 GB livres")
    assert desk.sees("Modelo começa em 2,3 s")
    served.do(reads(served, 97, seconds=60))
    desk.until(lambda: monitor.open.names == ("cpu",), "by its event alone")
    assert "97 % > 80 %" in monitor.open.list.values("cpu")
    served.do(reads(served, 10, seconds=60))
    desk.until(lambda: monitor.open.names == ())
    desk.until(lambda: len(monitor.history.names) == 2)
    turned = [monitor.history.list.values(name)[1] for name in monitor.history.names]
    assert turned == ["Resolvido", "Abriu"], "the newest on top"


def test_an_agent_that_is_gone_is_an_alert_of_the_windows_own(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    monitor = section(desk, "monitor")
    served.do(reads(served, 20, seconds=30))
    monitor.refresh()
    desk.until(lambda: monitor.figures["cpu"].value == "20 %")
    served.stop_serving()
    monitor.refresh()
    desk.until(lambda: monitor.open.names == ("connection_lost",))
    assert monitor.figures["cpu"].value == "–", "what is not known any more is not shown as known"
    served.serve_again()
    monitor.refresh()
    desk.until(lambda: monitor.open.names == ())
    assert [monitor.history.list.values(name)[1] for name in monitor.history.names] == ["Resolvido", "Abriu"]


def test_old_alerts_come_by_page(open_window: OpenWindow, served: ServedOffice) -> None:
    async def many() -> None:
        for n in range(60):
            data = {"code": "disk", "value": 90 + n / 10, "limit": 85}
            await served.office.store.announce("alert.cleared" if n % 2 else "alert.raised", data)

    served.do(many())
    desk = opened(open_window)
    monitor = section(desk, "monitor")
    desk.until(lambda: len(monitor.history.names) == 50)
    desk.click(monitor.more)
    desk.until(lambda: len(monitor.history.names) == 60)
    monitor.refresh()
    desk.turn(0.3)
    assert len(monitor.history.names) == 60, "what was loaded stays"
    desk.until(lambda: monitor.more.instate(["disabled"]))


def test_what_cannot_be_seen_asks_nothing(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    monitor = section(desk, "monitor")
    sessions = section(desk, "sessions")
    assert (monitor.seen, sessions.seen) == (False, True)
    desk.window.go("dashboard")
    desk.turn(0.05)
    assert not sessions.seen
    desk.window.go("system", section="monitor")
    desk.until(lambda: monitor.seen)


def test_a_session_in_words(open_window: OpenWindow, served: ServedOffice) -> None:
    scripted = served.office.session
    scripted.state = scripted.state.model_copy(
        update={
            "life": Life(level=LifeLevel.BLIND, reason=LifeReason.ANCHORS),
            "restarts": 3, "agent_mb": 345.0, "last_error": "the page crashed",
        }
    )  # fmt: skip
    desk = opened(open_window)
    sessions = section(desk, "sessions")
    desk.until(lambda: desk.sees("loja: Às cegas · Não consigo ler a página"))
    card = sessions.cards["loja"]
    assert card.lines["restarts"].cget("text") == "3"
    assert card.lines["memory"].cget("text") == "agente 345 MB"
    scripted.screen = StateFrame(seq=1, at_ms=1.0, kind="state", state=PageState.QR, qr="2@abc")
    desk.click(card.qr)
    desk.until(lambda: [one for one in desk.root.winfo_children() if isinstance(one, PairingWindow)])


def test_an_attendant_is_offered_no_code(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window, served, Role.ATTENDANT)
    sessions = section(desk, "sessions")
    desk.until(lambda: "loja" in sessions.cards)
    assert not sessions.cards["loja"].qr.winfo_ismapped()
