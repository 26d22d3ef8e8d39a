"""The corpus's dialogues: what customers and attendants said in turn, with what was used to answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, TypeAdapter

from agent.contract.analysis import Sentiment, Turn
from agent.contract.base import Value

CORPUS = Path(__file__).parent / "corpus"
BUSINESSES = CORPUS / "businesses"
TRAINING = CORPUS / "dialogues"
HELD = CORPUS / "evaluation" / "dialogues"
"""Never trained on. A few thresholds of silence were set with its figures in view: see the data card."""


class CustomerTurn(Value):
    """What the customer wrote, labelled in its context."""

    role: Literal["customer"] = Field(default="customer", alias="from")
    text: str
    intent: str
    sentiment: Sentiment


class AttendantTurn(Value):
    """What the attendant answered."""

    role: Literal["attendant"] = Field(default="attendant", alias="from")
    text: str
    replies: tuple[str, ...] = ()
    """Canned replies: first the one that was used, then those that are as right; empty for a text of their own."""
    passages: tuple[str, ...] = ()
    """Passages of the knowledge base that hold the answer's facts."""
    witnessed: bool = False
    """States what only a person there can know: that somebody was told, an hour is free, a parcel has left. A draft
    that says so has made it up."""


AnyTurn = Annotated[CustomerTurn | AttendantTurn, Field(discriminator="role")]


class Dialogue(Value):
    """One conversation with one business."""

    id: str
    business: str
    """Slug: a folder of ``BUSINESSES``."""
    customer: str
    turns: tuple[AnyTurn, ...]

    def exchanges(self) -> Iterator["Exchange"]:
        """Every customer's turn that the attendant answered, in order."""
        for n in range(len(self.turns) - 1):
            asked, answer = self.turns[n], self.turns[n + 1]
            if isinstance(asked, CustomerTurn) and isinstance(answer, AttendantTurn):
                yield Exchange(dialogue=self, number=n, asked=asked, answer=answer)


class Exchange(Value):
    """One question and its answer inside a dialogue."""

    dialogue: Dialogue
    number: int
    """Index of the question among the dialogue's turns."""
    asked: CustomerTurn
    answer: AttendantTurn

    @property
    def context(self) -> tuple[Turn, ...]:
        """What was said before the question, oldest first."""
        before = self.dialogue.turns[: self.number]
        return tuple(Turn(out=isinstance(turn, AttendantTurn), text=turn.text) for turn in before)


_FILE = TypeAdapter(list[Dialogue])


def load_dialogues(folder: Path) -> list[Dialogue]:
    """All dialogues of ``TRAINING`` or ``HELD``, by business, in the order of the files."""
    found: list[Dialogue] = []
    for path in sorted(folder.glob("*.yaml")):
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        raw = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
        found += _FILE.validate_python([{"business": path.stem, **dialogue} for dialogue in raw])
    return found
