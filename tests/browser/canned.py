"""A desk with canned replies, for the tests of the list behind the slash."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from agent.analysis.retrieval.replies import ReplyBook
from agent.api.reply_file import ReplyFile
from agent.api.shelf import CounterShelf
from agent.counter.replies import Changes, ReplyClerk, ReplyTeller
from agent.errands import Worker
from agent.storage.store import SqlStore
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import card, click
from tests.patience import PATIENCE_S

SHELF = """\
business:
  hours: 9h às 18h
replies:
  # The ones that everybody asks for.
  - id: troca
    title: Prazo de troca
    shortcut: /troca
    intents: [exchange_refund]
    text: "{saudacao}, {nome}! A troca é grátis em até 7 dias."
  - id: horario
    title: Horário de atendimento
    shortcut: /hora
    text: "Atendemos das {hours}.\\nPosso ajudar em algo mais?"
  - id: rastreio
    title: Situação do pedido
    text: "O pedido {pedido} saiu hoje. 🚚"
"""
NOON = datetime(2026, 7, 11, 12, 30).astimezone()
TRADE = "Boa tarde, Ana! A troca é grátis em até 7 dias."
GENERATIONS = ["2026", "2025"]
LOST_FOCUS = """() => {
  globalThis.__lost = [];
  addEventListener("blur", event => event.target instanceof Element && __lost.push(event.target.tagName), true);
}"""
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
KEYS = """() => {
  globalThis.__keys = [];
  for (const type of ["keydown", "keypress", "keyup"]) {
    addEventListener(type, event => __keys.push(`${type} ${event.key}`), true);
  }
}"""
"""What the page's own scripts get to know of the keyboard."""


@dataclass
class Counter:
    """A desk with a shelf of canned replies."""

    desk: Desk
    file: Path
    replies: ReplyFile

    async def typed(self, text: str) -> None:
        """The person types, key by key."""
        await self.desk.attendant.composer.click()
        await self.desk.tab.keyboard.type(text)

    async def shown(self) -> list[str]:
        """The titles in the open list; nothing where it is not open."""
        return list(await self.see("root => [...root.querySelectorAll('.canned-title')].map(one => one.title)"))

    async def see(self, function: str, *arguments: object) -> Any:
        return await card(self.desk, function, *arguments)

    async def until(self, fact: Callable[[], Awaitable[object]]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not await fact():
                await asyncio.sleep(0.02)

    async def lists(self, *titles: str) -> None:
        """Wait until exactly these are shown."""
        seen: list[str] = []

        async def so() -> bool:
            seen[:] = await self.shown()
            return tuple(seen) == titles

        try:
            await self.until(so)
        except TimeoutError:
            pytest.fail(f"shown: {seen}")

    async def written(self, text: str) -> None:
        """Wait until exactly this stands in the box."""

        async def so() -> bool:
            return await self.desk.attendant.written() == text

        try:
            await self.until(so)
        except TimeoutError:
            pytest.fail(f"in the box: {await self.desk.attendant.written()!r}")

    async def place(self, selector: str) -> tuple[float, float]:
        """The middle of a part of the card."""
        x, y = await self.see(
            """(root, selector) => {
              const box = root.querySelector(selector).getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            }""",
            selector,
        )
        return x, y

    async def click(self, selector: str) -> None:
        """The person clicks a part of the card."""
        await click(self.desk, selector)

    async def says(self, selector: str, words: str) -> None:
        """Wait until a part of the card says so."""
        text = "(root, selector) => root.querySelector(selector)?.textContent ?? ''"

        async def so() -> bool:
            return words in await self.see(text, selector)

        await self.until(so)

    async def notice(self, code: str) -> None:
        await self.until(lambda: self.see("(r, c) => r.querySelector('.notice')?.dataset.code === c", code))


class Slow(CounterShelf):
    """A file on a slow disk."""

    def __init__(self, shelf: CounterShelf, may_go_on: asyncio.Event) -> None:
        super().__init__(shelf._file, shelf._announce)
        self._may_go_on = may_go_on

    async def read(self) -> ReplyBook:
        await self._may_go_on.wait()
        return await super().read()


OpenCounter = Callable[..., Awaitable[Counter]]


@pytest.fixture
def open_counter(open_desk: OpenDesk, tmp_path: Path) -> OpenCounter:
    """A desk with the chat of Ana open and the list behind the slash known to the page."""

    async def open_it(
        generation: str = "2026",
        *,
        file_text: str = SHELF,
        more: Worker | None = None,
        may_fill: asyncio.Event | None = None,
        **options: object,
    ) -> Counter:
        file, changes = tmp_path / "replies.yaml", Changes()
        file.write_text(file_text, "utf-8")

        def taken_up(_book: ReplyBook) -> None:
            changes.tell()

        replies = ReplyFile(file, taken_up)

        def workers(store: SqlStore) -> Sequence[Worker]:
            shelf = CounterShelf(replies, store.announce)
            teller = ReplyTeller(shelf, store.habits, changes, look_s=0.2)
            clerk = ReplyClerk(shelf if may_fill is None else Slow(shelf, may_fill), store.habits, lambda: NOON)
            return [teller, clerk, *([more] if more else [])]

        chats = [chat("Ana", "oi", "> Bom dia, Ana! Guardei o P até sexta.", "obrigada"), chat("Bia", "oi")]
        desk = await open_desk(workers=workers, generation=generation, chats=chats, **options)
        await desk.opens("Ana")
        counter = Counter(desk, file, replies)
        await desk.attendant.composer.click()
        await desk.tab.evaluate(LOST_FOCUS)
        return counter

    return open_it


async def nothing_lost(counter: Counter) -> None:
    """The focus stayed in the box all the time, and nothing went out."""
    assert await counter.desk.tab.evaluate("() => __lost") == []
    assert (await counter.desk.standin.counters()).sends == 0
