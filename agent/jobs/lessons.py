"""What is made of the stored choices: an evaluation, proposals, replies. For the running agent and the commands."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from agent.analysis.learning.masking import masked
from agent.analysis.learning.offline import UNLEARNED, evaluate
from agent.analysis.learning.proposals import find
from agent.analysis.learning.ranking import Parameters
from agent.analysis.retrieval.replies import LearnedReply
from agent.contract.analysis import INTENTS
from agent.contract.learning import Evaluation, Proposal, ProposalState, RankingState
from agent.storage.learning import LearningStore

WEEK = timedelta(days=7)


async def parameters_of(learning: LearningStore, state: RankingState = RankingState.ACTIVE) -> Parameters | None:
    """The parameters of the active ranking (the built-in ones where none was promoted) or of the one in shadow."""
    version = await learning.ranking(state)
    if version is None:
        return Parameters() if state is RankingState.ACTIVE else None
    return Parameters.from_json(version.parameters)


async def evaluate_week(learning: LearningStore, texts: Mapping[str, str], now: datetime) -> Evaluation | None:
    """Compare nothing learned, the active ranking and the one in shadow on the last week; keep and return the result.

    None when no reply was sent in that week: nothing is kept.
    """
    contestants = {"none": UNLEARNED}
    for name, state in (("active", RankingState.ACTIVE), ("shadow", RankingState.SHADOW)):
        if (parameters := await parameters_of(learning, state)) is not None:
            contestants[name] = parameters
    choices = await learning.choices()
    found = await asyncio.to_thread(evaluate, choices, now - WEEK, now, contestants, texts)
    if found is not None:
        await learning.keep_evaluation(found)
    return found


async def propose(learning: LearningStore, texts: Mapping[str, str]) -> int:
    """Look for texts that were sent again and again; how many new proposals there are."""
    sent = await learning.sent_texts()
    decided = [one.text for one in await learning.proposals()]
    found = await asyncio.to_thread(find, sent, [*texts.values(), *decided])
    return await learning.propose(found) if found else 0


async def approved_replies(learning: LearningStore) -> list[LearnedReply]:
    """The approved proposals as replies."""
    return [as_reply(one) for one in await learning.proposals(ProposalState.APPROVED)]


def as_reply(proposal: Proposal) -> LearnedReply:
    """A proposal as a reply, with who sent it and on which day by this computer's clock: the card says so."""
    intents = (proposal.intent,) if proposal.intent in INTENTS else ()
    return LearnedReply(
        id=f"learned-{proposal.id}",
        title=proposal.title,
        shortcut=proposal.shortcut or None,
        intents=intents,
        text=proposal.text,
        examples=(proposal.title,),
        sent_by=proposal.sent_by,
        sent_on=proposal.sent_at.astimezone().date(),
    )


async def corrections(learning: LearningStore) -> list[tuple[str, str]]:
    """Pairs of a message, masked, and the intent that a person gave it, oldest first."""
    return masked(await learning.corrections())


def without(parameters: Parameters, first: datetime, last: datetime) -> Parameters:
    """The same parameters, but nothing is learned from the choices of a time."""
    times = sorted([*parameters.skipped, (first, last)])
    joined = [times[0]]
    for _, (begin, end) in pairwise(times):
        if begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return replace(parameters, skipped=tuple(joined))
