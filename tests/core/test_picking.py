"""What the person does with a suggestion: where it goes, what it counts as, and what is not offered again."""

from agent.contract.analysis import SuggestedResponse
from agent.contract.commands import DraftCommand, InsertCode, InsertResult, NoticeCommand, OfferCommand
from agent.contract.rows import Direction
from agent.contract.stored import Edit, Outcome
from agent.contract.wishes import JudgedFrame, PickedFrame
from agent.core.effects import Analyse, Insert, Judge, Mark, Put, StoreOffer, Tell
from agent.core.events import Analysed, DraftEnded, DraftGrew, Forgotten, FrameArrived, InsertEnded
from agent.core.state import Offer
from tests.core.says import ANA, BIA, Session, analysis, row

TEXT = "Custa R$ 90. Posso separar para você?"
REPLIES = (
    SuggestedResponse(text="Oi {nome}, o pedido {pedido} saiu", source="Pedido", score=0.9, reply_id="pedido"),
    SuggestedResponse(text=TEXT, source="Preço", score=0.7, reply_id="preco"),
)


def with_card(page: Session, wa_id: str = "a1", replies: tuple[SuggestedResponse, ...] = REPLIES) -> Offer:
    page.shows(ANA, row(wa_id, f"cadê meu pedido? {wa_id}"))
    ask = page.one(Analyse)
    missing = tuple(reply.model_copy(update={"missing": ("pedido", "nome")}) for reply in replies[:1])
    found = analysis().model_copy(update={"suggested_responses": (*missing, *replies[1:])})
    page >> Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, found)
    assert page.state.offer is not None
    return page.state.offer


def picks(page: Session, offer: Offer, slot: int = 0, **parts: object) -> None:
    fields = {"kind": "picked", "offer_id": offer.offer_id, "slot": slot, "via": "shortcut"}
    page >> FrameArrived(PickedFrame.model_validate(page.frame(**fields | parts)))


def judges(page: Session, offer_id: str, slot: int, reason: str = "wrong") -> None:
    frame = page.frame(kind="judged", offer_id=offer_id, slot=slot, reason=reason)
    page >> FrameArrived(JudgedFrame.model_validate(frame))


def inserted(page: Session, offer: Offer, slot: int, text: str) -> None:
    page >> InsertEnded(offer.offer_id, slot, InsertResult(code=InsertCode.INSERTED, box_text=text), text)


def test_a_pick_goes_into_an_empty_box_or_where_the_person_wants_it() -> None:
    for at_cursor, where in ((False, "empty"), (True, "cursor")):
        page = Session().opens(ANA)
        offer = with_card(page)
        page.take()
        picks(page, offer, 1, at_cursor=at_cursor)
        command = page.one(Insert).command
        assert (command.where, command.over, command.text, command.select) == (where, "", TEXT, None)


def test_the_first_variable_that_nobody_filled_is_selected() -> None:
    page = Session().opens(ANA)
    offer = with_card(page)
    page.take()
    picks(page, offer)
    assert page.one(Insert).command.select == "{nome}"
    picks(page, offer, text="Oi Ana, o pedido {pedido} saiu")
    assert page.one(Insert).command.select == "{pedido}"
    picks(page, offer, text="Oi Ana, o pedido saiu")
    assert page.one(Insert).command.select is None
    inserted(page, offer, 0, "Oi Ana, o pedido saiu")
    assert page.one(Tell).command == NoticeCommand(code="inserted")


def test_a_changed_text_is_inserted_and_counts_as_an_edit_of_what_was_offered() -> None:
    page = Session().opens(ANA)
    offer = with_card(page)
    page.take()
    changed = f"{TEXT} Abraço!"
    picks(page, offer, 1, text=changed)
    assert page.one(Insert).command.text == changed
    inserted(page, offer, 1, changed)
    page.take()
    page.shows(ANA, row("b1", changed, Direction.OUT))
    mark = page.one(Mark)
    assert (mark.slot, mark.outcome, mark.edit, mark.distance) == (1, Outcome.EDITED, Edit.ADDED_AFTER, 8)


def test_a_text_that_the_person_wrote_anew_is_nothing_of_the_suggestion() -> None:
    page = Session().opens(ANA)
    offer = with_card(page)
    page.take()
    picks(page, offer, 1, text="Vou ver com a gerente, tá?")
    inserted(page, offer, 1, "Vou ver com a gerente, tá?")
    page.take()
    page.shows(ANA, row("b1", "Vou ver com a gerente, tá?", Direction.OUT))
    assert page.one(Mark).outcome is Outcome.IGNORED


def test_a_changed_text_outlives_its_card_in_its_own_chat_only() -> None:
    page = Session().opens(ANA)
    old = with_card(page)
    with_card(page, "a2")
    page.take()
    picks(page, old, 1)
    assert page.one(Tell).command == NoticeCommand(code="stale")
    picks(page, old, 1, text=f"{TEXT} Abraço!", chat_token=ANA.token, at_cursor=True)
    put = page.one(Put).command
    assert (put.text, put.where, put.chat_token) == (f"{TEXT} Abraço!", "cursor", ANA.token)
    page.opens(BIA)
    page.take()
    picks(page, old, 1, text="para a Ana", chat_token=ANA.token)
    assert page.one(Tell).command == NoticeCommand(code="stale")


def test_an_empty_text_goes_nowhere() -> None:
    page = Session().opens(ANA)
    offer = with_card(page)
    page.take()
    picks(page, offer, 1, text=" \n")
    assert page.take() == []


def test_what_was_judged_is_not_offered_again_in_this_conversation() -> None:
    page = Session().opens(ANA)
    offer = with_card(page)
    page.take()
    judges(page, offer.offer_id, 0, "outdated")
    effects = page.take()
    assert Judge(offer.offer_id, 0, "outdated") in effects
    assert Tell(NoticeCommand(code="judged")) in effects
    picks(page, offer, 0)
    assert page.take() == [], "it was taken away on the page"
    again = with_card(page, "a2")
    assert [one.text for one in again.suggestions] == [TEXT]
    stored = [effect.offer for effect in page.effects if isinstance(effect, StoreOffer)][-1]
    assert [(one.slot, one.reply_id) for one in stored.suggestions] == [(0, "preco")]


def test_elsewhere_it_is_still_offered_and_an_erasure_forgets_it() -> None:
    page = Session().opens(ANA)
    judges(page, with_card(page).offer_id, 0)
    conversation = page.state.offer.conversation_id if page.state.offer else 0
    page.opens(BIA).take()
    page.shows(BIA, row("c1", "cadê meu pedido?"))
    page.understands(page.one(Analyse), "Oi")
    assert page.state.offer is not None
    assert len(page.state.offer.suggestions) == 1
    assert set(page.state.refused) == {conversation}
    page >> Forgotten(conversation_ids=frozenset({conversation}))
    assert page.state.refused == {}


def test_a_judgement_of_what_does_not_stand_there_changes_nothing() -> None:
    page = Session().opens(ANA)
    offer = with_card(page)
    page.take()
    for offer_id, slot in ((offer.offer_id, 2), ("r-99", 0)):
        judges(page, offer_id, slot)
        assert page.take() == [Tell(NoticeCommand(code="stale"))]


def test_a_draft_that_was_judged_is_not_shown_a_second_time() -> None:
    page = Session(drafts=True).opens(ANA)
    offer = with_card(page)
    page >> DraftGrew(offer.offer_id, "Saiu hoje.") >> DraftEnded(offer.offer_id)
    page.take()
    judges(page, offer.offer_id, 2)
    assert page.one(StoreOffer).offer.suggestions[-1].text == "Saiu hoje."
    again = with_card(page, "a2")
    page.take()
    page >> DraftGrew(again.offer_id, "Saiu hoje.") >> DraftEnded(again.offer_id)
    told = [effect.command for effect in page.take() if isinstance(effect, Tell)]
    assert isinstance(told[-1], DraftCommand)
    assert told[-1].state == "none"
    assert page.state.offer is not None
    assert len(page.state.offer.suggestions) == 2


def test_a_card_says_how_sure_each_answer_is() -> None:
    page = Session().opens(ANA)
    with_card(page)
    shown = [effect.command for effect in page.effects if isinstance(effect, Tell)]
    (card,) = (command for command in shown if isinstance(command, OfferCommand))
    assert [one.score for one in card.suggestions] == [0.9, 0.7]
