"""While the person has stopped the capture nothing is taken in, and nothing is suggested."""

from agent.contract.commands import ClearCommand, NoticeCommand, PauseCommand
from agent.contract.frames import ChatsFrame, HelloFrame
from agent.contract.rows import ChatPreview
from agent.contract.wishes import PauseFrame, PickedFrame
from agent.core.effects import Analyse, Announce, LookUp, Save, SaveListed, StartDraft, StopDraft, StoreAnalysis, Tell
from agent.core.events import FrameArrived
from agent.core.state import State
from tests.core.says import ANA, BIA, Session, row


def pauses(session: Session, *, on: bool) -> Session:
    return session >> FrameArrived(PauseFrame.model_validate(session.frame(kind="pause", on=on)))


def commands(session: Session) -> list[object]:
    return [effect.command for effect in session.take() if isinstance(effect, Tell)]


def test_a_pause_is_told_to_the_page_and_to_the_log_once() -> None:
    session = pauses(Session(), on=True)
    effects = session.take()
    assert effects == [Tell(PauseCommand(on=True)), Announce("capture.paused", {})]
    assert pauses(session, on=True).take() == [Tell(PauseCommand(on=True))], "the page may not have heard"
    assert pauses(session, on=False).take() == [Tell(PauseCommand(on=False)), Announce("capture.resumed", {})]
    assert pauses(session, on=False).take() == [Tell(PauseCommand(on=False))]


def test_what_is_suggested_goes_and_its_draft_stops() -> None:
    session = Session(drafts=True).opens(ANA).shows(ANA, row("A1", "Quanto custa?"))
    session.understands(session.one(Analyse), "Custa 10")
    assert session.one(StartDraft)
    pauses(session, on=True)
    effects = session.take()
    assert Tell(ClearCommand()) in effects
    assert StopDraft() in effects
    assert session.state.offer is None


def test_rows_and_chats_of_a_page_that_has_not_been_told_are_not_taken_in() -> None:
    session = pauses(Session().opens(ANA), on=True)
    session.take()
    session >> FrameArrived(HelloFrame.model_validate(session.frame(kind="hello", script="1", lang=None)))
    assert Tell(PauseCommand(on=True)) in session.take(), "a new document stays paused"
    session.opens(ANA).shows(ANA, row("A1", "Quanto custa?")).types(ANA)
    previews = (ChatPreview(title="Bia", unread=1, last_text="oi"),)
    session >> FrameArrived(ChatsFrame.model_validate(session.frame(kind="chats", chats=previews)))
    kinds = session.kinds()
    assert not {Save, SaveListed, Analyse} & set(kinds)
    assert session.state.listed == {}


def test_what_was_on_its_way_is_stored_and_understood_but_not_offered() -> None:
    session = Session().opens(ANA).shows(ANA, row("A1", "Quanto custa?"))
    ask = session.one(Analyse)
    pauses(session, on=True)
    session.take()
    effects = session.understands(ask, "Custa 10").take()
    assert any(isinstance(effect, StoreAnalysis) for effect in effects)
    assert session.state.offer is None


def test_going_on_the_chat_that_is_read_again_gets_its_card() -> None:
    session = Session().opens(ANA).shows(ANA, row("A1", "Quanto custa?"))
    pauses(session, on=True)
    pauses(session, on=False)
    session.take()
    session.shows(ANA, row("A1", "Quanto custa?"), row("A2", "Oi?"))
    ask = session.one(Analyse)
    assert ask.wa_id == "A2"
    session.understands(ask, "Custa 10")
    assert session.state.offer is not None


def test_no_other_system_is_asked_for_a_customer_meanwhile() -> None:
    session = Session()
    session.state = State(session="test", run="r", connected=True)
    pauses(session, on=True)
    session.take()
    phoned = BIA.model_copy(update={"phone": "+5511900000001"})
    assert LookUp not in session.opens(phoned).kinds()
    pauses(session, on=False)
    assert session.one(LookUp).phone == "+5511900000001"


def test_a_card_from_before_is_stale() -> None:
    session = Session().opens(ANA).shows(ANA, row("A1", "Quanto custa?"))
    session.understands(session.one(Analyse), "Custa 10")
    assert session.state.offer is not None
    offer = session.state.offer.offer_id
    pauses(session, on=True)
    session.take()
    picked = PickedFrame.model_validate(session.frame(kind="picked", offer_id=offer, slot=0, via="click"))
    assert commands(session >> FrameArrived(picked)) == [NoticeCommand(code="stale")]
