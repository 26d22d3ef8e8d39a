"""Versions of files that may be edited by hand too: ETag and If-Match."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header

_SEEN = Header(
    alias="If-Match",
    min_length=1,
    max_length=200,
    pattern=r'^[A-Za-z0-9_"*/, -]+$',
    description="The ETag of what was read: a file that was changed since is left alone (409). * changes it anyway.",
)
Seen = Annotated[str, _SEEN]
SeenOrNot = Annotated[str | None, _SEEN]

ETAG: dict[str, Any] = {
    "headers": {"ETag": {"description": "Version of the file, for If-Match.", "schema": {"type": "string"}}}
}
"""For the description of an answer."""


def etag(version: str) -> Mapping[str, str]:
    """The header that goes with a version."""
    return {"ETag": f'"{version}"'}


def matches(version: str, seen: str | None) -> bool:
    """Whether a file of this version may be changed by somebody who has seen that."""
    if seen is None or seen.strip() == "*":
        return True
    return version in {part.strip().removeprefix("W/").strip('"') for part in seen.split(",")}
