"""What each signal of the search counts, learned from the corpus's training dialogues."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS_FILE = Path(__file__).parent / "search_weights.json"

WORDS = ("words", "words_text", "words_title", "intent")
"""Likeness in words to the examples (the best one), the text and the title; the probability of the answer's intents."""

CONTEXT = ("after_text", "after_question", "after_words", "after_intent")
"""Our last turn is like the answer's text; the same where it asked something; the customer's last message is like the
answer's examples; and has its intents."""

SHORT = tuple(f"short_{name}" for name in CONTEXT)
"""The same, where the message is short."""

MEANING = ("meaning", "meaning_text", "meaning_title")
KERNEL = ("kernel",)

SURE = ("best", "words", "meaning")
"""What tells whether a right answer is there: the best score, which means the same in every business, and the best
likeness in words and in meaning."""


def variant(*, meaning: bool, kernel: bool) -> str:
    """Name of the weights for what a machine and a business have."""
    return "+".join(["words", *(["meaning"] if meaning else []), *(["kernel"] if kernel else [])])


def signals_of(name: str) -> tuple[str, ...]:
    """The signals that a variant uses."""
    extra = (*(MEANING if "meaning" in name else ()), *(KERNEL if "kernel" in name else ()))
    return (*WORDS, *CONTEXT, *SHORT, *extra)


_NOTHING: Mapping[str, Mapping[str, float]] = {"signals": {}, "sure": {"bias": 0.0, "from": 0.0}}


@dataclass(frozen=True)
class SearchWeights:
    """The weights of one kind of answers."""

    variants: Mapping[str, Mapping[str, Mapping[str, float]]]

    def signals(self, *, meaning: bool, kernel: bool) -> Mapping[str, float]:
        """One weight a signal."""
        return self.variants.get(variant(meaning=meaning, kernel=kernel), _NOTHING)["signals"]

    def sure(self, *, meaning: bool, kernel: bool) -> Mapping[str, float]:
        """Log-odds that a right answer is among the first three: one weight for each of ``SURE`` and ``bias``.

        ``from`` is the chance below which nothing is offered: 1 % of the right ones are lost by it, and 54 to 65 % of
        nonsense is met with silence.
        """
        return self.variants.get(variant(meaning=meaning, kernel=kernel), _NOTHING)["sure"]


@cache
def shipped_search(kind: str) -> SearchWeights:
    """The weights that come with Balcão, of ``replies`` or of ``passages``."""
    return SearchWeights(json.loads(WEIGHTS_FILE.read_text("utf-8"))[kind])
