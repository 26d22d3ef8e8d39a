"""What is worth disturbing somebody for: in the window's corner, and on the desktop where there is a service for it."""

import asyncio
import logging
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from agent.contract.stored import StoredEvent
from gui.office import Office
from gui.theme import Tone
from gui.words import Words

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

LOST = "connection_lost"
"""The window's own alert: who is not there cannot raise one."""
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
            return Notice(_alert(_code(event), words), "bad", stays=True)
        case "alert.cleared":
            return Notice(words("notices.cleared", what=_alert(_code(event), words)), "good")
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


class Notices:
    """Tells whoever sits at one window, whatever they look at."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._desktop = Desktop()

    def happened(self, events: Iterable[StoredEvent]) -> None:
        """Tell what came in, in its order."""
        now = datetime.now(UTC)
        for event in events:
            about = _code(event) if event.kind in ("alert.raised", "alert.cleared") else None
            if about is not None and event.kind == "alert.cleared":
                self._office.toasts.close(about)  # Also where it was cleared long ago, while nothing came in.
            if (notice := notice_of(event, self._office.words, now)) is not None:
                self._say(notice, about, desktop=notice.stays)

    def unanswered(self) -> bool:
        """Nobody answered the window. True: with this the agent counts as lost, and that was told."""
        if not self._office.outages.failed(datetime.now(UTC)):
            return False
        self._say(Notice(_alert(LOST, self._office.words), "bad", stays=True), LOST, desktop=True)
        return True

    def answered(self) -> None:
        """The agent is there; where it was lost, that is told."""
        office = self._office
        lasted = office.outages.answered(datetime.now(UTC))
        if lasted is not None:
            text = office.words("notices.regained", time=office.duration(lasted.total_seconds()))
            self._say(Notice(text, "good"), LOST, desktop=True)

    def close(self) -> None:
        """Say nothing on the desktop any more."""
        self._desktop.close()

    def _say(self, notice: Notice, about: str | None, *, desktop: bool) -> None:
        self._office.toasts.say(notice.text, notice.tone, stays=notice.stays, key=about)
        if desktop and self._office.memory.now.notify:
            self._desktop.say(notice.text)


class Desktop:
    """Notifications of the desktop. Where there are none, nothing happens: the window has said it already."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._notifier: DesktopNotifier | None = None
        self._turn = asyncio.Lock()
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
        async with self._turn:
            if not self._works:
                return
            shown: list[bool] = []
            try:
                self._notifier = self._notifier or _notifier()
                await self._notifier.send(title="Balcão", message=text, on_dispatched=lambda: shown.append(True))
            except Exception:  # noqa: BLE001 (no service, no permission, no bus: each desktop has its own errors)
                _log.debug("the desktop takes no notifications", exc_info=True)
            self._works = bool(shown)  # The library raises nothing where its service refuses.


def _notifier() -> "DesktopNotifier":
    from desktop_notifier import DesktopNotifier

    # A desktop without notifications is no fault, and its traces are for nobody: the window shows them in its corner.
    logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
    return DesktopNotifier(app_name="Balcão")


def _code(event: StoredEvent) -> str:
    return str(event.data.get("code", ""))


def _alert(code: str, words: Words) -> str:
    return words.label("system", f"alert_{code}")
