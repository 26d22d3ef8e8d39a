"""What identifies a person reaches no log, whatever the key, the event or the error that holds it."""

import json
import logging
import time
from pathlib import Path

import pytest
import structlog

from agent.errors import BalcaoError
from agent.telemetry.logs import configure
from agent.telemetry.redaction import describe, redact, said

CPF, PHONE = "529.982.247-25", "+55 11 90000-0012"


def log(**event: object) -> dict[str, object]:
    return dict(redact(None, "info", {"event": "x", **event}))


def test_every_text_at_any_depth_is_masked():
    told = log(
        event=f"cannot save {CPF}",
        path=f"/api/customers/{PHONE}",
        found=[f"a {CPF}", {"deep": ("52998224725", 52998224725), PHONE: 1}],
        where=Path("/profiles/ana@correio.example/data.db"),
        raw=b"cpf 529.982.247-25",
    )
    assert told == {
        "event": "cannot save [CPF]",
        "path": "/api/customers/[TELEFONE]",
        "found": ["a [CPF]", {"deep": ["[CPF]", 52998224725], "[TELEFONE]": 1}],
        "where": "PosixPath('/profiles/[EMAIL]/data.db')",
        "raw": "b'cpf [CPF]'",
    }


def test_ids_counts_and_names_of_events_stay():
    event = {
        "event": "drafts ready",
        "conversation_id": 52998224725,
        "seconds": 1.5,
        "ok": True,
        "nothing": None,
        "request_id": "0b6c1d5e-6f0e-4a57-9d0c-6a3a3d1a6f11",
        "short": "0b6c1d5e6f0e4a579d0c6a3a3d1a6f11",
        "hash": "3eb0c767d26b8a90000001234567890abcdef1233eb0c767d26b8a9000000123",
        "wa_id": "3EB0C767D26B8A529982247252",
        "version": "142.0.7444.59",
        "address": "http://127.0.0.1:8080/api/health",
        "file": Path("profiles/default/data.db"),
        "at": "2026-11-22T10:28:00.123456Z",
        "timestamp": "2026-11-22T10:28:00.123456Z",
        "level": "info",
    }
    assert log(**event) == event


class Full(BalcaoError):
    """With a number in what it says."""


@pytest.mark.parametrize(
    "error", [RuntimeError(f"no customer {CPF}"), OSError(2, "no file", f"/x/{CPF}"), Full(f"{CPF} is known.", "Wait.")]
)
def test_an_errors_text_is_masked(error):
    for text in (said(error), describe(error), str(log(reason=error)), str(log(exc_info=error))):
        assert "529" not in text
        assert "[CPF]" in text


def test_both_logs_are_masked(tmp_path, capsys):
    configure("debug", tmp_path / "agent.log")
    structlog.get_logger("one").info("asked", by="cpf 529.982.247-25")
    logging.getLogger("other").warning("GET /api/customers/%s", "%2B5511900000012")
    structlog.get_logger("one").error("failed", exc_info=RuntimeError(f"not found: {PHONE}"))
    written = (tmp_path / "agent.log").read_text("utf-8") + capsys.readouterr().err
    assert "982.247" not in written  # Three digits alone may stand in a line's time.
    assert "90000" not in written
    lines = [json.loads(line) for line in (tmp_path / "agent.log").read_text("utf-8").splitlines()]
    assert lines[0]["by"] == "cpf [CPF]"
    assert lines[1]["event"] == "GET /api/customers/%2B[TELEFONE]"
    assert lines[2]["exception"].endswith("RuntimeError: not found: [TELEFONE]")


def test_a_line_without_numbers_costs_little_beside_writing_it():
    """The ratio to what JSON takes for the same line; about 2 on the machine where it was measured."""
    event = {"event": "message saved", "conversation_id": 12, "state": "complete", "kind": "text", "via": "capture"}

    def took(work) -> float:
        best = float("inf")
        for _ in range(7):
            begun = time.thread_time()
            for _ in range(2000):
                work()
            best = min(best, time.thread_time() - begun)
        return best

    assert took(lambda: redact(None, "info", dict(event))) < 8 * took(lambda: json.dumps(event, ensure_ascii=False))
