"""What was learned from use: replies that are proposed, and how the rankings do."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Path

from agent.analysis.learning.offline import CANDIDATES
from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Page
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.contract.desk import MOST_ID
from agent.contract.learning import EvaluatedWeek, Learned, Proposal, ProposalChange, ProposalState, RankingState
from agent.contract.written import Written

router = APIRouter(route_class=GuardedRoute, tags=["learning"])

Id = Annotated[int, Path(ge=1, le=MOST_ID)]
Candidate = Annotated[Written, Path(max_length=40, description="Name of a ranking, as `candidates` lists them.")]


@router.get("/api/proposals", summary="List proposed replies")
async def proposals(reach: Reaching, state: ProposalState | None = None) -> Page[Proposal]:
    """Texts that were sent again and again, without what is personal: the oldest first."""
    return Page(items=tuple(await reach.store.learning.proposals(state)))


@router.post("/api/proposals/{proposal_id}/approve", summary="Approve a proposed reply")
async def approve(
    proposal_id: Id, reach: Reaching, touched: Touching, change: ProposalChange | None = None
) -> Proposal:
    """Offers it from now on, as it is or in other words."""
    changed = {} if change is None else change.model_dump(exclude_none=True)
    return await _decide(reach, touched, proposal_id, ProposalState.APPROVED, changed)


@router.post("/api/proposals/{proposal_id}/reject", summary="Reject a proposed reply")
async def reject(proposal_id: Id, reach: Reaching, touched: Touching) -> Proposal:
    """It is not offered, and not proposed again."""
    return await _decide(reach, touched, proposal_id, ProposalState.REJECTED, {})


@router.post("/api/proposals/{proposal_id}/reopen", summary="Take a decision back")
async def reopen(proposal_id: Id, reach: Reaching, touched: Touching) -> Proposal:
    """It waits for a decision again; one that was approved is offered no more."""
    return await _decide(reach, touched, proposal_id, ProposalState.PROPOSED, {})


@router.get("/api/learning", summary="What was learned from use")
async def learned(reach: Reaching) -> Learned:
    """How much there was to learn from, which ranking is active, and how they do against what was really sent."""
    learning, latency = reach.store.learning, reach.store.dashboard.latency
    choices = await learning.choices()
    shadow = await learning.ranking(RankingState.SHADOW)
    return Learned(
        enabled=reach.settings.learning.enabled,
        answered=len(choices),
        picked=sum(choice.chosen is not None for choice in choices),
        judged=dict(Counter(one.judged for choice in choices for one in choice.shown if one.judged).most_common()),
        corrections=len(await learning.corrections()),
        proposals=len(await learning.proposals(ProposalState.PROPOSED)),
        approved=len(await learning.proposals(ProposalState.APPROVED)),
        ranking=await learning.ranking(),
        shadow=shadow,
        shadow_totals=None if shadow is None else await learning.shadow_totals(shadow.id),
        candidates=tuple(CANDIDATES),
        evaluations=tuple(
            [
                EvaluatedWeek(**dict(one), latency=await latency(one.first, one.last))
                for one in await learning.evaluations()
            ]
        ),
    )


@router.post("/api/learning/shadow/{name}", status_code=204, summary="Try a ranking in shadow")
async def shadow(name: Candidate, reach: Reaching, touched: Touching) -> None:
    """It runs on live traffic from now on, and nobody sees it."""
    if name not in CANDIDATES:
        raise Refused(Code.NOT_FOUND)
    await reach.store.learning.add_ranking(name, CANDIDATES[name].as_json(), RankingState.SHADOW)
    touched.data["ranking"] = name


@router.post("/api/learning/promote", status_code=204, summary="Use the ranking in shadow")
async def promote(reach: Reaching) -> None:
    """It becomes the active one."""
    try:
        await reach.store.learning.promote()
    except LookupError as error:
        raise Refused(Code.CONFLICT) from error


@router.post("/api/learning/rollback", status_code=204, summary="Go back to the ranking before")
async def roll_back(reach: Reaching) -> None:
    """The one before the active one becomes active again."""
    try:
        await reach.store.learning.roll_back()
    except LookupError as error:
        raise Refused(Code.CONFLICT) from error


async def _decide(
    reach: Reach, touched: Touching, proposal_id: int, state: ProposalState, changed: dict[str, str]
) -> Proposal:
    touched.data["proposal"] = proposal_id
    try:
        await reach.store.learning.decide(proposal_id, state, **changed)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    return next(one for one in await reach.store.learning.proposals() if one.id == proposal_id)
