"""The mood of a conversation: what the customer's messages said so far, the latest ones most."""

from collections.abc import Sequence

_FADES = 0.7
"""What each message counts in proportion to the next one: after five messages a sixth of it is left."""


def mood_of(scores: Sequence[float]) -> float | None:
    """Decayed mean of the sentiment scores of the customer's messages, oldest first; None for fewer than two."""
    if len(scores) < 2:
        return None
    weights = [_FADES**age for age in range(len(scores) - 1, -1, -1)]
    return round(sum(w * s for w, s in zip(weights, scores, strict=True)) / sum(weights), 4) + 0.0
