"""Puts a text otherwise, or explains a conversation: the request, what the model is handed, and what is shown of it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from agent.analysis.drafting.assignment import Assignment
from agent.analysis.drafting.faithful import Faithful
from agent.analysis.drafting.prompt import CLOSE, OPEN
from agent.analysis.drafting.tasks import about, told
from agent.analysis.drafting.writer import Stopped, Writer
from agent.analysis.guarding.language import chat_languages
from agent.analysis.guarding.visible import without_hidden
from agent.contract.rows import Direction
from agent.contract.stored import StoredMessage
from agent.contract.workplace import LONGEST_REWRITTEN, Language, Task

_MAX_TALK_CHARS = 4_000
_MAX_TURN_CHARS = 400
_LOOK_EVERY = 6
"""So many tokens between two looks at what a growing text says."""

_ABOUT_THE_TALK = frozenset({Task.SUMMARY, Task.WAITING})
_SAYS_SO = re.compile(
    r"^\s*(?:resultado|texto(?: (?:reescrito|corrigido|formal|curto))?|tradu[cç][aã]o|resumo|translation)"
    r"\s*:\s*",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'"}
_OPENING = "".join(_QUOTES)
_PLAIN_SIGN = re.compile(r"[ \n!\"$%&'()+,\-./0-9:;?@A-Z_a-z=#ªº°’‘“”–—…•€À-ÖØ-öø-ſ\u200D\uFE0F\u2600-\u27BF"
                         r"\U0001F1E6-\U0001F1FF\U0001F300-\U0001FAFF]*")  # fmt: skip
"""What prompts/plain.gbnf lets pass. A text with other signs (``*bold*``) may keep them."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person wants."""

    task: Task
    text: str
    """What is to be put otherwise; empty where it is about the conversation."""
    turns: tuple[StoredMessage, ...]
    """The conversation, oldest first."""
    language: Language
    """Of translations and explanations."""


def request_of(task: Task, text: str | None, turns: Sequence[StoredMessage], language: Language | None) -> Request:
    """A request with what it lacks: Portuguese; the customer's last words where they are to be translated."""
    said = tuple(turn for turn in turns if turn.text)
    if task is Task.TRANSLATE_IN and text is None:
        theirs = [turn.text or "" for turn in said if turn.direction is Direction.IN]
        text = theirs[-1] if theirs else ""
    return Request(task, without_hidden(text or "").strip(), said, language or "pt")


def material(request: Request) -> str:
    """The text that the model is handed, before it is fenced."""
    if request.task not in _ABOUT_THE_TALK:
        return request.text
    lines = list[str]()
    room = _MAX_TALK_CHARS
    for turn in reversed(request.turns):
        who = "Atendente" if turn.direction is Direction.OUT else "Cliente"
        line = f"{who}: {' '.join(without_hidden(turn.text or '').split())[:_MAX_TURN_CHARS]}"
        room -= len(line)
        if room < 0:
            break
        lines.append(line)
    return "\n".join(reversed(lines))


def assignment(request: Request) -> Assignment:
    """What the model is told to do."""
    how = told(request.task, request.language)
    text = material(request).replace(OPEN, '"').replace(CLOSE, '"')
    return Assignment(
        head=f"{request.task.value}-{request.language}",
        rules=how.rules,
        examples=how.examples,
        wish=how.wish,
        text=text,
        share=how.share,
        more=how.more,
        plain=_PLAIN_SIGN.fullmatch(text) is not None,
    )


class RewriteRun:
    """One request. Afterwards its figures stand in the attributes."""

    def __init__(self, writer: Writer, request: Request) -> None:
        """``request``: see ``request_of``."""
        self._writer = writer
        self._request = request
        self.raw = ""
        """What the model wrote, which nobody sees."""
        self.refusal: str | None = None
        """Why nothing of it is shown: ``nothing`` to do it with, too ``long``, ``cut`` short, or a reason of
        ``Faithful``."""
        self.stopped = False

    def texts(self, stopped: Stopped) -> Iterator[str]:
        """The text so far, each time it has grown by some words; an empty text takes back what was given."""
        request = self._request
        wanted = assignment(request)
        if not wanted.text or len(request.text) > LONGEST_REWRITTEN:
            self.refusal = "long" if wanted.text else "nothing"
            return
        title = [turn.chat_title for turn in request.turns[-1:]]
        authors = [turn.author for turn in request.turns if turn.author]
        judge = Faithful(request.task, material(request), [*title, *authors], self._language(), borrowed=about())
        given, ended, tokens = "", None, 0
        with closing(self._writer.compose(wanted, stopped)) as parts:
            for addition, ended in parts:
                self.raw += addition
                tokens += 1
                if ended is None and tokens % _LOOK_EVERY == 0:
                    shown = _clean(self.raw[: _last_word(self.raw)]).lstrip(_OPENING)
                    self.refusal = judge.grows(shown)
                    if self.refusal is not None:
                        break
                    if shown != given:
                        given = shown
                        yield given
        if ended == "stopped":
            self.stopped = True
            result = ""
        else:
            result = _clean(self.raw)
            if ended == "limit" and request.task not in _ABOUT_THE_TALK:
                self.refusal = self.refusal or "cut"
            elif ended == "limit":
                result = result.rpartition("\n")[0]
            self.refusal = self.refusal or judge.finished(result)
        if self.refusal is not None:
            result = ""
        if result != given:
            yield result

    def _language(self) -> Language | None:
        request = self._request
        if request.task in (Task.SHORTER, Task.FORMAL, Task.FRIENDLIER, Task.CORRECT):
            return chat_languages((request.text,))[0]
        return request.language


def _last_word(text: str) -> int:
    """Where the last finished word ends: a number that grows is not judged yet."""
    end = max(text.rfind(" "), text.rfind("\n"))
    while end > 0 and (word := re.search(r"\S*\d\S*\s*$|R\$\s*$", text[:end])):
        end = word.start()
    return max(end, 0)


def _clean(text: str) -> str:
    """Without a heading or quotation marks around the whole, and without marks that hide."""
    text = without_hidden(_SAYS_SO.sub("", text)).strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text
