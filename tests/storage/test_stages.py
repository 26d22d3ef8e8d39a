"""The company's own stages: where open conversations stand."""

import pytest

from agent.contract.desk import ConversationChange, ConversationOutcome, ConversationQuery
from agent.contract.stages import MAX_STAGES, StageChange
from agent.errors import BadInput
from agent.storage.store import SqlStore
from tests.storage.chats import row, shows


async def talked(store: SqlStore, title: str) -> int:
    return (await store.save(shows(row(f"{title}1", "oi"), title=title))).conversation_id


async def standing(store: SqlStore) -> list[tuple[str, int]]:
    return [(one.name, one.conversations) for one in await store.desk.stages()]


async def stage_of(store: SqlStore, conversation: int) -> int | None:
    line = await store.desk.conversation(conversation)
    assert line is not None
    return line.stage_id


async def test_stages_are_added_renamed_ordered_and_told(store: SqlStore) -> None:
    assert await store.desk.stages() == []
    ids = [(await store.desk.add_stage(name)).id for name in ("Contato", "Orçamento", "Retirada")]
    for name in ("contato", "ORÇAMENTO"):
        with pytest.raises(BadInput):
            await store.desk.add_stage(name)
    await store.desk.change_stage(ids[2], StageChange(place=0))
    await store.desk.change_stage(ids[0], StageChange(name="Primeiro contato", place=11))
    await store.desk.change_stage(ids[0], StageChange(name="Primeiro contato", place=2))  # nothing new: not told
    with pytest.raises(BadInput):
        await store.desk.change_stage(ids[0], StageChange(name="retirada"))
    assert [one.name for one in await store.desk.stages()] == ["Retirada", "Orçamento", "Primeiro contato"]
    assert await store.desk.change_stage(999, StageChange(place=0)) is None
    told = [one.data for one in await store.events_after(0) if one.kind == "stages.changed"]
    assert [one["change"] for one in told] == ["added"] * 3 + ["ordered", "renamed", "ordered"]
    assert not any("Retirada" in str(one) for one in told), "no names in the log of events"


async def test_only_what_is_open_stands_in_a_stage(store: SqlStore) -> None:
    ana, quote = await talked(store, "Ana"), (await store.desk.add_stage("Orçamento")).id
    await store.desk.change(ana, ConversationChange(stage_id=quote))
    assert await standing(store) == [("Orçamento", 1)]
    won = await store.desk.change(ana, ConversationChange(outcome=ConversationOutcome.WON))
    assert won is not None
    assert (won.outcome, won.stage_id) == (ConversationOutcome.WON, None)
    back = await store.desk.change(ana, ConversationChange(stage_id=quote))
    assert back is not None
    assert (back.outcome, back.stage_id, back.decided_at) == (ConversationOutcome.OPEN, quote, None)
    for wrong in (
        ConversationChange(outcome=ConversationOutcome.LOST, stage_id=quote),
        ConversationChange(stage_id=999),
    ):
        with pytest.raises(BadInput):
            await store.desk.change(ana, wrong)
    assert await stage_of(store, ana) == quote
    await store.desk.change(ana, ConversationChange(stage_id=None))
    assert await stage_of(store, ana) is None


async def test_a_list_of_one_stage_and_of_none(store: SqlStore) -> None:
    ana, bia, caio = [await talked(store, name) for name in ("Ana", "Bia", "Caio")]
    quote = (await store.desk.add_stage("Orçamento")).id
    await store.desk.change(ana, ConversationChange(stage_id=quote))
    await store.desk.change(bia, ConversationChange(outcome=ConversationOutcome.RESOLVED))

    async def listed(stage: int) -> list[int]:
        return [one.id for one in (await store.desk.conversations(ConversationQuery(stage=stage))).items]

    assert (await listed(quote), await listed(0), await listed(999)) == ([ana], [caio], [])


async def test_what_stands_in_a_removed_stage_is_not_lost(store: SqlStore) -> None:
    chats = [await talked(store, name) for name in ("Ana", "Bia")]
    first, second = [(await store.desk.add_stage(name)).id for name in ("Contato", "Orçamento")]
    for one in chats:
        await store.desk.change(one, ConversationChange(stage_id=first))
    for wrong in (first, 999):
        with pytest.raises(BadInput):
            await store.desk.remove_stage(first, wrong)
    removed = await store.desk.remove_stage(first, second)
    assert removed is not None
    assert (removed.moved, removed.to) == (2, second)
    assert await standing(store) == [("Orçamento", 2)]
    assert (await store.desk.remove_stage(second, None)) is not None
    assert [await stage_of(store, one) for one in chats] == [None, None]
    assert await store.desk.remove_stage(first, None) is None
    with pytest.raises(BadInput):
        await store.desk.change(chats[0], ConversationChange(stage_id=first))
    again = await store.desk.add_stage("Contato")
    assert again.id not in (first, second), "a number is never another stage's"


async def test_there_are_not_too_many(store: SqlStore) -> None:
    for n in range(MAX_STAGES):
        await store.desk.add_stage(f"Etapa {n}")
    with pytest.raises(BadInput):
        await store.desk.add_stage("Mais uma")
