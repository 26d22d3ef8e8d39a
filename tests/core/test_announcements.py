"""What happens to the page is in the event log, without what the page says."""

from agent.contract.frames import PageNotice, PageState, StateFrame
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.core.effects import Announce
from agent.core.events import FrameArrived, LifeChanged
from tests.core.says import Session


def shows(session: Session, state: PageState, *notices: PageNotice, qr: str | None = None) -> list[Announce]:
    frame = StateFrame(seq=1, at_ms=0, kind="state", state=state, notices=notices, qr=qr)
    session >> FrameArrived(frame)
    return [effect for effect in session.take() if isinstance(effect, Announce)]


def test_every_screen_and_every_bar_is_an_event_once():
    session = Session()
    (told,) = shows(session, PageState.QR, qr="2@first")
    assert (told.kind, told.data) == ("page.state", {"state": "qr", "notices": []})
    assert shows(session, PageState.QR, qr="2@second") == []
    assert shows(session, PageState.READY)[0].data["state"] == "ready"
    assert shows(session, PageState.READY, PageNotice.OFFLINE)[0].data["notices"] == ["offline"]


def test_the_verdict_on_the_capture_is_an_event():
    session = Session() >> LifeChanged(Life(level=LifeLevel.BLIND, reason=LifeReason.BEHIND))
    (told,) = [effect for effect in session.take() if isinstance(effect, Announce)]
    assert told.kind == "session.life"
    assert (told.data["level"], told.data["reason"]) == ("blind", "behind")
