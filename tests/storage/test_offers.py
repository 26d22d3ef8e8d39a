"""Analyses, cards, outcomes, the event log and the totals."""

import pytest

from agent.contract.analysis import Analysis, Sentiment, SuggestedResponse
from agent.contract.rows import Kind
from agent.contract.stored import AnalysedMessage, MessageState, OfferRecord, Outcome, SuggestionRecord
from tests.storage.chats import kinds_of_events, row, shows, table

ANALYSIS = Analysis(
    sentiment_score=-0.4,
    sentiment=Sentiment.NEGATIVE,
    intent="delivery",
    confidence_scores={"sentiment": 0.8, "intent": 0.7},
    suggested_responses=(SuggestedResponse(text="Já saiu para entrega!", source="Entrega", score=0.9),),
    model_version="1",
)


@pytest.fixture
async def message(store):
    return (await store.save(shows(row("A", "Cadê meu pedido?")))).inserted[0]


def offer(message, *slots: tuple[int, str, int]) -> OfferRecord:
    made = tuple(
        SuggestionRecord(slot=s, text=text, source="Entrega", tier=tier, score=None) for s, text, tier in slots
    )
    return OfferRecord(offer_id="r-1", message_id=message.id, conversation_id=message.conversation_id, suggestions=made)


async def test_an_analysis_is_stored_once_and_replaced_by_another(store, message):
    for _ in range(2):
        await store.save_analysis(AnalysedMessage(message_id=message.id, analysis=ANALYSIS))
    (line,) = await table(store, "ai_analysis")
    assert (line["intent"], line["sentiment_score"]) == ("delivery", -0.4)
    (kept,) = line["suggested_responses"]
    assert (kept["text"], kept["source"], kept["score"]) == ("Já saiu para entrega!", "Entrega", 0.9)
    assert await kinds_of_events(store) == ["message.captured", "analysis.stored"]
    other = ANALYSIS.model_copy(update={"intent": "complaint"})
    await store.save_analysis(AnalysedMessage(message_id=message.id, analysis=other))
    assert [line["intent"] for line in await table(store, "ai_analysis")] == ["complaint"]
    assert (await kinds_of_events(store))[-1] == "analysis.stored"
    assert (await store.events_after(2))[0].data["intent"] == "complaint"


async def test_an_analysis_of_no_message_is_refused(store):
    with pytest.raises(LookupError):
        await store.save_analysis(AnalysedMessage(message_id=99, analysis=ANALYSIS))


async def test_a_card_grows_by_its_draft(store, message):
    await store.save_offer(offer(message, (0, "Já saiu!", 0)))
    await store.save_offer(offer(message, (0, "Já saiu!", 0), (1, "Olá! Vou", 1)))
    await store.save_offer(offer(message, (0, "Já saiu!", 0), (1, "Olá! Vou verificar.", 1)))
    await store.save_offer(offer(message, (0, "Já saiu!", 0), (1, "Olá! Vou verificar.", 1)))
    lines = await table(store, "suggestions")
    assert [(s["slot"], s["text"], s["tier"], s["outcome"]) for s in lines] == [
        (0, "Já saiu!", 0, Outcome.SHOWN),
        (1, "Olá! Vou verificar.", 1, Outcome.SHOWN),
    ]
    assert await kinds_of_events(store) == ["message.captured", "offer.shown", "offer.grown", "offer.grown"]


async def test_an_outcome_is_told_once(store, message):
    await store.save_offer(offer(message, (0, "Já saiu!", 0)))
    for _ in range(2):
        await store.set_outcome("r-1", 0, Outcome.PICKED, code="click")
    await store.set_outcome("r-1", 0, Outcome.EDITED, distance=4)
    (line,) = await table(store, "suggestions")
    assert (line["outcome"], line["distance"], line["code"]) == (Outcome.EDITED, 4, None)
    assert (await kinds_of_events(store))[2:] == ["suggestion.picked", "suggestion.edited"]
    picked = (await store.events_after(2))[0]
    assert (picked.message_id, picked.data) == (
        message.id,
        {"offer_id": "r-1", "slot": 0, "distance": None, "code": "click"},
    )


async def test_a_draft_picked_while_it_is_written_keeps_its_outcome(store, message):
    await store.save_offer(offer(message, (0, "Já saiu!", 0)))
    await store.set_outcome("r-1", 1, Outcome.PICKED)
    await store.save_offer(offer(message, (0, "Já saiu!", 0), (1, "Olá! Vou verificar.", 1)))
    drafted = (await table(store, "suggestions"))[1]
    assert (drafted["text"], drafted["outcome"]) == ("Olá! Vou verificar.", Outcome.PICKED)


async def test_an_outcome_of_no_card_is_refused(store):
    with pytest.raises(LookupError):
        await store.set_outcome("r-9", 0, Outcome.SENT)


async def test_events_are_numbered_one_by_one_and_read_in_pieces(store):
    await store.save(shows(*[row(f"M{n}", "oi") for n in range(5)]))
    assert [event.number for event in await store.events_after(0)] == [1, 2, 3, 4, 5]
    assert [event.number for event in await store.events_after(2, limit=2)] == [3, 4]
    assert await store.events_after(5) == []


async def test_numbers_of_lost_transactions_leave_no_hole_in_sqlite(sqlite):
    await sqlite.save(shows(row("A", "oi")))
    with pytest.raises(LookupError):
        await sqlite.set_outcome("r-9", 0, Outcome.SENT)
    await sqlite.save(shows(row("B", "oi"), window="A B"))
    assert [event.number for event in await sqlite.events_after(0)] == [1, 2]


async def test_totals(store, message):
    await store.save(shows(row("B", "Sim", me=True), row("C", "protegida", kind=Kind.SYSTEM), title="Ana"))
    await store.save_offer(offer(message, (0, "Já saiu!", 0), (1, "Vou ver", 1)))
    await store.set_outcome("r-1", 1, Outcome.SENT)
    await store.save_analysis(AnalysedMessage(message_id=message.id, analysis=ANALYSIS))
    counts = await store.counts()
    assert (counts.conversations, counts.messages_in, counts.messages_out) == (2, 1, 1)
    assert (counts.unfinished, counts.analyses, counts.last_event) == (1, 1, 6)
    assert counts.suggestions == dict.fromkeys(Outcome, 0) | {Outcome.SHOWN: 1, Outcome.SENT: 1}
    await store.set_state([message.id], MessageState.COMPLETE)
    assert (await store.counts()).unfinished == 0


async def test_totals_of_an_empty_database(store):
    counts = await store.counts()
    assert counts.last_event == counts.conversations == counts.messages_in == 0


async def test_how_long_a_card_took_is_told_once(store, message):
    await store.save_offer(offer(message, (0, "Já saiu!", 0)))
    await store.painted("r-1", 87.5)
    await store.painted("r-1", 900.0)
    await store.painted("gone", 10.0)
    assert [line["painted_ms"] for line in await table(store, "offers")] == [87.5]
    assert await kinds_of_events(store) == ["message.captured", "offer.shown", "offer.painted"]
    (told,) = await store.events_after(2)
    assert (told.message_id, told.data) == (message.id, {"offer_id": "r-1", "ms": 87.5})
