import io
import json
import logging

import pytest
import structlog

from agent.telemetry import logs
from tests.telemetry.own_logs import own_logs


@pytest.fixture
def written(tmp_path):
    """Configures the logs at a level; gives back what reads the console and the lines of the file."""
    console, file = io.StringIO(), tmp_path / "profile" / "logs" / "agent.log"

    def configure(at: str = "info"):
        logs.configure(at, file, console)
        return console.getvalue, lambda: [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    with own_logs():
        yield configure


def test_one_event_reaches_the_console_and_the_file(written):
    console, lines = written()
    structlog.get_logger("agent.flow").warning("queue full", size=1000, profile="São João")
    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "queue full",
        "level": "warning",
        "logger": "agent.flow",
        "profile": "São João",
        "size": 1000,
    }
    assert "queue full" in console()
    assert "São João" in console()


def test_the_standard_librarys_records_go_the_same_way(written):
    console, lines = written()
    logging.getLogger("some.library").info("started on port %d", 8080, extra={"title": "Maria Souza"})
    (line,) = lines()
    assert line["event"] == "started on port 8080"
    assert line["title"] == "[hidden, 11 characters]"
    assert "Maria" not in console()


def test_the_level_holds_for_both(written):
    console, lines = written("warning")
    structlog.get_logger("agent").info("quiet")
    logging.getLogger("other").info("quiet")
    structlog.get_logger("agent").error("loud")
    assert [line["event"] for line in lines()] == ["loud"]
    assert "quiet" not in console()


def test_private_values_and_errors_are_hidden_in_both(written):
    console, lines = written()
    log = structlog.get_logger("agent")
    log.info("captured", text="Quanto custa?", box_text="Boa tarde", chat={"title": "Maria", "token": 3})
    try:
        int("Quanto custa?")
    except ValueError:
        log.exception("failed")
    first, second = lines()
    assert first["chat"] == {"title": "[hidden, 5 characters]", "token": 3}
    assert second["exception"].endswith("ValueError: [hidden, 55 characters]")
    for private in ("Quanto custa", "Boa tarde", "Maria"):
        assert private not in console() + json.dumps([first, second], ensure_ascii=False)


def test_configuring_again_replaces_the_handlers(written):
    written()
    console, lines = written()
    structlog.get_logger("agent").info("once")
    assert len(lines()) == 1
    assert console().count("once") == 1


def test_the_file_is_rotated_and_belongs_to_this_user_only(written, monkeypatch, tmp_path):
    monkeypatch.setattr(logs, "FILE_BYTES", 2000)
    _, lines = written()
    for number in range(200):
        structlog.get_logger("agent").info("a line", number=number)
    folder = tmp_path / "profile" / "logs"
    assert len(list(folder.iterdir())) == 1 + logs.OLD_FILES
    assert all(file.stat().st_size <= 2000 for file in folder.iterdir())
    assert lines()[-1]["number"] == 199
    assert folder.stat().st_mode & 0o077 == 0
