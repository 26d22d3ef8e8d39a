"""Understands what other systems handed over, in the background: what the page shows is the flow's.

There is no list in memory of what is still to be done: the messages' own states are the list, so that a crash loses
nothing and what an earlier run left is taken up again.
"""

import asyncio
import contextlib

import structlog

from agent.contract.analysis import Question
from agent.contract.stored import AnalysedMessage, MessageState, StoredMessage
from agent.errors import BalcaoError
from agent.ports import Analyst
from agent.storage.store import SqlStore

log = structlog.get_logger(__name__)

AGAIN_S = 60.0
"""After a failure that is not the message's own (a full disk), it is tried again so much later."""

_AT_ONCE = 100


class Understanding:
    """One for the whole API. ``run`` works until it is cancelled."""

    def __init__(self, store: SqlStore, analyst: Analyst) -> None:
        """Of the same profile."""
        self._store, self._analyst = store, analyst
        self._more = asyncio.Event()

    def wake(self) -> None:
        """Something has been handed over."""
        self._more.set()

    async def run(self) -> None:
        """Understand what is there and what comes."""
        while True:
            self._more.clear()
            try:
                await self.catch_up()
                await self._more.wait()
                continue
            except BalcaoError as error:
                log.warning("messages of other systems wait to be understood", reason=error)
            except Exception:
                # What the page shows is captured meanwhile.
                log.exception("messages of other systems wait to be understood")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._more.wait(), AGAIN_S)

    async def catch_up(self) -> None:
        """Understand all that is there."""
        while messages := await self._store.desk.handed_over(_AT_ONCE):
            for message in messages:
                await self._understand(message)

    async def _understand(self, message: StoredMessage) -> None:
        if not (message.text or "").strip():
            await self._store.set_state([message.id], MessageState.COMPLETE)
            return
        try:
            analysis = await self._analyst.analyse(Question(text=message.text or ""))
        except BalcaoError:
            raise
        except Exception:
            # One odd message must not keep the others waiting; its row says "error" and the log says why.
            log.exception("analysis failed", message_id=message.id)
            await self._store.set_state([message.id], MessageState.ERROR)
            return
        async with self._store.together():
            now = await self._store.desk.message(message.id)
            if now is None or now.text != message.text:
                return  # Erased, or handed over anew with other words: those are understood in their turn.
            await self._store.save_analysis(AnalysedMessage(message_id=message.id, analysis=analysis))
            await self._store.set_state([message.id], MessageState.COMPLETE)
