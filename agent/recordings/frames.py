"""A frame with pseudonyms in place of everything that a person wrote or is known by.

A field of free text that no table names is taken for what somebody wrote: a field that is new in the contract leaks
nothing until somebody says that it may stay.
"""

from collections.abc import Callable
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from agent.contract.analysis import INTENTS
from agent.contract.frames import FRAME, AnyFrame, StateFrame
from agent.recordings.pseudonyms import Pseudonyms

M = TypeVar("M", bound=BaseModel)

STAYS = frozenset(
    {
        *("HelloFrame.script", "HelloFrame.lang", "HelloFrame.zone"),
        *("Row.time", "Row.date", "Row.reactions", "ChatPreview.last_clock", "ChatPreview.last_date"),
        *("PaintedFrame.offer_id", "PickedFrame.offer_id", "DismissedFrame.offer_id"),
        *("CorrectedFrame.offer_id", "JudgedFrame.offer_id", "CannedFrame.reply_id"),
        *("AnchorsFrame.anchors", "PulseFrame.broken", "PulseFrame.worn"),
        *("SelectorsFrame.used", "SelectorsFrame.refused", "FaultFrame.where"),
    }
)
"""What is the page's, the browser's or ours: times, names of anchors, numbers of cards."""
IDENTIFIERS = frozenset({"Row.id", "RowsFrame.window", "PaintedFrame.message_id", "NewReplyFrame.wa_id"})
NAMED = frozenset(
    {"Row.author", "Quote.author", "OpenChat.title", "ChatPreview.title", "ChatPreview.last_author"}
    | {"NameEdit.customer"}
)
PHONES = frozenset({"OpenChat.phone"})
STRUCTURED = frozenset({"ChatPreview.last_time"})
INTENT_NAMES = frozenset({"CorrectedFrame.intent", "NewReplyFrame.intents"})


def pseudonymised(frame: AnyFrame, names: Pseudonyms) -> AnyFrame | None:
    """The frame as it is recorded; None where nothing of it can be kept."""
    if isinstance(frame, StateFrame):  # Whoever has one of these codes can link a phone.
        frame = frame.model_copy(update={"qr": None, "link_code": None})
    changed = replaced(frame, names)
    try:
        return FRAME.validate_python(changed.model_dump(mode="json"))
    except ValidationError:
        return None


def replaced(value: M, names: Pseudonyms) -> M:
    """A value of the contract with pseudonyms in each of its free texts."""
    made = {name: _changed(getattr(value, name), how, names) for name, how in _plan(type(value)).items()}
    return value.model_copy(update=made)


Change = Callable[[Pseudonyms, str], str]


def _changed(value: Any, how: Change, names: Pseudonyms) -> Any:  # noqa: ANN401 (whatever a field may hold)
    if isinstance(value, BaseModel):
        return replaced(value, names)
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return how(names, value)
    if isinstance(value, tuple | list):
        return type(value)(_changed(one, how, names) for one in value)
    if isinstance(value, dict):
        return {key: _changed(one, how, names) for key, one in value.items()}
    return value


@cache
def _plan(model: type[BaseModel]) -> dict[str, Change]:
    """What to do with each field that can hold a text or a value with one."""
    return {
        name: _way(f"{model.__name__}.{name}")
        for name, field in model.model_fields.items()
        if _has_text(field.annotation)
    }


def _way(field: str) -> Change:
    if field in STAYS:
        return lambda _names, value: value
    if field in IDENTIFIERS:
        return lambda names, value: names.identifier(value)
    if field in NAMED:
        return lambda names, value: names.name(value)
    if field in PHONES:
        return lambda names, value: names.phone(value)
    if field in STRUCTURED:
        return lambda names, value: names.structured(value)
    if field in INTENT_NAMES:
        return lambda names, value: value if value in INTENTS else names.text(value)
    return lambda names, value: names.text(value)


def _has_text(annotation: object) -> bool:
    """Whether a field can hold a free text, in itself or in what it holds; words of a fixed list are none."""
    if annotation is str:
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    if get_origin(annotation) in (Union, UnionType, tuple, list, dict, Annotated):
        return any(_has_text(one) for one in get_args(annotation))
    return False
