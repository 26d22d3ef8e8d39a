"""Lines of the agent's own log."""

from typing import Literal

from pydantic import AwareDatetime, Field, JsonValue

from agent.contract.base import Value

LogLevel = Literal["debug", "info", "warning", "error", "critical"]


class LogLine(Value):
    """One line. It holds no text of a message and no name of a person: those are hidden before it is written."""

    at: AwareDatetime | None = Field(description="null where the line cannot be read.")
    level: str = Field(examples=["warning"])
    logger: str = Field(examples=["agent.lifeline"])
    event: str = Field(examples=["capture is blind"], description="A fixed text of the program.")
    data: dict[str, JsonValue] = Field(
        examples=[{"level": "blind", "reason": "silent"}], description="Everything else that the line says."
    )


class LogPage(Value):
    """Lines of the log, the newest first."""

    items: tuple[LogLine, ...]
    cursor: str | None = Field(
        description="For older lines; null when there are none. A page may be empty and have one."
    )
    newest: str | None = Field(description="To ask with as 'after', for what is written from now on.")
