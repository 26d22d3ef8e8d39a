"""The figures of a report out of what was counted, told apart by whose it is. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from agent.contract.desk import ConversationOutcome
from agent.contract.report import OnTime, ReportedAttendant, ReportedDay, Results, Volume
from agent.contract.rows import Direction
from agent.core.hours import Attendance
from agent.storage.adoption import is_used
from agent.storage.counting import Answered, Tally, times
from agent.storage.days import Place
from agent.storage.repositories import people
from agent.storage.repositories.reported import ShownCard


class Punctual:
    """Whether first answers came in time; each is looked at once."""

    def __init__(self, attendance: Attendance, place: Place) -> None:
        self.target_s, self._hours = attendance.first_answer_s, attendance.hours
        self._zone = place.zone.key if place.zone else None
        self._known: dict[Answered, bool] = {}

    def __call__(self, one: Answered) -> bool:
        """Whether this one did."""
        if one not in self._known:
            self._known[one] = self._hours.seconds(one.since, one.at, self._zone) <= self.target_s
        return self._known[one]


@dataclass(frozen=True, slots=True)
class Part:
    """What is somebody's, or everybody's."""

    name: str | None
    user_id: int | None
    tally: Tally | None
    """None: no such user."""
    cards: list[ShownCard] | None
    """None: no card ever named them."""
    decided: Counter[ConversationOutcome]
    new: set[int]
    """People of whom the first chat was stored."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything of some days, told apart by whose it is."""

    place: Place
    punctual: Punctual
    merged: dict[int, int]
    settled: set[int]
    all: Part
    parts: dict[str, Part]
    """By name; nobody's is under the empty one."""


def volume(part: Part, counted: Counted) -> Volume | None:
    """How much was written."""
    tally = part.tally
    if tally is None:
        return None
    return Volume(
        messages_in=tally.messages[Direction.IN],
        messages_out=tally.messages[Direction.OUT],
        messages_unknown=tally.unknown,
        conversations=len({chat for chat, _ in tally.chats}),
        customers=len({people.person_of(one, counted.merged) for one in tally.writers}),
        new_customers=len(part.new),
        unanswered=tally.unanswered,
    )


def on_time(part: Part, counted: Counted) -> OnTime | None:
    """First answers within the target."""
    if part.tally is None:
        return None
    answers = part.tally.first_answers
    within = sum(map(counted.punctual, answers))
    return OnTime(
        target_s=counted.punctual.target_s, answers=len(answers), within=within, share=_ratio(within, len(answers))
    )


def results(part: Part, counted: Counted) -> Results | None:
    """What came of the conversations."""
    if part.tally is None:
        return None
    won, lost, resolved = (
        part.decided[one] for one in (ConversationOutcome.WON, ConversationOutcome.LOST, ConversationOutcome.RESOLVED)
    )
    return Results(
        won=won,
        lost=lost,
        resolved=resolved,
        undecided=len({chat for chat, _ in part.tally.chats} - counted.settled),
        rate=_ratio(won, won + lost + resolved),
    )


def by_day(part: Part, counted: Counted, first: date, last: date) -> Iterable[ReportedDay]:
    """One line a day."""
    tally, cards = part.tally, Counter[date]()
    used, chats = Counter[date](), Counter[date]()
    answers: dict[date, list[Answered]] = {}
    place = counted.place
    for card in part.cards or ():
        day = place.local(card.shown_at).date()
        cards[day] += 1
        used[day] += is_used(card.outcomes)
    for one in tally.first_answers if tally else ():
        # Seen a moment after midnight, and written in the minute before it: it belongs to these days.
        answers.setdefault(min(max(one.day, first), last), []).append(one)
    for _, day in tally.chats if tally else ():
        chats[day] += 1
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        its = answers.get(day, [])
        yield ReportedDay(
            day=day,
            messages_in=tally.days[day, Direction.IN] if tally else None,
            messages_out=tally.days[day, Direction.OUT] if tally else None,
            conversations=chats[day] if tally else None,
            first=times(one.took_s for one in its) if tally else None,
            on_time=_ratio(sum(map(counted.punctual, its)), len(its)),
            cards=None if part.cards is None else cards[day],
            used=None if part.cards is None else used[day],
        )


def by_attendant(counted: Counted) -> Iterable[ReportedAttendant]:
    """One line for everybody who had something, by name; what is nobody's comes last."""
    for key, part in sorted(counted.parts.items(), key=lambda one: (not one[0], one[0])):
        volume_, results_ = volume(part, counted), results(part, counted)
        said = volume_ is not None and bool(volume_.conversations or volume_.messages_unknown)
        if not (said or part.cards or part.decided or part.new):
            continue
        yield ReportedAttendant(
            attendant=part.name if key else None,
            volume=volume_,
            first=part.tally.answers.first if part.tally else None,
            on_time=on_time(part, counted),
            results=results_,
            cards=None if part.cards is None else len(part.cards),
            used=None if part.cards is None else sum(is_used(card.outcomes) for card in part.cards),
        )


def _ratio(some: int, whole: int) -> float | None:
    return round(some / whole, 4) if whole else None


def plain(name: str) -> str:
    """A name as it is compared: users sign in with small letters, and people write their own name otherwise."""
    return " ".join(name.casefold().split())
