"""What is kept to learn from, and that a customer's erasure takes all of it."""

from datetime import UTC, datetime

import pytest

from agent.contract.analysis import Analysis, Sentiment, SuggestionKind
from agent.contract.learning import ProposalState, ProposedReply, RankingState
from agent.contract.stored import AnalysedMessage, Edit, OfferRecord, Outcome, SuggestionRecord
from agent.storage.opening import open_store
from tests.storage.chats import kinds_of_events, row, shows, table

DAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY = "ab" * 32


def analysis(sentiment: Sentiment = Sentiment.NEUTRAL) -> Analysis:
    return Analysis(
        sentiment_score=0.0,
        sentiment=sentiment,
        intent="delivery",
        confidence_scores={"sentiment": 0.8, "intent": 0.7},
        suggested_responses=(),
        model_version="1",
    )


async def answered(store, title: str = "Maria", run: str = "r", reply: str = "Já saiu para entrega!") -> int:
    """A customer asks, a card of two is shown, its second reply is sent; the conversation's id."""
    phone = None if title == "Maria" else "+5511987654321"
    first = await store.save(shows(row(f"{run}A", "cadê meu pedido 12345?"), title=title, phone=phone))
    asked = first.inserted[0]
    await store.save_analysis(AnalysedMessage(message_id=asked.id, analysis=analysis()))
    record = SuggestionRecord(
        slot=0, text="Olá!", source="Oi", tier=0, score=0.9, reply_id="oi", kind=SuggestionKind.CANNED
    )
    sent = record.model_copy(
        update={"slot": 1, "text": reply, "source": "Entrega", "score": 0.5, "reply_id": "entrega"}
    )
    draft = SuggestionRecord(slot=2, text="Oi!", source="modelo", tier=1, score=None)
    card = OfferRecord(
        offer_id=run,
        message_id=asked.id,
        conversation_id=asked.conversation_id,
        suggestions=(record, sent, draft),
        attendant="Ana",
        intent="delivery",
        certainty=0.7,
        considered=(("oi", 0.6), ("entrega", 0.55), ("prazo", 0.3)),
    )
    await store.save_offer(card)
    window = f"{run}A {run}B"
    await store.save(shows(row(f"{run}B", reply, me=True), window=window, title=title, phone=phone))
    await store.set_outcome(run, 1, Outcome.EDITED, distance=3, edit=Edit.ADDED_AFTER)
    await store.answered(run, f"{run}B")
    return asked.conversation_id


async def test_a_card_that_was_answered_is_a_choice(store):
    await answered(store)
    (choice,) = await store.learning.choices()
    assert (choice.attendant, choice.intent, choice.certainty) == ("Ana", "delivery", 0.7)
    assert (choice.asked, choice.people, choice.chosen) == ("cadê meu pedido 12345?", ("Maria",), "entrega")
    assert [(s.reply_id, s.score, s.outcome, s.edit) for s in choice.shown] == [
        ("oi", 0.6, Outcome.SHOWN, None),
        ("entrega", 0.55, Outcome.EDITED, Edit.ADDED_AFTER),
    ]
    assert [one.reply_id for one in choice.considered] == ["oi", "entrega", "prazo"]
    assert await store.learning.choices_of(["r"]) == [choice]
    assert await store.learning.choices(last=choice.at) == []
    assert (await kinds_of_events(store))[-2:] == ["suggestion.edited", "offer.answered"]


async def test_a_judgement_is_part_of_the_choice_and_is_told_once(store):
    await answered(store)
    for _ in range(2):
        await store.judge("r", 0, "outdated")
    (choice,) = await store.learning.choices()
    assert [one.judged for one in choice.shown] == ["outdated", None]
    assert (await kinds_of_events(store)).count("suggestion.judged") == 1
    with pytest.raises(LookupError):
        await store.judge("r", 9, "wrong")


async def test_what_the_customer_says_next_follows_the_choice(store):
    await answered(store)
    assert (await store.learning.choices())[0].mood_after is None
    angry = (await store.save(shows(row("rC", "que absurdo!!"), window="rA rB rC"))).inserted[0]
    await store.save_analysis(AnalysedMessage(message_id=angry.id, analysis=analysis(Sentiment.NEGATIVE)))
    assert (await store.learning.choices())[0].mood_after is Sentiment.NEGATIVE


async def test_an_answer_is_told_once_and_an_unknown_one_not_at_all(store):
    await answered(store)
    told = await kinds_of_events(store)
    await store.answered("r", "rB")
    await store.answered("r-9", "rB")
    await store.answered("r", "x")
    assert await kinds_of_events(store) == told


async def test_the_last_correction_counts_and_keeps_what_the_analysis_said(store):
    await answered(store)
    for intent in ("price", "stock", "stock"):
        await store.correct(1, intent)
    (correction,) = await store.learning.corrections()
    assert (correction.text, correction.intent, correction.was) == ("cadê meu pedido 12345?", "stock", "delivery")
    assert (await kinds_of_events(store)).count("message.corrected") == 2
    with pytest.raises(LookupError):
        await store.correct(99, "price")


def proposed(*messages: int) -> ProposedReply:
    return ProposedReply(
        text="Oi {nome}, já saiu!",
        title="Já saiu",
        shortcut="/saiu",
        intent="delivery",
        sent_by="Ana",
        sent_at=DAY,
        messages=messages,
        customers=2,
    )


async def test_a_proposal_is_made_once_and_decided_by_a_person(store):
    await answered(store)
    await answered(store, "Bia", "s")
    assert await store.learning.propose([proposed(2, 4)]) == 1
    assert await store.learning.propose([proposed(2, 4)]) == 0
    assert await store.learning.propose([proposed(2, 4, 1)]) == 0
    found = [kind for kind in await kinds_of_events(store) if kind.startswith("proposal.")]
    assert found == ["proposal.made", "proposal.grown"], "what is known already is not told again"
    (made,) = await store.learning.proposals(ProposalState.PROPOSED)
    assert (made.text, made.times, made.customers) == ("Oi {nome}, já saiu!", 3, 2)
    await store.learning.decide(made.id, ProposalState.APPROVED, title="Saiu!")
    assert await store.learning.proposals(ProposalState.PROPOSED) == []
    assert [p.title for p in await store.learning.proposals(ProposalState.APPROVED)] == ["Saiu!"]
    with pytest.raises(LookupError):
        await store.learning.decide(99, ProposalState.REJECTED)


async def test_rankings_are_promoted_and_rolled_back(store):
    learning = store.learning
    assert await learning.ranking() is None
    with pytest.raises(LookupError):
        await learning.promote()
    await learning.add_ranking("ousado", {"strength": 2.0}, RankingState.SHADOW)
    await learning.promote()
    await learning.add_ranking("calmo", {"strength": 0.5}, RankingState.ACTIVE)
    assert (await learning.ranking()).name == "calmo"
    await learning.roll_back()
    assert (await learning.ranking()).name == "ousado"
    await learning.roll_back()
    assert await learning.ranking() is None
    with pytest.raises(LookupError):
        await learning.roll_back()
    assert [one.state for one in await learning.rankings()] == [RankingState.RETIRED] * 2


async def test_a_ranking_in_shadow_is_counted_beside_what_was_shown(store):
    await answered(store)
    await answered(store, "Bia", "s")
    await store.learning.add_ranking("ousado", {}, RankingState.SHADOW)
    shadow = await store.learning.ranking(RankingState.SHADOW)
    for _ in range(2):
        await store.learning.keep_shadow(shadow.id, {"r": "entrega", "s": "oi", "gone": "oi"})
    totals = await store.learning.shadow_totals(shadow.id)
    assert (totals.cards, totals.agreed, totals.answered, totals.hits, totals.shown_hits) == (2, 1, 2, 1, 0)
    assert (await store.learning.shadow_totals(99)).cards == 0


async def test_a_customer_is_found_by_name_phone_and_number(store):
    await answered(store)
    await answered(store, "Bia", "s")
    assert [p.customer for p in await store.people.find("bia")] == ["Bia"]
    (bia,) = await store.people.find("(11) 98765-4321")
    assert (bia.customer, bia.messages) == ("Bia", 2)
    assert await store.people.find(str(bia.id)) == [bia]
    assert await store.people.find("Carlos") == []


async def test_an_erased_customer_leaves_nothing_and_the_others_everything(store):
    await answered(store)
    await answered(store, "Bia", "s")
    await store.correct(3, "price")
    await store.learning.propose([proposed(4), proposed(2, 4).model_copy(update={"text": "Obrigada!"})])
    await store.learning.add_ranking("ousado", {}, RankingState.SHADOW)
    await store.learning.keep_shadow(1, {"r": "oi", "s": "oi"})
    (bia,) = await store.people.find("Bia")
    erased = await store.people.erase(bia.id)
    assert (erased.messages, erased.cards, erased.suggestions, erased.analyses) == (2, 1, 3, 1)
    assert (erased.corrections, erased.proposals) == (1, 1)
    assert [choice.offer_id for choice in await store.learning.choices()] == ["r"]
    assert [p.text for p in await store.learning.proposals()] == ["Obrigada!"]
    assert await store.learning.corrections() == []
    assert {event.conversation_id for event in await store.events_after(0)} == {1, None}
    assert [c["name"] for c in await table(store, "customers")] == ["Maria"]
    assert len(await table(store, "shadow_choices")) == 1
    with pytest.raises(LookupError):
        await store.people.erase(bia.id)


async def test_what_was_erased_is_in_no_file_any_more(tmp_path, monkeypatch):
    from agent.storage import sqlcipher

    class Plain:
        """SQLCipher without its key: so that the test can read what is on the disk."""

        def __init__(self, db):
            self._db = db

        def __getattr__(self, name):
            return getattr(self._db, name)

        def execute(self, sql, *rest):
            return self._db.execute("SELECT 1" if "PRAGMA key" in sql else sql, *rest)

    connect = sqlcipher.dbapi2.connect
    monkeypatch.setattr(sqlcipher.dbapi2, "connect", lambda *a, **k: Plain(connect(*a, **k)))
    path = tmp_path / "data.db"
    store = await open_store(path, KEY)
    await answered(store)
    await answered(store, "Bia", "s", reply="Segredo da Bia, já saiu")

    def on_disk() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert b"Segredo da Bia" in on_disk()
    (bia,) = await store.people.find("Bia")
    await store.people.erase(bia.id)
    assert b"Segredo" not in on_disk()
    assert b"11987654321" not in on_disk()
    await store.close()
