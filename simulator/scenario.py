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
(``name``), contact (``name``), location, system and what else ``world.Kind`` lists. A script item may be
``from: business``: written on our own phone.

An afternoon that is told to the end, as one made of a recording is, has ``attendant: script``: the attendant writes
what the script says, and nothing by habit. Three things serve it; a message that is spoken of later has a ``ref``::

    attendant: script
    script:
      - {at: 15, chat: ana, from: attendant, text: "R$ 129,90", ref: m7}   # typed on the page and sent
    changes:
      - {at: 20, chat: ana, of: m7, change: edit, text: "R$ 119,90"}       # or delete, decrypt, react, status
    openings:
      - {at: 14, chat: ana}                                                # the attendant opens the chat
"""

import hashlib
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from simulator.world import ChatSeed, Fact, Kind, Language, Message, Quote, Status

SCENARIOS = Path(__file__).parent / "scenarios"

_ID_FORMS = (("3A", 18), ("3EB0", 18), ("AC", 30), ("A5", 30))
"""Beginnings of message ids seen on the real page, and how many hex digits follow."""


MOST_S = 50 * 366 * 24 * 3600.0
"""A made script may hold years."""
ChangeName = Literal["edit", "delete", "decrypt", "react", "status"]


class _Item(Fact):
    sender: Literal["customer", "business", "attendant"] = Field(default="customer", alias="from")
    kind: Kind = "text"
    text: str = ""
    author: str | None = None
    quote: Quote | None = None
    seconds: int | None = Field(default=None, ge=1)
    name: str | None = None
    forwarded: bool | None = None
    edited: bool | None = None
    reactions: tuple[str, ...] | None = None
    ref: str | None = None
    """What ``changes`` call it."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "text" and not self.text:
            raise ValueError("a text needs a text")
        if self.kind == "voice" and self.seconds is None:
            raise ValueError("a voice note needs seconds")
        if self.kind == "document" and not self.name:
            raise ValueError("a document needs a name")
        if self.sender == "attendant" and (self.kind != "text" or self.quote or self.forwarded or self.edited):
            raise ValueError("an attendant types texts alone")
        if self.sender == "attendant" and self.text != self.text.strip():
            raise ValueError("what an attendant types neither begins nor ends with a blank")
        return self


class HistoryItem(_Item):
    """A message from before the afternoon."""

    minutes_ago: float = Field(gt=0, le=MOST_S / 60)
    status: Status = "read"
    """Of the business's own messages only."""

    @model_validator(mode="after")
    def _over(self) -> Self:
        if self.sender == "attendant":
            raise ValueError("before the afternoon there is no attendant: it is from business")
        return self


class ScriptItem(_Item):
    """A message of the afternoon."""

    at: float = Field(ge=0, le=MOST_S)
    chat: str
    status: Status = "delivered"
    """Of what is written on the business's own phone."""


class ChangeItem(Fact):
    """What becomes of a message later."""

    at: float = Field(ge=0, le=MOST_S)
    chat: str
    of: str
    """The message's ``ref``."""
    change: ChangeName
    text: str = ""
    """The new text (``edit``, ``decrypt``), or the emoji (``react``; empty takes it away)."""
    status: Status = "read"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.change in ("edit", "decrypt") and not self.text:
            raise ValueError("a new text needs a text")
        return self


class OpeningItem(Fact):
    """The attendant opens a chat."""

    at: float = Field(ge=0, le=MOST_S)
    chat: str


class ScenarioChat(Fact):
    """One chat: a saved contact, an unsaved one (``phone`` and ``push_name``) or a group."""

    id: str
    title: str | None = Field(default=None, min_length=1, max_length=1000)
    phone: str | None = Field(default=None, min_length=1, max_length=40)
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
    replies: str = Field(pattern=r"^[a-z0-9-]{1,60}$")
    language: Language = "pt-BR"
    attendant: Literal["habits", "script"] = "habits"
    """Who answers: the attendant as attendants do, or as the script has it."""
    chats: tuple[ScenarioChat, ...]
    script: tuple[ScriptItem, ...]
    changes: tuple[ChangeItem, ...] = ()
    openings: tuple[OpeningItem, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        groups = {chat.id: chat.group for chat in self.chats}
        if len(groups) != len(self.chats):
            raise ValueError("two chats have the same id")
        for item in self.script:
            if item.chat not in groups:
                raise ValueError(f"script names an unknown chat: {item.chat}")
            if groups[item.chat] and item.sender == "customer" and item.author is None and item.kind != "system":
                raise ValueError(f"a message to the group {item.chat} at {item.at} needs an author")
        if any(before.at > after.at for before, after in zip(self.script, self.script[1:], strict=False)):
            raise ValueError("the script is not in order of time")
        if self.attendant == "habits" and any(item.sender == "attendant" for item in self.script):
            raise ValueError("what the attendant writes needs 'attendant: script'")
        if self.attendant == "script" and len({chat.shown_title for chat in self.chats}) != len(self.chats):
            raise ValueError("two chats have the same title, so the attendant could not tell them apart")
        self._check_later(groups)
        return self

    def _check_later(self, chats: Collection[str]) -> None:
        said = [(chat.id, item.ref, 0.0) for chat in self.chats for item in chat.history]
        said += [(item.chat, item.ref, item.at) for item in self.script]
        named = {(chat, ref): at for chat, ref, at in said if ref is not None}
        if len(named) != sum(ref is not None for _, ref, _ in said):
            raise ValueError("two messages have the same ref")
        for change in self.changes:
            if (change.chat, change.of) not in named:
                raise ValueError(f"changes names an unknown message: {change.of} of {change.chat}")
            if change.at < named[change.chat, change.of]:
                raise ValueError(f"{change.of} of {change.chat} changes before it is written")
        for opening in self.openings:
            if opening.chat not in chats:
                raise ValueError(f"openings names an unknown chat: {opening.chat}")

    @cached_property
    def seconds(self) -> float:
        """When the last thing of the script happens."""
        items: tuple[ScriptItem | ChangeItem | OpeningItem, ...] = (*self.script, *self.changes, *self.openings)
        return max((item.at for item in items), default=0.0)

    @cached_property
    def refs(self) -> dict[tuple[str, str], str]:
        """The id of each message that has a ``ref``, by chat and ``ref``. What is typed gets its id from the page."""
        found = {
            (chat.id, item.ref): self._id(chat.id, "history", index)
            for chat in self.chats
            for index, item in enumerate(chat.history)
            if item.ref is not None
        }
        script = enumerate(self.script)
        return found | {(i.chat, i.ref): self._id(i.chat, "script", n) for n, i in script if i.ref is not None}

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
    ours = item.sender != "customer"
    status: Status | None = item.status if ours and isinstance(item, HistoryItem | ScriptItem) else None
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
        edited=item.edited,
        forwarded=item.forwarded,
        reactions=item.reactions,
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
