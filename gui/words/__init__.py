"""What the window says, in three languages, side by side: a file for each room of the window."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml

Language = Literal["pt-BR", "en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_COLUMNS = ("pt", "en", "es")
"""As the files name them, in the same order."""


class Words:
    """The texts of one language."""

    def __init__(self, language: Language, titles: Mapping[str, str] | None = None) -> None:
        """``titles``: what the company calls its own intents, by name."""
        self.language: Language = language
        self.titles: Mapping[str, str] = titles or {}
        self._column = LANGUAGES.index(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text for ``room.name``, filled; a text for one and for many where ``n`` is given.

        Raises:
            KeyError: Nobody wrote it.
        """
        written = _catalogue()[key][self._column]
        one, _, many = written.partition(" | ")
        chosen = many if many and values.get("n") != 1 else one
        return chosen.format_map(values) if values else chosen

    def has(self, key: str) -> bool:
        """Whether somebody wrote it: labels that the agent makes up may be newer than this window."""
        return key in _catalogue()

    def fault(self, what: str) -> str:
        """What the agent found wrong with a value, named by its kind."""
        return self(f"fault.{what}") if self.has(f"fault.{what}") else self("fault.other")

    def figure(self, value: float) -> str:
        """A number as it is typed."""
        return f"{value:g}" if self.language == "en" else f"{value:g}".replace(".", ",")

    def day(self, at: date | None) -> str:
        """A day with its year; of a moment, the one that it is here."""
        if at is None:
            return "–"
        here = at.astimezone() if isinstance(at, datetime) else at
        return here.strftime("%Y-%m-%d" if self.language == "en" else "%d/%m/%Y")

    def moment(self, at: datetime) -> str:
        """A day with its year, and the time of the day here."""
        return f"{self.day(at)} {at.astimezone():%H:%M}"

    def intent(self, name: str) -> str:
        """What an intent is called: by the company, else in this language."""
        return self.titles.get(name) or self.label("intent", name)

    def label(self, room: str, name: str) -> str:
        """The text for one of the agent's labels, else the label itself."""
        key = f"{room}.{name}"
        return self(key) if self.has(key) else name.replace("_", " ").replace(".", " ")


@cache
def _catalogue() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".yaml"):
            continue
        for name, texts in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader).items():
            found[f"{file.name.removesuffix('.yaml')}.{name}"] = tuple(texts[column] for column in _COLUMNS)
    return found


def keys() -> frozenset[str]:
    """Every key that somebody wrote."""
    return frozenset(_catalogue())
