"""Lists in pages, by cursor: what follows is stable whatever has come in since."""

from typing import Annotated, Generic, TypeVar

from fastapi import Query

from agent.contract.base import Value

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="So many at most.")]
Cursor = Annotated[
    str | None, Query(max_length=200, pattern=r"^[A-Za-z0-9_.:-]+$", description="Of an earlier page: what follows it.")
]


NumberCursor = Annotated[
    str | None, Query(pattern=r"^[1-9][0-9]{0,17}$", description="Of an earlier page: what follows it.")
]
"""Of a list that goes by numbers."""


class Page(Value, Generic[Item]):
    """A page of a list."""

    items: tuple[Item, ...]
    cursor: str | None = None
    """For the next page; None when this is the last one."""


def number_of(cursor: str | None) -> int | None:
    """The number in a ``NumberCursor``."""
    return None if cursor is None else int(cursor)
