"""Plays a scenario into the stand-in, in scenario time divided by a speed."""

import asyncio
import time
from collections.abc import Callable

from simulator.scenario import Scenario
from simulator.standin import StandIn
from simulator.world import Message, Writing

_WRITES: dict[str, Writing] = {"text": "typing", "voice": "recording"}
"""Kinds of messages that the page announces while they are made."""

_SHORTEST_S = 0.3
"""In a script that is played fast there may be no time to write: nothing is announced then."""


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
    ) -> None:
        if speed <= 0:
            raise ValueError("speed must be above 0")
        self._scenario = scenario
        self._standin = standin
        self._speed = speed
        self._on_message = on_message

    @property
    def seconds(self) -> float:
        """How long the script takes at this speed."""
        return self._scenario.seconds / self._speed

    async def play(self) -> int:
        """Deliver the whole script. Returns how many messages were new to the world."""
        begin = time.monotonic()
        delivered = 0
        for due, message, is_announcement in self._steps():
            await asyncio.sleep(begin + due - time.monotonic())
            if is_announcement:
                await self._standin.set_writing(message.chat, _WRITES[message.kind], author=message.author)
                continue
            await self._standin.add(message.model_copy(update={"at": time.time() * 1000}))
            delivered += 1
            if self._on_message is not None:
                self._on_message(message.id)
        return delivered

    def _steps(self) -> list[tuple[float, Message, bool]]:
        """What is still to come, by seconds from now: messages, and that somebody begins to write one (True)."""
        known = {op["message"]["id"] for op in self._standin.journal.ops if op["op"] == "message"}
        script = [(item.at, self._scenario.message(index, 0)) for index, item in enumerate(self._scenario.script)]
        skipped = max((at for at, message in script if message.id in known), default=0.0)
        steps: list[tuple[float, Message, bool]] = []
        free: dict[str, float] = {}
        for at, message in script:
            if message.id in known:
                continue
            due = max(0.0, (at - skipped) / self._speed)
            begins = max(free.get(message.chat, 0.0), due - _writing_seconds(message))
            if message.direction == "in" and message.kind in _WRITES and due - begins >= _SHORTEST_S:
                steps.append((begins, message, True))
            steps.append((due, message, False))
            free[message.chat] = due
        return sorted(steps, key=lambda step: step[0])


def _writing_seconds(message: Message) -> float:
    """One to three seconds: a short text is typed quickly."""
    return 1.0 + min(2.0, len(message.text) / 40)
