"""Where log lines go: words for a person on the console, one JSON object a line in the profile's log file."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

import structlog
from structlog.typing import ExcInfo, Processor

from agent.telemetry.redaction import redact

CONSOLE, FILE = "balcao-console", "balcao-file"
FILE_BYTES = 5_000_000
OLD_FILES = 4
QUIET = ("aiosqlite", "alembic", "asyncio", "httpcore", "httpx", "uvicorn")
"""Libraries that tell each of their steps: only their warnings are kept."""


def configure(level: str = "info", file: Path | None = None, stream: TextIO | None = None) -> None:
    """Send structlog's and the standard library's records through the same processors. May be called again.

    Args:
        level: debug, info, warning or error.
        file: the JSON log, made with its folder for this user only and rotated at 5 MB; None writes none.
        stream: the console; None takes standard error.

    Raises:
        OSError: the file cannot be opened.
    """
    stamp: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *stamp, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    # On a full disk a line is lost; the trace of that must not take its place on the person's screen.
    logging.raiseExceptions = False
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if handler.get_name() in (CONSOLE, FILE)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(_console(stream or sys.stderr, stamp))
    if file is not None:
        root.addHandler(_file(file, stamp))
    set_level(level)


def set_level(level: str) -> None:
    """Write no less than this from now on: debug, info, warning or error."""
    root = logging.getLogger()
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def level() -> str:
    """What is written now at least."""
    return logging.getLevelName(logging.getLogger().level).lower()


class OwnRotatingFile(RotatingFileHandler):
    """A rotating log that only its owner can read, whatever the umask; also the file that follows a full one."""

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if hasattr(os, "fchmod"):
            os.fchmod(file, 0o600)  # one that is there already, from a time when it was wider
        return os.fdopen(file, "a", encoding=self.encoding, errors=self.errors)


def _console(stream: TextIO, stamp: list[Processor]) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    handler.set_name(CONSOLE)
    coloured = stream.isatty() and "NO_COLOR" not in os.environ and os.name != "nt"
    handler.setFormatter(
        _formatter(stamp, structlog.dev.ConsoleRenderer(colors=coloured, exception_formatter=_in_one_line))
    )
    return handler


def _in_one_line(out: TextIO, raised: ExcInfo) -> None:
    """A person gets the kind of error; where it happened stands in the log file."""
    out.write(f" ({raised[0].__name__}; the log file says where)")


def _file(path: Path, stamp: list[Processor]) -> logging.Handler:
    path.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # with parents=True only the last one has it
    path.parent.mkdir(exist_ok=True, mode=0o700)
    handler = OwnRotatingFile(path, maxBytes=FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8")
    handler.set_name(FILE)
    handler.setFormatter(_formatter(stamp, structlog.processors.JSONRenderer(ensure_ascii=False)))
    return handler


def _formatter(stamp: list[Processor], last: Processor) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last], foreign_pre_chain=stamp
    )
