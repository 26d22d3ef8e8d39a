import importlib
import pkgutil
from typing import get_args

import pytest
from playwright.async_api import Error as PlaywrightError
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import IntegrityError

import agent.contract
from agent.contract.base import Value
from agent.contract.rows import Direction, Kind, Quote, Row
from agent.errors import ProfileLocked
from agent.telemetry.redaction import PRIVATE_KEYS, describe, redact, said

OPEN_WORDS = (
    "action actor address algorithm anchors attachments backups balcao_id basis broken cares change changes choices "
    "code confidence_scores confirm considered conversation_id corrected_intent cursor data date description direction "
    "draft_state edit erased error event failed family fault field file files fingerprints hash hint id ids intent "
    "intents judged kind kinds label lang language last_clock last_date last_direction last_error last_time level "
    "logger failure "
    "made_by message_id missing model model_name model_version mood_after name needed newest notices offer_id order "
    "origin outcome outcomes owes page pairing parameters pattern place profile public_key rates reason recordings "
    "refused replaced reply_id request role scopes scores screen script sentiment sentiments session sha256 shortcut "
    "shortcuts signature signs source state status tables task theme time token_type unknown used variables version "
    "candidates chosen company intent_titles licence period running stage without_general "
    "page_generation program message_kind "
    "via wa_id was way what where window worn zone zone_of"
)
OPEN = set(OPEN_WORDS.split())
"""Fields of the contract with words in them that may be logged: ids, labels, versions, clock times."""


def log(**event: object) -> dict[str, object]:
    return dict(redact(None, "info", {"event": "x", **event}))


def fields_with_words() -> set[str]:
    def words(kind: object) -> bool:
        inner = get_args(kind)
        if inner:
            return any(words(one) for one in inner)
        return kind is str or isinstance(kind, str) or (isinstance(kind, type) and issubclass(kind, str))

    for module in pkgutil.iter_modules(agent.contract.__path__, "agent.contract."):
        importlib.import_module(module.name)
    found, models = set[str](), [Value]
    while models:
        model = models.pop()
        models += model.__subclasses__()
        if model.__module__.startswith("agent.contract."):
            found |= {name for name, field in model.model_fields.items() if words(field.annotation)}
    return found


def test_every_field_of_the_contract_is_known_as_private_or_open():
    fields = fields_with_words()
    assert {"text", "title", "author", "phone", "qr", "link_code", "box_text"} <= fields
    assert not fields - PRIVATE_KEYS - OPEN
    assert not PRIVATE_KEYS & OPEN


def test_values_are_hidden_at_any_depth_and_the_rest_is_kept():
    row = Row(
        id="3EB0",
        kind=Kind.TEXT,
        direction=Direction.IN,
        author="Ana",
        text="Oi!",
        quoted=Quote(author=None, text="Tchau"),
    )
    assert log(rows=[row], count=1, nested=({"phone": "+5511999990000"},), text=None) == {
        "event": "x",
        "count": 1,
        "text": None,
        "nested": [{"phone": "[hidden, 14 characters]"}],
        "rows": [
            row.model_dump(mode="json")
            | {
                "author": "[hidden, 3 characters]",
                "text": "[hidden, 3 characters]",
                "quoted": "[hidden, 2 entries]",
                "reactions": "[hidden, 0 entries]",
            }
        ],
    }
    assert log(suggestions=["a", "b"])["suggestions"] == "[hidden, 2 entries]"
    assert log(text=object())["text"] == "[hidden]"


class Strict(BaseModel):
    number: int


def validation_error() -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        Strict.model_validate({"number": "segredo"})
    return caught.value


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (ProfileLocked("The profile is in use.", "Close it."), "The profile is in use. Close it."),
        (RuntimeError("loop is closed"), "loop is closed"),
        (validation_error(), "number: int_parsing"),
        (ValueError("segredo"), "[hidden, 7 characters]"),
        (KeyError("segredo"), "[hidden, 9 characters]"),
        (PlaywrightError("Page.fill: Timeout\nCall log: fill(segredo)"), "Page.fill: Timeout"),
        (IntegrityError("INSERT", {"text": "segredo"}, OSError("UNIQUE: id\nsegredo")), "OSError: UNIQUE: id"),
        (ExceptionGroup("segredo", [ValueError("segredo")]), "1 errors"),
    ],
)
def test_what_an_error_may_say(error, shown):
    assert said(error) == shown
    assert log(reason=error)["reason"] == f"{type(error).__name__}: {shown}"
    assert "segredo" not in describe(error)


def test_a_traceback_has_places_and_causes_but_no_values():
    def fail(text: str) -> None:
        try:
            int(text)
        except ValueError as error:
            raise ProfileLocked("In use.", "Wait.") from error

    with pytest.raises(ProfileLocked) as caught:
        fail("segredo")
    lines = describe(caught.value).splitlines()
    assert lines[-1] == "ProfileLocked: In use. Wait."
    assert "which led to" in lines
    assert any(line.endswith(" fail") and "test_redaction.py:" in line for line in lines)
    assert "segredo" not in "\n".join(lines)


def test_every_form_of_exc_info_is_understood():
    error = RuntimeError("stopped")
    assert log(exc_info=error)["exception"] == "RuntimeError: stopped"
    assert log(exc_info=(RuntimeError, error, None))["exception"] == "RuntimeError: stopped"
    try:
        raise error
    except RuntimeError:
        assert str(log(exc_info=True)["exception"]).endswith("RuntimeError: stopped")
    for nothing in (True, None, False, (None, None, None)):
        assert "exception" not in log(exc_info=nothing)


def test_asyncios_report_of_a_lost_task_loses_its_contents():
    told = log(
        logger="asyncio", event="Task exception was never retrieved\nfuture: <Task exception=ValueError('segredo')>"
    )
    assert told["event"] == "Task exception was never retrieved"
