"""Asks a system no more than it must: answers are kept for a while, one question a number, none while it is broken."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from agent.contract.connector import CustomerRecord

log = structlog.get_logger(__name__)

MOST = 1000
"""Numbers whose answers are kept."""

NOBODY_S = 60.0
"""That a number is unknown is believed for so long at most: the customer may just be being entered there."""

BREAK_AFTER = 3
BREAK_S, LONGEST_BREAK_S = 30.0, 600.0
"""After so many failures in a row nothing is asked for so long, doubled with each further one."""

Ask = Callable[[str], Awaitable[CustomerRecord | None]]


class _Kept(NamedTuple):
    until: float
    record: CustomerRecord | None


class AskingOnce:
    """Stands between a connector and whoever asks it."""

    def __init__(self, ask: Ask, *, keep_s: float, clock: Callable[[], float]) -> None:
        """``keep_s``: answers are kept for so long; 0 keeps none. ``clock``: seconds that only grow."""
        self._ask, self._keep_s, self._clock = ask, keep_s, clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._asking: dict[str, asyncio.Future[CustomerRecord | None]] = {}
        self._forgotten = 0
        self._failures = 0
        self._rests_until = float("-inf")

    async def look_up(self, phone: str) -> CustomerRecord | None:
        """The record of a number, in E.164; None: nobody is known by it, or it is not sure who.

        Raises:
            ConnectionError: there is no answer, or it is not asked because it has given none for a while.
        """
        if (kept := self._kept.get(phone)) is not None and kept.until > self._clock():
            self._kept.move_to_end(phone)
            return kept.record
        if (under_way := self._asking.get(phone)) is not None:
            return await asyncio.shield(under_way)
        if self._clock() < self._rests_until:
            raise ConnectionError("it has not answered lately and is left alone for a while")
        asked: asyncio.Future[CustomerRecord | None] = asyncio.get_running_loop().create_future()
        self._asking[phone] = asked
        forgotten = self._forgotten
        try:
            record = await self._ask(phone)
        except ConnectionError as error:
            self._failed(error)
            asked.set_exception(ConnectionError(str(error)))
            raise
        except BaseException:
            asked.set_exception(ConnectionError("the question was given up"))
            raise
        else:
            self._answered(phone, record, keep=forgotten == self._forgotten)
            asked.set_result(record)
            return record
        finally:
            del self._asking[phone]
            if asked.done() and not asked.cancelled():
                asked.exception()  # Nobody else may have waited for it.

    def forget(self) -> None:
        """Keep nothing of anybody, as after an erasure."""
        self._kept.clear()
        self._forgotten += 1

    def _answered(self, phone: str, record: CustomerRecord | None, *, keep: bool) -> None:
        if self._failures >= BREAK_AFTER:
            log.info("the connected system answers again")
        self._failures = 0
        keep_s = self._keep_s if record is not None else min(self._keep_s, NOBODY_S)
        if keep_s <= 0 or not keep:
            return
        self._kept[phone] = _Kept(self._clock() + keep_s, record)
        self._kept.move_to_end(phone)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def _failed(self, error: ConnectionError) -> None:
        self._failures += 1
        if self._failures == 1:
            log.warning("the connected system does not answer", error=str(error))
        if self._failures >= BREAK_AFTER:
            rest = min(LONGEST_BREAK_S, BREAK_S * 2.0 ** (self._failures - BREAK_AFTER))
            self._rests_until = self._clock() + rest
