"""The scripted attendant's working habits: who waits longest is answered first, with a suggestion where one helps."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.attendant import Attendant
from simulator.standin import StandIn
from simulator.world import ShownChat, Snapshot

Say = Callable[[str, str], None]
"""Tells the transcript: who, and what."""

_CARD_S = 1.5
"""How long the attendant looks for a card that inserts something before typing an answer."""

_DRAFT_S = 8.0
"""How long the attendant waits for the model's draft, now and then."""

_DRAFT_EVERY = 3
_OWN_WORDS = "Só um instante, já verifico para você 🙂"


@dataclass(slots=True)
class Tally:
    """What the attendant did."""

    opened: set[str] = field(default_factory=set)
    picked: int = 0
    typed: int = 0


def _waiting_since(chat: ShownChat) -> float | None:
    """When the customer wrote the first message that nobody has answered; None when the last word is ours."""
    since = None
    for message in reversed(chat.messages):
        if message.direction == "out":
            break
        if message.direction == "in":
            since = message.at
    return since


def _longest_waiting(snapshot: Snapshot, refused: set[str]) -> ShownChat | None:
    waiting = [(since, chat) for chat in snapshot.chats if (since := _waiting_since(chat)) and chat.id not in refused]
    return min(waiting, key=lambda pair: pair[0], default=(0.0, None))[1]


class Afternoon:
    """One attendant at work on one page."""

    def __init__(self, attendant: Attendant, standin: StandIn, say: Say) -> None:
        self._attendant = attendant
        self._standin = standin
        self._say = say
        self.tally = Tally()
        self._cards = 0

    async def work(self, seconds: float) -> None:
        """Answer customers until the time is over, and look into every chat before going home."""
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        while clock() < end:
            chat = _longest_waiting(await self._standin.snapshot(), set())
            if chat is None:
                await asyncio.sleep(0.2)
                continue
            await self._answer(chat)
        await self.look_into_every_chat()

    async def _answer(self, chat: ShownChat) -> None:
        await self._open(chat)
        self._cards += 1
        slot = 1 if self._cards % _DRAFT_EVERY else 3
        text = await self._pick(slot, _DRAFT_S if slot > 1 else _CARD_S)
        if not text and slot > 1:
            slot = 1
            text = await self._pick(slot, _CARD_S)
        if text:
            self.tally.picked += 1
            self._say("attendant", f"[{chat.title}] Alt+{slot}: {text}")
        else:
            self.tally.typed += 1
            await self._attendant.type(_OWN_WORDS)
            self._say("attendant", f"[{chat.title}] typed: {_OWN_WORDS}")
        await asyncio.sleep(0.15)
        await self._attendant.send()
        await asyncio.sleep(0.25)

    async def _pick(self, slot: int, patience: float) -> str:
        """Press the shortcut until something stands in the box: the card is closed to all but a person's eyes."""
        clock = asyncio.get_running_loop().time
        end = clock() + patience
        while clock() < end:
            await asyncio.sleep(0.35)
            await self._attendant.pick(slot)
            for _ in range(3):
                await asyncio.sleep(0.1)
                if text := (await self._attendant.written()).strip():
                    # An insertion is verified by the page; the attendant lets it settle before Enter.
                    await asyncio.sleep(0.2)
                    return text
        return ""

    async def _open(self, chat: ShownChat) -> None:
        if await self._attendant.open_title() != chat.title:
            self._say("attendant", f"opens {chat.title}")
        await self._attendant.open_chat(chat.title)
        self.tally.opened.add(chat.id)

    async def look_into_every_chat(self) -> None:
        """Chats that were not opened after their last message: what the page never showed cannot be captured."""
        snapshot = await self._standin.snapshot()
        for chat in snapshot.chats:
            if chat.messages and (chat.unread or chat.id not in self.tally.opened):
                await self._open(chat)
                # The page mounts a conversation in blocks, within about a second.
                await asyncio.sleep(1.5)
