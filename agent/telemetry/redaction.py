"""Keeps what people wrote, and who they are, out of the logs."""

import sys
from collections.abc import Mapping
from traceback import FrameSummary, TracebackException

from pydantic import BaseModel, ValidationError
from structlog.typing import EventDict, WrappedLogger

from agent.errors import BalcaoError

PRIVATE_KEYS = frozenset(
    {
        "answer",
        "asked",
        "attendant",
        "author",
        "body",
        "box_text",
        "chat_title",
        "customer",
        "draft",
        "in_chat",
        "last_author",
        "last_text",
        "link_code",
        "overrides",
        "people",
        "phone",
        "preview",
        "qr",
        "quoted",
        "reactions",
        "reply",
        "replies",
        "sent_by",
        "structure",
        "suggested_responses",
        "suggestions",
        "text",
        "texts",
        "title",
        "titles",
        "turns",
        "typed",
        "words",
    }
)
"""Keys whose values never reach a log, at any depth. A test holds them against the fields of the contract."""

PLAIN_ERRORS = (BalcaoError, OSError, ImportError, AttributeError, NameError, TypeError, RuntimeError, MemoryError)
"""Errors whose text comes from a program. Others may repeat the value that they choke on: it is hidden."""


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace private values by their length and errors by what is safe to show of them (a structlog processor)."""
    error = _error(event.pop("exc_info", None))
    safe: EventDict = {name: _value(name, value) for name, value in event.items()}
    if safe.get("logger") == "asyncio":  # Its further lines repeat the task with everything that it holds.
        safe["event"] = str(safe["event"]).partition("\n")[0]
    if error is not None:
        safe["exception"] = describe(error)
    return safe


def describe(error: BaseException) -> str:
    """A traceback without values: files, lines, functions and, where it is safe, what the error says."""
    trace = TracebackException.from_exception(error, lookup_lines=False)
    frames = [_frame(frame) for frame in trace.stack]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [*frames, f"{type(error).__name__}: {said(error)}"]
    if isinstance(error, BaseExceptionGroup):
        parts += ["  " + line for inner in error.exceptions for line in describe(inner).splitlines()]
    return "\n".join(([*describe(cause).splitlines(), "which led to"] if cause else []) + parts)


def said(error: BaseException) -> str:
    """What may be logged of an error's message."""
    if isinstance(error, ValidationError):
        wrong = error.errors(include_url=False, include_context=False, include_input=False)
        return "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['type']}" for one in wrong)
    driver = getattr(error, "orig", None)
    if isinstance(driver, BaseException):  # SQLAlchemy puts the statement's values behind the driver's own message.
        return f"{type(driver).__name__}: {_first_line(driver)}"
    if isinstance(error, PLAIN_ERRORS):
        return str(error)
    if isinstance(error, BaseExceptionGroup):
        return f"{len(error.exceptions)} errors"
    if type(error).__module__.startswith(
        "playwright."
    ):  # Its later lines are a log of the calls, with their arguments.
        return _first_line(error)
    return _hidden(str(error))


def _error(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    found = exc_info if isinstance(exc_info, tuple) else sys.exc_info() if exc_info else (None, None, None)
    return found[1] if isinstance(found[1], BaseException) else None


def _value(name: str, value: object) -> object:
    if name in PRIVATE_KEYS:
        return None if value is None else _hidden(value)
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {said(value)}"
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(key): _value(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_value("", inner) for inner in value]
    return value


def _hidden(value: object) -> str:
    unit = "characters" if isinstance(value, str) else "entries"
    return f"[hidden, {len(value)} {unit}]" if isinstance(value, str | list | tuple | Mapping) else "[hidden]"


def _frame(frame: FrameSummary) -> str:
    return f"{frame.filename}:{frame.lineno} {frame.name}"


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]
