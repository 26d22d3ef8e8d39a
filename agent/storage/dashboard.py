"""The part of the store that counts. ``SqlStore`` makes it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.desk import ConversationOutcome
from agent.contract.metrics import Conversion, Dashboard, Latency, Waiting
from agent.contract.rows import Direction
from agent.storage.adoption import adoption
from agent.storage.counting import Tally
from agent.storage.days import Place, place_of
from agent.storage.latency import by_hour, latency
from agent.storage.repositories import desk, figures, people
from agent.storage.repositories.figures import Span

_LAST = date(9998, 12, 31)
_DECIDED = (ConversationOutcome.WON, ConversationOutcome.LOST, ConversationOutcome.RESOLVED)


class DashboardStore:
    """Figures over what was stored."""

    def __init__(
        self, read: Callable[[], AbstractAsyncContextManager[AsyncConnection]], now: Callable[[], datetime]
    ) -> None:
        """``read`` begins a transaction."""
        self._read, self._now = read, now

    async def place(self) -> Place:
        """Where the company is: by the page's clock as it was read last, or by this computer's."""
        async with self._read() as db:
            return place_of(await figures.zone(db))

    async def latency(self, since: datetime, before: datetime) -> Latency:
        """How long the cards took that were shown in some time."""
        async with self._read() as db:
            return latency(ms for _, ms in await figures.painted(db, Span(since, before)))

    async def figures(self, first: date | None, last: date | None, most_days: int) -> Dashboard | None:
        """All figures of some days; None where they are more than ``most_days`` or less than one.

        ``first`` None: the last day alone. ``last`` None: until today.
        """
        async with self._read() as db:
            now, place = self._now(), place_of(await figures.zone(db))
            last = last or place.local(now).date()
            first = first or last
            if not 0 <= (last - first).days < most_days:
                return None
            span = Span(place.begins(first), place.begins(min(last, _LAST) + timedelta(days=1)))
            tally = Tally(span, place)
            async for message in figures.said(db, span):
                tally.said(message)
            merged = await people.merges(db)
            painted = await figures.painted(db, span)
            return Dashboard(
                first=first,
                last=last,
                zone=place.name,
                zone_of=place.of,
                at=now,
                messages_in=tally.messages[Direction.IN],
                messages_out=tally.messages[Direction.OUT],
                messages_unknown=tally.unknown,
                customers=len({people.person_of(one, merged) for one in tally.writers}),
                new_customers=await figures.new_customers(db, span),
                answers=tally.answers,
                waiting=_waiting(await desk.waiting(db), now),
                conversion=_conversion(await figures.decided(db, span)),
                suggestions=adoption((await figures.cards(db, span)).values()),
                sentiments=await figures.moods(db, span),
                intents=await figures.intents(db, span),
                hours=tally.by_hour,
                latency=latency(ms for _, ms in painted),
                latency_hours=by_hour(painted, place),
            )


def _waiting(waits: Mapping[int, datetime | None], now: datetime) -> Waiting:
    known = [(since, number) for number, since in waits.items() if since is not None]
    since, longest = min(known, default=(None, None))
    return Waiting(
        customers=len(waits),
        longest_s=None if since is None else max(0.0, (now - since).total_seconds()),
        conversation_id=longest,
        since=since,
    )


def _conversion(outcomes: Mapping[ConversationOutcome, int]) -> Conversion:
    counted = {outcome: outcomes.get(outcome, 0) for outcome in _DECIDED}
    total = sum(counted.values())
    return Conversion(outcomes=counted, rate=round(counted[ConversationOutcome.WON] / total, 4) if total else None)
