"""The drafter's thread forgets conversations when it is told to, whatever it is doing."""

import asyncio
import threading

from agent.analysis.drafting.drafts import Drafter
from agent.analysis.drafting.prompt import Briefing
from tests.analysis.conftest import turn

BRIEFING = Briefing(base="", later="", examples=(), public=(), private=())


class Scripted:
    """A writer that writes until it is stopped."""

    name, learning = "modelo", False

    def __init__(self):
        self.forgotten, self.writing = [], threading.Event()

    def open(self, stopped):
        return

    def read(self, turns, stopped):
        return

    def write(self, turns, hints, stopped):
        self.writing.set()
        while not stopped():
            yield "", None
        yield "", "stopped"

    def forget(self, conversations):
        self.forgotten.append(set(conversations))

    def close(self):
        return


async def test_every_conversation_is_forgotten_and_a_running_draft_ends():
    writer = Scripted()
    drafter = Drafter(writer, BRIEFING, polite=False)
    drafter.start()
    try:
        async with asyncio.timeout(20):
            while drafter.state != "ready":
                await asyncio.sleep(0.01)
            drafting = asyncio.create_task(anext(drafter.draft([turn(1, "oi")]), None))
            await asyncio.to_thread(writer.writing.wait)
            for one in (1, 2, 3):
                drafter.forget({one})
            await drafting
            while set().union(*writer.forgotten) != {1, 2, 3}:
                await asyncio.sleep(0.01)
        assert drafting.done()
    finally:
        await drafter.close()
