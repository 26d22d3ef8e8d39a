"""The part of the store that learning needs. ``SqlStore`` makes it."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.learning import (
    Choice,
    Correction,
    Evaluation,
    Proposal,
    ProposalState,
    ProposedReply,
    RankingState,
    RankingVersion,
    SentText,
    ShadowTotals,
)
from agent.storage.repositories import choices, corrections, events, proposals, rankings

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class LearningStore:
    """What is learned from, and what came of it."""

    def __init__(self, write: Begin, read: Begin, now: Callable[[], datetime]) -> None:
        """``write`` and ``read`` begin transactions."""
        self._write, self._read, self._now = write, read, now

    async def choices(self, first: datetime | None = None, last: datetime | None = None) -> list[Choice]:
        """Answered cards, oldest first: from ``first`` on, before ``last``."""
        async with self._read() as db:
            return await choices.between(db, first, last)

    async def choices_of(self, offer_ids: Collection[str]) -> list[Choice]:
        """Those of some cards that were answered, oldest first."""
        async with self._read() as db:
            return await choices.of(db, offer_ids)

    async def sent_texts(self, limit: int = 5_000) -> list[SentText]:
        """What our side sent last, oldest first; not masked yet."""
        async with self._read() as db:
            return await choices.sent_texts(db, limit)

    async def corrections(self) -> list[Correction]:
        """Every correction, oldest first; not masked yet."""
        async with self._read() as db:
            return await corrections.all_of_them(db)

    async def proposals(self, state: ProposalState | None = None) -> list[Proposal]:
        """Proposed replies in a state, or all of them, oldest first."""
        async with self._read() as db:
            return await proposals.listed(db, state)

    async def propose(self, proposed: Sequence[ProposedReply]) -> int:
        """Store proposals; how many of them are new."""
        async with self._write() as db:
            told = await proposals.add(db, proposed, self._now())
            await events.append(db, told, self._now())
            return sum(one.kind == proposals.MADE for one in told)

    async def decide(self, proposal_id: int, state: ProposalState, **changed: str) -> None:
        """Approve or reject; ``changed``: its text, title, shortcut or intent. ``LookupError``: no such proposal."""
        async with self._write() as db:
            await events.append(db, await proposals.decide(db, proposal_id, state, changed, self._now()), self._now())

    async def ranking(self, state: RankingState = RankingState.ACTIVE) -> RankingVersion | None:
        """The active ranking (None: the built-in one), or the one in shadow (None: there is none)."""
        async with self._read() as db:
            return await rankings.in_state(db, state)

    async def rankings(self) -> list[RankingVersion]:
        """All rankings, newest first."""
        async with self._read() as db:
            return await rankings.listed(db)

    async def add_ranking(self, name: str, parameters: dict[str, object], state: RankingState) -> None:
        """A new active ranking, or a new one in shadow."""
        async with self._write() as db:
            await events.append(db, await rankings.add(db, name, parameters, state, self._now()), self._now())

    async def promote(self) -> None:
        """The ranking in shadow becomes the active one. ``LookupError``: there is none."""
        async with self._write() as db:
            await events.append(db, await rankings.promote(db, self._now()), self._now())

    async def roll_back(self) -> None:
        """The ranking before the active one becomes active again. ``LookupError``: there is none."""
        async with self._write() as db:
            await events.append(db, await rankings.roll_back(db, self._now()), self._now())

    async def keep_shadow(self, ranking_id: int, first: dict[str, str]) -> None:
        """What a ranking in shadow would have put first: reply id by card."""
        async with self._write() as db:
            await events.append(db, await rankings.keep_shadow(db, ranking_id, first), self._now())

    async def shadow_totals(self, ranking_id: int) -> ShadowTotals:
        """How a ranking in shadow did."""
        async with self._read() as db:
            return await rankings.shadow_totals(db, ranking_id)

    async def keep_evaluation(self, evaluation: Evaluation) -> None:
        """Store one evaluation."""
        async with self._write() as db:
            await events.append(db, await rankings.keep_evaluation(db, evaluation), self._now())

    async def evaluations(self, limit: int = 8) -> list[Evaluation]:
        """The last evaluations, newest first."""
        async with self._read() as db:
            return await rankings.evaluations(db, limit)
