"""The core, as the specification tells it."""

import dataclasses

import pytest

from agent.contract.analysis import Turn
from agent.contract.commands import ClearCommand, DraftCommand, InsertCode, InsertResult, NoticeCommand, OfferCommand
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, Outcome
from agent.core import effects
from agent.core.effects import (
    Analyse,
    Correct,
    Insert,
    Mark,
    Prefetch,
    Save,
    Serve,
    SetState,
    StartDraft,
    StopDraft,
    StoreAnalysis,
    Tell,
    ThinkAhead,
)
from agent.core.events import AnalysisFailed, DraftEnded, DraftGrew, InsertEnded, ModelChanged, Resumed
from tests.core.says import ANA, BIA, Session, row

OUT = Direction.OUT


def offered(session: Session) -> OfferCommand:
    return next(e.command for e in session.take() if isinstance(e, Tell) and isinstance(e.command, OfferCommand))


def asked(session: Session) -> Analyse:
    return session.one(Analyse)


def with_card(session: Session, *replies: str) -> OfferCommand:
    session.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    session.understands(asked(session), *replies)
    return offered(session)


def test_a_message_is_saved_then_understood_then_answered() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    effects_ = page.take()
    assert [type(e) for e in effects_] == [ThinkAhead, Save, Analyse, Serve]
    ask = effects_[2]
    assert isinstance(ask, Analyse)
    assert ask.urgent
    page.understands(ask, "Custa R$ 90.")
    kinds = page.kinds()
    assert kinds[0] is Tell
    assert kinds[-2:] == [StoreAnalysis, SetState]


def test_only_the_last_question_of_a_burst_gets_the_card_and_all_are_understood() -> None:
    page = Session().opens(ANA).shows(ANA, row("a1", "oi"), row("a2", "tem azul?"), row("a3", "tamanho M"))
    asks = [e for e in page.take() if isinstance(e, Analyse)]
    assert [(a.wa_id, a.urgent) for a in asks] == [("a3", True), ("a2", False), ("a1", False)]
    for ask in asks:
        page.understands(ask, "Temos sim!")
    offers = [e.command for e in page.take() if isinstance(e, Tell)]
    assert [o.message_id for o in offers if isinstance(o, OfferCommand)] == ["a3"]


def test_history_that_we_have_answered_gets_no_card() -> None:
    page = Session().opens(ANA)
    page.shows(ANA, row("a1", "oi"), row("b1", "Olá!", OUT), change=Change.BASELINE)
    asks = [e for e in page.take() if isinstance(e, Analyse)]
    assert [a.urgent for a in asks] == [False]
    page.understands(asks[0], "Olá")
    assert not [e for e in page.take() if isinstance(e, Tell)]


def test_older_messages_above_do_not_replace_the_card() -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page.shows(ANA, row("a0", "bom dia"), change=Change.HISTORY)
    assert not [e for e in page.take() if isinstance(e, Tell)]
    assert page.state.offer is not None
    assert page.state.offer.offer_id == offer.offer_id


def test_a_voice_note_does_not_hide_the_question_before_it() -> None:
    page = Session().opens(ANA).shows(ANA, row("a1", "Quanto custa?"), row("a2", None, kind=Kind.VOICE))
    taken = page.take()
    assert [e.wa_id for e in taken if isinstance(e, Analyse)] == ["a1"]
    assert SetState((2,), MessageState.COMPLETE) in taken


def test_a_row_of_unknown_direction_gets_no_card() -> None:
    page = Session().opens(ANA).shows(ANA, row("a1", "Quanto custa?"), row("x", "?", Direction.UNKNOWN))
    assert [e.urgent for e in page.take() if isinstance(e, Analyse)] == [False]


def test_an_answer_for_a_chat_that_is_no_longer_open_is_dropped() -> None:
    page = Session().opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    ask = asked(page)
    page.opens(BIA)
    page.take()
    page.understands(ask, "Custa R$ 90.")
    assert page.kinds() == [StoreAnalysis, SetState]
    assert page.state.offer is None


def test_the_card_goes_when_another_chat_is_opened() -> None:
    page = Session()
    with_card(page, "Custa R$ 90.")
    page.opens(BIA)
    assert Tell(ClearCommand()) in page.take()


def test_a_pick_is_inserted_into_the_chat_of_the_card() -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page.picks(offer.offer_id)
    insert = page.one(Insert)
    assert (insert.command.chat_token, insert.command.chat_title) == (ANA.token, ANA.title)
    assert insert.command.text == "Custa R$ 90."


def test_a_pick_of_a_stale_card_inserts_nothing_and_says_so() -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page.opens(BIA)
    page.take()
    page.picks(offer.offer_id)
    assert page.take() == [Tell(NoticeCommand(code="stale"))]


@pytest.mark.parametrize("slot", [1, 2, 9])
def test_a_pick_of_a_slot_that_is_empty_does_nothing(slot: int) -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page.picks(offer.offer_id, slot)
    assert page.take() == []


def test_a_refused_insertion_is_told_and_remembered() -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page >> InsertEnded(offer.offer_id, 0, InsertResult(code=InsertCode.BOX_NOT_EMPTY, box_text="rascunho"))
    assert page.take() == [
        Tell(NoticeCommand(code="box_not_empty")),
        Mark(offer.offer_id, 0, Outcome.FAILED, code="box_not_empty"),
    ]


def test_a_copied_reply_is_judged_by_what_is_sent() -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page >> InsertEnded(offer.offer_id, 0, InsertResult(code=InsertCode.COPIED))
    assert page.take() == [Tell(NoticeCommand(code="copied"))]
    page.shows(ANA, row("b1", "Custa R$ 90. Posso separar?", OUT))
    assert [(e.slot, e.outcome) for e in page.take() if isinstance(e, Mark)] == [(0, Outcome.EDITED)]


def test_a_reply_that_could_not_be_copied_either_has_failed_and_says_so() -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page >> InsertEnded(offer.offer_id, 0, InsertResult(code=InsertCode.NOT_VERIFIED, copy_failed=True))
    assert page.take() == [
        Tell(NoticeCommand(code="not_copied")),
        Mark(offer.offer_id, 0, Outcome.FAILED, code="not_verified"),
    ]


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        ("Custa R$ 90.", Outcome.SENT),
        ("Custa R$ 90. Posso separar?", Outcome.EDITED),
        ("Já vou ver para você, um minuto", Outcome.IGNORED),
    ],
)
def test_what_the_person_sends_judges_the_suggestion(sent: str, outcome: Outcome) -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page >> InsertEnded(offer.offer_id, 0, InsertResult(code=InsertCode.INSERTED, box_text="Custa R$ 90."))
    page.take()
    page.shows(ANA, row("b1", sent, OUT))
    taken = page.take()
    assert [e.outcome for e in taken if isinstance(e, Mark)] == [outcome]
    assert Tell(ClearCommand()) in taken


def test_a_dismissed_card_does_not_come_back_for_the_same_message() -> None:
    page = Session()
    offer = with_card(page, "Custa R$ 90.")
    page.dismisses(offer.offer_id)
    assert [e.outcome for e in page.take() if isinstance(e, Mark)] == [Outcome.DISMISSED]
    page.shows(ANA, row("a1", "Quanto custa?"), change=Change.STATUS)
    assert not [e for e in page.take() if isinstance(e, Analyse)]


def test_an_edited_question_is_understood_again() -> None:
    page = Session()
    with_card(page, "Custa R$ 90.")
    page.shows(ANA, row("a1", "Quanto custa o azul?"), change=Change.EDITED)
    ask = asked(page)
    assert ask.question.text == "Quanto custa o azul?"
    assert ask.urgent


def test_a_question_edited_while_it_is_being_understood_gets_the_card_of_its_new_words() -> None:
    page = Session().opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    old = asked(page)
    page.shows(ANA, row("a1", "Quanto custa o azul?"), change=Change.EDITED)
    new = asked(page)
    page.understands(old, "Custa R$ 90.")
    assert not [e for e in page.take() if isinstance(e, Tell)]
    page.understands(new, "O azul custa R$ 95.")
    assert [s.text for s in offered(page).suggestions] == ["O azul custa R$ 95."]


def test_a_draft_grows_in_its_own_slot_and_leaves_the_others() -> None:
    page = Session(drafts=True)
    page.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    page.understands(asked(page), "A", "B", "C")
    taken = page.take()
    offer = next(e.command for e in taken if isinstance(e, Tell) and isinstance(e.command, OfferCommand))
    assert [s.text for s in offer.suggestions] == ["A", "B"]
    assert offer.draft_slot == 2
    assert any(isinstance(e, StartDraft) for e in taken)
    page >> DraftGrew(offer.offer_id, "Custa")
    page >> DraftGrew(offer.offer_id, "Custa R$ 90.")
    page >> DraftEnded(offer.offer_id)
    drafts = [e.command for e in page.take() if isinstance(e, Tell)]
    assert [(d.text, d.state) for d in drafts if isinstance(d, DraftCommand)] == [
        ("Custa", "streaming"),
        ("Custa R$ 90.", "streaming"),
        ("Custa R$ 90.", "done"),
    ]
    page.picks(offer.offer_id, 2)
    assert page.one(Insert).command.text == "Custa R$ 90."


def test_a_draft_of_an_older_card_is_dropped() -> None:
    page = Session(drafts=True)
    page.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    page.understands(asked(page), "A")
    old = offered(page)
    page.shows(ANA, row("a2", "e o azul?"))
    page.understands(asked(page), "B")
    page.take()
    page >> DraftGrew(old.offer_id, "Custa")
    page >> DraftEnded(old.offer_id)
    assert page.take() == []


def test_a_model_that_gave_up_frees_its_slot() -> None:
    page = Session(drafts=True)
    page.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    page.understands(asked(page), "A")
    offer = offered(page)
    page >> DraftEnded(offer.offer_id)
    assert page.take() == [
        Tell(DraftCommand(offer_id=offer.offer_id, slot=1, text="", source="", state="none")),
    ]


def test_leaving_a_chat_stops_the_model() -> None:
    page = Session(drafts=True)
    page.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    page.understands(asked(page), "A")
    page.take()
    page.opens(None)
    assert StopDraft() in page.take()


def test_what_was_said_before_goes_along_with_the_question() -> None:
    page = Session().opens(ANA)
    page.shows(ANA, row("a1", "Vocês têm a saia?"), row("a2", "Temos! Azul ou verde?", OUT), row("a3", "azul"))
    asks = {ask.wa_id: ask for ask in page.take() if isinstance(ask, Analyse)}
    assert asks["a3"].question.context == (
        Turn(out=False, text="Vocês têm a saia?"),
        Turn(out=True, text="Temos! Azul ou verde?"),
    )
    assert asks["a3"].question.customer == "Ana Beatriz"


def test_the_model_reads_a_chat_that_was_opened_and_one_whose_customer_types() -> None:
    page = Session(drafts=True).opens(ANA)
    page.shows(ANA, row("a1", "obrigada!"), row("a2", "Até logo!", OUT), change=Change.BASELINE)
    assert page.one(Prefetch).conversation_id == ANA.token
    page.types(ANA)
    assert page.one(Prefetch).conversation_id == ANA.token
    assert page.types(BIA).kinds() == []


def test_without_a_model_nothing_is_read_ahead() -> None:
    page = Session().opens(ANA)
    page.shows(ANA, row("a1", "obrigada!"), row("a2", "Até logo!", OUT), change=Change.BASELINE)
    assert Prefetch not in page.types(ANA).kinds()


def test_a_chat_with_a_waiting_question_is_drafted_for_not_read_ahead() -> None:
    page = Session(drafts=True)
    page.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    assert Prefetch not in page.kinds()


def test_a_correction_is_kept_for_the_card_that_is_shown() -> None:
    page = Session()
    card = with_card(page, "Custa R$ 90.")
    page.corrects(card.offer_id, "stock")
    assert [e for e in page.take() if not isinstance(e, Tell)] == [Correct(1, "stock")]
    page.corrects("r-99", "stock")
    assert page.take() == [Tell(NoticeCommand(code="stale"))]


def test_what_a_crash_left_is_understood_after_the_restart() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", "oi"), row("a2", None, kind=Kind.VOICE))
    stored = [page._stored(ANA, c) for e in page.take() if isinstance(e, Save) for c in e.batch.changes]
    restarted = Session()
    restarted >> Resumed(tuple(stored))
    assert restarted.kinds() == [Analyse, SetState]


def test_a_message_that_cannot_be_understood_is_marked_and_the_rest_goes_on() -> None:
    page = Session()
    page >> AnalysisFailed(7)
    assert page.take() == [SetState((7,), MessageState.ERROR)]


def test_the_card_says_when_the_model_is_there() -> None:
    page = Session()
    page >> ModelChanged("loading", "modelo")
    assert page.kinds() == [Tell]


def test_no_effect_can_send_or_open_a_chat() -> None:
    names = {e.__name__ for e in vars(effects).values() if dataclasses.is_dataclass(e)}
    assert not {n for n in names if any(word in n.lower() for word in ("send", "open", "press", "click"))}
