"""What a card is told about its message and its replies, and what is stored of them."""

from agent.contract.analysis import IntentChoice, SuggestedResponse, SuggestionKind
from agent.contract.commands import InsertCode, InsertResult, NoticeCommand, OfferCommand
from agent.core.effects import Analyse, Correct, StoreOffer, Tell
from agent.core.events import Analysed, DraftGrew, InsertEnded
from tests.core.says import ANA, Session, analysis, row

REPLIES = (
    SuggestedResponse(
        text="O pedido {pedido} saiu", source="Pedido", score=0.9, reply_id="pedido", missing=("pedido",)
    ),
    SuggestedResponse(
        text="Já saiu!",
        source="resposta que Ana enviou em 12/03",
        score=0.7,
        kind=SuggestionKind.LEARNED,
        reply_id="aprendida-3",
    ),
)
CHOICES = (IntentChoice(name="order_status"), IntentChoice(name="ajuste", title="Ajuste de barra"))


def asked(drafts: bool = False) -> Session:
    page = Session(drafts).opens(ANA).shows(ANA, row("a1", "cadê meu pedido?"))
    ask = page.one(Analyse)
    understood = analysis().model_copy(
        update={
            "suggested_responses": REPLIES,
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


def test_replies_are_stored_with_their_ids_and_a_draft_without() -> None:
    page = asked(drafts=True)
    offer = page.state.offer
    assert offer is not None
    page.take()
    page >> DraftGrew(offer.offer_id, "Saiu hoje.")
    page.picks(offer.offer_id, 2)
    stored = page.one(StoreOffer).offer.suggestions
    assert [(s.reply_id, s.tier) for s in stored] == [("pedido", 0), ("aprendida-3", 0), ("", 1)]


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
