"""The labelled messages, and how well the rules do on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from agent.shield import read_signs

FILE = Path(__file__).parent / "cares.yaml"
HARMLESS = "harmless"


class Labelled(NamedTuple):
    part: str
    label: str
    text: str


class Score(NamedTuple):
    right: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def labelled() -> Iterator[Labelled]:
    for part, labels in yaml.safe_load(FILE.read_text("utf-8")).items():
        for label, texts in labels.items():
            for text in texts:
                yield Labelled(part, label, str(text))


def said(text: str) -> set[str]:
    return {sign.value for sign, _ in read_signs(text).found}


def score(part: str, label: str | None = None) -> Score:
    """Of one label, or of all together."""
    right = missed = wrong = 0
    for one in labelled():
        if one.part != part:
            continue
        found = said(one.text) if label is None else said(one.text) & {label}
        expected = {one.label} - {HARMLESS} if label is None else {one.label} & {label}
        right += len(found & expected)
        missed += len(expected - found)
        wrong += len(found - expected)
    return Score(right, missed, wrong)
