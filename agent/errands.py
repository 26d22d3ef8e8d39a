"""Does what is asked for beside the conversations: each errand by its worker, and nothing waits for it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Any, Protocol

import structlog

from agent.contract.commands import NoticeCommand
from agent.core.errands import Errand
from agent.core.events import Event, Served
from agent.errors import BalcaoError

log = structlog.get_logger(__name__)


class Worker(Protocol):
    """Does some kinds of errands."""

    @property
    def takes(self) -> tuple[type, ...]:
        """Which."""
        ...

    @property
    def newest_only(self) -> bool:
        """Whether a newer errand ends the one under way; otherwise they are done one after another."""
        ...

    def do(self, errand: Any) -> AsyncGenerator[Event]:  # noqa: ANN401 - one of ``takes``
        """What comes of it."""
        ...


class Errands:
    """Hands errands to their workers. One that fails ends nothing else; the person is told."""

    def __init__(self, workers: Sequence[Worker], answer: Callable[[Event], None]) -> None:
        """``answer`` takes what comes of them. An errand without a worker is left alone."""
        self._workers = workers
        self._answer = answer
        self._turns = {id(worker): asyncio.Lock() for worker in workers}
        self._under_way = dict[int, asyncio.Task[None]]()

    def begin(self, errand: Errand, tasks: asyncio.TaskGroup) -> None:
        """Begin with an errand; its answers come by themselves, or never."""
        for worker in self._workers:
            if isinstance(errand, worker.takes):
                before = self._under_way.get(id(worker))
                if worker.newest_only and before is not None:
                    before.cancel()
                name = type(errand).__name__
                self._under_way[id(worker)] = tasks.create_task(self._do(worker, errand), name=name)

    def stop(self) -> None:
        """End all that is under way."""
        for task in self._under_way.values():
            task.cancel()

    async def _do(self, worker: Worker, errand: Errand) -> None:
        async with self._turns[id(worker)]:
            try:
                async with aclosing(worker.do(errand)) as answers:
                    async for answer in answers:
                        self._answer(answer)
            except BalcaoError:
                raise
            except Exception:
                log.exception("an errand failed", errand=type(errand).__name__)
                self._answer(Served(NoticeCommand(code="failed")))
