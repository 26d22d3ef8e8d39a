"""Whether two replies are one answer in two wordings: a card shows answers that differ, not paraphrases."""

import re

import numpy as np

from agent.analysis.retrieval.candidates import Answer, Row

Said = tuple[Answer, Row]
"""An answer and the weighed words of its text."""

_NEARLY_THE_SAME = 0.9
"""From here on nothing but a sign or a greeting differs."""

_SAME_ANSWER = 0.6
"""Two texts as alike as this are one answer, if nothing in them speaks against it."""

_SAME_ANSWER_TO_THE_SAME = 0.42
"""The same for two replies of one intent: "Vou conferir o valor" and "Já verifico o preço" share fewer words."""

_WORDS_OF_AN_ANSWER = 5
"""Shorter texts are too easily alike: "Pode retirar" and "Pode trocar"."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NO = re.compile(
    r"\b(?:n[ãa]o|nem|nunca|sem(?! (?:custo|taxa|juros|frete|problema))|cancelad\w+|indispon\w+|esgotad\w+)\b",
    re.IGNORECASE,
)


def is_same_answer(one: Said, other: Said) -> bool:
    """Whether offering ``one`` beside ``other`` gives the person nothing new to choose."""
    (answer, row), (known, words) = one, other
    if len(answer.text.split()) < _WORDS_OF_AN_ANSWER:
        return False
    alike = _alike(row, words)
    if alike >= _NEARLY_THE_SAME:
        return True
    common = set(answer.intents) & set(known.intents)
    if answer.intents and known.intents and not common:
        return False  # "Pode retirar na loja até as 18h" and "Pode trocar na loja até as 18h".
    if _other_facts(answer.text, known.text):
        return False
    return alike >= (_SAME_ANSWER_TO_THE_SAME if common else _SAME_ANSWER)


def _other_facts(one: str, other: str) -> bool:
    """Each says a number that the other does not, or only one of them says no."""
    numbers, others = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    return bool(numbers - others and others - numbers) or bool(_NO.search(one)) is not bool(_NO.search(other))


def _alike(one: Row, other: Row) -> float:
    """0 to 1: how many of their words, by weight, two texts share."""
    (columns, values), (others, weights) = one, other
    if not len(others):
        return 0.0
    place = np.minimum(np.searchsorted(others, columns), len(others) - 1)
    both = others[place] == columns
    return float(values[both] @ weights[place[both]]) * 0.5
