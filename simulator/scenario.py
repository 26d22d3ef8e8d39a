"""Scripted customers: who writes what, and when. One YAML file describes one business's afternoon.

Format (all times of the script in seconds from its beginning)::

    business: Loja Flor de Lis        # shown name
    slug: loja-de-roupas              # also the file's name
    own_name: Flor de Lis             # the push name that our own messages carry
    replies: loja-de-roupas           # folder in agent/analysis/corpus/businesses
    language: pt-BR                   # optional: pt-BR (default) or en
    chats:
      - id: ana                       # key inside the file
        title: Ana Beatriz            # a saved contact or a group
        history:                      # before the afternoon, oldest first; may be empty
          - {from: customer, text: "oi", minutes_ago: 1500}
          - {from: business, text: "Olá!", minutes_ago: 1490, status: read}
      - id: bia
        phone: "+55 11 98765-4321"    # an unsaved contact: the number is the title,
        push_name: Bia                # and this is the name that only the messages carry
      - id: turma
        title: Turma
        group: true
        members: [Carla, Davi]
    script:
      - {at: 4, chat: ana, text: "quanto custa o vestido?"}
      - {at: 9, chat: ana, kind: voice, seconds: 14}
      - {at: 12, chat: turma, author: Carla, text: "...", quote: {author: Davi, text: "..."}}

``kind`` is text (default), voice (``seconds``), image or video (``text`` is the caption), sticker, document
(``name``), contact (``name``), location or system. A script item may be ``from: business``: written on our own phone.
"""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from simulator.world import ChatSeed, Fact, Kind, Language, Message, Quote, Status

SCENARIOS = Path(__file__).parent / "scenarios"

_ID_FORMS = (("3A", 18), ("3EB0", 18), ("AC", 30), ("A5", 30))
"""Beginnings of message ids seen on the real page, and how many hex digits follow."""


class _Item(Fact):
    sender: Literal["customer", "business"] = Field(default="customer", alias="from")
    kind: Kind = "text"
    text: str = ""
    author: str | None = None
    quote: Quote | None = None
    seconds: int | None = Field(default=None, ge=1)
    name: str | None = None
    forwarded: bool | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "text" and not self.text:
            raise ValueError("a text needs a text")
        if self.kind == "voice" and self.seconds is None:
            raise ValueError("a voice note needs seconds")
        if self.kind == "document" and not self.name:
            raise ValueError("a document needs a name")
        return self


class HistoryItem(_Item):
    """A message from before the afternoon."""

    minutes_ago: float = Field(gt=0)
    status: Status = "read"
    """Of the business's own messages only."""


class ScriptItem(_Item):
    """A message of the afternoon."""

    at: float = Field(ge=0)
    chat: str


class ScenarioChat(Fact):
    """One chat: a saved contact, an unsaved one (``phone`` and ``push_name``) or a group."""

    id: str
    title: str | None = None
    phone: str | None = None
    push_name: str | None = None
    group: bool = False
    members: tuple[str, ...] = ()
    history: tuple[HistoryItem, ...] = ()

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.title is None and self.phone is None:
            raise ValueError(f"chat {self.id} needs a title or a phone")
        if self.group and not self.members:
            raise ValueError(f"group {self.id} needs members")
        return self

    @property
    def shown_title(self) -> str:
        """What the page calls the chat."""
        return self.title or self.phone or ""


class Scenario(Fact):
    """One business's afternoon."""

    business: str
    slug: str
    own_name: str
    replies: str
    language: Language = "pt-BR"
    chats: tuple[ScenarioChat, ...]
    script: tuple[ScriptItem, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        groups = {chat.id: chat.group for chat in self.chats}
        if len(groups) != len(self.chats):
            raise ValueError("two chats have the same id")
        for item in self.script:
            if item.chat not in groups:
                raise ValueError(f"script names an unknown chat: {item.chat}")
            if groups[item.chat] and item.sender == "customer" and item.author is None:
                raise ValueError(f"a message to the group {item.chat} at {item.at} needs an author")
        if any(before.at > after.at for before, after in zip(self.script, self.script[1:], strict=False)):
            raise ValueError("the script is not in order of time")
        return self

    @cached_property
    def seconds(self) -> float:
        """When the last message of the script is written."""
        return self.script[-1].at if self.script else 0.0

    def seeds(self, started_ms: float) -> tuple[ChatSeed, ...]:
        """The chats with their history, counted back from ``started_ms`` (milliseconds since the Unix epoch)."""
        return tuple(self._seed(chat, started_ms) for chat in self.chats)

    def _seed(self, chat: ScenarioChat, started_ms: float) -> ChatSeed:
        messages = tuple(
            _message(self._id(chat.id, "history", index), chat.id, item, started_ms - item.minutes_ago * 60_000)
            for index, item in enumerate(chat.history)
        )
        # A saved contact's number is nowhere on the page, but the older generation needs one for its row ids.
        digits = int(hashlib.sha256(f"{self.slug}/{chat.id}".encode()).hexdigest(), 16) % 10_000
        return ChatSeed(
            id=chat.id,
            title=chat.shown_title,
            group=chat.group,
            members=chat.members,
            phone=chat.phone or f"+55 11 90000-{digits:04d}",
            push_name=chat.push_name,
            messages=messages,
        )

    def message(self, index: int, at_ms: float) -> Message:
        """The script's message at ``index``, written at ``at_ms``. Its id is the same in every run."""
        item = self.script[index]
        return _message(self._id(item.chat, "script", index), item.chat, item, at_ms)

    def _id(self, chat: str, part: str, index: int) -> str:
        digest = hashlib.sha256(f"{self.slug}/{chat}/{part}/{index}".encode()).hexdigest().upper()
        prefix, digits = _ID_FORMS[int(digest[-2:], 16) % len(_ID_FORMS)]
        return prefix + digest[:digits]


def _message(message_id: str, chat: str, item: _Item, at_ms: float) -> Message:
    ours = item.sender == "business"
    status: Status | None = (item.status if isinstance(item, HistoryItem) else "delivered") if ours else None
    return Message(
        id=message_id,
        chat=chat,
        direction="none" if item.kind == "system" else "out" if ours else "in",
        kind=item.kind,
        text=item.text,
        at=at_ms,
        author=None if ours else item.author,
        status=status,
        quote=item.quote,
        seconds=item.seconds,
        name=item.name,
        forwarded=item.forwarded,
    )


def load(path: Path) -> Scenario:
    """Read one scenario. Raises ``pydantic.ValidationError`` with the place of every mistake."""
    return Scenario.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def load_named(slug: str) -> Scenario:
    """One of the scenarios that come with the stand-in. Raises ``FileNotFoundError``."""
    return load(SCENARIOS / f"{slug}.yaml")


def load_all() -> tuple[Scenario, ...]:
    """All scenarios that come with the stand-in, by slug."""
    return tuple(load(path) for path in sorted(SCENARIOS.glob("*.yaml")))
