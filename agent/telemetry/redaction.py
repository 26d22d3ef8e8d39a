"""Keeps what people wrote, and who they are, out of the logs."""

import re
import sys
from collections.abc import Mapping
from traceback import FrameSummary, TracebackException

from pydantic import BaseModel, ValidationError
from structlog.typing import EventDict, WrappedLogger

from agent.errors import BalcaoError
from agent.identifiers import mask_identifiers

PRIVATE_KEYS = frozenset(
    {
        "access_token",
        "answer",
        "asked",
        "attendant",
        "attendants",
        "author",
        "body",
        "box_text",
        "business",
        "chat_title",
        "content",
        "customer",
        "draft",
        "examples",
        "extra",
        "fields",
        "file_name",
        "in_chat",
        "key",
        "last_author",
        "last_text",
        "link_code",
        "new",
        "note",
        "old",
        "once",
        "over",
        "overrides",
        "password",
        "people",
        "phone",
        "preview",
        "qr",
        "qr_svg",
        "quoted",
        "quoted_author",
        "quoted_text",
        "reactions",
        "refresh_token",
        "replies",
        "reply",
        "secret",
        "select",
        "sent_by",
        "shown",
        "structure",
        "suggested_responses",
        "suggestions",
        "tag",
        "tags",
        "text",
        "texts",
        "typed",
        "title",
        "titles",
        "turns",
        "value",
        "uri",
        "url",
        "words",
        "written_by",
    }
)
"""Keys whose values never reach a log, at any depth. A test holds them against the fields of the contract."""

PLAIN_ERRORS = (BalcaoError, OSError, ImportError, AttributeError, NameError, TypeError, RuntimeError, MemoryError)
"""Errors whose text comes from a program. Others may repeat the value that they choke on: it is hidden."""

_OURS = frozenset({"level", "logger", "timestamp"})
"""Written by the log itself."""

_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace private values by their length and errors by what is safe to show of them (a structlog processor).

    In all other texts, the event itself included, identifiers of people are masked; numbers (ids, counts) stay.
    """
    error = _error(event.pop("exc_info", None))
    safe: EventDict = {name: value if name in _OURS else _value(name, value) for name, value in event.items()}
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
    """What may be logged of an error's message; a CPF, a telephone number and the like in it are masked."""
    return mask_identifiers(_said(error))


def _said(error: BaseException) -> str:
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
        return {_open(str(key)): _value(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_value("", inner) for inner in value]
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return _open(value)
    shown = repr(value)  # A path, bytes, any object: the log would write it so.
    masked = mask_identifiers(shown)
    return value if masked is shown else masked


def _open(text: str) -> str:
    """Text that may be logged, without what identifies a person in it. An id of ours (a UUID alone) stays."""
    masked = mask_identifiers(text)
    return text if masked is text or _UUID.fullmatch(text) else masked


def _hidden(value: object) -> str:
    unit = "characters" if isinstance(value, str) else "entries"
    return f"[hidden, {len(value)} {unit}]" if isinstance(value, str | list | tuple | Mapping) else "[hidden]"


def _frame(frame: FrameSummary) -> str:
    return f"{frame.filename}:{frame.lineno} {frame.name}"


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]
