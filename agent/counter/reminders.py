"""Tells the page which conversations the attendant wanted to come back to by now."""

from collections.abc import AsyncGenerator

from agent.contract.commands import RemindersCommand
from agent.core.errands import LookForReminders
from agent.core.events import Event, Served
from agent.storage.desk import DeskStore


class Reminders:
    """Looks which reminders have come due; what the page knows already is not told again."""

    takes = (LookForReminders,)
    newest_only = False

    def __init__(self, desk: DeskStore) -> None:
        """``desk``: where they are kept."""
        self._desk = desk
        self._told: RemindersCommand | None = None

    async def do(self, errand: LookForReminders) -> AsyncGenerator[Event]:
        """Each time for a page that knows nothing, later only where something has changed."""
        before = self._told
        command = await self.look(errand.session)
        if not errand.again or command != before:
            yield Served(command)

    async def look(self, session: str) -> RemindersCommand:
        """All that are due now, for the page."""
        self._told = RemindersCommand(reminders=await self._desk.due(session))
        return self._told

    async def numbers(self, session: str) -> set[int]:
        """The conversations that are due now."""
        return {one.conversation_id for one in await self._desk.due(session)}
