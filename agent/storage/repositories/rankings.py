"""Which ranking is active, which one only runs beside it, and how they did."""

from datetime import datetime

from sqlalchemy import ColumnElement, Integer, case, cast, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.learning import Evaluation, RankingState, RankingVersion, ShadowTotals
from agent.contract.stored import Outcome
from agent.storage.repositories.events import Told
from agent.storage.tables import EvaluationLine, Offer, RankingLine, ShadowChoice, Suggestion

_VERSION = (RankingLine.id, RankingLine.name, RankingLine.parameters, RankingLine.state, RankingLine.since)


async def in_state(db: AsyncConnection, state: RankingState) -> RankingVersion | None:
    """The active ranking, or the one in shadow; None: the built-in one is active, or there is no shadow."""
    query = select(*_VERSION).where(RankingLine.state == state).order_by(RankingLine.id.desc()).limit(1)
    line = (await db.execute(query)).one_or_none()
    return None if line is None else RankingVersion.model_validate(line._asdict())


async def listed(db: AsyncConnection) -> list[RankingVersion]:
    """All of them, newest first."""
    found = await db.execute(select(*_VERSION).order_by(RankingLine.id.desc()))
    return [RankingVersion.model_validate(line._asdict()) for line in found]


async def add(
    db: AsyncConnection, name: str, parameters: dict[str, object], state: RankingState, now: datetime
) -> list[Told]:
    """Store a ranking as the active one, or as the one in shadow; what was there before in that state retires."""
    before = await in_state(db, RankingState.ACTIVE)
    await _retire(db, state, now)
    values = {"before_id": before.id if before and state is RankingState.ACTIVE else None, "made_at": now, "since": now}
    await db.execute(insert(RankingLine).values(name=name, parameters=parameters, state=state, **values))
    return [_told()]


async def promote(db: AsyncConnection, now: datetime) -> list[Told]:
    """The one in shadow becomes the active one.

    Raises:
        LookupError: none is in shadow.
    """
    shadow = await in_state(db, RankingState.SHADOW)
    if shadow is None:
        raise LookupError("no ranking is in shadow")
    before = await in_state(db, RankingState.ACTIVE)
    await _retire(db, RankingState.ACTIVE, now)
    values = {"state": RankingState.ACTIVE, "since": now, "before_id": before.id if before else None}
    await db.execute(update(RankingLine).where(RankingLine.id == shadow.id).values(**values))
    return [_told()]


async def roll_back(db: AsyncConnection, now: datetime) -> list[Told]:
    """The active one retires, and the one before it is active again (the built-in one, if there was none).

    Raises:
        LookupError: the built-in one is active, there is nothing before it.
    """
    active = await in_state(db, RankingState.ACTIVE)
    if active is None:
        raise LookupError("the built-in ranking is active")
    before_id = await db.scalar(select(RankingLine.before_id).where(RankingLine.id == active.id))
    await _retire(db, RankingState.ACTIVE, now)
    if before_id is not None:
        values = {"state": RankingState.ACTIVE, "since": now}
        await db.execute(update(RankingLine).where(RankingLine.id == before_id).values(**values))
    return [_told()]


async def _retire(db: AsyncConnection, state: RankingState, now: datetime) -> None:
    query = update(RankingLine).where(RankingLine.state == state)
    await db.execute(query.values(state=RankingState.RETIRED, since=now))


def _told() -> Told:
    return Told("ranking.changed", None, None, {})


async def keep_shadow(db: AsyncConnection, ranking_id: int, first: dict[str, str]) -> list[Told]:
    """What a ranking in shadow would have put first: reply id by card. Cards that are known are left alone."""
    query = select(ShadowChoice.offer_id).where(
        ShadowChoice.ranking_id == ranking_id, ShadowChoice.offer_id.in_(list(first))
    )
    known = set(await db.scalars(query))
    there = set(await db.scalars(select(Offer.id).where(Offer.id.in_(list(first)))))
    values = [
        {"offer_id": offer, "ranking_id": ranking_id, "reply_id": reply}
        for offer, reply in first.items()
        if offer in there - known
    ]
    if not values:
        return []
    await db.execute(insert(ShadowChoice), values)
    return [_measured()]


async def shadow_totals(db: AsyncConnection, ranking_id: int) -> ShadowTotals:
    """How often a ranking in shadow agreed with what was shown, and how often either was what was sent."""
    top = select(Suggestion.offer_id, Suggestion.reply_id).where(Suggestion.slot == 0).subquery()
    sent = (
        select(Suggestion.offer_id, func.max(Suggestion.reply_id).label("reply_id"))
        .where(Suggestion.outcome.in_((Outcome.SENT, Outcome.EDITED)), Suggestion.reply_id != "")
        .group_by(Suggestion.offer_id)
        .subquery()
    )

    def times(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = (
        select(
            func.count(ShadowChoice.offer_id).label("cards"),
            cast(times(ShadowChoice.reply_id == top.c.reply_id), Integer).label("agreed"),
            func.count(sent.c.reply_id).label("answered"),
            cast(times(ShadowChoice.reply_id == sent.c.reply_id), Integer).label("hits"),
            cast(times(top.c.reply_id == sent.c.reply_id), Integer).label("shown_hits"),
        )
        .select_from(ShadowChoice)
        .outerjoin(top, top.c.offer_id == ShadowChoice.offer_id)
        .outerjoin(sent, sent.c.offer_id == ShadowChoice.offer_id)
        .where(ShadowChoice.ranking_id == ranking_id)
    )
    return ShadowTotals.model_validate((await db.execute(query)).one()._asdict())


async def keep_evaluation(db: AsyncConnection, evaluation: Evaluation) -> list[Told]:
    """Store one evaluation."""
    await db.execute(
        insert(EvaluationLine).values(**evaluation.model_dump(exclude={"scores"}), scores=_plain(evaluation))
    )
    return [_measured()]


def _measured() -> Told:
    return Told("ranking.measured", None, None, {})


def _plain(evaluation: Evaluation) -> dict[str, object]:
    return {name: score.model_dump() for name, score in evaluation.scores.items()}


async def evaluations(db: AsyncConnection, limit: int) -> list[Evaluation]:
    """The last evaluations, newest first."""
    columns = [EvaluationLine.__table__.columns[name] for name in Evaluation.model_fields]
    found = await db.execute(select(*columns).order_by(EvaluationLine.id.desc()).limit(limit))
    return [Evaluation.model_validate(line._asdict()) for line in found]
