"""Whether the model's draft is an answer of its own, beside those that the card shows already."""

import re

from agent.shield.folding import fold

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"\d|^(?:nao|nem|nunca|sem|not?|never|without|ni|sin)$")
"""One such word more or less makes another answer of a text."""

_SMALL = 0.2
"""Up to this share of the words of two texts may be in one of them alone: a greeting, a "claro"."""


def repeats(draft: str, shown: str) -> bool:
    """Whether nothing but a few words differ, none of them a number or a no."""
    one, other = _words(draft), _words(shown)
    apart = one ^ other
    return len(apart) <= _SMALL * len(one | other) and not any(_TELLING.search(word) for word in apart)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))
