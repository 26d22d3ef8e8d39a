"""What the window says, in three languages, side by side: a file for each room of the window."""

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

    def __init__(self, language: Language) -> None:
        self.language: Language = language
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
