"""What became of the suggestions, told by what the person sent in the end."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio

from agent.contract.stored import Edit, Outcome
from agent.core.effects import Effect, Mark
from agent.core.state import Offer

_STILL_OURS = 60
"""Percent of likeness between the inserted text and the best fitting part of the sent one, from which on the sent text
counts as an edit: people mostly add a sentence before or after."""

_TYPED_ALIKE = 0.9
"""Likeness from which on a text typed by hand counts as a shown suggestion: the person read it and copied it."""

_NUMBER = re.compile(r"\d+")


def _letters(text: str) -> str:
    return " ".join(text.split()).casefold()


def judge(offer: Offer, sent: str) -> tuple[Effect, ...]:
    """Marks for a card after the person sent ``sent``: as it was, edited (with the distance and how) or ignored."""
    if offer.inserted is None:
        wanted = _letters(sent)
        alike = [(Levenshtein.normalized_similarity(_letters(s.text), wanted), -s.slot) for s in offer.suggestions]
        likeness, slot = max(alike, default=(0.0, 0))
        if likeness >= _TYPED_ALIKE:
            text = next(s.text for s in offer.suggestions if s.slot == -slot)
            return (_sent(offer, -slot, text, sent),)
        return tuple(Mark(offer.offer_id, s.slot, Outcome.IGNORED) for s in offer.suggestions)
    slot, text = offer.inserted.slot, offer.inserted.text
    if partial_ratio(_letters(text), _letters(sent)) >= _STILL_OURS:
        return (_sent(offer, slot, text, sent),)
    distance = Levenshtein.distance(_letters(text), _letters(sent))
    return (Mark(offer.offer_id, slot, Outcome.IGNORED, distance=distance),)


def _sent(offer: Offer, slot: int, text: str, sent: str) -> Mark:
    distance = Levenshtein.distance(_letters(text), _letters(sent))
    if distance == 0:
        return Mark(offer.offer_id, slot, Outcome.SENT, distance=0)
    return Mark(offer.offer_id, slot, Outcome.EDITED, distance=distance, edit=kind_of_edit(text, sent))


def kind_of_edit(text: str, sent: str) -> Edit:
    """How a suggestion became what was sent; both differ in more than case and blanks."""
    before, after = _letters(text), _letters(sent)
    if _NUMBER.sub("0", before) == _NUMBER.sub("0", after):
        return Edit.NUMBERS
    if after.startswith(before):
        return Edit.ADDED_AFTER
    if after.endswith(before):
        return Edit.ADDED_BEFORE
    if _is_inside(before.split(), after.split()):
        return Edit.ADDED
    return Edit.SHORTENED if _is_inside(after.split(), before.split()) else Edit.REWORDED


def _is_inside(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether ``many`` holds all words of ``few`` in their order."""
    rest = iter(many)
    return all(word in rest for word in few)
