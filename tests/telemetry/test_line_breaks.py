"""Whoever gets a line break into a value must not be able to write a log line of their own."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from agent.telemetry import logs
from tests.telemetry.own_logs import own_logs

FORGED = "x\n2026-11-22 12:00:00 [info     ] user signed in    actor=user:1\r\n\x1b[2J\x1b[1;1H\u2028y"


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    with own_logs():
        yield io.StringIO()


def test_a_line_break_in_a_value_begins_no_line(tmp_path: Path, console: io.StringIO) -> None:
    file = tmp_path / "logs" / "agent.log"
    logs.configure("info", file, console)
    structlog.get_logger("one").info("asked", file=FORGED, found=[FORGED], where={FORGED: FORGED})
    structlog.get_logger("one").warning("asked", reason=FORGED)
    lines = file.read_text("utf-8").split("\n")
    assert [json.loads(line)["event"] for line in lines if line] == ["asked", "asked"]
    shown = console.getvalue()
    assert shown.count("\n") == 2
    assert "\x1b[2J" not in shown
    assert "\r" not in shown
