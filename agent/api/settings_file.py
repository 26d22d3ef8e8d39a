"""The settings' file of the running agent: what is in use, what would be after the next start, and changes to it."""

import asyncio
import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from agent.api import edited_yaml
from agent.api.changeable import CHANGEABLE, HIDDEN, LIVE
from agent.api.edited_yaml import FileChanged, FileText, plain, set_entry
from agent.api.problems import Code, Refused, Why
from agent.api.versions import matches
from agent.contract.settings import SettingEntry
from agent.errors import BadSettings
from agent.settings import Settings
from agent.settings.describing import Described, comments, described
from agent.settings.loading import Sources
from agent.settings.program import SHIPPED_CONFIG
from agent.telemetry import logs


class SettingsFile:
    """One for the application: its changes come one after another."""

    def __init__(self, path: Path, in_use: Settings, arguments: Mapping[str, object]) -> None:
        """``path`` need not be there. ``arguments``: what the command line set, by dotted name."""
        self._path, self._in_use, self._arguments = path, in_use, arguments
        self._changing = asyncio.Lock()

    async def read(self) -> tuple[tuple[SettingEntry, ...], str]:
        """All settings and the file's version. ``Refused``: the file was broken by hand."""
        return await asyncio.to_thread(self._read)

    async def change(self, changes: Mapping[str, Any], match: str | None) -> tuple[tuple[SettingEntry, ...], str]:
        """Write these values, by dotted name, and tell what they are now. ``Refused``: they, or the file, cannot be."""
        async with self._changing:
            return await asyncio.to_thread(self._change, changes, match)

    def _read(self, only: Iterable[str] | None = None) -> tuple[tuple[SettingEntry, ...], str]:
        file = edited_yaml.read(self._path)
        try:
            sources = Sources.of(self._path, self._arguments, text=file.text)
            following = _values(sources.settings())
        except BadSettings as error:
            raise Refused(Code.CONFLICT, _without(self._path, error)) from error
        said = comments(SHIPPED_CONFIG.read_text("utf-8")) if SHIPPED_CONFIG.is_file() else {}
        said |= {name: text for name, text in comments(file.text).items() if text}
        now = _values(self._in_use) | {"logs.level": logs.level()}
        wanted = None if only is None else set(only)
        entries = tuple(
            _entry(one, now[one.name], following[one.name], sources, said.get(one.name, ""))
            for one in described()
            if wanted is None or one.name in wanted
        )
        return entries, file.version

    def _change(self, changes: Mapping[str, Any], match: str | None) -> tuple[tuple[SettingEntry, ...], str]:
        file = edited_yaml.read(self._path)
        if not matches(file.version, match):
            raise Refused(Code.CONFLICT)
        try:
            self._write(file, changes)
        except BadSettings as error:
            raise Refused(Code.CONFLICT, _without(self._path, error)) from error
        except FileChanged:
            raise Refused(Code.CONFLICT) from None
        except OSError as error:
            raise Refused(Code.UNAVAILABLE) from error
        entries, version = self._read(changes)
        for entry in entries:
            if entry.name == "logs.level" and not entry.overridden:
                logs.set_level(str(entry.next_value))
        return self._read(changes)[0], version

    def _write(self, file: FileText, changes: Mapping[str, Any]) -> None:
        before = Sources.of(self._path, self._arguments, text=file.text)
        wanted, tree = copy.deepcopy(before.file.values), edited_yaml.load(file.text)
        for name, value in changes.items():
            _put(tree, wanted, name.split("."), value)
        text = edited_yaml.dump(tree, file.text)
        after = Sources.of(self._path, self._arguments, text=text)
        if after.file.values != wanted:
            # Written in a way that we would not give back as it was meant: better not at all.
            raise Refused(Code.CONFLICT, Why("file_changed", file=self._path.name))
        after.settings()
        edited_yaml.write(self._path, text, file)


def _put(tree: CommentedMap, plainly: dict[str, Any], key: Sequence[str], value: Any) -> None:  # noqa: ANN401 (JSON)
    """Set a value in the file's tree, and in what the file is to say."""
    first, *rest = key
    if not rest:
        set_entry(tree, first, plain(value))
        plainly[first] = value
    elif isinstance(tree.get(first), CommentedMap):
        _put(tree[first], plainly[first], rest, value)
    else:
        group, plainly[first] = CommentedMap(), {}
        _put(group, plainly[first], rest, value)
        set_entry(tree, first, group)


def _entry(one: Described, now: Any, following: Any, sources: Sources, description: str) -> SettingEntry:  # noqa: ANN401
    hidden, source = one.name in HIDDEN, sources.source(one.key)
    return SettingEntry(
        name=one.name,
        kind=one.kind,
        nullable=one.nullable,
        value=None if hidden else now,
        next_value=None if hidden else following,
        default=one.default,
        choices=one.choices,
        minimum=one.minimum,
        maximum=one.maximum,
        max_length=one.max_length,
        pattern=one.pattern,
        description=description,
        source=source,
        overridden=source in ("environment", "argument"),
        changeable=one.name in CHANGEABLE,
        restart=one.name not in LIVE,
        hidden=hidden,
    )


def _values(settings: Settings) -> dict[str, Any]:
    whole = json.loads(settings.model_dump_json())
    found: dict[str, Any] = {}
    for one in described():
        value = whole
        for part in one.key:
            value = value[part]
        found[one.name] = value
    return found


def _without(path: Path, error: BadSettings) -> str | None:
    """The sentence, with the file's name and not where it lies; None where it may repeat a secret."""
    said = str(error)
    return None if any(name in said for name in HIDDEN) else said.replace(str(path), path.name)
