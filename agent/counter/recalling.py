"""Looks up who waited when the agent was last there, so that a restart shortens nobody's wait."""

from collections.abc import AsyncGenerator
from typing import Protocol

from agent.contract.triage import ListedChat
from agent.core.errands import RecallQueue
from agent.core.events import Event, Recalled


class KnowsTheList(Protocol):
    """Has what the chat list showed before."""

    async def listed(self, session: str) -> list[ListedChat]:
        """Every chat of a session."""
        ...


class Recaller:
    """Answers ``RecallQueue``."""

    takes = (RecallQueue,)
    newest_only = True

    def __init__(self, known: KnowsTheList) -> None:
        """``known``: the store."""
        self._known = known

    async def do(self, errand: RecallQueue) -> AsyncGenerator[Event]:
        """Those that waited."""
        chats = await self._known.listed(errand.session)
        yield Recalled(tuple(chat for chat in chats if chat.waits))
