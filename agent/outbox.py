"""Commands on their way to the page. The flow does not wait for it: a busy page would hold up what is to be stored."""

import asyncio
from collections import deque

import structlog

from agent.contract.commands import AnyCommand, ClearCommand, DraftCommand, OfferCommand, QueueCommand
from agent.ports import Page

log = structlog.get_logger(__name__)


class Outbox:
    """Hands commands over one after another; what a later one makes pointless is left out."""

    def __init__(self, page: Page) -> None:
        """Commands go to ``page``."""
        self._page = page
        self._waiting: deque[AnyCommand] = deque()
        self._more = asyncio.Event()

    def put(self, command: AnyCommand) -> None:
        """Hand a command over as soon as the page takes it."""
        while self._waiting and _replaces(command, self._waiting[-1]):
            self._waiting.pop()
        self._waiting.append(command)
        self._more.set()

    async def run(self) -> None:
        """Hand over until cancelled."""
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                command = self._waiting.popleft()
                try:
                    await self._page.tell(command)
                except ConnectionError:
                    log.warning("page did not take a command", command=command.kind)


def _replaces(later: AnyCommand, earlier: AnyCommand) -> bool:
    """Whether nobody needs ``earlier`` any more: a card that is taken away again, a draft that has grown."""
    if isinstance(later, OfferCommand | ClearCommand):
        return isinstance(earlier, OfferCommand | DraftCommand | ClearCommand)
    if isinstance(later, DraftCommand) and isinstance(earlier, DraftCommand):
        return (later.offer_id, later.slot) == (earlier.offer_id, earlier.slot)
    return isinstance(later, QueueCommand) and isinstance(earlier, QueueCommand)
