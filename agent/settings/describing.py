"""What the settings are, as data: names, types, limits, defaults, and the words of config.yaml's comments."""

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from agent.contract.settings import SettingKind
from agent.settings.schema import Settings

_KEY = re.compile(r"( *)([a-z_]+):(.*)$")
_KINDS: dict[str, SettingKind] = {
    "boolean": "boolean",
    "integer": "integer",
    "number": "number",
    "array": "list",
}


@dataclass(frozen=True, slots=True)
class Described:
    """One setting, or one group that is given as a whole or not at all."""

    name: str
    """With the groups before it: ``model.temperature``."""
    field: FieldInfo
    kind: SettingKind
    nullable: bool
    default: Any
    """As JSON."""
    choices: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    max_length: int | None
    pattern: str | None

    @property
    def key(self) -> tuple[str, ...]:
        """Its names, from the outermost group inwards."""
        return tuple(self.name.split("."))


def described() -> tuple[Described, ...]:
    """All settings, in their order."""
    schema = Settings.model_json_schema()
    defaults = json.loads(Settings().model_dump_json())
    return tuple(_walk(Settings, schema, schema["$defs"], defaults, ""))


def _walk(
    model: type[BaseModel], schema: dict[str, Any], definitions: dict[str, Any], defaults: dict[str, Any], outer: str
) -> list[Described]:
    found: list[Described] = []
    for name, field in model.model_fields.items():
        told = schema["properties"][name]
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _walk(kind, definitions[kind.__name__], definitions, defaults[name], f"{outer}{name}.")
        else:
            found.append(_leaf(outer + name, field, told, defaults[name]))
    return found


def _leaf(name: str, field: FieldInfo, told: dict[str, Any], default: object) -> Described:
    several = told.get("anyOf", [told])
    [one] = [part for part in several if part.get("type") != "null"]
    return Described(
        name=name,
        field=field,
        kind=_kind(one),
        nullable=len(several) > 1,
        default=default,
        choices=tuple(one.get("enum", ())),
        minimum=one.get("minimum"),
        maximum=one.get("maximum"),
        max_length=one.get("maxLength"),
        pattern=one.get("pattern"),
    )


def _kind(one: dict[str, Any]) -> SettingKind:
    if "$ref" in one:
        return "group"
    if one.get("format") == "path":
        return "file"
    if "enum" in one:
        return "choice"
    if one["type"] == "object":
        return "mapping"
    return _KINDS.get(one["type"], "text")


def comments(text: str) -> dict[str, str]:
    """What the comments above the keys of a settings file say, without the line that names the default."""
    found: dict[str, str] = {}
    group, said = "", list[str]()
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            said.append(line.strip().removeprefix("#").strip())
            continue
        if key := _KEY.match(line):
            if not key[1]:
                group = ""
            found[group + key[2]] = " ".join(one for one in said if not one.startswith("Default: "))
            if not key[1] and not key[3].split("#")[0].strip():
                group = f"{key[2]}."
        said = []
    return found
