"""Which settings may be changed through the API: none that names a program, a file or an address, or opens the machine.

The others are changed in the file, by whoever runs the machine. A test holds the two lists against all settings.
"""

from types import NoneType
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, StringConstraints, create_model

from agent.analysis.drafting.catalogue import AUTO, BY_NAME
from agent.contract.base import Value
from agent.contract.numbers import WHOLE
from agent.contract.replies import UNSEEN
from agent.settings.describing import Described, described
from agent.settings.opening import Weekday

CHANGEABLE = frozenset(
    {
        "language",
        "attendant",
        "attendance.hours",
        "attendance.holidays",
        "attendance.first_answer_minutes",
        "browser.headless",
        "browser.page_memory_mb",
        "page.use_here",
        "websocket.max_connections",
        "websocket.heartbeat_s",
        "privacy.mask_prompts",
        "privacy.mask_exports",
        "privacy.keep_days",
        "privacy.keep_days_by_tag",
        "webhooks.timeout_s",
        "webhooks.attempts",
        "backup.every_hours",
        "backup.keep",
        "reports.every",
        "reports.formats",
        "reports.keep",
        "model.drafts",
        "model.name",
        "model.threads",
        "model.gpu_layers",
        "model.context_tokens",
        "model.max_tokens",
        "model.temperature",
        "model.chat_memory_mb",
        "suggestions.limit",
        "learning.enabled",
        "flow.queue",
        "logs.level",
    }
)

FILE_ONLY = frozenset(
    {
        "profile",
        "profiles_dir",
        "browser.executable",
        "browser.arguments",
        "page.url",
        "api.enabled",
        "api.host",
        "api.port",
        "api.tls_certificate",
        "api.tls_key",
        "api.cors_origins",
        "api.body_kb",
        "api.slow_body_s",
        "websocket.enabled",
        "websocket.port",
        "security.access_minutes",
        "security.refresh_days",
        "security.second_factor",
        "security.lock_after",
        "security.lock_minutes",
        "security.requests_a_minute",
        "security.logins_a_minute",
        "security.key_store",
        "webhooks.private_addresses",
        "connector",
        "company.domains",
        "company.phones",
        "company.pix_keys",
        "model.path",
        "model.server",
        "suggestions.replies",
        "suggestions.knowledge",
    }
)

HIDDEN = frozenset({"browser.arguments", "connector", "model.server"})
"""Their values may hold a password: in an address, or as an argument."""

LIVE = frozenset({"logs.level"})
"""A change counts at once."""

_LARGEST = 2**31 - 1

_NARROWER: dict[str, Any] = {
    # Whether spans overlap no schema tells: what is no time at all, or twice the same, is a conflict with its reason.
    "attendance.hours": dict[Weekday, Annotated[str, StringConstraints(max_length=200, pattern=rf"^[^{UNSEEN}]*$")]],
    "attendant": Annotated[str, StringConstraints(max_length=100, pattern=rf"^[^{UNSEEN}]*$")],
    # The setting also takes the path of a file, which nobody may name from afar.
    "model.name": Literal[(AUTO, *BY_NAME)],
    "privacy.keep_days_by_tag": Annotated[
        dict[
            Annotated[str, StringConstraints(min_length=1, max_length=100)],
            Annotated[int, Field(ge=1, le=36_500), *WHOLE],
        ],
        Field(max_length=200),
    ],
}
"""Types of the API where the settings' own take more than it should."""


def _type(one: Described) -> Any:  # noqa: ANN401 (a type that is made at run time)
    if one.name in _NARROWER:
        return _NARROWER[one.name]
    kind: Any = one.field.annotation
    if one.nullable:
        [kind] = [inner for inner in get_args(kind) if inner is not NoneType]
    limits: list[Any] = list(one.field.metadata)
    if one.kind == "integer":
        limits += [*([Field(le=_LARGEST)] if one.maximum is None else []), *WHOLE]
    elif one.kind in ("boolean", "number"):
        limits.append(Field(strict=True))
    exact = Annotated[kind, *limits] if limits else kind
    return exact | None if one.nullable else exact


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def _at_least_one(schema: dict[str, Any]) -> None:
    schema["minProperties"] = 1


def _change() -> type[Value]:
    fields: dict[str, Any] = {
        one.name.replace(".", "__"): (
            _type(one),
            Field(default=None, alias=one.name, json_schema_extra=_without_default),
        )
        for one in described()
        if one.name in CHANGEABLE
    }
    made = create_model("SettingsChange", __base__=Value, __doc__="Settings by their dotted names.", **fields)
    made.model_config["json_schema_extra"] = _at_least_one
    made.model_rebuild(force=True)
    return made


SettingsChange = _change()
"""What is to be changed: a flat object."""


def changes(asked: Value) -> dict[str, Any]:
    """What is asked for, by dotted name."""
    return asked.model_dump(mode="json", by_alias=True, exclude_unset=True)
