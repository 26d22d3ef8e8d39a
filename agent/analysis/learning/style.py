"""What is told of a reply's manner, so that a habit reaches replies that were never picked."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from agent.analysis.guarding.visible import fold

TRAITS = ("length", "greets", "formal", "asks", "emoji", "money")
"""Length as a logarithm, centred on 120 letters; the others are 0 or 1, centred on a half."""

_GREETS = re.compile(r"\b(?:oi|ola|bom dia|boa tarde|boa noite)\b|\{saudacao\}")
_FORMAL = re.compile(
    r"\b(?:senhora?|sra?|prezad[oa]|cordialmente|atenciosamente|gentileza|aguardamos|informamos|solicitamos)\b"
)
_MONEY = re.compile(r"r\$|\bpix\b|\bcartao\b|\bboleto\b|\bdinheiro\b|\{(?:pix|price|payment|installments)\}")
_EMOJI = re.compile(r"[\u2600-\u27BF\U0001F000-\U0001FAFF]")
_TYPICAL = 120.0


def traits(text: str) -> npt.NDArray[np.float32]:
    """One value a trait, about -1 to 1."""
    folded = fold(text)
    has = (
        bool(_GREETS.search(folded)),
        bool(_FORMAL.search(folded)),
        "?" in text,
        bool(_EMOJI.search(text)),
        bool(_MONEY.search(folded)),
    )
    length = np.clip(np.log(max(len(text), 10) / _TYPICAL), -1.5, 1.5)
    return np.array([length, *(1.0 * one - 0.5 for one in has)], dtype=np.float32)


def traits_of(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """One row a text."""
    return np.array([traits(text) for text in texts], dtype=np.float32).reshape(len(texts), len(TRAITS))
