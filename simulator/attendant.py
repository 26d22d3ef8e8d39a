"""The scripted attendant: a person's hands, outside the agent, through the browser's own trusted input."""

import asyncio

from playwright.async_api import Locator, Page

from simulator.standin import StandIn

_COMPOSER = '#main footer [contenteditable="true"][data-lexical-editor="true"]'
_PARAGRAPHS = "box => [...box.querySelectorAll('p')].map(line => line.textContent).join('\\n')"
_OPENING_SECONDS = 5.0


class Attendant:
    """Opens chats, picks suggestions and sends. Everything is a real mouse press or key press."""

    def __init__(self, page: Page, standin: StandIn) -> None:
        self._page = page
        self._standin = standin

    @property
    def composer(self) -> Locator:
        """The message box of the open chat."""
        return self._page.locator(_COMPOSER)

    async def open_chat(self, title: str) -> None:
        """Press the mouse on the chat's row, scrolling the list to it. Raises ``LookupError`` when it never opens."""
        deadline = asyncio.get_running_loop().time() + _OPENING_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            if await self.open_title() == title:
                return
            place = await self._row_place(title)
            if place is None:
                continue
            await self._page.mouse.move(*place)
            await self._page.mouse.down()
            await self._page.mouse.up()
            # Rows move while the list sorts: the press may have met another chat. Look, and press again.
            for _ in range(10):
                if await self.open_title() == title:
                    await self.composer_or_block().first.wait_for()
                    return
                await asyncio.sleep(0.05)
        raise LookupError(f"the chat {title!r} did not open")

    def composer_or_block(self) -> Locator:
        """What a conversation ends with: the box, or the notice in its place."""
        return self._page.locator("#main footer")

    async def open_title(self) -> str | None:
        """The title of the open conversation; None when none is open."""
        title: str | None = await self._page.evaluate(
            """() => {
              const span = document.querySelector('#main header [data-tab="6"] span[dir="auto"]');
              const part = node => node.nodeType === Node.TEXT_NODE ? node.data : node.alt ?? node.textContent;
              return span && [...span.childNodes].map(part).join('');
            }"""
        )
        return title

    async def _row_place(self, title: str) -> tuple[float, float] | None:
        """Scroll the list until the chat's row is in sight. Returns where to press, or None to try again."""
        place: list[float] | None = await self._page.evaluate(
            """async title => {
              const pane = document.querySelector('#pane-side');
              if (!pane) return null;
              const bare = text => text.replace(/[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/g, '');
              const find = () => [...pane.querySelectorAll('[aria-colindex="2"] span[title]')]
                .find(span => bare(span.title) === title);
              const frame = () => new Promise(done => setTimeout(done, 40));
              if (!find()) { pane.scrollTop = 0; await frame(); }
              for (let step = 0; !find() && step < 200; step++) {
                if (pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 1) return null;
                pane.scrollTop += pane.clientHeight / 2;
                await frame();
              }
              const span = find();
              if (!span) return null;
              span.scrollIntoView({block: 'nearest'});
              await frame();
              const box = span.getBoundingClientRect();
              return [box.left + Math.min(20, box.width / 2), box.top + box.height / 2];
            }""",
            title,
        )
        return None if place is None else (place[0], place[1])

    async def pick(self, slot: int) -> None:
        """Choose the suggestion in ``slot`` (1 to 3) with Alt and its number."""
        await self._page.keyboard.press(f"Alt+Digit{slot}")

    async def click_at(self, x: float, y: float) -> None:
        """Click a place of the page, in CSS pixels: the overlay's closed shadow root gives no handles."""
        await self._page.mouse.click(x, y)

    async def type(self, text: str) -> None:
        """Type into the box, with Shift+Enter between lines."""
        await self.composer.click()
        for index, line in enumerate(text.split("\n")):
            if index:
                await self._page.keyboard.press("Shift+Enter")
            await self._page.keyboard.insert_text(line)

    async def written(self) -> str:
        """What stands in the box, its paragraphs joined by newlines; empty when there is no box."""
        if await self.composer.count() == 0:
            return ""
        text: str = await self.composer.evaluate(_PARAGRAPHS)
        return text

    async def send(self) -> str:
        """Press Enter in the box, announced. Returns the text. Raises ``ValueError`` when it is empty."""
        text = (await self.written()).strip()
        if not text:
            raise ValueError("there is nothing to send")
        await self._standin.expect_send(text)
        await self.composer.focus()
        await self._page.keyboard.press("Enter" if await self._enter_sends() else "Control+Enter")
        return text

    async def _enter_sends(self) -> bool:
        sends: bool = await self._page.evaluate("() => globalThis.__standin.enterIsSend()")
        return sends
