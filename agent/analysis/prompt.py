"""Lays out the draft prompt: a fixed part that is the same for every chat of a business, then the conversation.

The fixed part stays in the model's memory; of the conversation only what is new has to be evaluated.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from agent.analysis.llama import Llama, Token
from agent.analysis.replies import ReplyBook
from agent.contract.rows import Direction
from agent.contract.stored import StoredMessage

_FOLDER = Path(__file__).parent / "prompts"

MAX_TURNS = 4
MAX_TURN_CHARS = 300
MAX_HINTS = 1
_FENCES = ("<mensagem>", "</mensagem>")
_TASK = "Responda a ele."
_OPEN_SYSTEM, _OPEN_USER, _OPEN_ANSWER = (f"<|im_start|>{role}\n" for role in ("system", "user", "assistant"))
_CLOSE = "<|im_end|>\n"


def base_text(book: ReplyBook) -> str:
    """Rules and facts of the business, as the model reads them."""
    business = book.business.get("name", "uma empresa")
    lines = [(_FOLDER / "system.txt").read_text("utf-8").strip().format(business=business)]
    if book.rules:
        lines += ["", "Regras da empresa:", *(f"- {rule}" for rule in book.rules)]
    if book.business:
        lines += ["", "Fatos da empresa:", *(f"- {name}: {fact}" for name, fact in book.business.items())]
    return "\n".join(lines)


def replies_text(book: ReplyBook, now: datetime) -> str:
    """The canned replies of the business, as the model reads them; empty when there are none."""
    if not book.replies:
        return ""
    lines = [f"- {reply.title}: {' '.join(book.fill(reply, now).split())}" for reply in book.replies]
    return "\n".join(["", "Respostas da empresa:", *lines])


def base_tokens(model: Llama, text: str, room: int) -> list[Token]:
    """The base at the head of every prompt, in at most ``room`` tokens."""
    return [*model.marks(_OPEN_SYSTEM), *model.words(text + "\n")][:room]


def line_tokens(model: Llama, text: str, room: int) -> list[list[Token]]:
    """The lines of ``text`` in at most ``room`` tokens together; lines that do not fit are left out from the end."""
    lines = [model.words(line + "\n") for line in text.split("\n")] if text else []
    kept = 0
    while kept < len(lines) and (room := room - len(lines[kept])) >= 0:
        kept += 1
    return lines[:kept]


def chat_tokens(model: Llama, turns: Sequence[StoredMessage], hints: Sequence[str], room: int) -> list[Token]:
    """What follows the fixed part: the conversation in at most ``room`` tokens; the oldest turns give way.

    What people wrote can hold no chat mark (it is split as ordinary words); the message to answer stands in a fence.
    ``hints`` are replies that may fit, for as long as the fixed part does not hold them all.
    """
    said = [turn for turn in turns if turn.text][-MAX_TURNS:]
    before, last = said[:-1], _plain(said[-1]) if said else ""
    hint = "".join(f"Resposta da empresa que pode servir: {' '.join(text.split())}\n" for text in hints[:MAX_HINTS])
    asked = model.words(f"{hint}Mensagem do cliente: {_FENCES[0]}{last}{_FENCES[1]}\n{_TASK}")
    end = [*model.marks(_OPEN_USER), *asked, *model.marks(_CLOSE + _OPEN_ANSWER)]
    spoken = [_turn_tokens(model, turn) for turn in before]
    start = model.marks(_CLOSE)
    while spoken and len(start) + sum(map(len, spoken)) + len(end) > room:
        spoken.pop(0)
    return [*start, *(token for turn in spoken for token in turn), *end]


def _turn_tokens(model: Llama, turn: StoredMessage) -> list[Token]:
    role = _OPEN_ANSWER if turn.direction is Direction.OUT else _OPEN_USER
    return [*model.marks(role), *model.words(_plain(turn)), *model.marks(_CLOSE)]


def _plain(turn: StoredMessage) -> str:
    text = " ".join((turn.text or "").split())[:MAX_TURN_CHARS]
    for fence in _FENCES:
        text = text.replace(fence, "")
    return text
