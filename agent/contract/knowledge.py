"""The business's knowledge base: its files, and what can be read in them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from agent.contract.base import Value
from agent.contract.written import Written

MAX_KNOWLEDGE = 700_000
"""Letters of a text, and bytes of a PDF: as much as a request may hold."""
ENDINGS = (".md", ".txt", ".csv", ".pdf")
_LETTERS = "A-Za-z0-9_À-ÖØ-öø-ɏ"
"""Those of Latin scripts, spelt out: what ``\\w`` stands for is not the same in every language."""
KNOWLEDGE_NAME = rf"^[{_LETTERS}][{_LETTERS} .()-]{{0,90}}\.(md|txt|csv|pdf)$"


class KnowledgeFile(Value):
    """One file."""

    name: str = Field(examples=["entrega.md"], description="With its folder where it lies in one.")
    size: int
    passages: int = Field(description="Parts that stand for themselves and can be found.")
    fault: str | None = Field(default=None, description="Why nothing can be read in it, in English.")


class KnowledgeBase(Value):
    """All of them."""

    items: tuple[KnowledgeFile, ...]
    editable: bool = Field(description="false: the settings name one file, which is changed by hand only.")


class KnowledgeText(Value):
    """A file's text."""

    name: str
    text: str | None = Field(description="null for a PDF.")


class NewKnowledge(Value):
    """What a file is to hold: a text, or the bytes of a PDF."""

    text: Annotated[Written, StringConstraints(min_length=1, max_length=MAX_KNOWLEDGE)] | None = None
    content: Annotated[Written, StringConstraints(min_length=4, max_length=MAX_KNOWLEDGE * 4 // 3 + 4)] | None = Field(
        default=None, description="Of a PDF, in base64."
    )
