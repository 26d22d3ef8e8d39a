"""The replies file of the running agent: read, changed without losing what people wrote beside it, and taken up."""

import asyncio
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from agent.analysis.retrieval.replies import DEFAULT_FILE, Reply, ReplyBook, parse_replies, variables_of
from agent.api import edited_yaml
from agent.api.edited_yaml import FileChanged, FileText, plain, put_tail, remove_entry, set_items, take_tail
from agent.api.problems import Code, Fault, Refused, Why
from agent.api.versions import matches
from agent.contract.replies import MAX_REPLIES, NewReply, ReplyChange

Edit = Callable[[CommentedMap, list[Reply]], None]
"""Changes the file's tree, and the values that the file is to hold afterwards."""

_WORDS = re.compile(r"[a-z0-9]+")
_LISTS = ("intents", "examples")


class Shelf(NamedTuple):
    """The file's content."""

    book: ReplyBook
    file: FileText


class ReplyFile:
    """One for the application: its changes come one after another."""

    def __init__(self, path: Path, taken_up: Callable[[ReplyBook], None]) -> None:
        """``path`` need not be there yet. ``taken_up``: told of each change that was made here; returns at once."""
        self._path, self._taken_up = path, taken_up
        self._changing = asyncio.Lock()
        self._known: Shelf | None = None

    async def read(self) -> Shelf:
        """What is in the file now. ``BadInput``: it was edited by hand and cannot be used."""
        return await asyncio.to_thread(self._read)

    async def add(self, new: NewReply, match: str | None) -> tuple[Reply, str]:
        """Put a reply behind all others; the new one and the file's new version. ``Refused`` and ``BadInput``."""
        made: list[Reply] = []

        def edit(tree: CommentedMap, replies: list[Reply]) -> None:
            if len(replies) >= MAX_REPLIES:
                raise Refused(Code.CONFLICT, Why("full", most=MAX_REPLIES))
            taken = {reply.id for reply in replies}
            if new.id in taken:
                raise Refused(Code.CONFLICT, Why("taken", name=new.id or ""))
            reply = Reply(id=new.id or _free_id(new.title, taken), **_fields(new))
            _check_shortcut(reply, replies)
            entries = tree["replies"]
            tail = take_tail(entries[-1]) if entries else ""
            entries.fa.set_block_style()
            entries.append(CommentedMap({name: plain(value) for name, value in reply.model_dump().items() if value}))
            put_tail(entries[-1], tail)
            replies.append(reply)
            made.append(reply)

        version = await self._change(edit, match)
        return made[0], version

    async def put(self, reply_id: str, change: ReplyChange, match: str) -> tuple[Reply, str]:
        """Replace what a reply holds; it keeps its place. ``Refused`` and ``BadInput``."""
        made: list[Reply] = []

        def edit(tree: CommentedMap, replies: list[Reply]) -> None:
            place = _place(reply_id, replies)
            reply = Reply(id=reply_id, **_fields(change))
            _check_shortcut(reply, [*replies[:place], *replies[place + 1 :]])
            node, old = tree["replies"][place], replies[place]
            tail = take_tail(node)
            for name, value in reply.model_dump().items():
                if value == getattr(old, name):
                    continue
                if not value:
                    node.pop(name, None)
                elif name in _LISTS and isinstance(node.get(name), CommentedSeq):
                    set_items(node[name], value)
                else:
                    node[name] = plain(value)
            put_tail(node, tail)
            replies[place] = reply
            made.append(reply)

        version = await self._change(edit, match)
        return made[0], version

    async def remove(self, reply_id: str, match: str) -> None:
        """Take a reply out; comments between the others stay. ``Refused`` and ``BadInput``."""

        def edit(tree: CommentedMap, replies: list[Reply]) -> None:
            place = _place(reply_id, replies)
            remove_entry(tree, "replies", place)
            del replies[place]

        await self._change(edit, match)

    async def _change(self, edit: Edit, match: str | None) -> str:
        async with self._changing:
            shelf = await asyncio.to_thread(self._changed, edit, match)
            self._taken_up(shelf.book)
            return shelf.file.version

    def _read(self) -> Shelf:
        file = edited_yaml.read(self._path, DEFAULT_FILE)
        if self._known is None or self._known.file != file:
            self._known = Shelf(parse_replies(file.text, self._path.name), file)
        return self._known

    def _changed(self, edit: Edit, match: str | None) -> Shelf:
        book, file = self._read()
        if not matches(file.version, match):
            raise Refused(Code.CONFLICT)
        tree, replies = edited_yaml.load(file.text), list(book.replies)
        edit(tree, replies)
        try:
            wanted = ReplyBook(business=book.business, rules=book.rules, replies=tuple(replies))
        except ValidationError as error:
            raise Refused(Code.INVALID, faults=_faults(replies, book)) from error
        text = edited_yaml.dump(tree, file.text)
        if parse_replies(text, self._path.name) != wanted:
            # Written in a way that we would not give back as it was meant: better not at all.
            raise Refused(Code.CONFLICT, Why("file_changed", file=self._path.name))
        try:
            written = edited_yaml.write(self._path, text, file)
        except FileChanged:
            raise Refused(Code.CONFLICT) from None
        except OSError as error:
            raise Refused(Code.UNAVAILABLE) from error
        self._known = Shelf(wanted, written)
        return self._known


def _fields(change: ReplyChange) -> dict[str, object]:
    return change.model_dump(include={"title", "shortcut", "intents", "text", "examples"})


def _place(reply_id: str, replies: list[Reply]) -> int:
    for place, reply in enumerate(replies):
        if reply.id == reply_id:
            return place
    raise Refused(Code.NOT_FOUND)


def _check_shortcut(reply: Reply, others: list[Reply]) -> None:
    if reply.shortcut is not None and any(one.shortcut == reply.shortcut for one in others):
        raise Refused(Code.CONFLICT, Why("taken", name=reply.shortcut))


def _faults(replies: list[Reply], book: ReplyBook) -> list[Fault]:
    unknown = {name for reply in replies for name in variables_of(reply.text)} - set(book.variables)
    return [Fault(where="body.text", what="unknown variable") for _ in sorted(unknown)[:1]]


def _free_id(title: str, taken: set[str]) -> str:
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    wanted = "-".join(_WORDS.findall(folded))[:50].strip("-") or "resposta"
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free
