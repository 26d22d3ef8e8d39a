"""Being told: in the window's corner and on the desktop, whichever tab is shown, once, and no customer's words."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from agent.contract.stored import StoredEvent
from gui.notices import Desktop
from gui.snapshot import Outages
from tests.gui.conftest import OpenWindow
from tests.gui.desktop import Service
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.gui.system import section
from tests.gui.test_window import connected
from tests.patience import PATIENCE_S

LOST = "Conexão com o agente perdida"
BACK = "A conexão com o agente voltou, depois de "
DISK = "Disco quase cheio"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    return Service(monkeypatch)


def toasts(desk: Driver) -> list[str]:
    return desk.window.office.toasts.texts


def turns(served: ServedOffice, kind: str, **more: object) -> None:
    """As the agent's monitor tells it."""

    async def tell() -> None:
        async with served.office.store.together():
            await served.office.store.announce(kind, {"code": "disk", "value": 91, "limit": 85, **more})

    served.do(tell())


def done(desktop: Desktop) -> None:
    """Everything that it was told has been tried."""

    async def idle() -> None:
        async with desktop._turn:
            pass

    assert desktop._loop is not None
    asyncio.run_coroutine_threadsafe(idle(), desktop._loop).result(PATIENCE_S)


def test_an_alert_is_closed_when_it_is_over(open_window: OpenWindow, served: ServedOffice, service: Service) -> None:
    desk = open_window(tab="messages")
    connected(desk)
    turns(served, "alert.raised")
    desk.until(lambda: DISK in toasts(desk))
    desk.until(lambda: service.asked == [("Balcão", DISK)])
    turns(served, "alert.cleared")
    desk.until(lambda: f"Resolvido: {DISK}" in toasts(desk))
    assert DISK not in toasts(desk)


def test_an_alert_that_was_over_while_nothing_came_in_is_closed_too(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = open_window(notify=False)
    connected(desk)
    turns(served, "alert.raised")
    desk.until(lambda: DISK in toasts(desk))
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    over = StoredEvent(
        number=9, at=hour_ago, kind="alert.cleared", conversation_id=None, message_id=None, data={"code": "disk"}
    )
    desk.window.notices.happened([over])
    assert toasts(desk) == [], "and not told: it is long ago"


def test_a_lost_agent_is_told_whichever_tab_is_shown(
    open_window: OpenWindow, served: ServedOffice, service: Service
) -> None:
    desk = open_window(tab="messages")
    connected(desk)
    served.stop_serving()
    desk.until(lambda: LOST in toasts(desk))
    desk.until(lambda: service.asked == [("Balcão", LOST)])
    desk.turn(1)
    assert toasts(desk).count(LOST) == 1, "once, however often it is tried again"
    served.serve_again()
    connected(desk)
    desk.until(lambda: any(text.startswith(BACK) for text in toasts(desk)))
    assert LOST not in toasts(desk)
    desk.until(lambda: len(service.asked) == 2)
    assert service.asked[1][1].startswith(BACK)
    desk.window.go("system", section="monitor")
    monitor = section(desk, "monitor")
    desk.until(lambda: len(monitor.history.names) == 2)
    assert [monitor.history.list.values(name)[1] for name in monitor.history.names] == ["Resolvido", "Abriu"]
    assert all(monitor.history.list.values(name)[2] == LOST for name in monitor.history.names)


def test_an_agent_that_is_lost_stands_in_the_monitor_that_is_opened_then(
    open_window: OpenWindow, served: ServedOffice, service: Service
) -> None:
    desk = open_window(tab="customers", notify=False)
    connected(desk)
    served.stop_serving()
    desk.until(lambda: LOST in toasts(desk))
    desk.window.go("system", section="monitor")
    monitor = section(desk, "monitor")
    desk.until(lambda: monitor.open.names == ("connection_lost",))
    served.serve_again()
    desk.until(lambda: monitor.open.names == ())
    assert service.asked == [], "not on the desktop where that is switched off"


def test_who_signs_out_is_told_nothing_of_the_agent_of_before(
    open_window: OpenWindow, served: ServedOffice, service: Service
) -> None:
    desk = open_window(notify=False)
    connected(desk)
    served.stop_serving()
    desk.until(lambda: LOST in toasts(desk))
    desk.window.ask_who()
    desk.turn(0.05)
    assert toasts(desk) == []
    assert desk.window.office.outages.moments == []


def test_one_failure_is_a_blink_and_two_are_a_loss() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    later = [now + timedelta(seconds=second) for second in range(10)]
    outages = Outages()
    assert (outages.failed(later[0]), outages.answered(later[1])) == (False, None)
    assert [outages.failed(at) for at in later[2:6]] == [False, True, False, False]
    assert outages.since == later[2], "since the first of them"
    assert outages.answered(later[8]) == timedelta(seconds=6)
    assert outages.answered(later[9]) is None
    assert outages.moments == [(later[2], True), (later[8], False)]
    assert outages.since is None


def test_on_the_desktop_stand_the_windows_own_words_alone(
    open_window: OpenWindow, served: ServedOffice, service: Service
) -> None:
    desk = open_window()
    connected(desk)
    turns(served, "care.raised", words="me ajuda", title="Ana Conceição")
    turns(served, "alert.raised", words="me ajuda", title="Ana Conceição")
    turns(served, "alert.raised", code="memory", words="me ajuda", title="Ana Conceição")
    desk.until(lambda: len(service.asked) == 2)
    assert service.asked == [("Balcão", DISK), ("Balcão", "Memória quase cheia")]


def test_a_desktop_that_refuses_is_asked_once_and_leaves_no_trace(
    service: Service, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    service.works = False
    desktop = Desktop()
    with caplog.at_level(logging.WARNING):
        for n in range(3):
            desktop.say(f"alert {n}")
            done(desktop)
        desktop.say("a later one")
        done(desktop)
    desktop.close()
    assert [text for _, text in service.asked] == ["alert 0"]
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_desktop_without_any_service(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    tried: list[str] = []

    def none() -> None:
        tried.append("asked")
        raise RuntimeError("not on this system")

    monkeypatch.setattr("desktop_notifier.main.get_backend_class", none)
    desktop = Desktop()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            desktop.say("alert")
            done(desktop)
    desktop.close()
    assert (tried, caplog.records) == (["asked"], [])
