"""Replies that came from what was sent again and again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.learning import Proposal, ProposalState, ProposedReply
from agent.storage.repositories.events import Told
from agent.storage.tables import Evidence, Message, ProposalLine

MADE = "proposal.made"

_LISTED = (
    select(
        ProposalLine.id,
        ProposalLine.state,
        ProposalLine.text,
        ProposalLine.title,
        ProposalLine.shortcut,
        ProposalLine.intent,
        ProposalLine.sent_by,
        ProposalLine.sent_at,
        func.count(Evidence.message_id).label("times"),
        func.count(Message.conversation_id.distinct()).label("customers"),
    )
    .outerjoin(Evidence, Evidence.proposal_id == ProposalLine.id)
    .outerjoin(Message, Message.id == Evidence.message_id)
    .group_by(*list(ProposalLine.__table__.columns))
    .order_by(ProposalLine.id)
)


async def listed(db: AsyncConnection, state: ProposalState | None) -> list[Proposal]:
    """Proposals in a state, or all of them, oldest first."""
    query = _LISTED if state is None else _LISTED.where(ProposalLine.state == state)
    return [Proposal.model_validate(line._asdict()) for line in await db.execute(query)]


async def add(db: AsyncConnection, proposed: Sequence[ProposedReply], now: datetime) -> list[Told]:
    """Store proposals whose text is new; a known one, whatever became of it, only gets its newer messages."""
    known = {line.text: line.id for line in await db.execute(select(ProposalLine.id, ProposalLine.text))}
    told: list[Told] = []
    for one in proposed:
        if (proposal_id := known.get(one.text)) is None:
            values = one.model_dump(exclude={"messages", "customers"}) | {
                "state": ProposalState.PROPOSED,
                "made_at": now,
            }
            query = insert(ProposalLine).values(**values).returning(ProposalLine.id)
            proposal_id = (await db.execute(query)).scalar_one()
            told.append(Told(MADE, None, None, {"proposal_id": proposal_id}))
        resting = set(await db.scalars(select(Evidence.message_id).where(Evidence.proposal_id == proposal_id)))
        if new := [{"proposal_id": proposal_id, "message_id": m} for m in one.messages if m not in resting]:
            await db.execute(insert(Evidence), new)
            if one.text in known:
                told.append(Told("proposal.grown", None, None, {"proposal_id": proposal_id}))
    return told


async def decide(
    db: AsyncConnection, proposal_id: int, state: ProposalState, changed: dict[str, str], now: datetime
) -> list[Told]:
    """Approve or reject one, with the supervisor's own words where they changed it.

    Raises:
        LookupError: no such proposal.
    """
    one = ProposalLine.id == proposal_id
    if await db.scalar(select(ProposalLine.id).where(one)) is None:
        raise LookupError(f"no proposal {proposal_id}")
    await db.execute(update(ProposalLine).where(one).values(state=state, decided_at=now, **changed))
    return [Told(f"proposal.{state.value}", None, None, {"proposal_id": proposal_id})]
