"""Finds the identifiers of a text: the most certain kind first, and what one has found no other looks at again."""

import re
from dataclasses import replace
from functools import lru_cache

from agent.identifiers.addresses import CEPS, EMAILS
from agent.identifiers.cues import says_pix
from agent.identifiers.documents import CNPJS, CPFS, TYPOS
from agent.identifiers.kinds import Found, Kind
from agent.identifiers.masks import MASKED
from agent.identifiers.payments import BOLETOS, CARD_TYPOS, CARDS, PIX_CODES, RANDOM_KEYS, invoices
from agent.identifiers.phones import PHONES
from agent.identifiers.scanning import Rule, scan
from agent.identifiers.seen import Seen, barred, see

_FIRST: tuple[Rule, ...] = (*PIX_CODES, *EMAILS, *RANDOM_KEYS, *BOLETOS)
_NUMBERS: tuple[Rule, ...] = (*CNPJS, *CARDS, *CPFS, *TYPOS, *CARD_TYPOS, *CEPS, *PHONES)

_HINT = re.compile(r"[0-9@]|[Aa][Rr][Rr][Oo][Bb][Aa]")
_LIKELY = re.compile(
    r"@|%40|arroba|bcb\.pix|(?:\d\D{0,4}){7}\d|/ ?[0-9A-Za-z]{4}[ \-]{0,3}\d\d|[0-9A-Za-z]{8}0001\d\d|cnpj|"
    r"-[0-9a-f]{4}-[0-9a-f]{4}-|[0-9a-f]{32}",
    re.IGNORECASE,
)
"""Without any of these there is nothing to find: most texts of a log are done with here, in a microsecond or two."""

_ROUNDS = 16


def find_identifiers(text: str) -> tuple[Found, ...]:
    """What identifies a person (or a company) in a text, in order, none within another. Takes any text.

    The offsets are those of the text as given, also where it has zero-width characters, no-break spaces or full-width
    digits. Masks of ``mask_identifiers`` are not found again.
    """
    if text.isascii() and not _HINT.search(text):
        return ()
    seen = see(text)
    if not _LIKELY.search(seen.text):
        return ()
    return _found(seen)


@lru_cache(maxsize=512)
def kinds_in(text: str) -> frozenset[Kind]:
    """Which kinds a text holds."""
    return frozenset(found.kind for found in find_identifiers(text))


def _found(seen: Seen) -> tuple[Found, ...]:
    text = barred(seen.text, [match.span() for match in MASKED.finditer(seen.text)])
    all_found = list[Found]()
    # What was found may have hidden something beside it; usually a second round finds nothing more.
    for _ in range(_ROUNDS):
        text, more = _round(text)
        all_found += more
        if not more:
            break
    placed = list[Found]()
    for found in sorted(all_found, key=lambda one: one.start):
        one = _placed(seen, found)
        if not placed or one.start >= placed[-1].end:  # One written character may be seen as several.
            placed.append(one)
    return tuple(placed)


def _round(text: str) -> tuple[str, list[Found]]:
    found = list[Found]()
    text = _apply(text, _FIRST, found)
    text = barred(text, invoices(text))
    return _apply(text, _NUMBERS, found), found


def _apply(text: str, rules: tuple[Rule, ...], found: list[Found]) -> str:
    for rule in rules:
        more = list(scan(text, rule))
        if more:
            text = barred(text, [(one.start, one.end) for one in more])
            found += more
    return text


def _placed(seen: Seen, found: Found) -> Found:
    start, end = seen.span(found.start, found.end)
    about_pix = found.kind in (Kind.PIX_KEY, Kind.PIX_CODE) or says_pix(seen.text, found.start, found.end)
    return replace(found, start=start, end=end, pix=about_pix)
