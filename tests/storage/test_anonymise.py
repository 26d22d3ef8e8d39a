"""A customer made anonymous: what is counted stays, who it was and what was said is in no file any more."""

import shutil
from datetime import UTC, datetime

from agent.contract.privacy import ErasureKind, ErasureReason
from agent.contract.rows import Kind
from agent.storage.forgetting import Forgetting
from agent.storage.key import DATABASE_FILE
from agent.storage.ledger import forget_again
from agent.storage.repositories.anonymising import PSEUDONYM
from tests.storage.chats import kinds_of_events, row, shows, table
from tests.storage.test_erasing import NAME, PHONE, SECRETS, WORDS, held, lived, opened

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def statistics(store, customer):
    """What must not change: how much, when, what for, in which mood, with which outcome."""
    chats = {one["id"] for one in await table(store, "conversations") if one["customer_id"] == customer}
    messages = [one for one in await table(store, "messages") if one["conversation_id"] in chats]
    ids = {one["id"] for one in messages}
    kept = ("id", "position", "direction", "sent_at", "first_seen", "state")
    analyses = await table(store, "ai_analysis", "suggested_responses", "confidence_scores")
    return {
        "messages": [{name: one[name] for name in kept} for one in messages],
        "analyses": [one for one in analyses if one["message_id"] in ids],
        "outcomes": [(one["slot"], one["outcome"], one["score"]) for one in await table(store, "suggestions")],
        "desks": [one["outcome"] for one in await table(store, "conversation_desks")],
        "corrections": await table(store, "corrections"),
        "bases": [one["basis"] for one in await table(store, "consents")],
    }


async def test_statistics_stay_and_the_person_is_in_no_file(tmp_path):
    store = await opened(tmp_path)
    customer = await lived(store, tmp_path)
    await store.save(shows(*[row(f"F{n}", f"outra coisa {n}") for n in range(140)], title="Caio"))
    assert len(held(tmp_path)) == len(WORDS)
    before = await statistics(store, customer)
    await store.close()
    shutil.copy(tmp_path / DATABASE_FILE, tmp_path.parent / "backup.db")

    store = await opened(tmp_path)
    forgetting = Forgetting(store, tmp_path, SECRETS, now=lambda: NOW)
    signed = await forgetting.anonymise(customer, "user:1")
    assert held(tmp_path) == []
    after = await statistics(store, customer)
    in_groups = 2  # what they wrote in groups is theirs, and goes to their own chat
    assert len(after["messages"]) == len(before["messages"]) + in_groups
    after["messages"] = after["messages"][: len(before["messages"])]
    assert after == before
    assert (signed.report.kind, signed.report.tables["messages"]) == (ErasureKind.ANONYMISED, 4)
    assert forgetting.reports.is_ours(signed)
    (line,) = [one for one in await table(store, "customers") if one["id"] == customer]
    assert line["name"].startswith(PSEUDONYM)
    assert (line["phone"], line["anonymised_at"]) == (None, NOW)
    assert "customer.anonymised" in await kinds_of_events(store)
    assert await store.people.find(PHONE) == []
    await store.close()
    assert held(tmp_path) == []

    shutil.copy(tmp_path.parent / "backup.db", tmp_path / DATABASE_FILE)
    store = await opened(tmp_path)
    assert await forget_again(store, tmp_path, SECRETS) == 1
    assert held(tmp_path) == []
    assert await forget_again(store, tmp_path, SECRETS) == 0
    assert forgetting.reports.all()[0].report.kind is ErasureKind.ANONYMISED
    assert {one.report.reason for one in forgetting.reports.all()} == {ErasureReason.REQUEST, ErasureReason.RESTORED}
    await store.close()
    assert held(tmp_path) == []


async def test_two_pseudonyms_tell_nothing_of_each_other_and_the_chat_is_a_new_one(store, tmp_path):
    await store.save(shows(row("A", "oi"), title=NAME, phone=PHONE))
    await store.save(shows(row("B", "oi"), title="Bia"))
    await store.people.merge(1, 2)
    await Forgetting(store, tmp_path, SECRETS).anonymise(2, "command")
    names = [one["name"] for one in await table(store, "customers")]
    assert len(set(names)) == 2
    await store.save(shows(row("N", "voltei"), title=NAME, phone=PHONE))
    assert [one["name"] for one in await table(store, "customers")] == [*names, NAME]


async def test_learning_and_search_go_on_without_the_texts(store, tmp_path):
    customer = await lived(store, tmp_path)
    await Forgetting(store, tmp_path, SECRETS).anonymise(customer, "command")
    assert await store.learning.corrections() == []
    assert [one.text for one in await store.learning.sent_texts()] == ["Chega logo"]
    for choice in await store.learning.choices():
        assert choice.asked == ""
    chats = [one for one in await table(store, "conversations") if one["customer_id"] == customer]
    recent = await store.recent(chats[0]["id"])
    assert {one.text for one in recent} == {None}
    assert {one.kind for one in recent} == {Kind.TEXT}
    assert await store.unfinished("loja") is not None


async def test_the_same_person_can_be_erased_afterwards(store, tmp_path):
    customer = await lived(store, tmp_path)
    forgetting = Forgetting(store, tmp_path, SECRETS)
    await forgetting.anonymise(customer, "command")
    await forgetting.erase(customer, "command")
    assert customer not in {one["id"] for one in await table(store, "customers")}
