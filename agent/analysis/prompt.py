"""Lays out the draft prompt: a fixed part that is the same for every chat of a business, then the conversation.

The fixed part stays in the model's memory; of the conversation only what is new has to be evaluated.
"""

from collections.abc import Sequence
from pathlib import Path

from agent.analysis.llama import Llama, Token
from agent.analysis.replies import CUSTOMER, GREETING, ReplyBook
from agent.contract.rows import Direction
from agent.contract.stored import StoredMessage

_FOLDER = Path(__file__).parent / "prompts"

MAX_TURNS = 8
MAX_TURN_CHARS = 400
_FENCES = ("<conversa>", "</conversa>")
_OPEN_SYSTEM, _OPEN_USER, _OPEN_ANSWER, _CLOSE = (
    "<|im_start|>system\n",
    "<|im_start|>user\n",
    "<|im_start|>assistant\n",
    "<|im_end|>\n",
)


def fixed_text(book: ReplyBook) -> str:
    """Rules, facts and canned replies of the business, as the model reads them."""
    business = book.business.get("name", "uma empresa")
    lines = [(_FOLDER / "system.txt").read_text("utf-8").strip().format(business=business)]
    if book.rules:
        lines += ["", "Regras da empresa:", *(f"- {rule}" for rule in book.rules)]
    if book.business:
        lines += ["", "Fatos da empresa:", *(f"- {name}: {fact}" for name, fact in book.business.items())]
    if book.replies:
        lines += ["", "Respostas da empresa:"]
        blanks = {CUSTOMER: "", GREETING: "Olá"}
        for reply in book.replies:
            text = reply.text.replace(", {nome}", "").replace("{nome}", "")
            for name, value in {**book.business, **blanks}.items():
                text = text.replace(f"{{{name}}}", value)
            lines.append(f"- {reply.title}: {' '.join(text.split())}")
    return "\n".join(lines)


def fixed_tokens(model: Llama, text: str, room: int) -> list[Token]:
    """The fixed part in at most ``room`` tokens; what does not fit is left out from the end, whole lines at a time."""
    lines = text.split("\n")
    while True:
        tokens = [*model.marks(_OPEN_SYSTEM), *model.words("\n".join(lines)), *model.marks(_CLOSE)]
        if len(tokens) <= room or len(lines) == 1:
            return tokens
        lines.pop()


def chat_tokens(model: Llama, turns: Sequence[StoredMessage], room: int) -> list[Token]:
    """The conversation, oldest first, fenced, in at most ``room`` tokens; the oldest turns give way."""
    lines = [line for line in map(_line, turns[-MAX_TURNS:]) if line]
    task = (_FOLDER / "task.txt").read_text("utf-8").strip()
    end = [*model.words(f"{_FENCES[1]}\n{task}"), *model.marks(_CLOSE + _OPEN_ANSWER)]
    while True:
        # Tokenised line by line, so that a chat that goes on begins with the very tokens that it had before.
        said = [token for line in lines for token in model.words(line + "\n")]
        tokens = [*model.marks(_OPEN_USER), *model.words(_FENCES[0] + "\n"), *said, *end]
        if len(tokens) <= room or len(lines) <= 1:
            return tokens
        lines.pop(0)


def _line(turn: StoredMessage) -> str | None:
    if not turn.text:
        return None
    text = " ".join(turn.text.split())[:MAX_TURN_CHARS]
    for fence in _FENCES:
        text = text.replace(fence, "")
    return f"{'Atendente' if turn.direction is Direction.OUT else 'Cliente'}: {text}"
