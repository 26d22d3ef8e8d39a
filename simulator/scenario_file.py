"""A scenario as a file that anybody may have made: read with distrust, written as the scenarios here are."""

import os
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from agent.analysis.dialogues import BUSINESSES
from agent.errors import BadInput
from simulator.scenario import Scenario

_MOST_BYTES = 32 * 1024**2
_MOST_DEEP = 12
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Line(dict[str, Any]):
    """A mapping that is written on one line."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401 (whatever is written)
        return True


_Dumper.add_representer(
    _Line, lambda dumper, line: dumper.represent_mapping("tag:yaml.org,2002:map", line.items(), flow_style=True)
)


def read_scenario(path: Path) -> Scenario:
    """Read a scenario that somebody made.

    Raises:
        BadInput: it is none, or names a business that is not there.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _wrong(path, f"it is larger than {_MOST_BYTES // 1024**2} MB")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {path}.", "Look at its name and folder.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).", "Look at its permissions.") from error
    except UnicodeDecodeError as error:
        raise _wrong(path, "it is no text in UTF-8") from error
    try:
        _check_shape(path, text)
        scenario = Scenario.model_validate(yaml.load(text, Loader=_FAST))  # noqa: S506 (a safe loader, in C)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _wrong(path, f"line {line} is no YAML ({error.problem})") from error
    except ValidationError as error:
        raise _wrong(path, first_mistake(error)) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise _wrong(path, "it is no YAML") from error
    check_replies(scenario.replies)
    return scenario


def check_replies(business: str) -> None:
    """Whether there is such a business. ``BadInput``: there is none."""
    known = sorted(folder.name for folder in BUSINESSES.iterdir() if (folder / "replies.yaml").is_file())
    if business not in known:
        raise BadInput(f"There are no replies of a business {business[:60]!a}.", f"Name one of: {', '.join(known)}.")


def write_scenario(scenario: Scenario, path: Path, about: list[str]) -> None:
    """Write a scenario, for its owner's eyes only.

    Args:
        scenario: what to write.
        path: the file; it must not be there.
        about: lines of comment at its beginning.

    Raises:
        BadInput: the file is there already, or cannot be made.
    """
    values = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for chat in values["chats"]:
        if "history" in chat:
            chat["history"] = [_Line(item) for item in chat["history"]]
    for part in ("script", "changes", "openings"):
        if part in values:
            values[part] = [_Line(item) for item in values[part]]
    comment = "".join(f"# {line}\n" for line in about)
    text = yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(comment + text)
    except FileExistsError as error:
        raise BadInput(f"{path} is there already.", "Choose another name, or remove it.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}).", "Choose another folder.") from error


def _check_shape(path: Path, text: str) -> None:
    """Aliases let a small file become a huge one, and nothing of ours is nested deeply."""
    deep = 0
    for event in yaml.parse(text, Loader=_FAST):
        if isinstance(event, yaml.AliasEvent):
            raise _wrong(path, "it has an alias, which no scenario needs")
        deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if deep > _MOST_DEEP:
            raise _wrong(path, "it is nested too deeply")


def first_mistake(error: ValidationError) -> str:
    """The first mistake: where, and what."""
    found = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, found["loc"]))
    what = found["msg"].removeprefix("Value error, ")
    return ascii(f"at {where}: {what}" if where else what)[1:-1][:300]


def _wrong(path: Path, why: str) -> BadInput:
    return BadInput(
        f"{path} is no scenario: {why}.", "See simulator/scenario.py for the format, or make one of a recording."
    )
