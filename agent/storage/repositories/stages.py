"""The company's own stages. A stage that was removed stays as a line, so that its number is never another one's."""

from datetime import datetime

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.stages import MAX_STAGES, Stage, StageChange, StageRemoved
from agent.errors import BadInput
from agent.storage.repositories.events import Told
from agent.storage.tables import ConversationDesk, JoinedConversation, PipelineStage

_CHANGED = "stages.changed"
_there = PipelineStage.removed_at.is_(None)


async def listed(db: AsyncConnection) -> list[Stage]:
    """All that are there, in their order."""
    joined = exists().where(JoinedConversation.conversation_id == ConversationDesk.conversation_id)
    standing = (
        select(func.count())
        .select_from(ConversationDesk)
        .where(ConversationDesk.stage_id == PipelineStage.id, ~joined)
        .correlate(PipelineStage)
        .scalar_subquery()
    )
    query = select(PipelineStage.id, PipelineStage.name, standing.label("conversations")).where(_there)
    found = await db.execute(query.order_by(PipelineStage.place, PipelineStage.id))
    return [Stage(**one._asdict()) for one in found]


async def known(db: AsyncConnection, stage_id: int) -> None:
    """Raises ``BadInput`` where there is no such stage."""
    if await db.scalar(select(PipelineStage.id).where(PipelineStage.id == stage_id, _there)) is None:
        raise BadInput(f"There is no stage {stage_id}.", "Ask for the stages again, and take one of them.")


async def add(db: AsyncConnection, name: str) -> tuple[Stage, list[Told]]:
    """One more, behind the others. ``BadInput``: the name is taken, or there are too many."""
    there = await listed(db)
    if len(there) >= MAX_STAGES:
        raise BadInput(f"There are {MAX_STAGES} stages already.", "Remove one of them first.")
    _free(there, name)
    last = await db.scalar(select(func.max(PipelineStage.place))) or 0
    line = await db.execute(insert(PipelineStage).values(name=name, place=last + 1))
    (number,) = line.inserted_primary_key or (0,)
    made = Stage(id=number, name=name, conversations=0)
    return made, [Told(_CHANGED, None, None, {"change": "added", "stage": number})]


async def change(db: AsyncConnection, stage_id: int, wanted: StageChange) -> tuple[Stage | None, list[Told]]:
    """Another name or another place; None where there is no such stage. ``BadInput``: the name is taken."""
    there = await listed(db)
    stage = next((one for one in there if one.id == stage_id), None)
    if stage is None:
        return None, []
    told: list[Told] = []
    if wanted.name is not None and wanted.name != stage.name:
        _free([one for one in there if one.id != stage_id], wanted.name)
        await db.execute(update(PipelineStage).where(PipelineStage.id == stage_id).values(name=wanted.name))
        told.append(Told(_CHANGED, None, None, {"change": "renamed", "stage": stage_id}))
    order = [one.id for one in there]
    if wanted.place is not None and order.index(stage_id) != min(wanted.place, len(order) - 1):
        order.remove(stage_id)
        order.insert(wanted.place, stage_id)
        for place, number in enumerate(order, 1):
            await db.execute(update(PipelineStage).where(PipelineStage.id == number).values(place=place))
        told.append(Told(_CHANGED, None, None, {"change": "ordered", "stage": stage_id}))
    return stage.model_copy(update={"name": wanted.name or stage.name}), told


async def remove(
    db: AsyncConnection, stage_id: int, to: int | None, now: datetime
) -> tuple[StageRemoved | None, list[Told]]:
    """Take a stage away; what stands in it goes to another one, or is open without a stage. None: there is none.

    Raises:
        BadInput: there is no such other stage, or it is the same one.
    """
    if stage_id not in {one.id for one in await listed(db)}:
        return None, []
    if to == stage_id:
        raise BadInput("That is the stage that is removed.", "Name another one, or none.")
    if to is not None:
        await known(db, to)
    standing = update(ConversationDesk).where(ConversationDesk.stage_id == stage_id)
    moved = max((await db.execute(standing.values(stage_id=to))).rowcount, 0)
    await db.execute(update(PipelineStage).where(PipelineStage.id == stage_id).values(removed_at=now))
    data = {"change": "removed", "stage": stage_id, "to": to, "conversations": moved}
    return StageRemoved(moved=moved, to=to), [Told(_CHANGED, None, None, data)]


def _free(there: list[Stage], name: str) -> None:
    if name.casefold() in {one.name.casefold() for one in there}:
        raise BadInput("There is a stage of this name already.", "Choose another name.")
