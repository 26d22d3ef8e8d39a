"""How fast our side answers: pure, over messages in the order of their chats.

A customer waits from the first message that nobody has answered until our next one. The clock is the page's, to the
minute; of a message that came while somebody looked, it is ours. A row of unknown direction may be an answer, so that
a wait with one in it is not counted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import NamedTuple

from agent.contract.metrics import Answers, Hour, Times
from agent.contract.rows import Change, Direction
from agent.storage.days import Place
from agent.storage.repositories.figures import Said, Span

_SAME_MINUTE = timedelta(minutes=2)
"""A message that came while somebody looked was seen no later than this after the minute that the page shows."""


def moment(message: Said) -> datetime | None:
    """When a message was written, as exactly as anybody knows; None where nobody does."""
    if message.origin is not Change.NEW:
        return message.sent_at
    if message.sent_at is None or timedelta(0) <= message.first_seen - message.sent_at < _SAME_MINUTE:
        return message.first_seen
    return message.sent_at  # It was seen late: the page had been away.


class Answered(NamedTuple):
    """A customer wrote, and our side answered."""

    conversation_id: int
    since: datetime
    at: datetime
    day: date
    """Of the answer, there."""

    @property
    def took_s(self) -> float:
        """How long they waited."""
        return max(0.0, (self.at - self.since).total_seconds())


@dataclass(slots=True)
class Tally:
    """Counts messages; ``said`` is called for one after the other, and ``ended`` after the last."""

    span: Span
    place: Place
    messages: Counter[Direction] = field(default_factory=Counter)
    unknown: int = 0
    writers: set[int] = field(default_factory=set)
    """Lines of customers, before any merge."""
    hours: Counter[tuple[int, Direction]] = field(default_factory=Counter)
    days: Counter[tuple[date, Direction]] = field(default_factory=Counter)
    chats: set[tuple[int, date]] = field(default_factory=set)
    """Conversations, and days on which somebody wrote in them."""
    answered: list[Answered] = field(default_factory=list)
    unanswered: int = 0
    """Conversations in which the customer wrote last."""
    unknown_answers: int = 0
    _chat: int | None = None
    _waits: bool = False
    _counts: bool = False
    _since: datetime | None = None
    _doubt: bool = False

    def said(self, message: Said) -> None:
        """The next message of a conversation, or the first one of the next conversation."""
        if message.conversation_id != self._chat:
            self.ended()
            self._chat = message.conversation_id
        at = moment(message)
        counts = self._count(message, at)
        if not message.is_group:
            self._answer(message, at, counts=counts)

    def ended(self) -> None:
        """No more of this conversation."""
        self.unanswered += self._waits and self._counts
        self._chat, self._waits, self._counts = None, False, False

    def _count(self, message: Said, at: datetime | None) -> bool:
        """Whether it was written in these days, as far as anybody knows."""
        minute = message.sent_at or message.first_seen
        if not self.span.since <= minute < self.span.before:
            return False
        if at is None or message.direction is Direction.UNKNOWN:
            self.unknown += 1
            return True
        self.messages[message.direction] += 1
        local = self.place.local(minute)
        self.hours[local.hour, message.direction] += 1
        self.days[local.date(), message.direction] += 1
        self.chats.add((message.conversation_id, local.date()))
        if message.direction is Direction.IN and message.customer_id is not None:
            self.writers.add(message.customer_id)
        return True

    def _answer(self, message: Said, at: datetime | None, *, counts: bool) -> None:
        if message.direction is Direction.UNKNOWN:
            self._doubt, self._counts = True, False
        elif message.direction is Direction.IN:
            if not self._waits:
                self._waits, self._since, self._doubt = True, at, False
            self._counts = counts and at is not None
        else:
            if self._waits and counts:
                self._answered(message.conversation_id, at)
            self._waits = False

    def _answered(self, conversation_id: int, at: datetime | None) -> None:
        if at is None or self._since is None or self._doubt:
            self.unknown_answers += 1
            return
        self.answered.append(Answered(conversation_id, self._since, at, self.place.local(at).date()))

    @property
    def first_answers(self) -> tuple[Answered, ...]:
        """Of each conversation, the first answer of each day."""
        found: dict[tuple[int, date], Answered] = {}
        for one in self.answered:
            found.setdefault((one.conversation_id, one.day), one)
        return tuple(found.values())

    @property
    def answers(self) -> Answers:
        """How long customers waited."""
        return Answers(
            first=times(one.took_s for one in self.first_answers),
            all=times(one.took_s for one in self.answered),
            unknown=self.unknown_answers,
        )

    @property
    def by_hour(self) -> tuple[Hour, ...]:
        """Messages in each hour of the day."""
        return tuple(
            Hour(
                hour=hour,
                messages_in=self.hours[hour, Direction.IN],
                messages_out=self.hours[hour, Direction.OUT],
            )
            for hour in range(24)
        )


def times(seconds: Iterable[float]) -> Times:
    """Average, median, and what nine in ten stay under: the smallest time that at least 90 % do not exceed."""
    ordered: Sequence[float] = sorted(seconds)
    if not ordered:
        return Times(count=0, average_s=None, median_s=None, p90_s=None)
    return Times(
        count=len(ordered),
        average_s=round(fmean(ordered), 3),
        median_s=round(median(ordered), 3),
        p90_s=round(ordered[(len(ordered) * 9 + 9) // 10 - 1], 3),
    )
