"""What a listener of live events says. What it hears is told in docs/events.md."""

from pydantic import Field

from agent.contract.base import Value
from agent.contract.desk import MOST_ID


class Opening(Value):
    """The first message of a listener that could not say this when it connected; later ones bring a newer token."""

    access_token: str | None = Field(default=None, min_length=1, max_length=4096, alias="token")
    """Access token, API key or this machine's local token. Its own name is ``token``, which elsewhere is a number that
    may be logged."""
    after: int | None = Field(default=None, ge=0, le=MOST_ID)
    """Number of the last event that is known; None: from now on. Later messages leave it out."""
