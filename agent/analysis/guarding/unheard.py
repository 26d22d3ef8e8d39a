"""Numbers and links in a learned reply that neither the business's texts nor the conversation have."""

import re
from collections.abc import Iterable

from agent.analysis.guarding.facts import Facts, has_key, has_link, merged, read_facts
from agent.contract.cares import CareCode

_PAID = frozenset({"money", "percent", "x"})
_FROM_DIGITS = 4
"""A bare number with so many digits names something: an order, an account. Shorter ones count things."""


class Base:
    """What the business itself says: its replies, facts and knowledge, and its own keys, domains and telephones."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._facts = merged([facts for text in texts for facts in _facts(text)])

    def cares(self, reply: str, conversation: Iterable[str]) -> tuple[CareCode, ...]:
        """Why a learned reply needs a second look. One with ``UNKNOWN_LINK`` is not to be offered at all."""
        facts = read_facts(reply)
        known = merged([self._facts, *(one for text in conversation for one in _facts(text))])
        found = list[CareCode]()
        if any(not has_link(link, known.links) for link in facts.links):
            found.append(CareCode.UNKNOWN_LINK)
        if _has_unknown_number(facts, known):
            found.append(CareCode.UNKNOWN_NUMBER)
        return tuple(found)


def _facts(text: str) -> list[Facts]:
    return [read_facts(line, generous=True) for line in re.split(r"\n+", text) if line.strip()]


def _has_unknown_number(facts: Facts, known: Facts) -> bool:
    if any(not has_key(key, known.keys) for key in facts.keys) or facts.codes - known.codes:
        return True
    told = {amount.key for amount in known.amounts}
    return any(
        amount.key not in told
        for amount in facts.amounts
        if amount.unit in _PAID or (not amount.unit and len(amount.value) >= _FROM_DIGITS)
    )
