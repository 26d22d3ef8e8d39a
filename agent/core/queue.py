"""Who waits, for the page: the most pressing first."""

from dataclasses import replace
from datetime import UTC, datetime

from agent.contract.commands import QueueCommand
from agent.contract.triage import ListedChat
from agent.contract.workplace import QueueLine
from agent.core.effects import Effect, Serve, Tell
from agent.core.errands import LookForReminders, RecallQueue
from agent.core.offers import Step
from agent.core.pressing import Rank, Waiting, in_order
from agent.core.state import State
from agent.core.triage import Key

MOST = 50
"""The page shows so many; the others are counted."""

_LONGEST_TEXT = 300
"""Characters of the last words: one line is shown."""

_DRIFT_S = 20.0
"""The page counts on by itself while it is open. It is told anew where that has come out wrong by more than this."""


def greet(state: State) -> tuple[Effect, ...]:
    """A new document knows nobody who waits."""
    told: tuple[Effect, ...] = (Serve(RecallQueue(state.session)),) if state.queue is None else (Tell(state.queue),)
    return (*told, Serve(LookForReminders(state.session)))


def seen(state: State, at_ms: float) -> Step:
    """The chat list was read."""
    return changed(replace(state, now=datetime.fromtimestamp(at_ms / 1000, UTC)))


def looked(state: State, at: datetime) -> Step:
    """A while has passed."""
    state, told = changed(replace(state, now=at)) if state.queue is not None else (state, ())
    return state, (*told, Serve(LookForReminders(state.session, again=True)))


def changed(state: State) -> Step:
    """Something is known that the page may not show yet. Nothing is told before the list was read once."""
    if state.now is None:
        return state, ()
    queue = _queue(state, state.now)
    if state.queue is not None and _says_the_same(state.queue, queue):
        return state, ()
    return replace(state, queue=queue), (Tell(queue),)


def recalled(state: State, chats: tuple[ListedChat, ...]) -> Step:
    """What an earlier run knew of waits that go on: it may have seen them begin."""
    listed = dict(state.listed)
    for known in chats:
        key = Key(known.preview.title, known.twin)
        now = listed.get(key)
        if now is None or not (now.waits and known.waits) or now.preview.last_text != known.preview.last_text:
            continue
        if now.waits_since is None and known.waits_since is not None:
            listed[key] = now.model_copy(update={"waits_since": known.waits_since})
    return changed(replace(state, listed=listed)) if listed != state.listed else (state, ())


def _queue(state: State, at: datetime) -> QueueCommand:
    waiting = [
        one
        for one in in_order(state.listed.values(), at, state.attendance, state.zone)
        if one.rank is not Rank.REST
    ]  # fmt: skip
    return QueueCommand(
        lines=tuple(_line(one) for one in waiting[:MOST]),
        more=max(0, len(waiting) - MOST),
        told_ms=at.timestamp() * 1000,
        is_open=state.attendance.hours.is_open(at, state.zone),
        target_s=state.attendance.first_answer_s,
    )


def _line(one: Waiting) -> QueueLine:
    shown, mood = one.chat.preview, one.chat.mood
    return QueueLine(
        title=shown.title,
        twin=one.chat.twin,
        unread=shown.unread,
        text=None if shown.last_text is None else shown.last_text[:_LONGEST_TEXT],
        waits_since=one.since,
        at_least=one.at_least,
        waited_s=one.waited_s,
        sentiment=None if mood is None else mood.sentiment,
        intent=None if mood is None else mood.intent,
        is_group=True if shown.last_author is not None else None,
    )


def _says_the_same(told: QueueCommand, now: QueueCommand) -> bool:
    untimed = {"told_ms": 0.0, "lines": ()}
    if told.model_copy(update=untimed) != now.model_copy(update=untimed) or len(told.lines) != len(now.lines):
        return False
    passed_s = (now.told_ms - told.told_ms) / 1000 if told.is_open else 0.0
    for before, line in zip(told.lines, now.lines, strict=True):
        if before.model_copy(update={"waited_s": line.waited_s}) != line:
            return False
        if abs((line.waited_s or 0.0) - (before.waited_s or 0.0) - passed_s) > _DRIFT_S and line.waited_s is not None:
            return False
    return True
