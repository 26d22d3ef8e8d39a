"""A channel that is ended hands out what came in before, and takes nothing more."""

import asyncio
import json

from agent.contract.frames import AnyFrame
from agent.page.bridge import BINDING, Bridge


def says(bridge: Bridge, seq: int, progress: int) -> None:
    frame = {"v": 1, "seq": seq, "at_ms": 0.0, "kind": "state", "state": "syncing", "progress": progress}
    bridge._called({"name": BINDING, "executionContextId": 1, "payload": json.dumps(frame)})


async def test_what_came_before_the_end_is_handed_out_also_behind_a_loss() -> None:
    bridge = Bridge()
    bridge._world, bridge._reread_s = 1, 0.0
    says(bridge, 1, 10)
    says(bridge, 3, 30)  # The second one was lost.
    async with asyncio.timeout(5):
        while bridge._frames.qsize() < 3:
            await asyncio.sleep(0)
    says(bridge, 4, 40)
    bridge.end()
    bridge.end()
    says(bridge, 5, 50)
    found: list[AnyFrame | None] = [frame async for frame in bridge.frames()]
    assert [frame.progress for frame in found if frame is not None] == [10, 30, 40]
