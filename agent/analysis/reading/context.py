"""What the turns before a message say about it.

"Sim", "o azul", "pode ser": alone they are ``other``; after "Posso fechar o pedido?" they are a purchase. The turns add
to the logits of the message alone, so a message without context is read exactly as before, and one that is clear by
itself is hardly moved.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np

from agent.analysis.reading.normalise import normalise
from agent.analysis.reading.weights import Floats
from agent.contract.analysis import INTENTS, Turn

_WORDS = 2**11
CONTEXT_FEATURES = _WORDS + 3 * len(INTENTS)
"""Words of our last turn; what our last turn, the customer's last one and the message itself are about."""

_LAST_WORDS = 25
"""Our question stands at the end of our turn."""

ReadAlone = Callable[[str], Floats]
"""A text to its intents' probabilities, without context and without the encoder (the same on every machine)."""


def context_features(context: Sequence[Turn], message: Floats, read: ReadAlone) -> Floats:
    """``CONTEXT_FEATURES`` numbers of the turns before a message, oldest first.

    Args:
        context: The turns; only our last one and the customer's last one count.
        message: The message's own probabilities of the intents.
        read: Reads one turn.
    """
    found = np.zeros(CONTEXT_FEATURES, dtype=np.float32)
    if not context:
        return found
    ours = next((turn.text for turn in reversed(context) if turn.out), None)
    theirs = next((turn.text for turn in reversed(context) if not turn.out), None)
    many = len(INTENTS)
    if ours is not None:
        said = normalise(ours).split()[-_LAST_WORDS:]
        for sign in {*said, *(f"{one} {two}" for one, two in pairwise(said))}:
            found[crc32(sign.encode()) % _WORDS] = 1.0
        found[:_WORDS] /= max(float(np.sqrt(found[:_WORDS].sum())), 1.0)
        found[_WORDS : _WORDS + many] = read(ours)
    if theirs is not None:
        found[_WORDS + many : _WORDS + 2 * many] = read(theirs)
    found[_WORDS + 2 * many :] = message
    return found
