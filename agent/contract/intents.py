"""A business's own intents: the examples that they are learned from, and what was learned, version by version."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from agent.contract.base import Value
from agent.contract.replies import UNSEEN, Example

MAX_INTENTS, MAX_EXAMPLES = 100, 300

_LINE_OR_NONE = rf"^([^\s{UNSEEN}]([^{UNSEEN}]*[^\s{UNSEEN}])?)?$"
IntentTitle = Annotated[str, StringConstraints(max_length=60, pattern=_LINE_OR_NONE)]


class Version(Value):
    """One set of intents that was fitted."""

    number: int
    version: str
    at: datetime
    examples: int
    accuracy_before: float | None
    """Of the general classifier on the business's examples; None where they were learned from alone."""
    accuracy_after: float
    """Of this version, each example read by a classifier that had not seen it."""
    without_general: tuple[str, ...]
    """Built-in intents that the business's own examples replace."""


class IntentChange(Value):
    """What an intent is to hold."""

    title: IntentTitle = Field(
        default="", examples=["Troca de óleo"], description="As shown to people; the name where it is empty."
    )
    examples: tuple[Example, ...] = Field(
        min_length=1, max_length=MAX_EXAMPLES, examples=[["quero trocar o óleo"]], description="What customers write."
    )


class OwnIntentEntry(Value):
    """One intent of the business, as it stands in the file."""

    name: str = Field(examples=["oil_change"], description="A built-in intent's name adds examples to that one.")
    title: str
    examples: tuple[str, ...]
    built_in: bool


class IntentTitles(Value):
    """What the company calls its own intents."""

    titles: dict[str, str] = Field(examples=[{"troca_de_oleo": "Troca de óleo"}], description="By name.")


class IntentShelf(Value):
    """The business's own intents and what was learned from them."""

    items: tuple[OwnIntentEntry, ...]
    corrections: int = Field(description="Messages of which a person said what they wanted: they are learned too.")
    in_use: int | None = Field(description="Number of the version in use; null: the built-in intents alone.")
    versions: tuple[Version, ...] = Field(description="The newest first.")


class Training(Value):
    """What came of learning."""

    version: Version
    new: bool = Field(description="false: the same examples were learned before, and that version is used again.")
