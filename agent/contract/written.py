"""What other programs and people write into the API: texts that every database can keep."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

Written = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""Any text without the character NUL, which PostgreSQL refuses. Give it a ``max_length``."""

OneLine = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$")]
"""The same on one line."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _in_words(value: object) -> object:
    """A number, also as a text, would be taken for seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and not _DAY.match(value)):
        raise ValueError("no moment")
    return value


def _day_alone(value: object) -> object:
    """A moment at midnight would be taken for its day."""
    if not isinstance(value, str) or _DAY.fullmatch(value):
        return _in_words(value)
    raise ValueError("no day")


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside of the calendar") from error


AnyMoment = Annotated[AwareDatetime, BeforeValidator(_in_words)]
"""A moment to compare with, at the ends of the calendar too."""

Moment = Annotated[AnyMoment, AfterValidator(_utc)]
"""A moment, written with any time zone and kept in UTC."""

Day = Annotated[date, BeforeValidator(_day_alone)]
"""A day as ``YYYY-MM-DD``."""

LABEL = r"^[^\x00-\x20\x7f/](?:[^\x00-\x1f\x7f/]{0,58}[^\x00-\x20\x7f/])?$"
"""A word or a few, which can stand in a path: no control characters, no slash, no blank at its ends, 60 at most."""
