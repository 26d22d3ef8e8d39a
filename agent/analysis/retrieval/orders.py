"""The order's number, for replies that name it: taken from the conversation, and never guessed."""

import re
from collections.abc import Sequence

from agent.contract.analysis import Turn

_NUMBER = r"([A-Za-z]{0,3}-?\d{3,9}(?:-\d{1,4})?)(?![\w-]|[.,]\d|\s*(?:reais|real|conto|%))"
_NAMED = re.compile(
    r"(?:\b(?i:pedidos?|compra|encomenda|ordem(?:\s+de\s+servi[cç]o)?|order)|\bOS|\bO\.S\.)"
    r"(?:\s+(?i:n[uú]mero|num|n[.º°o]{1,2}))?\s*(?:[:#-]|\bé\b|\beh\b)?\s*#?\s*" + _NUMBER
)
_HASH = re.compile(r"(?<!\w)#\s?" + _NUMBER)
_ASKED = re.compile(
    r"(?i)\bn[uú]mero\b[^.?!]{0,20}\b(?:pedido|compra|encomenda)\b|\b(?:pedido|compra)\b[^.?!]{0,20}\bn[uú]mero\b"
)
_ALONE = re.compile(r"^\W*(?i:(?:é|eh|o|aqui|sim|ta|tá|e)\s+)*(?:o\s+)?#?\s*" + _NUMBER + r"\W*$")


def order_number(turns: Sequence[Turn]) -> str | None:
    """The one order that the conversation is about; None where it names none, or more than one.

    Args:
        turns: What was said, oldest first, the message to be answered included.
    """
    found: list[str] = []
    asked = False
    for turn in turns:
        named = [*_NAMED.findall(turn.text), *_HASH.findall(turn.text)]
        if asked and not turn.out:
            named += _ALONE.findall(turn.text)
        found += [number for number in dict.fromkeys(named) if number not in found]
        if turn.out:
            asked = bool(_ASKED.search(turn.text))
    return found[0] if len(found) == 1 else None
