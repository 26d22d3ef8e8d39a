"""Lets the model put a text otherwise, or explain the conversation, and tells the page how far it has come."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from itertools import takewhile

import structlog

from agent.contract.commands import TaskCommand
from agent.contract.rows import Direction, Kind
from agent.contract.stored import StoredMessage
from agent.contract.workplace import LONGEST_REWRITTEN, OVER_THE_TEXT, Task, Unanswered
from agent.core.errands import StopWriting, Write
from agent.core.events import Event, Served
from agent.ports import Analyst, Store

log = structlog.get_logger(__name__)

STEP_S = 0.08
"""A growing text is repainted at most this often: more is not read faster and takes the page's time."""

TURNS = 30
"""So much of a conversation is looked at."""


class Writing:
    """The one that writes for the person; a newer wish ends an older one."""

    takes = (Write, StopWriting)
    newest_only = True

    def __init__(self, store: Store, analyst: Analyst, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock``: seconds."""
        self._store = store
        self._analyst = analyst
        self._clock = clock
        self._last: Write | None = None

    async def do(self, errand: Write | StopWriting) -> AsyncGenerator[Event]:
        """How far it has come, again and again. Being cancelled stops the model."""
        if isinstance(errand, StopWriting):
            last, self._last = self._last, None
            if last is not None and last.ask_id == errand.ask_id:
                yield Served(TaskCommand(ask_id=last.ask_id, chat_token=last.chat_token, state="stopped"))
            return
        self._last = errand
        async with aclosing(self._write(errand)) as steps:
            async for step in steps:
                yield Served(step)

    async def _write(self, errand: Write) -> AsyncGenerator[TaskCommand]:
        turns = await self._turns(errand.conversation_id)
        told = TaskCommand(
            ask_id=errand.ask_id,
            chat_token=errand.chat_token,
            state="writing",
            unanswered=unanswered(turns) if errand.task is Task.WAITING else (),
        )
        if self._analyst.model_state != "ready":
            yield told.model_copy(update={"state": "off"})
            return
        if (reason := _impossible(errand, turns)) is not None:
            yield told.model_copy(update={"state": "failed", "reason": reason})
            return
        yield told
        text, shown, shown_at = "", "", self._clock()
        try:
            async with aclosing(self._analyst.rewrite(errand.task, errand.text, turns, errand.language)) as texts:
                async for text in texts:
                    if text and text != shown and self._clock() - shown_at >= STEP_S:
                        yield told.model_copy(update={"text": text})
                        shown, shown_at = text, self._clock()
        except Exception:
            log.exception("rewriting failed", task=errand.task.value)
            text = ""
        if text:
            yield told.model_copy(update={"state": "done", "text": text})
        else:
            yield told.model_copy(update={"state": "failed", "reason": "unfit"})

    async def _turns(self, conversation_id: int | None) -> list[StoredMessage]:
        if conversation_id is None:
            return []
        reading = asyncio.ensure_future(self._store.recent(conversation_id, TURNS))
        try:
            recent = await asyncio.shield(reading)
        except asyncio.CancelledError:
            # A connection that is left in the middle of a query is thrown away with all that it holds.
            await asyncio.wait({reading})
            raise
        return [turn for turn in recent if turn.kind is not Kind.DELETED]


def unanswered(turns: Sequence[StoredMessage]) -> tuple[Unanswered, ...]:
    """The customer's messages since our last one, oldest first."""
    since = takewhile(lambda turn: turn.direction is not Direction.OUT, reversed(turns))
    theirs = [turn for turn in since if turn.direction is Direction.IN]
    return tuple(Unanswered(kind=turn.kind, text=turn.text, at=turn.sent_at) for turn in reversed(theirs))


def _impossible(errand: Write, turns: Sequence[StoredMessage]) -> str | None:
    """Why the model need not be asked."""
    if errand.task in OVER_THE_TEXT:
        text = errand.text or ""
        return "nothing" if not text.strip() else "long" if len(text) > LONGEST_REWRITTEN else None
    theirs = [turn.text for turn in turns if turn.text and turn.direction is Direction.IN]
    if not theirs:
        return "nothing"
    return "long" if errand.task is Task.TRANSLATE_IN and len(theirs[-1]) > LONGEST_REWRITTEN else None
