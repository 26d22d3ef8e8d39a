"""Messages that wait to be understood: one at a time, the one that the person waits for first."""

import asyncio
from collections import deque
from collections.abc import Callable

from agent.contract.analysis import Analysis, Question
from agent.core.effects import Analyse, Glance
from agent.ports import Analyst

_POLITE_S = 0.25
"""After a question that a person waits for, the others rest so long: the card is painted meanwhile."""


class Questions:
    """What is to be analysed. For one consumer."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst
        self._urgent: deque[Analyse | Glance] = deque()
        self._patient: deque[Analyse | Glance] = deque()
        self._more = asyncio.Event()
        self._last_urgent = float("-inf")
        self._ahead: tuple[Question, asyncio.Task[Analysis]] | None = None
        self._stale: Analyse | Glance | None = None
        self._asked: Analyse | Glance | None = None

    def put(self, ask: Analyse | Glance) -> None:
        """Add a question."""
        (self._urgent if ask.urgent else self._patient).append(ask)
        self._more.set()

    def think_ahead(self, question: Question) -> None:
        """Begin with a question that will be asked in a moment: storing its row takes as long as understanding it."""
        if self._ahead is not None and self._ahead[0] == question:
            return
        self.close()
        self._last_urgent = asyncio.get_running_loop().time()
        self._ahead = (question, asyncio.create_task(self._analyst.analyse(question)))

    async def next(self) -> Analyse | Glance:
        """The next question; waits for one."""
        clock = asyncio.get_running_loop().time
        while True:
            if self._urgent:
                self._last_urgent = clock()
                return self._urgent.popleft()
            rest = self._last_urgent + _POLITE_S - clock()
            if self._patient and rest <= 0:
                return self._patient.popleft()
            self._more.clear()
            try:
                async with asyncio.timeout(rest if self._patient else None):
                    await self._more.wait()
            except TimeoutError:
                continue

    def drop(self, is_stale: Callable[[Analyse | Glance], bool]) -> None:
        """Ask some no more; the answer to one that is being worked on is of no use."""
        for waiting in (self._urgent, self._patient):
            kept = [ask for ask in waiting if not is_stale(ask)]
            waiting.clear()
            waiting.extend(kept)
        if self._asked is not None and is_stale(self._asked):
            self._stale = self._asked
        self.close()

    def is_stale(self, ask: Analyse | Glance) -> bool:
        """Whether the question was dropped while it was worked on."""
        return self._stale is ask

    async def answer(self, ask: Analyse | Glance) -> Analysis:
        """What the analyst makes of a question; what was thought ahead is not thought again."""
        self._asked = ask
        if self._ahead is not None and self._ahead[0] == ask.question:
            (_, begun), self._ahead = self._ahead, None
            return await begun
        return await self._analyst.analyse(ask.question)

    def close(self) -> None:
        """Drop what was thought ahead."""
        if self._ahead is not None:
            self._ahead[1].cancel()
            self._ahead = None
