"""Asks the connected system for the customer of the open chat, beside everything else: nothing waits for it."""

import asyncio
from collections.abc import Callable

import structlog

from agent.core.effects import LookUp
from agent.core.events import Event, LookedUp, LookingUp
from agent.ports import Connector, Store

log = structlog.get_logger(__name__)


class LookUps:
    """One question at a time: a newer chat's takes the place of an older one's."""

    def __init__(self, connector: Connector | None, store: Store, answer: Callable[[Event], None]) -> None:
        """``answer`` takes what is to be shown; None of ``connector`` asks nobody."""
        self._connector, self._store, self._answer = connector, store, answer
        self.task: asyncio.Task[None] | None = None
        """The question that is under way."""

    def ask(self, wanted: LookUp, tasks: asyncio.TaskGroup) -> None:
        """Begin with a question; its answer comes by itself, or never."""
        if self.task is not None:
            self.task.cancel()
        if self._connector is not None:
            self.task = tasks.create_task(self._look_up(self._connector, wanted), name="look-up")

    async def _look_up(self, connector: Connector, wanted: LookUp) -> None:
        try:
            phone = wanted.phone
            if phone is None and wanted.conversation_id is not None:
                phone = await self._store.phone_of(wanted.conversation_id)
            if phone is None:
                return
            self._answer(LookingUp(wanted.chat_token, connector.source))
            record = await connector.look_up(phone)
        except ConnectionError:
            return  # The connector has said so in the log, once.
        except Exception:
            # Another system's odd answer must not end the session.
            log.exception("the connected system could not be asked")
            return
        if record is not None:
            self._answer(LookedUp(wanted.chat_token, record))
