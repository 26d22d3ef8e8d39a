"""What a card is told about its message and its replies, and what is stored of them."""

from datetime import date

import pytest

from agent.contract.analysis import IntentChoice, SuggestedResponse, SuggestionKind
from agent.contract.cares import CareCode
from agent.contract.commands import DraftCommand, InsertCode, InsertResult, NoticeCommand, OfferCommand
from agent.contract.frames import PaintedFrame
from agent.core.effects import Analyse, Correct, Insert, Painted, StoreOffer, Tell
from agent.core.events import Analysed, DraftEnded, DraftGrew, FrameArrived, InsertEnded
from agent.core.likeness import repeats
from tests.core.says import ANA, Session, analysis, row

REPLIES = (
    SuggestedResponse(
        text="O pedido {pedido} saiu", source="Pedido", score=0.9, reply_id="pedido", missing=("pedido",)
    ),
    SuggestedResponse(
        text="Já saiu!",
        source="Já saiu o meu pedido?",
        score=0.7,
        kind=SuggestionKind.LEARNED,
        reply_id="aprendida-3",
        sent_by="Ana",
        sent_on=date(2026, 3, 12),
    ),
)
CHOICES = (IntentChoice(name="order_status"), IntentChoice(name="ajuste", title="Ajuste de barra"))


THIRD = SuggestedResponse(
    text="Sai amanhã.",
    source="Quando sai?",
    score=0.5,
    kind=SuggestionKind.LEARNED,
    reply_id="aprendida-9",
    cares=(CareCode.UNKNOWN_LINK,),
)


def asked(drafts: bool = False, replies: tuple[SuggestedResponse, ...] = REPLIES) -> Session:
    page = Session(drafts).opens(ANA).shows(ANA, row("a1", "cadê meu pedido?"))
    ask = page.one(Analyse)
    understood = analysis().model_copy(
        update={
            "suggested_responses": replies,
            "unsure": True,
            "mood_score": -0.4,
            "intent_choices": CHOICES,
        }
    )
    return page >> Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, understood)


def command(page: Session) -> OfferCommand:
    (told,) = (e.command for e in page.effects if isinstance(e, Tell) and isinstance(e.command, OfferCommand))
    return told


def test_the_card_knows_the_doubt_the_mood_and_what_it_may_be_corrected_to() -> None:
    shown = command(asked())
    assert (shown.unsure, shown.mood_score, shown.intents) == (True, -0.4, CHOICES)


def test_a_reply_says_where_it_comes_from_and_what_is_missing() -> None:
    shown = command(asked()).suggestions
    assert [(s.kind.value, s.missing) for s in shown] == [("canned", ("pedido",)), ("learned", ())]
    assert [(s.sent_by, s.sent_on) for s in shown] == [("", None), ("Ana", date(2026, 3, 12))]


def test_replies_are_stored_with_their_ids_and_a_draft_without() -> None:
    page = asked(drafts=True)
    offer = page.state.offer
    assert offer is not None
    page.take()
    page >> DraftGrew(offer.offer_id, "Saiu hoje.")
    page.picks(offer.offer_id, 2)
    stored = page.one(StoreOffer).offer.suggestions
    assert [(s.reply_id, s.tier) for s in stored] == [("pedido", 0), ("aprendida-3", 0), ("", 1)]


@pytest.mark.parametrize(
    ("draft", "state"),
    [
        (REPLIES[0].text, "none"),
        (REPLIES[1].text.upper(), "none"),
        ("Saiu hoje às 9.", "done"),
    ],
)
def test_a_draft_that_says_what_stands_there_already_gives_its_place_up(draft: str, state: str) -> None:
    page = asked(drafts=True)
    offer = page.state.offer
    assert offer is not None
    page.take()
    page >> DraftGrew(offer.offer_id, draft) >> DraftEnded(offer.offer_id)
    told = [e.command for e in page.take() if isinstance(e, Tell)]
    assert isinstance(told[-1], DraftCommand)
    assert told[-1].state == state
    assert page.state.offer is not None
    assert len(page.state.offer.suggestions) == (2 if state == "none" else 3)


@pytest.mark.parametrize("draft", ["", REPLIES[1].text], ids=["nothing written", "written again"])
def test_the_next_reply_that_was_found_takes_the_place_of_a_draft_that_is_none(draft: str) -> None:
    page = asked(drafts=True, replies=(*REPLIES, THIRD))
    offer = page.state.offer
    assert offer is not None
    assert [s.text for s in offer.suggestions] == [one.text for one in REPLIES]
    page.take()
    page >> DraftGrew(offer.offer_id, draft) >> DraftEnded(offer.offer_id)
    told = [e.command for e in page.effects if isinstance(e, Tell)][-1]
    assert isinstance(told, DraftCommand)
    assert (told.state, told.slot, told.text) == ("none", 2, "")
    assert told.instead is not None
    assert (told.instead.slot, told.instead.text, told.instead.cares) == (2, THIRD.text, THIRD.cares)
    stored = page.one(StoreOffer).offer.suggestions
    assert [(s.reply_id, s.tier) for s in stored] == [("pedido", 0), ("aprendida-3", 0), ("aprendida-9", 0)]
    page.take()
    page >> DraftGrew(offer.offer_id, "Tarde demais.") >> DraftEnded(offer.offer_id)
    assert page.take() == []
    page.picks(offer.offer_id, 2)
    assert page.one(Insert).command.text == THIRD.text


def test_a_number_or_a_no_makes_another_answer() -> None:
    shown = "Sim, o frete é grátis para todo o Brasil acima de 200 reais."
    assert repeats("Sim, o FRETE e gratis para todo o Brasil acima de 200 reais 😊", shown)
    assert not repeats(shown.replace("200", "300"), shown)
    assert not repeats(shown.replace("Sim, o frete é", "O frete não é"), shown)
    assert not repeats("Posso ver para você: qual é o CEP?", shown)


def test_only_an_intent_that_the_card_offers_can_be_learned() -> None:
    for intent, learned in (("ajuste", True), ("complaint", True), ("<made up>", False), ("", False)):
        page = asked()
        page.take()
        offer = page.state.offer
        assert offer is not None
        page.corrects(offer.offer_id, intent)
        assert any(isinstance(effect, Correct) for effect in page.effects) is learned
        assert page.one(Tell).command == NoticeCommand(code="corrected" if learned else "stale")


def test_a_reply_with_something_missing_asks_to_be_completed() -> None:
    for slot, code in ((0, "fill_in"), (1, "inserted")):
        page = asked()
        page.take()
        offer = page.state.offer
        assert offer is not None
        page >> InsertEnded(offer.offer_id, slot, InsertResult(code=InsertCode.INSERTED, box_text=""))
        assert page.one(Tell).command == NoticeCommand(code=code)


def painted(page: Session, **fields: object) -> list[Painted]:
    offer = page.state.offer
    frame = {"kind": "painted", "seq": 9, "at_ms": 9.0, "offer_id": offer and offer.offer_id, "message_id": "a1"}
    told = PaintedFrame.model_validate({**frame, "tier": 0, "elapsed_ms": 61.5, **fields})
    page.take()
    page >> FrameArrived(told)
    return [effect for effect in page.effects if isinstance(effect, Painted)]


def test_how_long_a_card_took_is_kept() -> None:
    page = asked()
    offer = page.state.offer
    assert offer is not None
    assert painted(page) == [Painted(offer.offer_id, 61.5)]
    for other in ({"tier": 1}, {"offer_id": "another"}, {"elapsed_ms": float("nan")}, {"elapsed_ms": float("inf")}):
        assert painted(page, **other) == []


def test_of_a_message_that_was_edited_nobody_knows_since_when_it_stood() -> None:
    page = Session().opens(ANA).shows(ANA, row("a1", "cadê meu pedido?").model_copy(update={"edited": True}))
    ask = page.one(Analyse)
    page >> Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, analysis())
    assert page.state.offer is not None
    assert painted(page) == []
