"""Puts a mask in the place of every identifier of a text."""

from agent.identifiers.finding import find_identifiers
from agent.identifiers.masks import MASKED, Style, mask_of
from agent.identifiers.seen import see

__all__ = ["Style", "has_mask", "mask_identifiers"]


def mask_identifiers(text: str, style: Style = Style.LABEL, keep: frozenset[str] = frozenset()) -> str:
    """The text with a mask for each identifier; masking twice changes nothing. The same object where there is none.

    Args:
        text: any text.
        style: how much a mask tells.
        keep: values (``Found.value``) that stay as they are: a business's own telephone number, its PIX key.
    """
    parts, end = list[str](), 0
    for found in find_identifiers(text):
        if found.value in keep:
            continue
        parts += [text[end : found.start], mask_of(found, style)]
        end = found.end
    return "".join([*parts, text[end:]]) if parts else text


def has_mask(text: str) -> bool:
    """Whether a mask stands in a text."""
    return MASKED.search(see(text).text) is not None
