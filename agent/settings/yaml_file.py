"""Reads config.yaml together with the line of every key, so that an error can point at it."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from agent.errors import BadSettings

Key = tuple[str, ...]
"""Names from the outermost group inwards: ``("model", "name")``."""
STRING_TAG = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The values of a YAML file as plain Python data, and the line (from 1) on which every key stands."""

    values: dict[str, object] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)


def read_yaml(path: Path) -> YamlFile:
    """Read a YAML file whose top level is a mapping. An empty file holds nothing.

    Raises:
        BadSettings: the file cannot be read, is no YAML, has a key twice, or is no mapping.
    """
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), path)
    except OSError as error:
        raise BadSettings(
            f"{path} cannot be read ({error.strerror}).", "Check the file and its permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from error


def parse_yaml(source: str, path: Path) -> YamlFile:
    """What a file's text holds. ``path``: its name in errors.

    Raises:
        BadSettings: it is no YAML, has a key twice, or is no mapping.
    """
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
        values = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise BadSettings(
            f"{_place(path, error)} is not valid YAML ({_problem(error)}).", "Correct that line."
        ) from error
    if root is None or values is None:
        return YamlFile()
    if not isinstance(root, yaml.MappingNode):
        raise BadSettings(f"{path} must hold `key: value` lines.", "Take the shipped config.yaml as the pattern.")
    return YamlFile(values, _lines_of_keys(path, root))


def _lines_of_keys(path: Path, root: yaml.MappingNode) -> dict[Key, int]:
    lines: dict[Key, int] = {}
    open_nodes: list[tuple[Key, yaml.MappingNode]] = [((), root)]
    seen: set[int] = set()
    while open_nodes:
        outer, node = open_nodes.pop()
        if id(node) in seen:  # An alias may stand inside the very group that it names.
            continue
        seen.add(id(node))
        for name, value in node.value:
            if name.tag != STRING_TAG:
                raise BadSettings(
                    f"{path}, line {name.start_mark.line + 1}: a key must be a word.", "Correct that line."
                )
            key = (*outer, name.value)
            line = name.start_mark.line + 1
            if key in lines:
                raise BadSettings(
                    f"{path}, line {line}: `{'.'.join(key)}` is set twice (first on line {lines[key]}).",
                    "Keep one of them.",
                )
            lines[key] = line
            if isinstance(value, yaml.MappingNode):
                open_nodes.append((key, value))
    return lines


def _place(path: Path, error: yaml.YAMLError) -> str:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return f"{path}, line {mark.line + 1}," if mark else f"{path}"


def _problem(error: yaml.YAMLError) -> str:
    described = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    return described or "an unprintable character"
