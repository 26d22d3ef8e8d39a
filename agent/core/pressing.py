"""Who waits, in the order in which they should be answered. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from agent.contract.analysis import Sentiment
from agent.contract.triage import ListedChat, Mood
from agent.core.hours import Attendance, end_of
from agent.core.moments import moment

LEFT_AFTER = timedelta(days=7)
"""Whoever was read and has got no answer for so long is not waiting at the counter any more."""

_FAREWELLS = frozenset({"thanks", "goodbye"})


class Rank(IntEnum):
    """What kind of wait it is; a lower one goes first whatever else is known."""

    PERSON = 0
    """Somebody wants something."""
    POLITE = 1
    """Thanks or a goodbye that nobody has read."""
    GROUP = 2
    REST = 3
    """Read, and no answer is due: thanks or a goodbye, or left alone for a week."""


class Waiting(NamedTuple):
    """A chat that waits, and for how long."""

    chat: ListedChat
    rank: Rank
    since: datetime | None
    """UTC; None where nothing is known of it."""
    at_least: bool
    """It may have begun before that."""
    waited_s: float | None
    """Seconds of opening time."""


def in_order(chats: Iterable[ListedChat], at: datetime, attendance: Attendance, zone: str | None) -> list[Waiting]:
    """The chats that wait, the most pressing first.

    First comes the rank. Inside one: who has waited longer than the target; then who is upset; then waits of known
    length before the others; then the longest wait, in opening time and, where that is the same because it was closed
    meanwhile, by the clock; titles at last, so that the order never depends on chance.
    """
    begun = [(chat, *_since(chat, at, zone)) for chat in chats if chat.waits]
    waited = _waited({since for _, since, _ in begun if since is not None}, at, attendance, zone)
    found = [
        Waiting(chat, _rank(chat, since, at), since, at_least, None if since is None else waited[since])
        for chat, since, at_least in begun
    ]
    return sorted(found, key=lambda one: _place(one, at, attendance.first_answer_s))


def _place(one: Waiting, at: datetime, target_s: float) -> tuple[object, ...]:
    over = one.waited_s is not None and one.waited_s >= target_s
    upset = one.chat.mood is not None and one.chat.mood.sentiment is Sentiment.NEGATIVE
    since, waited_s = one.since or at, one.waited_s or 0.0
    return one.rank, not over, not upset, one.since is None, -waited_s, since, one.chat.preview.title, one.chat.twin


def _waited(begun: set[datetime], at: datetime, attendance: Attendance, zone: str | None) -> dict[datetime, float]:
    """Opening time since each moment. Each day is looked at once, however many have waited over it."""
    waited: dict[datetime, float] = {}
    total, later = 0.0, at
    for since in sorted(begun, reverse=True):
        total += attendance.hours.seconds(since, later, zone)
        waited[since] = total
        later = min(later, since)
    return waited


def _since(chat: ListedChat, at: datetime, zone: str | None) -> tuple[datetime | None, bool]:
    """When the wait began; and whether it may have begun before, because the list tells of the last message alone."""
    if chat.waits_since is not None:
        return chat.waits_since, False
    shown = chat.preview
    hour = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    written = _written(shown.last_date, shown.last_clock, zone, hour)
    if written is None:
        return None, False
    return min(written, at), shown.last_clock is None or shown.unread != 1


@lru_cache(maxsize=4096)
def _written(day: str | None, clock: str | None, zone: str | None, before: datetime) -> datetime | None:
    """When the last words were written, or the midnight by which they were; remembered for an hour of questions."""
    if day is None or clock is not None:
        return moment(day, clock, zone, before)
    try:
        return end_of(date.fromisoformat(day), zone)
    except ValueError:
        return None


def _rank(chat: ListedChat, since: datetime | None, at: datetime) -> Rank:
    read = chat.preview.unread == 0
    left = since is not None and at - since > LEFT_AFTER
    polite = _is_farewell(chat.mood)
    if read and (left or polite):
        return Rank.REST
    if chat.preview.last_author is not None:
        return Rank.GROUP
    return Rank.POLITE if polite else Rank.PERSON


def _is_farewell(mood: Mood | None) -> bool:
    return mood is not None and mood.intent in _FAREWELLS and mood.sentiment is not Sentiment.NEGATIVE
