"""Numbers in what other programs send: no text is taken for one, and 3.0 is a whole number, as JSON Schema has it."""

from pydantic import BeforeValidator, Field


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = (Field(strict=True), BeforeValidator(_whole))
"""Behind the limits of an annotation, or the JSON Schema loses them: ``Annotated[int, Field(ge=1), *WHOLE]``."""
