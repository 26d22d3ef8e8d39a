"""What became of the suggestions, told by what the person sent in the end."""

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio

from agent.contract.stored import Outcome
from agent.core.effects import Effect, Mark
from agent.core.state import Offer

_STILL_OURS = 60
"""Percent of likeness between the inserted text and the best fitting part of the sent one, from which on the sent text
counts as an edit: people mostly add a sentence before or after."""


def _letters(text: str) -> str:
    return " ".join(text.split()).casefold()


def judge(offer: Offer, sent: str) -> tuple[Effect, ...]:
    """Marks for a card after the person sent ``sent``: as it was, edited (with the distance) or ignored."""
    if offer.inserted is None:
        return tuple(Mark(offer.offer_id, s.slot, Outcome.IGNORED) for s in offer.suggestions)
    slot, text = offer.inserted.slot, _letters(offer.inserted.text)
    distance = Levenshtein.distance(text, _letters(sent))
    if distance == 0:
        return (Mark(offer.offer_id, slot, Outcome.SENT, distance=0),)
    if partial_ratio(text, _letters(sent)) >= _STILL_OURS:
        return (Mark(offer.offer_id, slot, Outcome.EDITED, distance=distance),)
    return (Mark(offer.offer_id, slot, Outcome.IGNORED, distance=distance),)
