"""What waits for the flow: answers of earlier effects and frames of the page."""

import asyncio
from collections import deque
from collections.abc import Callable

from agent.contract.frames import AnyFrame, RowsFrame
from agent.core.events import Event, FrameArrived, FramesLost

MOST_CHANGES = 200
"""Changes of rows that are stored together: a transaction stays short even when a long chat is read."""


class Inbox:
    """For one consumer. Answers and frames each keep their order and take turns, answers first.

    Frames of rows that wait one behind another are given out as one: a burst costs one transaction instead of many, so
    what waits cannot grow faster than it is stored.
    """

    def __init__(self, room: int) -> None:
        """``room``: frames that may wait; more make ``frame`` wait."""
        self._answers: deque[Event] = deque()
        self._frames: deque[AnyFrame | None] = deque()
        self._room = asyncio.Semaphore(room)
        self._more = asyncio.Event()
        self._taken = 0
        self._answered = False
        self._ended = False

    def answer(self, event: Event) -> None:
        """An effect's answer, or news from inside."""
        self._answers.append(event)
        self._more.set()

    async def frame(self, frame: AnyFrame | None) -> None:
        """The page said something; None: something that it said was lost."""
        await self._room.acquire()
        self._frames.append(frame)
        self._more.set()

    def drop(self, is_stale: Callable[[Event], bool]) -> None:
        """Leave out answers that wait here."""
        kept = [event for event in self._answers if not is_stale(event)]
        self._answers.clear()
        self._answers.extend(kept)

    def end(self) -> None:
        """No frame comes any more."""
        self._ended = True
        self._more.set()

    async def next(self) -> Event | None:
        """The next event, once there is one; None after the last frame and the answers that were there by then."""
        for _ in range(self._taken):
            self._room.release()
        self._taken = 0
        while not self._answers and not self._frames:
            if self._ended:
                return None
            self._more.clear()
            await self._more.wait()
        if self._answers and not (self._answered and self._frames):
            self._answered = True
            return self._answers.popleft()
        self._answered = False
        return self._frame()

    def _frame(self) -> Event:
        first = self._take()
        if first is None:
            return FramesLost()
        if isinstance(first, RowsFrame):
            while self._frames and (joined := _joined(first, self._frames[0])) is not None:
                first = joined
                self._take()
        return FrameArrived(first)

    def _take(self) -> AnyFrame | None:
        self._taken += 1
        return self._frames.popleft()


def _joined(first: RowsFrame, second: AnyFrame | None) -> RowsFrame | None:
    """Both as one; None when they are not of one opening of a chat, or too long together."""
    if not isinstance(second, RowsFrame) or second.chat.token != first.chat.token:
        return None
    changes = (*first.changes, *second.changes)
    return None if len(changes) > MOST_CHANGES else second.model_copy(update={"changes": changes})
