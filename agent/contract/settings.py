"""The settings as data: the API tells of each what it is, where its value comes from, and who may change it."""

from typing import Literal

from pydantic import Field, JsonValue

from agent.contract.base import Value

SettingKind = Literal["boolean", "integer", "number", "text", "choice", "file", "list", "mapping", "group"]
SettingSource = Literal["default", "file", "environment", "argument"]


class SettingEntry(Value):
    """One setting."""

    name: str = Field(examples=["model.temperature"])
    kind: SettingKind
    nullable: bool
    value: JsonValue = Field(description="In use now; null too where it is hidden.")
    next_value: JsonValue = Field(description="In use after the next start, as things stand.")
    default: JsonValue
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    pattern: str | None = None
    description: str = Field(description="In English, from the comments of the settings' file.")
    source: SettingSource = Field(description="Where next_value comes from.")
    overridden: bool = Field(description="An environment variable or an argument wins over what the file says.")
    changeable: bool = Field(description="false: only in the file, by whoever runs the machine.")
    restart: bool = Field(description="true: a change counts from the next start on.")
    hidden: bool = Field(default=False, description="The value may hold a secret and is never shown.")


class SettingList(Value):
    """All settings, or those that were changed, in the file's order."""

    items: tuple[SettingEntry, ...]
