"""What the window says: each text in three languages, none missing, none left over."""

import re
from string import Formatter
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gui.words import LANGUAGES, Words, keys
from tests.structure.sources import texts

SOURCES = {path: text for path, text in texts("gui/", suffixes=(".py",))}  # noqa: C416 (a generator)
ALL = "\n".join(SOURCES.values())
SAID = set(re.findall(r'"([a-z_]+\.[a-z][a-z0-9_.]*)"', ALL))
ROOMS = {key.partition(".")[0] for key in keys()}
MADE_UP = {"intent", "event", "sentiment", "life", "reason", "setting", "fault"}
"""Labels of the agent's own: the contract's tests hold them complete."""


def fields(text: str) -> list[set[str]]:
    return [{name for _, name, _, _ in Formatter().parse(form) if name} for form in text.split(" | ")]


def raw(key: str, language: str) -> str:
    from gui import words

    return words._catalogue()[key][LANGUAGES.index(language)]


@pytest.mark.parametrize("path", sorted(SOURCES))
def test_every_text_that_is_asked_for_is_there(path: str) -> None:
    asked = set(re.findall(r'words\(\s*"([a-z_]+\.[a-z][a-z0-9_.]*)"', SOURCES[path]))
    assert asked <= keys()


def test_every_text_is_asked_for() -> None:
    literal = set(re.findall(r"""["'{.]([a-z][a-z0-9_]*)["'}]""", ALL)) | set(re.findall(r"[a-z][a-z0-9_]+", ALL))
    unused = {
        key for key in keys() - SAID if key.partition(".")[0] not in MADE_UP and key.partition(".")[2] not in literal
    }
    made_of_parts = set(re.findall(r'"([a-z_]+)\.([a-z0-9_]*)\{', ALL))
    begins = {f"{room}.{begin}" for room, begin in made_of_parts}
    assert {key for key in unused if not any(key.startswith(begin) for begin in begins)} == set()


def faults(key: str) -> list[str]:
    said = [raw(key, language) for language in LANGUAGES]
    wanted = set[str]().union(*fields(said[0]))
    same = all(set[str]().union(*fields(text)) == wanted for text in said)
    forms = {len(fields(text)) for text in said}
    wrong = {"empty": not all(map(str.strip, said)), "other values": not same, "one and many": len(forms) != 1}
    return [name for name, is_wrong in wrong.items() if is_wrong]


def test_the_languages_say_the_same_with_the_same_values() -> None:
    assert {key: wrong for key in sorted(keys()) if (wrong := faults(key))} == {}


class Every(BaseModel):
    """A value for each kind of fault that a setting or a form may have."""

    model_config = ConfigDict(extra="forbid")

    whole: int = Field(ge=1, le=9)
    other: float = Field(gt=1, lt=9)
    text: str = Field(min_length=2, max_length=3, pattern="^a")
    some: list[str] = Field(min_length=1, max_length=2)
    flag: bool
    kind: Literal["a", "b"]


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"whole": 0, "other": 1, "text": "a", "some": [], "flag": "so", "kind": "c", "new": 1},
        {"whole": 10, "other": 9, "text": "aaaa", "some": ["a"] * 3, "flag": 7, "kind": 1},
        {"whole": "x", "other": "x", "text": 3, "some": [1], "flag": None, "kind": None},
        {"whole": None, "other": None, "text": "bb", "some": ["a"], "flag": True, "kind": "a"},
    ],
)  # fmt: skip
def test_every_kind_of_fault_is_said_in_words(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as told:
        Every.model_validate(wrong)
    kinds = {str(one["type"]) for one in told.value.errors()}
    assert {kind for kind in kinds if f"fault.{kind}" not in keys()} == set()
    assert Words("pt-BR").fault("something_of_tomorrow") == "não é aceito"


def test_one_and_many() -> None:
    words = Words("pt-BR")
    assert words("frame.days", n=1) == "1 dia"
    assert words("frame.days", n=3) == "3 dias"
    assert words.label("intent", "price") == "Preço"
    assert words.label("intent", "orcamento_de_festa") == "orcamento de festa"
