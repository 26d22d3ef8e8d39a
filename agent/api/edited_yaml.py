"""YAML files that people edit by hand too: changed without losing their comments and order, and whole or not at all."""

import hashlib
import io
import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

from agent.errors import BadInput

_DEEP_LIST = re.compile(r"^( *)[^\s#-][^#\n]*:[ ]*\n(?:[ ]*(?:#[^\n]*)?\n)*\1( *)- ", re.MULTILINE)


class FileChanged(Exception):
    """Somebody else changed the file meanwhile."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file as it was read."""

    text: str
    version: str
    """Another one for every other content."""
    there: bool
    """False: the file is not there, and ``text`` is what stands in for it."""


def read(path: Path, otherwise: Path | None = None) -> FileText:
    """The file's text; where there is none, that of another one, or an empty one.

    Raises:
        BadInput: it cannot be read, or is not UTF-8.
    """
    try:
        there = path.is_file()
        content = path.read_bytes() if there else otherwise.read_bytes() if otherwise else b""
        version = hashlib.sha256(content if there else b"default\n" + content).hexdigest()[:32]
        return FileText(content.decode("utf-8"), version, there)
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from error
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read ({error.strerror}).", "Check it and its permissions.") from error


def write(path: Path, text: str, seen: FileText) -> FileText:
    """Replace the file, which keeps its mode; a new one is for its owner only. A crash leaves the old or the new one.

    Raises:
        FileChanged: it is no longer the one that was ``seen``.
        OSError: it cannot be written.
    """
    path = path.resolve()  # A link stays one.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    mode = path.stat().st_mode & 0o7777 if path.is_file() else 0o600
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
        ) as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.chmod(mode)
        if _version_now(path) != (seen.version if seen.there else None):
            raise FileChanged
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return read(path)


def _version_now(path: Path) -> str | None:
    return read(path).version if path.is_file() else None


def load(text: str) -> CommentedMap:
    """The file's tree, with its comments; an empty one for an empty file.

    Raises:
        BadInput: it is not YAML, or no mapping.
    """
    try:
        tree = _yaml(text).load(text)
    except YAMLError as error:
        raise BadInput("The file is not YAML.", "Correct it by hand first.") from error
    if tree is None:
        return CommentedMap()
    if not isinstance(tree, CommentedMap):
        raise BadInput("The file holds no `key: value` lines.", "Correct it by hand first.")
    return tree


def dump(tree: CommentedMap, like: str) -> str:
    """The tree's text, indented as ``like`` is."""
    out = io.StringIO()
    _yaml(like).dump(tree, out)
    text = out.getvalue()
    return text.replace("\n", "\r\n") if "\r\n" in like else text


def plain(value: object) -> object:
    """A value to put into a tree. Texts are quoted: whatever they hold, they stay texts for every reader of YAML."""
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        inner = CommentedMap({plain(name): plain(one) for name, one in value.items()})
        inner.fa.set_flow_style()
        return inner
    if isinstance(value, Sequence):
        several = CommentedSeq(plain(one) for one in value)
        several.fa.set_flow_style()
        return several
    return value


def set_items(sequence: CommentedSeq, values: Sequence[object]) -> None:
    """Let a list hold these values; those that stay keep their comments."""
    for kind, start, end, first, last in reversed(SequenceMatcher(None, list(sequence), values, False).get_opcodes()):
        if kind != "equal":
            del sequence[start:end]
            for value in reversed(values[first:last]):
                sequence.insert(start, plain(value))


def set_entry(tree: CommentedMap, name: str, value: object) -> None:
    """Set a key to what ``plain`` made; a new one goes behind the others, before the comments of what follows."""
    old = tree.get(name)
    is_block = isinstance(old, CommentedMap | CommentedSeq) and bool(old) and not old.fa.flow_style()
    if name in tree and not is_block:
        tree[name] = value
        return
    tail = take_tail(tree) if tree and not is_block else ""
    if is_block:
        tail = take_tail(old)
        tree.ca.items.pop(name, None)
    tree[name] = value
    if isinstance(value, CommentedMap) and value and not value.fa.flow_style():
        put_tail(value, tail)
    elif tail:
        tree.ca.items[name] = [None, None, CommentToken(f"\n{tail}", CommentMark(0), None), None]


def take_tail(node: CommentedMap | CommentedSeq) -> str:
    """Take away the comments and empty lines that follow a node: they stand before whatever comes next."""
    slots, key, place = _last_slot(node)
    token = slots[key][place] if key in slots else None
    if token is None:
        return ""
    same_line, _, tail = str(token.value).partition("\n")
    slots[key][place] = CommentToken(f"{same_line}\n", token.start_mark, None) if same_line else None
    if not any(slots[key]):
        del slots[key]
    return tail


def put_tail(node: CommentedMap | CommentedSeq, tail: str) -> None:
    """Let these comments follow a node."""
    if not tail:
        return
    slots, key, place = _last_slot(node)
    slot = slots.setdefault(key, [None, None, None, None])
    before = str(slot[place].value) if slot[place] is not None else "\n"
    slot[place] = CommentToken(before + tail, slot[place].start_mark if slot[place] else CommentMark(0), None)


def remove_entry(tree: CommentedMap, name: str, place: int) -> None:
    """Take an entry out of the list of that name; the comments before and behind it stay."""
    entries = tree[name]
    tail = take_tail(entries[place])
    del entries[place]
    if place > 0:
        put_tail(entries[place - 1], tail)
        return
    above = (entries.ca.comment or [None, None])[1] or []
    if entries:
        if tail:
            above.append(CommentToken(tail, CommentMark(0), None))
            entries.ca.comment = [None, above]
            tree.ca.items.setdefault(name, [None, None, None, above])[3] = above
        return
    tree[name] = plain([])  # Nothing may stand between the name and the brackets.
    left = "".join(str(token.value) for token in above) + tail
    tree.ca.items[name] = [None, None, CommentToken(f"\n{left}", CommentMark(0), None), None]


def _last_slot(node: CommentedMap | CommentedSeq) -> tuple[dict[Any, list[Any]], Any, int]:
    """Where ruamel keeps what follows a node: at the last of its innermost entries."""
    is_map = isinstance(node, CommentedMap)
    key = next(reversed(node)) if is_map else len(node) - 1
    inner = node[key]
    if isinstance(inner, CommentedMap | CommentedSeq) and inner and not inner.fa.flow_style():
        return _last_slot(inner)
    return node.ca.items, key, 2 if is_map else 0


def _yaml(like: str) -> YAML:
    yaml = YAML(typ="rt")
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = sys.maxsize
    found = _DEEP_LIST.search(like.replace("\r\n", "\n"))
    offset = len(found[2]) if found else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


class _Representer(RoundTripRepresenter):
    """Writes ``null`` as a word."""


_Representer.add_representer(type(None), lambda self, _: self.represent_scalar("tag:yaml.org,2002:null", "null"))
