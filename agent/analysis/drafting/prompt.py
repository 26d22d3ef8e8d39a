"""Lays out the draft prompt: a fixed part that is the same for every chat of a business, then the conversation.

The fixed part stays in the model's memory. A conversation only ever grows at its end, so that of a known one nothing
but the newest message has to be evaluated: each turn is laid out as it will stand in all later prompts.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agent.analysis.drafting.assignment import Assignment
from agent.analysis.drafting.llama import Llama, Token
from agent.analysis.guarding.language import chat_languages
from agent.analysis.retrieval.knowledge import Passage
from agent.analysis.retrieval.replies import Reply, ReplyBook
from agent.contract.rows import Direction
from agent.contract.stored import StoredMessage

_FOLDER = Path(__file__).parent / "prompts"
PLAIN = (_FOLDER / "plain.gbnf").read_text("utf-8")
"""The grammar of a draft."""

MAX_TURN_CHARS = 400
MAX_HINTS = 1
OPEN, CLOSE = "«", "»"
"""The fence around a customer's words: one token each."""

_OPEN_SYSTEM, _OPEN_USER, _OPEN_ANSWER = (f"<|im_start|>{role}\n" for role in ("system", "user", "assistant"))
_END = "<|im_end|>\n"
_EXAMPLE_INTENTS = ("price", "delivery", "store_info", "complaint")
_MANNERS = (
    (
        "cadê meu pedido?? já passou muito da hora, que absurdo",
        "Mil desculpas pela demora! Vou ver agora mesmo o que aconteceu e já volto com uma posição.",
    ),
    (
        "quero meu dinheiro de volta",
        "Sinto muito pelo transtorno! Vou passar seu caso ao responsável agora e já te dou um retorno.",
    ),
    (
        "vocês fazem parceria com influenciador?",
        "Não tenho essa informação aqui. Vou conferir com a equipe e já te respondo.",
    ),
    ("tá bom, obrigado", "Eu que agradeço! Qualquer coisa, é só chamar."),
)
"""What a small model does wrong without being shown: the angry, the unknown, money back, the end."""
_LANGUAGES = {"en": " (Answer in English.)", "es": " (Responde en español.)"}


@dataclass(frozen=True)
class Briefing:
    """What the model reads of a business, in the order in which it learns it."""

    base: str
    """Instructions, rules and facts: learned before the first draft."""
    later: str
    """The knowledge base, or the canned replies where there is none: learned while nobody waits."""
    examples: tuple[tuple[str, str], ...]
    """Questions and answers, laid out as the first turns of the chat: a small model takes its manners from them."""
    public: tuple[str, ...]
    """Everything that customers may be told, for the guard."""
    private: tuple[str, ...]
    """The instructions and rules, for the guard."""


def brief(book: ReplyBook, knowledge: Sequence[Passage], now: datetime) -> Briefing:
    """Put together what the model should know. ``now``: local time, for the greeting in the canned replies."""
    business = book.business.get("name", "uma empresa")
    system = (_FOLDER / "system.txt").read_text("utf-8").strip().format(business=business)
    lines = [system]
    if book.rules:
        lines += ["", "Regras da empresa:", *(f"- {rule}" for rule in book.rules)]
    if book.business:
        lines += ["", "Fatos da empresa:", *(f"- {name}: {fact}" for name, fact in book.business.items())]
    examples = [(one.examples[0], _line(book.fill(one, now))) for one in _exemplary(book)]
    replies = [f"- {one.title}: {_line(book.fill(one, now))}" for one in book.replies]
    passages = [f"- {one.title}: {_line(one.text)}" for one in knowledge]
    later = ["", "O que a empresa sabe:", *passages] if passages else ["", "Respostas da empresa:", *replies]
    return Briefing(
        base="\n".join(lines),
        later="\n".join(later) if passages or replies else "",
        examples=(*examples, *_MANNERS),
        public=(*book.business.values(), *replies, *passages),
        private=(system, *book.rules),
    )


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


def example_tokens(model: Llama, examples: Sequence[tuple[str, str]]) -> list[Token]:
    """The end of the system part, then each example as two turns."""
    tokens = model.marks(_END)
    for asked, said in examples:
        tokens += _closed(model, [*open_tokens(model), *model.words(asked)])
        tokens += [*model.marks(_OPEN_ANSWER), *model.words(said), *model.marks(_END)]
    return tokens


def end_of_system(model: Llama) -> list[Token]:
    """What closes the system part where no examples do."""
    return model.marks(_END)


def turn_tokens(model: Llama, turn: StoredMessage) -> list[Token]:
    """One turn of the past. What people wrote can hold no chat mark: it is split as ordinary words."""
    if turn.direction is Direction.OUT:
        return [*model.marks(_OPEN_ANSWER), *model.words(plain(turn)), *model.marks(_END)]
    return _closed(model, [*open_tokens(model), *model.words(plain(turn))])


def open_tokens(model: Llama) -> list[Token]:
    """The beginning of a customer's turn, up to their words: it can be read before they write."""
    return [*model.marks(_OPEN_USER), *model.words(OPEN)]


def question_tokens(model: Llama, turn: StoredMessage, hints: Sequence[str], language: str) -> list[Token]:
    """The turn to answer. ``hints``: texts that may help, for as long as the fixed part does not hold them."""
    note = "".join(f"\nPode servir: {_line(text)}" for text in hints[:MAX_HINTS]) + _LANGUAGES.get(language, "")
    words = [*model.words(plain(turn)), *model.words(CLOSE), *(model.words(note) if note else ())]
    return [*open_tokens(model), *words, *model.marks(_END + _OPEN_ANSWER)]


def task_tokens(model: Llama, wanted: Assignment) -> list[Token]:
    """The rules of a task and its examples: what stays the same from text to text."""
    tokens = [*model.marks(_OPEN_SYSTEM), *model.words(wanted.rules), *model.marks(_END)]
    for text, made in wanted.examples:
        tokens += [*text_tokens(model, text, wanted.wish), *model.words(made), *model.marks(_END)]
    return tokens


def text_tokens(model: Llama, text: str, wish: str) -> list[Token]:
    """A fenced text, what is wanted of it, and the beginning of the answer. The text can hold no chat mark."""
    return [
        *model.marks(_OPEN_USER),
        *model.words(OPEN),
        *model.words(text),
        *model.words(CLOSE),
        *model.words(f"\n{wish}"),
        *model.marks(_END + _OPEN_ANSWER),
    ]


def language_of(turns: Sequence[StoredMessage]) -> str:
    """``pt``, ``en`` or ``es``: how the customer wants to be answered."""
    return chat_languages(tuple(turn.text for turn in turns if turn.text and turn.direction is not Direction.OUT))[0]


def plain(turn: StoredMessage) -> str:
    """A turn's words on one line, without our fences, and not longer than a screen."""
    return _line(turn.text or "")[:MAX_TURN_CHARS].replace(OPEN, '"').replace(CLOSE, '"')


def _closed(model: Llama, turn: list[Token]) -> list[Token]:
    return [*turn, *model.words(CLOSE), *model.marks(_END)]


def _exemplary(book: ReplyBook) -> list[Reply]:
    """A reply for each of the intents in which tone counts most; they cost nothing, being in the fixed part."""
    chosen: list[Reply] = []
    for intent in _EXAMPLE_INTENTS:
        fitting = (one for one in book.replies if intent in one.intents and one.examples and one not in chosen)
        chosen += itertools.islice(fitting, 1)
    return chosen


def _line(text: str) -> str:
    return " ".join(text.split())
