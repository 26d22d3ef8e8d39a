"""Finds what identifies a person in a text (CPF, telephone, card, ...) and masks it: ``docs/identifiers.md``."""

from agent.identifiers.finding import find_identifiers, kinds_in
from agent.identifiers.kinds import Found, Kind
from agent.identifiers.masking import Style, has_mask, mask_identifiers

__all__ = ["Found", "Kind", "Style", "find_identifiers", "has_mask", "kinds_in", "mask_identifiers"]
