"""Plays a scenario into the stand-in, in scenario time divided by a speed."""

import asyncio
import time
from collections.abc import Callable

from simulator.scenario import Scenario
from simulator.standin import StandIn


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
        known = {op["message"]["id"] for op in self._standin.journal.ops if op["op"] == "message"}
        begin = time.monotonic()
        skipped = 0.0
        delivered = 0
        for index, item in enumerate(self._scenario.script):
            message = self._scenario.message(index, time.time() * 1000)
            if message.id in known:
                skipped = item.at
                continue
            await asyncio.sleep(begin + (item.at - skipped) / self._speed - time.monotonic())
            message = message.model_copy(update={"at": time.time() * 1000})
            await self._standin.add(message)
            delivered += 1
            if self._on_message is not None:
                self._on_message(message.id)
        return delivered
