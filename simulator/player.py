"""Plays a scenario into the stand-in, in scenario time divided by a speed."""

import asyncio
import time
from collections.abc import Callable

from simulator.attendant import Attendant
from simulator.scenario import ChangeItem, OpeningItem, Scenario
from simulator.standin import StandIn
from simulator.world import Message, Writing

_WRITES: dict[str, Writing] = {"text": "typing", "voice": "recording"}
"""Kinds of messages that the page announces while they are made."""

_SHORTEST_S = 0.3
"""In a script that is played fast there may be no time to write: nothing is announced then."""

_LOOKS, _LOOK_S = 20, 0.1
"""How often, and after how many seconds, a change looks for the message that was typed."""

_Step = Message | ChangeItem | OpeningItem


class Player:
    """One run of a script. ``await play()`` ends with the script; cancelling it stops at once.

    Message ids depend on the scenario only: a run that begins again skips what the world already holds.
    """

    def __init__(
        self,
        scenario: Scenario,
        standin: StandIn,
        *,
        speed: float = 1.0,
        on_message: Callable[[str], None] | None = None,
        attendant: Attendant | None = None,
    ) -> None:
        """Nothing is played before ``play``.

        ``attendant``: whose hands open chats and type what the script has them type; without one our own phone writes
        it, and no chat is opened.
        """
        if speed <= 0:
            raise ValueError("speed must be above 0")
        self._scenario = scenario
        self._standin = standin
        self._speed = speed
        self._on_message = on_message
        self._attendant = attendant
        self._titles = {chat.id: chat.shown_title for chat in scenario.chats}
        own = [scenario.message(n, 0) for n, item in enumerate(scenario.script) if item.sender == "attendant"]
        self._typed = {message.id: message for message in own}
        self._refs = dict(scenario.refs)

    @property
    def seconds(self) -> float:
        """How long the script takes at this speed."""
        return self._scenario.seconds / self._speed

    async def play(self) -> int:
        """Deliver the whole script. Returns how many messages were new to the world."""
        begin = time.monotonic()
        delivered = 0
        for due, step, is_announcement in self._steps():
            await asyncio.sleep(begin + due - time.monotonic())
            if isinstance(step, ChangeItem):
                await self._change(step)
            elif isinstance(step, OpeningItem):
                if self._attendant is not None:
                    await self._attendant.open_chat(self._titles[step.chat])
            elif is_announcement:
                await self._standin.set_writing(step.chat, _WRITES[step.kind], author=step.author)
            else:
                await self._deliver(step)
                delivered += 1
                if self._on_message is not None:
                    self._on_message(step.id)
        return delivered

    async def _deliver(self, message: Message) -> None:
        if self._attendant is None or message.id not in self._typed:
            await self._standin.add(message.model_copy(update={"at": time.time() * 1000}))
            return
        await self._attendant.open_chat(self._titles[message.chat])
        await self._attendant.type(message.text)
        await self._attendant.send()

    async def _id_of(self, chat: str, ref: str) -> str:
        """The message's id: the page's own where it was typed. Raises ``LookupError`` when it does not stand there."""
        about = self._refs[chat, ref]
        typed = self._typed.get(about) if self._attendant is not None else None
        for _ in range(_LOOKS):
            if typed is None:
                return about
            messages = (await self._standin.snapshot()).chat(chat).messages
            if found := [one.id for one in messages if one.direction == "out" and one.text == typed.text]:
                typed, about = None, found[-1]
                self._refs[chat, ref] = about
            else:
                await asyncio.sleep(_LOOK_S)
        raise LookupError(f"what was typed as {ref} in {chat} does not stand there")

    async def _change(self, item: ChangeItem) -> None:
        about = await self._id_of(item.chat, item.of)
        match item.change:
            case "edit":
                await self._standin.edit(item.chat, about, item.text)
            case "delete":
                await self._standin.delete(item.chat, about)
            case "decrypt":
                await self._standin.decrypt(item.chat, about, item.text)
            case "react":
                await self._standin.react(item.chat, about, item.text)
            case "status":
                await self._standin.set_status(item.chat, about, item.status)

    def _steps(self) -> list[tuple[float, _Step, bool]]:
        """What is still to come, by seconds from now, and whether somebody only begins to write it (True)."""
        known = {op["message"]["id"] for op in self._standin.journal.ops if op["op"] == "message"}
        script = [(item.at, self._scenario.message(index, 0)) for index, item in enumerate(self._scenario.script)]
        skipped = max((at for at, message in script if message.id in known), default=0.0)
        again = any(message.id in known for _, message in script)
        steps: list[tuple[float, _Step, bool]] = []
        free: dict[str, float] = {}
        for at, message in script:
            if message.id in known or (again and message.id in self._typed and at <= skipped):
                continue
            due = max(0.0, (at - skipped) / self._speed)
            begins = max(free.get(message.chat, 0.0), due - _writing_seconds(message))
            if message.direction == "in" and message.kind in _WRITES and due - begins >= _SHORTEST_S:
                steps.append((begins, message, True))
            steps.append((due, message, False))
            free[message.chat] = due
        others: list[ChangeItem | OpeningItem] = [*self._scenario.changes, *self._scenario.openings]
        left = [item for item in others if not again or item.at > skipped]
        steps.extend((max(0.0, (item.at - skipped) / self._speed), item, False) for item in left)
        return sorted(steps, key=lambda step: step[0])


def _writing_seconds(message: Message) -> float:
    """One to three seconds: a short text is typed quickly."""
    return 1.0 + min(2.0, len(message.text) / 40)
