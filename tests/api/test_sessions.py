"""The session's state, and the code that links it with the phone: who sees it, and when there is none."""

import xml.etree.ElementTree as ET
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from agent.contract.access import Role
from agent.contract.frames import PageNotice, PageState, StateFrame
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.sessions import PairingKind, SessionState
from agent.core.state import Conversation, State
from agent.flow import Flow
from agent.page.bridge import Bridge
from agent.page.pairing_code import qr_svg
from agent.page.session import WhatsAppPage
from agent.runtime import Agent
from agent.settings import Settings
from agent.telemetry.measurements import Measurements
from tests.api.conftest import Office, opened
from tests.clock import Clock
from tests.core.says import ANA
from tests.test_flow import ScriptedAnalyst, ScriptedPage

CODE = "2@planted-pairing-code,with,four,parts"


def showing(state: PageState, **more: object) -> StateFrame:
    return StateFrame(seq=1, at_ms=1_795_350_000_000.0, kind="state", state=state, **more)


async def test_a_supervisor_stops_the_capture_and_lets_it_go_on(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.post("/api/sessions/loja/pause")).status_code == 204
    assert (await client.post("/api/sessions/loja/resume")).status_code == 204
    assert office.session.pauses == [True, False]
    assert (await client.post("/api/sessions/other/pause")).status_code == 404
    assert (await (await office.client(Role.ATTENDANT)).post("/api/sessions/loja/pause")).status_code == 403
    told = {line.action for line in await office.reach.audit.page()}
    assert {"session.paused", "session.resumed"} <= told


async def test_where_no_page_is_open_there_is_nothing_to_stop(office: Office) -> None:
    office.session.is_open = False
    client = await office.client(Role.SUPERVISOR)
    assert (await client.post("/api/sessions/loja/pause")).status_code == 409


async def test_a_supervisor_stops_the_session_and_starts_it(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    for what in ("stop", "stop", "start"):
        assert (await client.post(f"/api/sessions/loja/{what}")).status_code == 204
    assert office.session.turns == [False, False, True]
    assert (await client.post("/api/sessions/other/stop")).status_code == 404
    for what in ("stop", "start", "show"):
        assert (await (await office.client(Role.ATTENDANT)).post(f"/api/sessions/loja/{what}")).status_code == 403
    assert office.session.turns == [False, False, True]
    told = [line.action for line in await office.reach.audit.page()]
    assert [one for one in told if one.startswith("session.")] == ["session.started", *["session.stopped"] * 2]


async def test_the_window_of_the_page_is_brought_to_the_front(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.post("/api/sessions/loja/show")).status_code == 204
    assert office.session.shown == 1
    office.session.is_open = False
    refused = await client.post("/api/sessions/loja/show")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_page")
    assert "Inicie" in refused.json()["detail"]
    assert "session.shown" in [line.action for line in await office.reach.audit.page()]


async def test_a_browser_without_a_window_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    headless = settings.model_copy(update={"browser": settings.browser.model_copy(update={"headless": True})})
    async with opened(headless, tmp_path, Clock()) as office:
        refused = await (await office.client(Role.SUPERVISOR)).post("/api/sessions/loja/show")
        assert (refused.status_code, refused.json()["code"]) == (409, "headless")
        assert "browser.headless" in refused.json()["detail"]
        assert office.session.shown == 0


async def test_a_session_is_told_with_its_verdict_and_the_open_chats_number(office: Office) -> None:
    blind = Life(level=LifeLevel.BLIND, reason=LifeReason.SCREEN, screen="qr")
    office.session.state = office.session.state.model_copy(
        update={"life": blind, "page": PageState.QR, "open_conversation_id": 12, "pairing": PairingKind.QR}
    )
    client = await office.client(Role.ATTENDANT)
    one = (await client.get("/api/sessions/loja")).json()
    assert (await client.get("/api/sessions")).json() == {"items": [one], "cursor": None}
    assert SessionState.model_validate(one) == office.session.state
    assert (one["life"]["reason"], one["open_conversation_id"], one["pairing"]) == ("screen", 12, "qr")


async def test_what_is_told_comes_from_the_page_of_now(office: Office) -> None:
    state = State(
        session="loja",
        run="r",
        page=PageState.QR,
        notices=(PageNotice.OFFLINE,),
        open=Conversation(chat=ANA, conversation_id=12),
    )
    unused: Any = nullcontext
    agent = Agent("loja", unused, unused, ScriptedAnalyst(), lambda: State(session="loja", run="r"), None, 10)
    bridge, tab = Bridge(), Any
    agent.page = WhatsAppPage(tab, bridge)  # type: ignore[arg-type]
    agent.flow = Flow(state, ScriptedPage(), ScriptedAnalyst(), office.store, Measurements())
    assert agent.screen() is None, "the session is only starting"
    agent.vital.state, agent.vital.last_error = "running", "the page crashed"
    assert agent.screen() is None, "the page has not said anything"
    bridge.screen = showing(PageState.QR, qr=CODE, progress=3)
    assert agent.screen() == bridge.screen
    told = agent.session_state()
    assert (told.pairing, told.page, told.notices) == (PairingKind.QR, PageState.QR, (PageNotice.OFFLINE,))
    assert (told.open_conversation_id, told.progress, told.last_error) == (12, 3, "the page crashed")
    assert ANA.title not in told.model_dump_json()
    assert CODE not in told.model_dump_json()
    agent.vital.state = "pausing"
    assert agent.screen() is None, "a code of a page that is gone lets nobody in"
    assert agent.session_state().pairing is None


async def test_the_qr_code_is_drawn_for_a_supervisor_and_kept_nowhere(office: Office) -> None:
    office.session.screen = showing(PageState.QR, qr=CODE)
    client = await office.client(Role.SUPERVISOR)
    answer = await client.get("/api/sessions/loja/qr")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "no-store"
    assert ET.fromstring(answer.text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 (we drew it)
    assert qr_svg(CODE).partition("<path")[2] == answer.text.partition("<path")[2]
    png = await client.get("/api/sessions/loja/qr", params={"format": "png"})
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    shown = (await client.get("/api/sessions/loja/pairing")).json()
    assert (shown["kind"], shown["link_code"]) == ("qr", None)
    lines = await office.reach.audit.page(action="session.pairing_seen")
    assert len(lines) == 3
    assert CODE not in str(lines)
    assert (await (await office.client(Role.ATTENDANT)).get("/api/sessions/loja/qr")).status_code == 403


async def test_the_link_code_is_told_and_is_no_picture(office: Office) -> None:
    office.session.screen = showing(PageState.PAIRING, link_code="ABCD1234")
    client = await office.client(Role.SUPERVISOR)
    answer = await client.get("/api/sessions/loja/pairing")
    assert answer.json() == {"kind": "link_code", "link_code": "ABCD1234", "seen_ms": 1_795_350_000_000.0}
    assert answer.headers["cache-control"] == "no-store"
    assert (await client.get("/api/sessions/loja/qr")).status_code == 404


@pytest.mark.parametrize(
    "screen",
    [
        None,
        showing(PageState.READY),
        showing(PageState.READY, qr=CODE, link_code="ABCD1234"),
        showing(PageState.QR),
        showing(PageState.QR, qr="x" * 5000),
    ],
)
async def test_there_is_no_code_where_the_page_shows_none_that_can_be_used(
    office: Office, screen: StateFrame | None
) -> None:
    office.session.screen = screen
    client = await office.client(Role.ADMIN)
    answer = await client.get("/api/sessions/loja/qr")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    if screen is None or screen.state is PageState.READY:
        assert (await client.get("/api/sessions/loja/pairing")).status_code == 404


async def test_an_expired_code_is_said_to_be_one(office: Office) -> None:
    office.session.screen = showing(PageState.QR_EXPIRED, qr=CODE)
    client = await office.client(Role.ADMIN)
    assert (await client.get("/api/sessions/loja/pairing")).json()["kind"] == "expired"
    assert (await client.get("/api/sessions/loja/qr")).status_code == 404


@pytest.mark.parametrize("name", ["outra", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "loja%00", "loja%2f", "LOJA"])
async def test_a_name_is_compared_and_never_a_path(office: Office, name: str) -> None:
    office.session.screen = showing(PageState.QR, qr=CODE)
    client = await office.client(Role.ADMIN)
    for route in (f"/api/sessions/{name}", f"/api/sessions/{name}/qr", f"/api/sessions/{name}/pairing"):
        assert (await client.get(route)).status_code in (400, 404, 422)
