"""What a crash leaves of a recording becomes a recording, up to its last whole line."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from agent.errors import BadInput
from agent.recordings.editing import Bench
from agent.recordings.file import FRAMES, PAGE, PAGE_GOLDEN, open_recording
from agent.recordings.lines import FrameLine, StartLine, from_json, to_json
from agent.recordings.recovering import check_recovered, recovered
from agent.recordings.writing import RecordingWriter
from tests.recordings.conftest import STORED, TODAY, Understood, empty_store
from tests.recordings.test_editing import BENCH, files_in, rows, same

RECORDS = """
import sys, time
from pathlib import Path
from agent.contract.frames import AnyFrame
from agent.core.events import FrameArrived
from agent.core.machine import handle
from agent.core.state import State
from agent.recordings.file import PAGE, open_recording
from agent.recordings.lines import FrameLine, from_json
from agent.recordings.pseudonyms import Pseudonyms
from agent.recordings.recorder import Recorder

recorder = Recorder(Path(sys.argv[1]), Pseudonyms.fresh())
state = State(session="s", run="r", drafts=False)
recorder.begin(state)
source = open_recording(Path(sys.argv[2]))
frames = [one.v for one in map(from_json, source.frames()) if isinstance(one, FrameLine)]
pages = list(source.page()) if sys.argv[3] == "page" else []
told = 0
while True:
    for number, frame in enumerate(frames):
        event = FrameArrived(frame)
        state, effects = handle(state, event)
        recorder.saw(state, event, effects)
        for line in pages[number::len(frames)]:
            recorder.writer.add(PAGE, line)
        told += 1
        time.sleep(0.02)
        print(told, flush=True)
    pages = []
"""
"""A real recorder that is told the demo's frames, until it is killed."""


def killed(folder: Path, *, page: bool = False, after: int = 200) -> Path:
    """What is left of a recording whose process got a SIGKILL."""
    path = folder / "monday.balcao"
    command = [sys.executable, "-c", RECORDS, str(path), str(STORED / "demo.balcao"), "page" if page else "frames"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= after:
                break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert process.returncode == -signal.SIGKILL
    return path.with_name("monday.balcao.part")


def test_what_a_killed_process_recorded_becomes_a_recording(tmp_path: Path) -> None:
    part = killed(tmp_path)
    assert files_in(tmp_path) == {part.name}
    done = subprocess.run(
        [sys.executable, "-m", "agent", "recover", str(part), "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["messages"] > 10
    assert "torn lines were left out" in told["notes"][0]
    assert files_in(tmp_path) == {"monday.balcao"}
    again = subprocess.run(
        [sys.executable, "-m", "agent", "replay", str(tmp_path / "monday.balcao")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stdout
    with open_recording(tmp_path / "monday.balcao") as recording:
        recording.verify()
        assert "recovered after a crash" in recording.manifest.history[0].reason
        assert recording.manifest.counts["messages"] == told["messages"]


async def test_both_layers_of_a_killed_process_are_there(tmp_path: Path) -> None:
    part = killed(tmp_path, page=True)

    async def seen(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{"what": "events", "which": "", "is": len(lines)}]

    bench = Bench(empty_store, seen, TODAY)
    made = await recovered(part, tmp_path / "other.balcao", Understood(), bench)
    with await same(made.path) as recording:
        (read,) = recording.lines(PAGE_GOLDEN)
        assert read["is"] == recording.manifest.members[PAGE].lines > 0
        assert len(rows(recording)) == made.messages > 10
    assert files_in(tmp_path) == {"other.balcao"}


def torn(folder: Path, cut: int, junk: bytes = b"") -> tuple[Path, int]:
    """A folder whose last piece ends too early; how many whole lines went into it."""
    with open_recording(STORED / "format-1.balcao") as source:
        lines = [from_json(raw) for raw in source.frames()]
    writer = RecordingWriter(folder / "torn.balcao")
    for line in lines:
        writer.add(FRAMES, to_json(line))
    writer._close()
    writer._lock.release()
    (piece,) = writer.part.glob("*.z")
    data = piece.read_bytes()
    piece.write_bytes(data[: len(data) - cut] + junk)
    return writer.part, len(lines)


@pytest.mark.parametrize(("cut", "junk"), [(0, b""), (5, b""), (60, b""), (300, b""), (300, bytes(range(7, 200)))])
async def test_a_torn_end_is_left_out_and_counted(tmp_path: Path, cut: int, junk: bytes) -> None:
    part, written = torn(tmp_path, cut, junk)
    made = await recovered(part, tmp_path / "torn.balcao", Understood(), BENCH)
    with await same(made.path) as recording:
        kept = [from_json(raw) for raw in recording.frames()]
    with open_recording(STORED / "format-1.balcao") as source:
        whole = [from_json(raw) for raw in source.frames()]
    assert isinstance(kept[0], StartLine)
    assert kept == whole[: len(kept)]
    assert len(kept) == written if cut == 0 else 0 < len(kept) <= written
    if len(kept) < written and not junk:
        assert made.notes[0].startswith("1 torn lines")
    assert sum(isinstance(line, FrameLine) for line in kept) > 0


async def test_what_is_still_recorded_is_left_alone(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "now.balcao")
    writer.add(FRAMES, to_json(StartLine(t=0, at_ms=1.8e12)))
    with pytest.raises(BadInput, match="still being recorded"):
        await recovered(writer.part, tmp_path / "now.balcao", Understood(), BENCH)
    assert writer.part.is_dir()
    writer.abandon()
    assert files_in(tmp_path) == set()


async def test_an_empty_or_foreign_folder_is_said_and_stays(tmp_path: Path) -> None:
    (tmp_path / "x.balcao.part").mkdir()
    (tmp_path / "other").mkdir()
    with pytest.raises(BadInput, match="no whole line"):
        await recovered(tmp_path / "x.balcao.part", tmp_path / "x.balcao", Understood(), BENCH)
    with pytest.raises(BadInput, match="no folder that a crash"):
        check_recovered(tmp_path / "other", tmp_path / "x.balcao", replace=False)
    (tmp_path / "y.balcao").touch()
    with pytest.raises(BadInput, match="is there already"):
        check_recovered(tmp_path / "x.balcao.part", tmp_path / "y.balcao", replace=False)
    assert files_in(tmp_path) == {"x.balcao.part", "other", "y.balcao"}
