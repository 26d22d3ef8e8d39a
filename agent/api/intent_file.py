"""The business's own intents for the API: the file, changed as the replies' is, and what is learned from it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from agent.analysis.reading.intents_file import OwnIntent, OwnIntents, parse_own_intents
from agent.api import edited_yaml
from agent.api.edited_yaml import FileChanged, FileText, plain, put_tail, set_items, take_tail
from agent.api.problems import Code, Refused, Why
from agent.api.versions import matches
from agent.contract.intents import MAX_INTENTS, IntentChange, Version
from agent.errors import BadInput

Train = Callable[[Sequence[tuple[str, str]]], Awaitable[tuple[Version, bool] | None]]
"""Learns from the file and these corrections: the version and whether it is new; None where there is nothing."""


class IntentFile:
    """One for the application: its changes come one after another."""

    def __init__(self, profile: Path, train: Train | None = None, taken_up: Callable[[], None] = lambda: None) -> None:
        """``train``: None does it here. ``taken_up``: told when another version is to be used; returns at once."""
        self.profile = profile
        self.train = train or self._train_here
        self._path, self._taken_up = profile / "intents.yaml", taken_up
        self._changing = asyncio.Lock()

    async def read(self) -> tuple[OwnIntents, str]:
        """What is in the file now, and its version. ``BadInput``: it was edited by hand and cannot be used."""
        own, file = await asyncio.to_thread(self._read)
        return own, file.version

    async def put(self, name: str, change: IntentChange, match: str | None) -> str:
        """Add an intent, or replace what it holds; the file's new version. ``Refused`` and ``BadInput``."""
        made = OwnIntent(title=change.title, examples=tuple(dict.fromkeys(change.examples)))

        def edit(tree: CommentedMap, intents: dict[str, OwnIntent]) -> None:
            if name not in intents and len(intents) >= MAX_INTENTS:
                raise Refused(Code.CONFLICT, Why("full", most=MAX_INTENTS))
            entries = _entries(tree)
            if name in intents:
                node = entries[name]
                tail = take_tail(node)
                if made.title != intents[name].title:
                    node["title"] = plain(made.title)
                if made.examples != intents[name].examples:
                    set_items(node["examples"], made.examples)
            else:
                tail = take_tail(entries) if entries else ""
                examples = CommentedSeq(plain(one) for one in made.examples)
                node = CommentedMap({"title": plain(made.title), "examples": examples})
                entries[name] = node
            put_tail(node, tail)
            intents[name] = made

        return await self._change(edit, match)

    async def remove(self, name: str, match: str | None) -> str:
        """Take an intent out. ``Refused`` and ``BadInput``."""

        def edit(tree: CommentedMap, intents: dict[str, OwnIntent]) -> None:
            if name not in intents:
                raise Refused(Code.NOT_FOUND)
            del _entries(tree)[name]
            del intents[name]

        return await self._change(edit, match)

    async def versions(self) -> tuple[tuple[Version, ...], int | None]:
        """All that were learned, the newest first, and the number of the one in use."""
        from agent.analysis.reading.own_intents import Versions

        kept = Versions(self.profile / "intents")
        return tuple(reversed(await asyncio.to_thread(kept.all))), kept.number()

    async def use(self, number: int | None) -> None:
        """Use a version from now on; None: the built-in intents alone. ``Refused``: there is none of that number."""
        from agent.analysis.reading.own_intents import Versions

        try:
            await asyncio.to_thread(Versions(self.profile / "intents").use, number)
        except BadInput as error:
            raise Refused(Code.NOT_FOUND) from error
        self._taken_up()

    async def _train_here(self, corrections: Sequence[tuple[str, str]]) -> tuple[Version, bool] | None:
        # scikit-learn takes a second to import: not while the agent starts.
        from agent.analysis.reading.classify import Classifier
        from agent.analysis.reading.own_intents import train

        def work() -> tuple[Version, bool] | None:
            return train(self.profile, corrections, Classifier.shipped(None), None, datetime.now(UTC))

        return await asyncio.to_thread(work)

    async def _change(self, edit: Callable[[CommentedMap, dict[str, OwnIntent]], None], match: str | None) -> str:
        async with self._changing:
            return await asyncio.to_thread(self._changed, edit, match)

    def _read(self) -> tuple[OwnIntents, FileText]:
        file = edited_yaml.read(self._path)
        return parse_own_intents(file.text, self._path.name), file

    def _changed(self, edit: Callable[[CommentedMap, dict[str, OwnIntent]], None], match: str | None) -> str:
        own, file = self._read()
        if not matches(file.version, match):
            raise Refused(Code.CONFLICT)
        tree, intents = edited_yaml.load(file.text), dict(own.intents)
        edit(tree, intents)
        text = edited_yaml.dump(tree, file.text)
        if parse_own_intents(text, self._path.name) != OwnIntents(intents=intents):
            # Written in a way that we would not give back as it was meant: better not at all.
            raise Refused(Code.CONFLICT, Why("file_changed", file=self._path.name))
        try:
            return edited_yaml.write(self._path, text, file).version
        except FileChanged:
            raise Refused(Code.CONFLICT) from None
        except OSError as error:
            raise Refused(Code.UNAVAILABLE) from error


def _entries(tree: CommentedMap) -> CommentedMap:
    if not tree.get("intents"):
        tree["intents"] = CommentedMap()
    entries: CommentedMap = tree["intents"]
    return entries
