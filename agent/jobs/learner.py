"""Keeps a ranking up with what people do, while the agent runs.

It follows the numbered event log, so that the way of a message from the page to the card knows nothing of learning; a
pick counts within a second, and what another program did (an approval, a roll-back) counts as well.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from agent.analysis.learning.ranking import Parameters, Ranking
from agent.analysis.retrieval.replies import LearnedReply
from agent.contract.jobs import JobName
from agent.contract.learning import Choice, RankingState
from agent.contract.stored import StoredEvent
from agent.errors import BadInput
from agent.jobs.lessons import WEEK, approved_replies, corrections, evaluate_week, parameters_of, propose
from agent.storage.rota import Rota
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

LOOK_S = 1.0
"""How often the log is looked at: one query of a millisecond."""

_GONE = ("customer.erased", "customer.anonymised")
"""Events after which all is learned anew, from what is left."""

TIMED_S = 3600.0
"""How often it is asked whether a week is over, and whether there is something to propose."""


class Learner:
    """Feeds one ranking from one store."""

    def __init__(
        self,
        ranking: Ranking,
        texts: Mapping[str, str],
        on_replies: Callable[[Sequence[LearnedReply]], None] | None = None,
        on_corrections: Callable[[Sequence[tuple[str, str]]], None] | None = None,
        reread: Callable[[], Mapping[str, str]] | None = None,
        now: Callable[[], datetime] = utc_now,
        rota: Rota | None = None,
    ) -> None:
        """Prepare; ``run`` does the work.

        Args:
            ranking: what is taught.
            texts: the replies' texts by id.
            on_replies: gets the approved replies when they change, and once at the start.
            on_corrections: gets all corrections, masked, when there is a new one, and once at the start.
            reread: the replies' texts anew, after they were changed.
            now: the clock.
            rota: is told when it was looked whether a week is over.
        """
        self._ranking, self._texts, self._now = ranking, dict(texts), now
        self._on_replies, self._on_corrections, self._reread = on_replies, on_corrections, reread
        self._shadow: tuple[int, Ranking] | None = None
        self._known: set[str] = set()
        self._number = 0
        self._rota = rota or Rota(now)
        self._next_at = now()

    async def run(self, store: SqlStore) -> None:
        """Learn what is stored, then go on with what happens, until cancelled."""
        await self.catch_up(store)
        timed = float("-inf")
        clock = asyncio.get_running_loop().time
        with self._rota.planned(JobName.LEARNING, lambda: self._next_at):
            while True:
                if clock() - timed >= TIMED_S:
                    timed = clock()
                    await self._timed(store)
                    self._next_at = self._now() + timedelta(seconds=TIMED_S)
                await asyncio.sleep(LOOK_S)
                await self.follow(store)

    async def catch_up(self, store: SqlStore) -> None:
        """Learn everything that is stored, anew."""
        self._number = (await store.counts()).last_event
        await self._relearn(store)
        if self._on_replies is not None:
            self._on_replies(await self._approved(store))
        await self._teach_intents(store)

    async def follow(self, store: SqlStore) -> None:
        """Learn what has happened since."""
        while events := await store.events_after(self._number):
            self._number = events[-1].number
            await self._take(store, events)

    async def _take(self, store: SqlStore, events: Sequence[StoredEvent]) -> None:
        kinds = {event.kind for event in events}
        if "replies.changed" in kinds and self._reread is not None:
            with suppress(BadInput):  # Broken by hand meanwhile: whoever reads it says so.
                self._texts |= await asyncio.to_thread(self._reread)
        if kinds & {"proposal.approved", "proposal.rejected", *_GONE} and self._on_replies is not None:
            self._on_replies(await self._approved(store))
        if kinds & {"message.corrected", *_GONE}:
            await self._teach_intents(store)
        if kinds & {"ranking.changed", *_GONE}:
            await self._relearn(store)
            return
        answered = [str(event.data["offer_id"]) for event in events if event.kind == "offer.answered"]
        new = list(await store.learning.choices_of(answered)) if answered else []
        await self._learn(store, [choice for choice in new if choice.offer_id not in self._known])

    async def _learn(self, store: SqlStore, choices: Sequence[Choice]) -> None:
        first: dict[str, str] = {}
        for choice in choices:
            self._known.add(choice.offer_id)
            if self._shadow is not None and (order := self._shadow[1].order(choice)):
                first[choice.offer_id] = order[0]
            self._ranking.learn(choice)
            if self._shadow is not None:
                self._shadow[1].learn(choice)
        if first and self._shadow is not None:
            await store.learning.keep_shadow(self._shadow[0], first)

    async def _relearn(self, store: SqlStore) -> None:
        active = await parameters_of(store.learning) or Parameters()
        shadow = await store.learning.ranking(RankingState.SHADOW)
        choices = await store.learning.choices()
        self._known = {choice.offer_id for choice in choices}
        await asyncio.to_thread(self._ranking.relearn, choices, active, self._texts)
        self._shadow = None
        if shadow is not None:
            parameters = Parameters.from_json(shadow.parameters)
            self._shadow = (shadow.id, await asyncio.to_thread(Ranking.from_log, choices, parameters, self._texts))
        log.info("learned", choices=len(choices), shadow=shadow is not None)

    async def _approved(self, store: SqlStore) -> list[LearnedReply]:
        replies = await approved_replies(store.learning)
        self._texts |= {reply.id: reply.text for reply in replies}
        return replies

    async def _teach_intents(self, store: SqlStore) -> None:
        if self._on_corrections is not None:
            self._on_corrections(await corrections(store.learning))

    async def _timed(self, store: SqlStore) -> None:
        try:
            async with self._rota.running(store, JobName.LEARNING):
                last = await store.learning.evaluations(1)
                if not last or self._now() - last[0].at >= WEEK:
                    await evaluate_week(store.learning, self._texts, self._now())
                await propose(store.learning, self._texts)
        except (ValueError, LookupError):
            # Neither is worth a conversation: the next hour tries again.
            log.exception("learning by the clock failed")
