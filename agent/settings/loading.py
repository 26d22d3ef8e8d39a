"""Puts the sources together and turns what is wrong into one sentence that names the place."""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource, SettingsError

from agent.contract.settings import SettingSource
from agent.errors import BadSettings
from agent.settings.program import ROOT
from agent.settings.schema import Settings
from agent.settings.yaml_file import Key, YamlFile, parse_yaml, read_yaml

CONFIG_FILE = ROOT / "config.yaml"
ENVIRONMENT_PREFIX = "BALCAO_"
NESTING = "__"
OTHER_VARIABLES = frozenset({"BALCAO_MODELS"})
"""Variables of that prefix which are no settings: where the model files lie is the machine's matter."""


def load(config: Path | None = None, overrides: Mapping[str, object] | None = None) -> Settings:
    """Read the settings. Arguments win over the environment, which wins over the file, which wins over the defaults.

    Args:
        config: the YAML file; None takes ``config.yaml`` in the project's folder, or the defaults where there is none.
        overrides: what was given as arguments, nested (``{"api": {"port": 1}}``) or dotted (``{"api.port": 1}``).
            None as a value means "not given".

    Raises:
        BadSettings: a file cannot be read, a key is unknown or set twice, or a value is not allowed.
    """
    if config is not None and not config.is_file():
        raise BadSettings(f"{config} does not exist or is no file.", "Name an existing file with --config.")
    return Sources.of(config or CONFIG_FILE, overrides).settings()


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the settings come from, before they are put together."""

    path: Path
    file: YamlFile
    environment: Mapping[str, object]
    arguments: Mapping[str, object]

    @classmethod
    def of(cls, path: Path, overrides: Mapping[str, object] | None = None, *, text: str | None = None) -> "Sources":
        """The file (which need not be there), the environment of now, and these arguments.

        ``text``: what the file is taken to hold. Raises ``BadSettings``.
        """
        there = read_yaml(path) if text is None and path.is_file() else YamlFile()
        file = there if text is None else parse_yaml(text, path)
        return cls(path=path, file=file, environment=_environment(), arguments=_nested(overrides or {}))

    def settings(self) -> Settings:
        """All of them together. Raises ``BadSettings``."""
        merged = _merge(_merge(self.file.values, self.environment), self.arguments)
        try:
            return Settings.model_validate(merged)
        except ValidationError as error:
            raise _complaint(error.errors(include_url=False)[0], self) from None

    def source(self, key: Key) -> SettingSource:
        """Which of them a setting's value comes from."""
        if _holds(self.arguments, key):
            return "argument"
        if _holds(self.environment, key):
            return "environment"
        return "file" if _holds(self.file.values, key) else "default"

    def place(self, key: Key) -> str:
        """Where the value of a key comes from, in the words of the person who set it."""
        if _holds(self.arguments, key):
            return "The command line"
        if _holds(self.environment, key):
            return f"The environment variable {_variable(key, os.environ)}"
        line = next(
            (self.file.lines[key[:size]] for size in range(len(key), 0, -1) if key[:size] in self.file.lines), None
        )
        return str(self.path) if line is None else f"{self.path}, line {line}"


def _environment() -> dict[str, object]:
    top = {f"{ENVIRONMENT_PREFIX}{name}".upper() for name in Settings.model_fields}
    for variable in sorted(os.environ):
        name = variable.upper()
        if not name.startswith(ENVIRONMENT_PREFIX) or name in OTHER_VARIABLES or name.split(NESTING)[0] in top:
            continue
        near = _nearest(name, [_variable(key, {}) for key in _all_keys(Settings)])
        raise BadSettings(f"The environment variable {variable} is no setting.", f"Did you mean {near}?")
    try:
        return EnvSettingsSource(Settings)()
    except SettingsError as error:
        raise BadSettings(
            f"An environment variable of {ENVIRONMENT_PREFIX}... is not valid JSON ({error}).",
            "Lists and groups are written as JSON, for example BALCAO_BROWSER__ARGUMENTS='[\"--lang=pt-BR\"]'.",
        ) from error


def _complaint(error: ErrorDetails, sources: Sources) -> BadSettings:
    key = tuple(str(part) for part in error["loc"])
    name = ".".join(key)
    place = sources.place(key)
    if error["type"] == "extra_forbidden":
        near = _nearest(name, [".".join(known) for known in _all_keys(Settings)])
        return BadSettings(f"{place}: unknown setting `{name}`.", f"Did you mean `{near}`?")
    message = error["msg"][:1].lower() + error["msg"][1:]
    return BadSettings(
        f"{place}: `{name}` cannot be {error['input']!r} ({message}).",
        "Correct it, or remove it to get the default.",
    )


def _nearest(name: str, known: list[str]) -> str:
    """The known name that looks most like ``name``; for a name that looks like none, the first one of its group."""
    return max(known, key=lambda candidate: difflib.SequenceMatcher(None, name, candidate).ratio())


def _all_keys(model: type[BaseModel], outer: Key = ()) -> list[Key]:
    keys: list[Key] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            keys += [(*outer, name), *_all_keys(kind, (*outer, name))]
        else:
            keys.append((*outer, name))
    return keys


def _variable(key: Key, environment: Mapping[str, str]) -> str:
    """The variable's name for a key: the one that is set, which may name only the group and hold JSON."""
    names = [ENVIRONMENT_PREFIX + NESTING.join(key[:size]).upper() for size in range(len(key), 0, -1)]
    present = {variable.upper() for variable in environment}
    return next((name for name in names if name in present), names[0])


def _nested(overrides: Mapping[str, object]) -> dict[str, object]:
    nested: dict[str, object] = {}
    for name, value in overrides.items():
        inner = _nested(value) if isinstance(value, Mapping) else value
        if inner is None:
            continue
        for part in reversed(name.split(".")):
            inner = {part: inner}
        nested = _merge(nested, inner if isinstance(inner, dict) else {})
    return nested


def _merge(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        merged[name] = _merge(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return merged


def _holds(values: Mapping[str, object], key: Key) -> bool:
    inside: object = values
    for part in key:
        if not isinstance(inside, Mapping) or part not in inside:
            return False
        inside = inside[part]
        if not isinstance(inside, Mapping):
            return True
    return True
