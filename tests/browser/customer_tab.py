"""The customer's tab over the whole flow, as a person sees and uses it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from agent.counter.customers import customer_workers
from agent.storage.store import SqlStore
from tests.browser import seeing
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.patience import PATIENCE_S

ANA, BIA, UNSAVED = "Ana Beatriz", "Bia", "+55 11 90000-0012"
CHATS = [
    chat(ANA, "> Olá!", "Cadê o meu pedido?", "Estou esperando há dias"),
    chat(BIA, "Bom dia"),
    chat(UNSAVED, "Quanto custa?"),
    chat("Grupo da Praça", "Oi, gente", group=True),
]


class Card:
    """The customer's tab, as a person sees and uses it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.tab = desk, desk.tab

    async def look(self, function: str, *arguments: object) -> Any:
        """``(root, ...arguments) => value`` over the closed root."""
        return await seeing.card(self.desk, function, *arguments)

    async def until(self, function: str, *arguments: object) -> Any:
        """Wait until it is true; its value."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (found := await self.look(function, *arguments)):
                    await asyncio.sleep(0.03)
        except TimeoutError:
            shown = await self.look("root => root.querySelector('.panel')?.textContent")
            pytest.fail(f"never: {function} {arguments}; shown: {shown}")
        return found

    async def press(self, selector: str) -> None:
        """A click with the mouse on what a person sees there."""
        await self.until("(root, s) => root.querySelector(s) !== null", selector)
        # Where it rests: a hand waits, too, while the card still moves to another size of the window.
        x, y = await self.look(
            """async (root, s) => {
              for (let before = ''; ; ) {
                const one = root.querySelector(s);
                one.scrollIntoView({ block: 'center' });
                const box = one.getBoundingClientRect();
                const now = `${box.left} ${box.top} ${box.width} ${box.height}`;
                if (now === before)
                  return [box.left + Math.min(box.width / 2, 60), box.top + Math.min(box.height / 2, 30)];
                before = now;
                await new Promise(done => setTimeout(done, 50));
              }
            }""",
            selector,
        )
        await self.tab.mouse.click(x, y)

    async def opens(self) -> None:
        """To the customer's tab, with the customer known."""
        await self.press("[data-tab=customer]")
        await self.until("root => root.querySelector('.customer') !== null")

    async def shows(self, text: str) -> None:
        await self.until("(root, t) => root.querySelector('.panel').textContent.includes(t)", text)

    async def hides(self, text: str) -> None:
        await self.until("(root, t) => !root.querySelector('.panel').textContent.includes(t)", text)

    async def in_field(self) -> None:
        await self.until("root => root.activeElement?.matches('.field') ?? false")

    async def types(self, text: str) -> None:
        """Into the field that has the focus, in place of what stands there."""
        await self.in_field()
        await self.tab.keyboard.press("Control+A")
        await self.tab.keyboard.insert_text(text)

    async def settled(self) -> None:
        """Nothing waits for an answer."""
        await self.until("root => root.querySelector('.customer')?.dataset.pending === '0'")

    async def undoes(self) -> None:
        await self.press("[data-do=undo]")
        await self.settled()

    async def tags(self) -> list[str]:
        return list(
            await self.look("root => [...root.querySelectorAll('[data-part=tags] li bdi')].map(b => b.textContent)")
        )


Office = Callable[..., Awaitable[Card]]


@pytest.fixture
def office(open_desk: OpenDesk, tmp_path: Path) -> Office:
    """``await office(generation="2025")``: everything running, Ana's chat open, her card shown."""

    async def start(title: str = ANA, **options: Any) -> Card:
        def workers(store: SqlStore) -> Any:
            return customer_workers(store, store.audit(b"k" * 32, tmp_path / "audit.head"), again_s=0.2)

        desk = await open_desk(workers=workers, **({"chats": CHATS} | options))
        await desk.opens(title)
        card = Card(desk)
        await card.opens()
        return card

    return start


async def kept(card: Card, conversation_id: int = 1) -> Any:
    """The customer as the store has them."""
    line = await card.desk.store.desk.conversation(conversation_id)
    assert line is not None
    person = (await card.desk.store.people.find(str(line.customer_id)))[0]
    return line, await card.desk.store.desk.card(person, await card.desk.store.dashboard.place())


async def conversation(card: Card) -> int:
    opened = card.desk.flow.state.open
    assert opened is not None
    assert opened.conversation_id is not None
    return opened.conversation_id
