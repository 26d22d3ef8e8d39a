"""A process killed while it writes: all that it was told is stored is there, once, and nothing is half there."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from agent.storage.opening import open_store
from tests.storage.chats import order, table
from tests.storage.writer import batch

pytestmark = pytest.mark.slow

KEY = "ab" * 32
ROOT = Path(__file__).parents[2]


def killed_writer(path: Path, first: int, after_s: float) -> list[int]:
    """Start a writer, kill it (SIGKILL) some time after its first message; the messages acknowledged to it."""
    command = [sys.executable, "-m", "tests.storage.writer", str(path), KEY, str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline()]
        timer = threading.Timer(after_s, process.kill)
        timer.start()
        said += process.stdout.readlines()
        timer.join()
    return [int(line) for line in said if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
async def test_nothing_acknowledged_is_lost_and_all_is_stored_once(tmp_path):
    path = tmp_path / "data.db"
    acknowledged: list[int] = []
    for after_s in (0.05, 0.31, 0.17):
        acknowledged += killed_writer(path, len(acknowledged), after_s)
        store = await open_store(path, KEY)  # checks the whole file
        stored = [line["wa_id"] for line in await table(store, "messages")]
        counts = await store.counts()
        await store.close()
        # One more may be stored than was acknowledged: it was killed between the commit and the answer.
        assert stored[: len(acknowledged)] == [f"M{n}" for n in acknowledged]
        assert len(stored) - len(acknowledged) in (0, 1)
        assert counts.messages_in == counts.last_event == counts.unfinished == len(stored)
        acknowledged = list(range(len(stored)))
    assert len(acknowledged) > 3

    store = await open_store(path, KEY)
    for n in acknowledged:  # what the page shows again after a restart
        await store.save(batch(n))
    assert (await store.counts()).messages_in == len(acknowledged)
    assert await order(store, 1) == " ".join(f"M{n}" for n in acknowledged)
    await store.close()
