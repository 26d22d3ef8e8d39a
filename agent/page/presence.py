"""Whether somebody is at work in the page: only while nobody is may it be opened anew without their asking."""

import time
from collections.abc import AsyncGenerator, Callable

from pydantic import TypeAdapter

from agent.contract.base import Value
from agent.contract.commands import AnyCommand, InsertCommand, InsertResult
from agent.contract.frames import AnyFrame, PageState
from agent.page.session import WhatsAppPage
from agent.ports import Page

_OF_THE_SCRIPT = frozenset({"hello", "pulse", "anchors", "selectors", "echo", "painted", "fault"})
"""Frames that say nothing of what people do."""

# Installs its listeners when it is asked for the first time in a document: they only note when a hand last moved.
_LOOK = """() => {
  if (globalThis.__balcaoTouched === undefined) {
    globalThis.__balcaoTouched = performance.now();
    const note = (event) => { if (event.isTrusted) globalThis.__balcaoTouched = performance.now(); };
    for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "input", "compositionupdate"])
      addEventListener(kind, note, { capture: true, passive: true });
  }
  const fields = [...document.querySelectorAll("[contenteditable=true], textarea, input")];
  const media = [...document.querySelectorAll("audio, video")];
  return {
    untouched_s: (performance.now() - globalThis.__balcaoTouched) / 1000,
    written: fields.some((field) => (field.value ?? field.textContent).trim() !== "" && field.type !== "checkbox"),
    playing: media.some((one) => !one.paused),
  };
}"""


class Look(Value):
    """What the page looks like to somebody who wants to know whether they would disturb."""

    untouched_s: float
    """Seconds since a person moved the mouse, scrolled or typed; since the first look where that is later."""
    written: bool
    """There is text in a field: the message box, the search, a caption."""
    playing: bool
    """A video or a voice note is playing, or somebody is being called."""


_LOOKED: TypeAdapter[Look] = TypeAdapter(Look)


class Presence:
    """The port ``Page``, listened to: whatever goes through it says when people were last at work."""

    def __init__(self, page: Page, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock``: seconds that never jump."""
        self._page = page
        self._clock = clock
        self._stirred = clock()
        self.state = PageState.UNKNOWN
        """The screen that the page said last."""
        self.documents = 0
        """How often the page was loaded."""

    async def frames(self) -> AsyncGenerator[AnyFrame | None]:
        """See ``ports.Page``."""
        async for frame in self._page.frames():
            if frame is None or frame.kind not in _OF_THE_SCRIPT:
                self._stirred = self._clock()
            elif frame.kind == "hello":
                self.documents += 1
                self.state = PageState.UNKNOWN
            if frame is not None and frame.kind == "state":
                self.state = frame.state
            yield frame

    async def tell(self, command: AnyCommand) -> None:
        """See ``ports.Page``."""
        await self._page.tell(command)

    async def insert(self, command: InsertCommand) -> InsertResult:
        """See ``ports.Page``."""
        self._stirred = self._clock()
        return await self._page.insert(command)

    def end(self) -> None:
        """See ``ports.Page``."""
        self._page.end()

    async def is_quiet(self, seconds: float) -> bool:
        """Whether nothing was done for so long and nothing is under way that opening the page anew would end.

        That is: the chats are shown; no message, no change of the chat list, no chat opened; no hand at mouse or
        keyboard; no text in any field; nothing playing. A page that cannot be asked is not quiet.
        """
        if self.state is not PageState.READY or self._clock() - self._stirred < seconds:
            return False
        if not isinstance(self._page, WhatsAppPage):
            return False
        try:
            look = _LOOKED.validate_python(await self._page.bridge.call(_LOOK))
        except ConnectionError:
            return False
        return look.untouched_s >= seconds and not look.written and not look.playing
