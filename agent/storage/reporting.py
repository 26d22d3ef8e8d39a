"""The part of the store that reports: everything of a report is counted in one transaction. ``SqlStore`` makes it.

Whose a conversation is, is what the desk says now: nobody knows who wrote each message of a shared account.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.desk import ConversationOutcome
from agent.contract.report import Report, ReportPeriod
from agent.core.hours import Attendance
from agent.errors import BadInput
from agent.storage.adoption import adoption
from agent.storage.counting import Tally
from agent.storage.days import Place, days_of, place_of
from agent.storage.report_figures import (
    Counted,
    Part,
    Punctual,
    by_attendant,
    by_day,
    on_time,
    plain,
    results,
    volume,
)
from agent.storage.repositories import figures, people, reported
from agent.storage.repositories.figures import Span
from agent.storage.repositories.reported import ShownCard

MOST_DAYS = 366


class Wanted(NamedTuple):
    """Which report."""

    period: ReportPeriod
    first: date | None = None
    """Any day of it; None: today."""
    last: date | None = None
    """Of a range; None: today."""
    attendant: str | None = None
    """None: the whole company."""


class ReportingStore:
    """Reports over what was stored."""

    def __init__(
        self, read: Callable[[], AbstractAsyncContextManager[AsyncConnection]], now: Callable[[], datetime]
    ) -> None:
        """``read`` begins a transaction."""
        self._read, self._now = read, now

    async def today(self) -> date:
        """Which day it is where the company is."""
        async with self._read() as db:
            return place_of(await figures.zone(db)).local(self._now()).date()

    async def place(self) -> Place:
        """Where the company is, as far as its page told."""
        async with self._read() as db:
            return place_of(await figures.zone(db))

    async def ends(self, period: ReportPeriod) -> datetime:
        """When the present day, week or month is over where the company is; UTC."""
        async with self._read() as db:
            place = place_of(await figures.zone(db))
        _, last = days_of(period, None, None, place.local(self._now()).date(), MOST_DAYS)
        return place.begins(last + timedelta(days=1))

    async def attendants(self) -> tuple[str, ...]:
        """Of whom there can be a report: users, and who ever sat where a card was shown; each name once."""
        async with self._read() as db:
            names = [*(await reported.users(db)).values(), *await reported.seats(db)]
        return tuple(sorted({plain(name): name for name in reversed(names)}.values(), key=str.casefold))

    async def report(
        self, wanted: Wanted, attendance: Attendance, company: str, titles: Mapping[str, str] | None = None
    ) -> Report:
        """All figures. ``titles``: what the company calls its own intents, by name.

        Raises:
            BadInput: these are no days of a report, or nobody of that name is known.
        """
        async with self._read() as db:
            now, place = self._now(), place_of(await figures.zone(db))
            today = place.local(now).date()
            first, last = days_of(wanted.period, wanted.first, wanted.last, today, MOST_DAYS)
            span = Span(place.begins(first), place.begins(last + timedelta(days=1)))
            counted = await _counted(db, span, place, Punctual(attendance, place))
            whole = counted.all if wanted.attendant is None else _of(counted, wanted.attendant)
            knows, owner = whole.tally is not None, whole.user_id
            return Report(
                company=company,
                attendant=whole.name,
                period=wanted.period,
                first=first,
                last=last,
                is_over=now >= span.before,
                zone=place.name,
                zone_of=place.of,
                at=now,
                volume=volume(whole, counted),
                answers=whole.tally.answers if whole.tally else None,
                on_time=on_time(whole, counted),
                results=results(whole, counted),
                sentiments=await figures.moods(db, span, owner) if knows else None,
                intents=await figures.intents(db, span, owner) if knows else None,
                intent_titles=dict(titles or {}),
                copilot=None if whole.cards is None else adoption([card.outcomes for card in whole.cards]),
                hours=whole.tally.by_hour if whole.tally else None,
                days=tuple(by_day(whole, counted, first, min(last, today))),
                attendants=tuple(by_attendant(counted)) if wanted.attendant is None else (),
            )


async def _counted(db: AsyncConnection, span: Span, place: Place, punctual: Punctual) -> Counted:
    users, merged = await reported.users(db), dict(await people.merges(db))
    owned = await reported.owned(db)
    whose = {one.conversation_id: one.user_id for one in owned}
    whole = Tally(span, place)
    tallies: dict[int | None, Tally] = {user: Tally(span, place) for user in (None, *users)}
    async for message in figures.said(db, span):
        whole.said(message)
        tallies[whose.get(message.conversation_id)].said(message)
    for tally in (whole, *tallies.values()):
        tally.ended()
    decided, new = await reported.decided(db, span), await figures.new_people(db, span)
    theirs: dict[int | None, set[int]] = {}
    for one in owned:
        if one.customer_id is not None and (person := people.person_of(one.customer_id, merged)) in new:
            theirs.setdefault(one.user_id, set()).add(person)
    theirs[None] = new - set[int]().union(*theirs.values())
    cards, seats = await reported.cards(db, span), await reported.seats(db)
    seated: dict[str, list[ShownCard]] = {plain(name): [] for name in (*seats, "")}
    for card in cards:
        seated[plain(card.attendant or "")].append(card)
    names = {plain(name): name for name in reversed(seats)}
    ids = {plain(name): number for number, name in users.items()}
    names |= {plain(name): name for name in users.values()}
    parts: dict[str, Part] = {}
    for key, name in {**names, "": None}.items():
        user = ids.get(key)
        knows = user is not None or not key
        parts[key] = Part(
            name=name,
            user_id=user,
            tally=tallies[user] if knows else None,
            cards=seated.get(key),
            decided=decided.get(user, Counter()) if knows else Counter(),
            new=theirs.get(user, set()) if knows else set(),
        )
    everybody = Part(None, None, whole, cards, sum(decided.values(), Counter[ConversationOutcome]()), new)
    return Counted(place, punctual, merged, await reported.settled(db), everybody, parts)


def _of(counted: Counted, name: str) -> Part:
    part = counted.parts.get(plain(name)) if plain(name) else None
    if part is None:
        raise BadInput("There is no attendant of this name.", "Name a user, or who sits where cards are shown.")
    return part
