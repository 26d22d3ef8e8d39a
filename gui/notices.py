"""What is worth disturbing somebody for: in the window's corner, and on the desktop where there is a service for it."""

import asyncio
import logging
import threading
from datetime import datetime, timedelta
from typing import NamedTuple

from agent.contract.stored import StoredEvent
from gui.theme import Tone
from gui.words import Words

_FRESH = timedelta(minutes=2)
"""An older event was told when it happened; after a break-off nobody wants an hour of notices."""
_log = logging.getLogger(__name__)


class Notice(NamedTuple):
    """What is shown."""

    text: str
    tone: Tone
    stays: bool = False
    """Until somebody closes it."""


def notice_of(event: StoredEvent, words: Words, now: datetime) -> Notice | None:
    """What an event is to a person who looks elsewhere; None: nothing."""
    if now - event.at > _FRESH:
        return None
    match event.kind:
        case "alert.raised":
            return Notice(_alert(event, words), "bad", stays=True)
        case "alert.cleared":
            return Notice(words("notices.cleared", what=_alert(event, words)), "good")
        case "backup.restored":
            return Notice(words("notices.restored"), "good", stays=True)
        case "backup.failed" if event.data.get("what") == "restored":
            return Notice(words("notices.not_restored", fault=event.data.get("fault") or "?"), "bad", stays=True)
        case "care.raised" | "webhook.dead" | "backup.failed":
            return Notice(words.label("event", event.kind), "warn")
        case "backup.proven" | "proposal.made":
            return Notice(words.label("event", event.kind), "calm")
        case _:
            return None


class Desktop:
    """Notifications of the desktop. Where there are none, nothing happens: the window has said it already."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._works = True

    def say(self, text: str) -> None:
        """Show it; returns at once."""
        if not self._works:
            return
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="desktop", daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._say(text), self._loop)

    def close(self) -> None:
        """Say nothing any more."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)

    async def _say(self, text: str) -> None:
        try:
            from desktop_notifier import DesktopNotifier

            await DesktopNotifier(app_name="Balcão").send(title="Balcão", message=text)
        except Exception:  # noqa: BLE001 (no service, no permission, no bus: each desktop has its own errors)
            self._works = False
            _log.debug("the desktop takes no notifications", exc_info=True)


def _alert(event: StoredEvent, words: Words) -> str:
    return words.label("system", f"alert_{event.data.get('code', '')}")
