"""Made-up traffic for the stand-in page: messages in several chats, with edits, reactions and deletions among them.

It is played by timers inside the page, so that giving it takes no time of the program that is measured.
"""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from playwright.async_api import Page

from simulator.world import ChatSeed, Kind, Message, Op

BURST = 100
"""Messages between two changes of the chat."""

_ELSEWHERE = 0.2
"""Share of the messages for chats that are not open. So few that opening a chat shows them all without scrolling."""

_TALK = """
oi tudo bem quanto custa esse vestido azul tem no tamanho quarenta ainda hoje entrega no centro obrigada moça
queria trocar a blusa que comprei sábado ficou apertada vocês abrem domingo aceita pix manda foto por favor 😍 👍🏽
"""
_WORDS = _TALK.split()

_PLAY = """(ops) => {
  globalThis.__left = ops.length;
  for (const [after, op] of ops)
    setTimeout(() => {
      if (op.op === "message") op.message.at = Date.now();
      globalThis.__standin.apply(op);
      globalThis.__left -= 1;
    }, after);
}"""
_LEFT = "() => globalThis.__left"


@dataclass
class Traffic:
    """What happens, repeatable for one seed."""

    chats: int = 8
    seed: int = 1
    written: int = 0
    _last: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The dice are thrown in the order of the calls."""
        self._dice = random.Random(self.seed)  # noqa: S311 (a benchmark, not a secret)

    def seeds(self) -> list[ChatSeed]:
        """The chats, each with a short history; the last one is a group."""
        return [self._seed(n) for n in range(self.chats)]

    def title(self, chat: int) -> str:
        """What the list shows."""
        return "Turma da Costura" if chat == self.chats - 1 else f"Cliente {chat}"

    def _seed(self, chat: int) -> ChatSeed:
        is_group = chat == self.chats - 1
        history = tuple(
            Message(
                id=f"3B{chat:04X}{n:014X}",
                chat=f"chat-{chat}",
                direction="in" if n % 2 == 0 else "out",
                text=f"antes {chat} {n}",
                author="Carla" if is_group and n % 2 == 0 else None,
                status=None if n % 2 == 0 else "read",
                at=1_783_000_000_000 + n * 60_000,
            )
            for n in range(4)
        )
        members = ("Carla", "Davi") if is_group else ()
        return ChatSeed(id=f"chat-{chat}", title=self.title(chat), group=is_group, members=members, messages=history)

    def burst(self, opened: int, count: int, every_ms: float) -> list[tuple[float, Op]]:
        """``count`` messages, most of them for the open chat, and what else happens: when in milliseconds, and what."""
        ops: list[tuple[float, Op]] = []
        for n in range(count):
            elsewhere = self._dice.random() < _ELSEWHERE
            chat = self._dice.randrange(self.chats) if elsewhere else opened
            ops.append((n * every_ms, self._message(chat)))
            ops += [(n * every_ms + every_ms / 2, op) for op in self._changes(opened)]
        return ops

    def _message(self, chat: int) -> Op:
        self.written += 1
        dice, chat_id = self._dice, f"chat-{chat}"
        is_ours = dice.random() < 0.1
        kind: Kind = "text" if is_ours else dice.choices(("text", "image", "voice", "document"), (94, 2, 2, 2))[0]
        message = Message(
            id=f"3A{self.written:018X}",
            chat=chat_id,
            direction="out" if is_ours else "in",
            kind=kind,
            text=self._text() if kind in ("text", "image") else "",
            author=dice.choice(("Carla", "Davi")) if chat == self.chats - 1 and not is_ours else None,
            status="delivered" if is_ours else None,
            seconds=7 if kind == "voice" else None,
            name="comprovante.pdf" if kind == "document" else None,
            at=0,
        )
        if kind == "text":
            self._last[chat_id] = [*self._last.get(chat_id, [])[-3:], message.id]
        return {"op": "message", "message": message.model_dump(mode="json", exclude_none=True)}

    def _text(self) -> str:
        words = self._dice.choices(_WORDS, k=self._dice.choice((2, 4, 6, 9, 14, 30)))
        if len(words) > 6 and self._dice.random() < 0.2:
            words.insert(4, "\n")
        return f"{self.written} {' '.join(words)}".replace(" \n ", "\n")

    def _changes(self, opened: int) -> Iterator[Op]:
        """Something happens to one of the open chat's last messages."""
        chat, dice = f"chat-{opened}", self._dice
        last = self._last.get(chat)
        if not last:
            return
        which, luck = dice.choice(last), dice.random()
        if luck < 0.06:
            yield {"op": "edit", "chat": chat, "id": which, "text": f"{self._text()} (corrigido)"}
        elif luck < 0.12:
            yield {"op": "react", "chat": chat, "id": which, "emoji": dice.choice("👍😂🙏")}
        elif luck < 0.15:
            last.remove(which)
            yield {"op": "delete", "chat": chat, "id": which}


async def play(page: Page, ops: Sequence[tuple[float, Op]]) -> None:
    """Have the page's own timers apply it; returns at once. Each message gets the time at which it comes."""
    await page.evaluate(_PLAY, [list(one) for one in ops])


async def played(page: Page) -> None:
    """Wait until all of the last ``play`` has happened: a page without a processor is late with its timers."""
    while await page.evaluate(_LEFT) > 0:
        await asyncio.sleep(0.05)
