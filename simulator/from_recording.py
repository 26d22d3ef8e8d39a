"""Makes a scenario of a recording's frame layer: the same chats, messages, times and changes, for the stand-in to play.

What the stand-in has no form for is counted in words and told: nothing is left out in silence, nothing is made up but
what a row cannot be drawn without (a voice note's length, a file's name), and that is told as well.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ValidationError

from agent.contract.rows import Direction, Kind, Row
from agent.errors import BadInput
from agent.recordings.file import FRAMES, Recording
from agent.recordings.lines import from_json
from simulator.recorded_chats import Chats, Later, Told, ToldChat
from simulator.scenario import MOST_S, Scenario
from simulator.scenario_file import first_mistake
from simulator.world import Language

_NOBODY = "?"
"""A group's author of whom the page did not tell the name."""
_FILE, _SECONDS = "arquivo", 1
_ENCRYPTED = re.compile(
    r"criptografia de ponta a ponta|end-to-end encrypt|cifrad\w+ de extremo a extremo", re.IGNORECASE
)
_UNTYPED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Nobody types these into the box."""
_FRAMES_TOLD = {
    "state": "screens of the page",
    "typing": "signs that a customer was typing: the stand-in makes its own",
    "offered": "cards of the agent: it will make its own",
    "painted": "paintings of a card",
    "picked": "picks of a suggestion: only what was sent of them is played",
    "dismissed": "cards that were closed",
    "inserted": "insertions into the box",
    "lost": "gaps in what the page told",
}
_QUIET = frozenset({"anchors", "pulse", "selectors", "echo", "fault"})
"""The machine's own frames: nothing of a conversation is in them."""


@dataclass(slots=True)
class Made:
    """A scenario and what is otherwise in it than in the recording, each in words with its number."""

    scenario: Scenario
    otherwise: dict[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """What is in it."""
        scenario = self.scenario
        return {
            "chats": len(scenario.chats),
            "messages_before": sum(len(chat.history) for chat in scenario.chats),
            "messages": len(scenario.script),
            "typed_by_the_attendant": sum(item.sender == "attendant" for item in scenario.script),
            "changes": len(scenario.changes),
            "openings": len(scenario.openings),
        }


def scenario_of(recording: Recording, name: str, replies: str) -> Made:
    """What the stand-in can play of a recording.

    Args:
        recording: opened; it must have a frame layer.
        name: what the business is called in the demo.
        replies: whose replies the agent suggests there, a folder of the corpus.

    Raises:
        BadInput: no message is in it, or a line is none of ours.
    """
    if not recording.has(FRAMES):
        raise BadInput(f"{recording.path} has no frame layer.", "`inspect-recording` says what it has.")
    chats = Chats(recording.manifest.zone)
    chats.read(from_json(raw) for raw in recording.frames())
    if not any(chat.messages for chat in chats.told.values()):
        raise BadInput(f"{recording.path} holds no message.", "Record while a chat is open.")
    return _Making(chats).made(name, replies)


class _Making:
    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._otherwise = Counter[str]()
        self._own = Counter[str]()

    def made(self, name: str, replies: str) -> Made:
        told = list(self._chats.told.values())
        parts = [_Chat(f"c{number}", chat, self._otherwise, self._own) for number, chat in enumerate(told, 1)]
        for part in parts:
            part.read()
        self._frames()
        script = [item for part in parts for item in part.script]
        values = {
            "business": name,
            "slug": "recording",
            "own_name": self._own.most_common(1)[0][0] if self._own else name,
            "replies": replies,
            "language": self._language(),
            "attendant": "script",
            "chats": [part.values() for part in parts],
            "script": sorted(script, key=_at),
            "changes": sorted((item for part in parts for item in part.changes), key=_at),
            "openings": sorted((item for part in parts for item in part.openings), key=_at),
        }
        try:
            return Made(Scenario.model_validate(values), dict(self._otherwise))
        except ValidationError as error:
            raise BadInput("The recording holds what no scenario can.", first_mistake(error) + ".") from error

    def _language(self) -> Language:
        lang = (self._chats.lang or "pt").lower()
        if lang[:2] not in ("pt", "en", "es"):
            self._otherwise[f"language of the page ({lang[:12]!a}): the stand-in speaks Portuguese"] += 1
        spoken: dict[str, Language] = {"en": "en", "es": "es"}
        return spoken.get(lang[:2], "pt-BR")

    def _frames(self) -> None:
        for kind, number in self._chats.kinds_of_frames.items():
            if kind not in _QUIET:
                self._otherwise[_FRAMES_TOLD.get(kind, f"{kind} frames")] += number


@dataclass(slots=True)
class _Chat:
    """One chat on its way into a scenario."""

    id: str
    told: ToldChat
    otherwise: Counter[str]
    own: Counter[str]
    history: list[dict[str, Any]] = field(default_factory=list)
    script: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    openings: list[dict[str, Any]] = field(default_factory=list)
    authors: Counter[str] = field(default_factory=Counter[str])

    def read(self) -> None:
        """Take all messages over, in the chat's order."""
        if not self.told.messages:
            self.otherwise["chats that nobody opened: they stand in the list, without their messages"] += 1
        first = self.told.messages[self.told.order[0]].row if self.told.order else None
        skipped = int(first is not None and first.kind is Kind.SYSTEM and bool(_ENCRYPTED.search(first.text or "")))
        if skipped:
            self.otherwise["notices of encryption at the top of a chat: the stand-in puts up its own"] += 1
        for number, message_id in enumerate(self.told.order[skipped:], 1):
            self._message(f"m{number}", self.told.messages[message_id])
        self.openings = [{"at": _rounded(at), "chat": self.id} for at in self.told.opened]

    def values(self) -> dict[str, Any]:
        """As a scenario has it."""
        chat: dict[str, Any] = {"id": self.id, "group": self.told.group, "history": self.history}
        if self.told.group:
            chat["members"] = list(self.authors) or [_NOBODY]
        if self.told.phone and not self.told.group:
            chat["phone"] = self.told.title
            chat["push_name"] = self.authors.most_common(1)[0][0] if self.authors else None
        else:
            chat["title"] = self.told.title
        return chat

    def _message(self, ref: str, told: Told) -> None:
        at = told.at if told.at is not None else -1.0
        if (side := self._side(told, live=at >= 0)) is None:
            return
        item = self._drawn(told.row, side)
        if item is None:
            return
        if at < 0:
            item["minutes_ago"] = round(min(max(-at / 60, 0.001), MOST_S / 60), 3)
            self.history.append(item)
        else:
            item |= {"at": _rounded(at), "chat": self.id}
            self.script.append(item)
        later = [change for one in told.later if (change := self._change(one, side)) is not None]
        if later:
            item["ref"] = ref
            self.changes += [{"chat": self.id, "of": ref, **change} for change in later]

    def _side(self, told: Told, *, live: bool) -> Literal["customer", "business", "attendant"] | None:
        row = told.row
        if row.direction is Direction.OUT:
            if row.author:
                self.own[row.author] += 1
            text = row.text or ""
            bare = row.kind is Kind.TEXT and text and not (row.quoted or row.forwarded or row.edited)
            typed = live and told.live and bare and text == text.strip() and not _UNTYPED.search(text)
            return "attendant" if typed else "business"
        if row.direction is Direction.IN:
            if row.author and not (self.told.phone and row.author == self.told.title):
                self.authors[row.author] += 1
            return "customer"
        if row.kind in (Kind.SYSTEM, Kind.CALL):
            return "customer"
        self.otherwise["messages of which the page did not tell who wrote them: left out"] += 1
        return None

    def _drawn(self, row: Row, side: str) -> dict[str, Any] | None:
        """What the stand-in draws of a row; None where it has nothing to draw."""
        kind, text = row.kind, row.text or ""
        if kind is Kind.UNKNOWN or (kind is Kind.TEXT and not text):
            if not text:
                self.otherwise["messages without a text, of a kind that the page did not tell: left out"] += 1
                return None
            self.otherwise["media of a kind that the page did not tell: only what was written under it is shown"] += 1
            kind = Kind.TEXT
        item: dict[str, Any] = {"from": side, "kind": kind.value, "text": text}
        if side == "customer" and self.told.group and kind is not Kind.SYSTEM:
            item["author"] = row.author or _NOBODY
            if not row.author:
                self.otherwise[f"messages of a group whose writer the page did not tell: '{_NOBODY}' writes them"] += 1
        if side == "business" and row.status is not None:
            item["status"] = row.status.value
        self._marks(row, item)
        self._invented(row, item)
        return item

    def _marks(self, row: Row, item: dict[str, Any]) -> None:
        if row.quoted is not None and row.quoted.text and row.quoted.author:
            item["quote"] = {"author": row.quoted.author, "text": row.quoted.text}
        elif row.quoted is not None:
            self.otherwise["quotes of which the page showed only a part: left out"] += 1
        if row.edited:
            item["edited"] = True
        if row.forwarded:
            item["forwarded"] = True
        if row.reactions:
            item["reactions"] = list(row.reactions)
        if row.truncated:
            self.otherwise["long messages of which the page showed the beginning: that is what is shown"] += 1

    def _invented(self, row: Row, item: dict[str, Any]) -> None:
        """A row of these kinds cannot be drawn without something that no recording holds."""
        if row.kind is Kind.VOICE:
            item["seconds"] = _SECONDS
            self.otherwise[f"voice notes: how long they are is not recorded, {_SECONDS} second is shown"] += 1
        elif row.kind is Kind.DOCUMENT:
            item["name"] = row.file_name or _FILE
            if not row.file_name:
                self.otherwise[f"files whose name is not recorded: '{_FILE}' is shown"] += 1
        elif row.kind is Kind.POLL:
            self.otherwise["polls: what they ask between is not recorded"] += 1
        elif row.kind is Kind.CALL:
            self.otherwise["calls: shown with the page's own words"] += 1
        elif row.kind is Kind.CONTACT:
            self.otherwise["contact cards: whose they are is not recorded"] += 1

    def _change(self, later: Later, side: str) -> dict[str, Any] | None:
        row, at = later.row, _rounded(max(later.at, 0.0))
        match later.what:
            case "edit" | "decrypt":
                return {"at": at, "change": later.what, "text": row.text or ""}
            case "delete":
                return {"at": at, "change": "delete"}
            case "react":
                if len(row.reactions) > 1:
                    self.otherwise["reactions beside the first one, put on a message later: left out"] += 1
                return {"at": at, "change": "react", "text": row.reactions[0] if row.reactions else ""}
            case "status":
                if side != "business" or row.status is None:
                    self.otherwise["ticks of what the attendant types: the stand-in makes its own"] += 1
                    return None
                return {"at": at, "change": "status", "status": row.status.value}
            case _:
                self.otherwise["changes of a message other than those that people make: left out"] += 1
                return None


def _rounded(at: float) -> float:
    return round(min(max(at, 0.0), MOST_S), 3)


def _at(item: dict[str, Any]) -> float:
    at: float = item["at"]
    return at
