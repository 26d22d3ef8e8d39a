"""An attendant's screen for the tests: the stand-in, the card over it, and what the card told the agent."""

import asyncio
from typing import Any

from playwright.async_api import Page as Tab

from agent.contract.analysis import Sentiment
from agent.contract.commands import InsertCommand, OfferCommand, Suggestion
from agent.contract.frames import AnyFrame
from agent.page.bridge import Bridge
from simulator.standin import StandIn
from simulator.world import ChatSeed, Message
from tests.patience import PATIENCE_S

ANA, ZE = "Ana Beatriz", "Zé 🌮 Luz & Cia"
REPLY = "Oi! Tudo bem? 😊\n\n- A troca é grátis em até 7 dias\nPosso separar o P? 👗👍🏽"
KEEP_ROOT = """
{ const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    globalThis.cardRoot ??= root;
    (globalThis.allRoots ??= []).push(root);
    return root;
  }; }
"""
"""Only our own isolated world can be asked for the closed roots, and only because the test kept them there."""
FIRST_LINE_ONLY = """() => document.addEventListener("paste", (event) => {
  if (event.balcaoTest) return;
  event.stopImmediatePropagation();
  const data = new DataTransfer();
  data.setData("text/plain", event.clipboardData.getData("text/plain").split("\\n")[0]);
  const cut = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  cut.balcaoTest = true;
  event.target.dispatchEvent(cut);
}, { capture: true })"""
"""An editor that only takes the first line: a capturing listener of the page cuts what is pasted."""


def chat(key: str, title: str) -> ChatSeed:
    hello = Message(
        id=f"3EB0{key.encode().hex().upper():0>16}", chat=key, direction="in", text="oi, boa tarde", at=1.7e12
    )
    return ChatSeed(id=key, title=title, messages=(hello,))


class Desk:
    """An attendant's screen: the stand-in, the card, and what it told the agent."""

    def __init__(self, standin: StandIn, tab: Tab, bridge: Bridge) -> None:
        self.standin, self.tab, self.bridge = standin, tab, bridge
        self.frames: list[AnyFrame] = []
        self._arrived = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for frame in self.bridge.frames():
            if frame is not None:
                async with self._arrived:
                    self.frames.append(frame)
                    self._arrived.notify_all()

    async def close(self) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)

    def of(self, kind: str) -> list[Any]:
        return [frame for frame in self.frames if frame.kind == kind]

    async def until(self, kind: str, count: int = 1) -> list[Any]:
        async with asyncio.timeout(PATIENCE_S), self._arrived:
            await self._arrived.wait_for(lambda: len(self.of(kind)) >= count)
        return self.of(kind)

    async def open_chat(self, title: str) -> int:
        """The person opens a chat; returns its token."""
        await self.tab.locator(f'#pane-side span[title*="{title}"]').first.click()

        def shown() -> bool:
            frames = self.of("chat")
            return bool(frames) and frames[-1].chat is not None and frames[-1].chat.title == title

        async with asyncio.timeout(PATIENCE_S), self._arrived:
            await self._arrived.wait_for(shown)
        return int(self.of("chat")[-1].chat.token)

    async def card(self, function: str, *arguments: object) -> Any:
        """Run ``(root, ...arguments) => value`` over the card's closed root."""
        return await self.bridge.call(f"(...values) => ({function})(globalThis.cardRoot, ...values)", *arguments)

    async def offer(self, token: int, texts: tuple[str, ...] = ("Sai hoje 🚚", "Temos P, M e G"), **parts: Any) -> None:
        slots = tuple(Suggestion(slot=i, text=text, source="Resposta", score=0.9) for i, text in enumerate(texts))
        seen = await self.bridge.call("() => performance.timeOrigin + performance.now()")
        base = {"offer_id": "o1", "chat_token": token, "message_id": "3EB0", "seen_ms": seen, "suggestions": slots}
        base |= {"sentiment": Sentiment.NEGATIVE, "intent": "delivery", "draft_slot": 2}
        await self.bridge.tell(OfferCommand.model_validate(base | parts))

    async def insert(self, token: int, title: str = ANA, text: str = REPLY, **parts: Any) -> Any:
        base = {"chat_token": token, "chat_title": title, "text": text}
        return await self.bridge.insert(InsertCommand.model_validate(base | parts))

    async def boxes(self) -> dict[str, list[float]]:
        """Where every slot is: left, top, width and height by slot number."""
        return await self.card(
            """root => Object.fromEntries([...root.querySelectorAll(".slot")].map((slot) => {
              const box = slot.getBoundingClientRect();
              return [slot.dataset.slot, [box.left, box.top, box.width, box.height]];
            }))"""
        )

    @property
    def box(self) -> Any:
        return self.tab.locator("#main footer [contenteditable=true]")

    async def box_text(self) -> str:
        return str(await self.box.evaluate("box => [...box.querySelectorAll('p')].map(p => p.textContent).join('\\n')"))
