"""The stand-in as Python sees it: the customers' phones, our own phone, and the truth about the page."""

import asyncio
import secrets
import time

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError
from pydantic import TypeAdapter

from simulator.journal import Journal
from simulator.world import (
    Bar,
    ChatSeed,
    Clock,
    Counters,
    Generation,
    Kind,
    Language,
    Message,
    Op,
    Quote,
    Screen,
    Snapshot,
    Status,
    Style,
    Theme,
    Writing,
)

ORIGIN = "https://web.whatsapp.com/"
CHAT_LIST = "#pane-side :is([role=grid], [role=list])"
"""The list was a ``list`` before it was a ``grid``."""
_INSERTIONS: TypeAdapter[dict[str, list[float]]] = TypeAdapter(dict[str, list[float]])
_STYLES: TypeAdapter[dict[str, Style]] = TypeAdapter(dict[str, Style])
_LIVE_SECONDS = 10.0
"""How long a call waits for a page that is loading."""


class StandIn:
    """The customers' phones, the business's phone and the truth about the page.

    Every change goes through the journal first, so it reaches the page even when no page is open just now.
    """

    def __init__(self, context: BrowserContext, journal: Journal) -> None:
        self.context = context
        self.journal = journal

    @property
    def page(self) -> Page | None:
        """The tab that shows the stand-in, if there is one."""
        return next((page for page in self.context.pages if page.url.startswith(ORIGIN) and not page.is_closed()), None)

    async def open(self, page: Page | None = None) -> Page:
        """Go to the stand-in in ``page`` (a new tab by default) and wait until its script has started."""
        page = page or await self.context.new_page()
        await page.goto(ORIGIN, wait_until="domcontentloaded")
        await page.wait_for_function("() => Boolean(globalThis.__standin)")
        return page

    async def ready(self) -> Page:
        """Wait for the chat list. Raises Playwright's ``TimeoutError``."""
        page = self.page or await self.open()
        await page.locator(CHAT_LIST).wait_for()
        return page

    async def deliver(
        self,
        chat: str,
        text: str = "",
        *,
        kind: Kind = "text",
        author: str | None = None,
        quote: Quote | None = None,
        seconds: int | None = None,
        name: str | None = None,
        forwarded: bool = False,
        message_id: str | None = None,
    ) -> str:
        """A customer writes (or calls, or sends a file). Returns the message's id."""
        return await self.add(
            Message(
                id=message_id or fresh_id(),
                chat=chat,
                direction="in",
                kind=kind,
                text=text,
                at=time.time() * 1000,
                author=author,
                quote=quote,
                seconds=seconds,
                name=name,
                forwarded=forwarded or None,
            )
        )

    async def write_from_phone(self, chat: str, text: str, *, status: Status = "delivered") -> str:
        """The business answers on its own phone. Returns the message's id."""
        return await self.add(
            Message(id=fresh_id(), chat=chat, direction="out", text=text, at=time.time() * 1000, status=status)
        )

    async def notice(self, chat: str, text: str) -> str:
        """A system notice appears. Returns its id."""
        return await self.add(
            Message(id=fresh_id(), chat=chat, direction="none", kind="system", text=text, at=time.time() * 1000)
        )

    async def add(self, message: Message) -> str:
        """Any message. Returns its id; a message with a known id changes nothing."""
        await self._apply({"op": "message", "message": message.model_dump(mode="json", exclude_none=True)})
        return message.id

    async def add_chat(self, seed: ChatSeed) -> None:
        """A chat that was not there before."""
        await self._apply({"op": "chat", "seed": as_json(seed)})

    async def edit(self, chat: str, message_id: str, text: str) -> None:
        """A message is edited: its id stays, its text changes, it is marked."""
        await self._apply({"op": "edit", "chat": chat, "id": message_id, "text": text})

    async def decrypt(self, chat: str, message_id: str, text: str) -> None:
        """A message of kind ``waiting`` gets its text."""
        await self._apply({"op": "decrypt", "chat": chat, "id": message_id, "text": text})

    async def delete(self, chat: str, message_id: str) -> None:
        """A message is deleted for everyone."""
        await self._apply({"op": "delete", "chat": chat, "id": message_id})

    async def react(self, chat: str, message_id: str, emoji: str) -> None:
        """A reaction is put on a message; an empty one takes it away."""
        await self._apply({"op": "react", "chat": chat, "id": message_id, "emoji": emoji})

    async def set_status(self, chat: str, message_id: str, status: Status) -> None:
        """One of our messages comes further."""
        await self._apply({"op": "status", "chat": chat, "id": message_id, "status": status})

    async def rename(self, chat: str, title: str) -> None:
        """A contact is saved or renamed."""
        await self._apply({"op": "rename", "chat": chat, "title": title})

    async def set_blocked(self, chat: str, blocked: bool) -> None:
        """The footer of a blocked chat cannot be written to."""
        await self._apply({"op": "block", "chat": chat, "blocked": blocked})

    async def set_writing(self, chat: str, how: Writing | None = "typing", *, author: str | None = None) -> None:
        """A customer (in a group: ``author``) begins to type or record, or stops; their message ends it too.

        It is not written down, as the page forgets it too: without an open page nothing happens.
        """
        writing = None if how is None else {"how": how} | ({"author": author} if author else {})
        if self.page is not None:
            await self._call("setWriting", chat, writing)

    async def set_theme(self, theme: Theme) -> None:
        """Switch between light and dark."""
        await self._call("setTheme", theme)

    async def set_dialog(self, shown: bool) -> None:
        """Put a modal dialog over the page, or take it away."""
        await self._call("setDialog", shown)

    async def set_bar(self, bar: Bar | None) -> None:
        """Put a strip above the chat list (the connection, an update), or take it away; a reload ends it too."""
        await self._call("setBar", bar)

    async def set_restricted(self, restricted: bool) -> None:
        """WhatsApp restricts the account: no chat can be written to. It outlives a reload, as the account does."""
        await self._apply({"op": "restrict", "restricted": restricted})

    async def set_forced_reload(self, shown: bool) -> None:
        """Put up the modal whose only way out is to load the page again, or take it away."""
        await self._call("setForcedReload", shown)

    async def empty_chat_list(self, empty: bool) -> None:
        """A fault: the list keeps its row count and shows no row. A reload ends it."""
        await self._call("emptyChatList", empty)

    async def set_generation(self, generation: Generation) -> None:
        """The account moves to the other generation's markup, at once and for every later document."""
        await self._apply({"op": "generation", "generation": generation})

    async def set_language(self, language: Language, clock: Clock | None = None) -> None:
        """The account's page is shown in another language or with another clock, at once and in later documents."""
        await self._apply({"op": "language", "language": language, "clock": clock or usual_clock(language)})

    async def show_chat(self, chat: str) -> None:
        """Open a chat without a person's hand, for tests of reading alone; its receipts count as the agent's."""
        await self._call("openChat", chat)

    async def set_enter_is_send(self, enabled: bool) -> None:
        """The person's own setting: off, Enter is a new line and Enter with a modifier sends."""
        await self._call("setEnterIsSend", enabled)

    async def set_screen(self, screen: Screen) -> None:
        """Jump to a screen, which closes the open chat unless it is ``ready``; it goes on as that screen does.

        ``syncing`` goes on to ``ready``, ``logging_out`` to ``qr``, ``qr`` to ``qr_expired``; the others stay.
        """
        await self._call("setScreen", screen)

    async def close_chat(self) -> None:
        """Close the open conversation."""
        await self._call("closeChat")

    async def scan(self) -> None:
        """The phone scans the QR code, or is given the code of ``pairing``. Elsewhere nothing happens."""
        await self._call("scan")

    async def expect_send(self, text: str) -> None:
        """The attendant is about to send this text: the next trusted send of just this text is theirs."""
        await self._call("attendantExpectsSend", text)

    async def counters(self) -> Counters:
        """Sends and read receipts so far, over all documents of this world."""
        return Counters.model_validate(await self._call("counters"))

    async def snapshot(self) -> Snapshot:
        """Every chat with every message, from the page's own model."""
        return Snapshot.model_validate(await self._call("snapshot"))

    async def row_styles(self, chat: str) -> dict[str, Style]:
        """For each message id of a chat, how its row is marked up; ``mixed`` gives several styles."""
        return _STYLES.validate_python(await self._call("rowStyles", chat))

    async def insertions(self) -> dict[str, list[float]]:
        """For each message id, when its row was put into the document: milliseconds since the Unix epoch."""
        return _INSERTIONS.validate_python(await self._call("insertions"))

    async def _apply(self, op: Op) -> None:
        self.journal.add(op)
        if self.page is not None:
            await self._call("apply", op)

    async def _call(self, method: str, *arguments: object) -> object:
        """Call ``window.__standin``; waits for a page that is loading. Raises ``ConnectionError`` without a page."""
        deadline = time.monotonic() + _LIVE_SECONDS
        while True:
            page = self.page
            if page is None:
                raise ConnectionError("no page shows the stand-in")
            try:
                answer: object = await page.evaluate(
                    "([method, values]) => globalThis.__standin[method](...values)", [method, list(arguments)]
                )
                return answer  # noqa: TRY300
            except PlaywrightError:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.1)


def usual_clock(language: Language) -> Clock:
    """The clock that a page in this language shows when nobody has chosen another one."""
    return "24h" if language == "pt-BR" else "12h"


def as_json(seed: ChatSeed) -> Op:
    """A chat as the page takes it: what a message does not have is left out."""
    messages = [message.model_dump(mode="json", exclude_none=True) for message in seed.messages]
    return seed.model_dump(mode="json") | {"messages": messages}


def fresh_id() -> str:
    """A new message id, in the form of a phone's."""
    return f"3A{secrets.token_hex(9).upper()}"
