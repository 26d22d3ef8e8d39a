"""The company's own stages: where a conversation stands on its way, as long as nothing has come of it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from agent.contract.base import Value
from agent.contract.numbers import WHOLE
from agent.contract.replies import UNSEEN

MAX_STAGES = 12
"""More do not fit side by side on any screen."""
MAX_NAME = 40

StageName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_NAME, pattern=rf"^[^\s{UNSEEN}]([^{UNSEEN}]*[^\s{UNSEEN}])?$"),
    Field(examples=["Orçamento enviado"]),
]


class Stage(Value):
    """A stage of the company's own."""

    id: int
    """Stays the same whatever the stage is called, and is never given again."""
    name: str = Field(examples=["Orçamento enviado"])
    conversations: int
    """How many open conversations stand in it."""


class NewStage(Value):
    """A stage to be added, behind all others."""

    name: StageName


class StageChange(Value):
    """What is to be changed of a stage. What is left out stays as it is."""

    name: StageName | None = Field(default=None, description="null: as it is.")
    place: Annotated[int, Field(ge=0, lt=MAX_STAGES), *WHOLE] | None = Field(
        default=None, description="0: before all others; behind all: any larger one. null: as it is."
    )


class StageRemoved(Value):
    """What became of the conversations of a stage that was removed."""

    moved: int
    """So many stand in the next stage now, or are open without one."""
    to: int | None
    """That stage; None: none."""
