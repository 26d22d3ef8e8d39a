"""The one base class of all contract values."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value. Unknown keys are errors: what the page sends is parsed, never trusted."""

    model_config = ConfigDict(frozen=True, extra="forbid")
