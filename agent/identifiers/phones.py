"""Telephone numbers, in all the ways in which people type them."""

import re
from collections.abc import Callable

from agent.identifiers.cues import PHONE_NAMED, is_counted, says_order, says_phone
from agent.identifiers.kinds import Found, Kind
from agent.identifiers.numbering import is_foreign, national
from agent.identifiers.scanning import Rule, digits_of, in_longer_number, touches_letter

_ABROAD = re.compile(r"(?:\( ?)?\+\s?\(?\d(?:[ .\-()/]{0,3}\d){7,14}(?!\d)")
_TRUNK = r"(?:0 ?(?:[xX]{2} ?|\d{2} ?)?|[xX]{2} ?)?"
"""The 0 of a call to another area, with or without the company that carries it: 0 11, 0xx11, 0 21 11."""
_WITH_AREA = re.compile(
    rf"(?<!\d)(?:\(?\+?55\)?[ .\-]{{0,2}})?(?:\( ?)?{_TRUNK}(?P<area>[1-9]\d) ?\)?[ .\-/]{{0,3}}"
    r"(?P<nine>9[ .\-]{0,2})?(?P<first>\d{4})(?P<sign>[ .\-]{0,3})(?P<last>\d{4})(?!\d)"
)
_LOCAL = re.compile(r"(?<!\d)(?P<nine>9[ .\-]?)?(?P<first>\d{4})(?P<sign>[ .\-]{0,3})(?P<last>\d{4})(?!\d)")
_GROUPED = r"(?P<number>{first}(?:[ .\-()/]{{0,3}}\d){{{least},{most}}})(?!\d)"
_NAMED = re.compile(PHONE_NAMED + _GROUPED.format(first=r"\(?\d", least=9, most=12), re.IGNORECASE)
_IN_BRACKETS = re.compile(_GROUPED.format(first=r"\(\d{2}\)", least=8, most=9))
"""Behind the word, or behind an area in brackets, the digits may stand in any groups: ``(11) 900 000 012``."""

_FOUR = re.compile(r"\d{4} ")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOCAL_LINE = re.compile(r"9\d{8}|[2-9]\d{7}")
_COMPANIES = re.compile(r"400[34]|300[34]|4020|4062")
"""Numbers of companies that are the same in the whole country; like 0800 they are nobody's own."""
_ANOTHER = re.compile(r"[,/] ?9?\d{4}[ \-]\d{4}(?!\d)")
_BARE_MOBILE = 11


def _abroad(text: str, match: re.Match[str]) -> Found | None:
    def read(digits: str) -> str | None:
        if digits.startswith("55"):
            whole = national(digits)
            return f"+55{whole}" if whole and len(digits) > _BARE_MOBILE else None
        return f"+{digits}" if is_foreign(digits) else None

    return _longest(text, match.start(), match.end(), read)


def _with_area(text: str, match: re.Match[str]) -> Found | None:
    start, end = match.span()
    whole = national(match["area"] + ("9" if match["nine"] else "") + match["first"] + match["last"])
    written = match[0]
    if whole is None:
        return None
    if _FOUR.match(written) and _FOUR.match(text, max(0, start - 5)):
        return None  # The middle of a longer number in groups: 4000 0119 0000 0001.
    if written.startswith("(") and ")" not in written:  # "(11 90000-0012)": the bracket belongs to the sentence.
        start, written = start + 1, written[1:]
    if not ("(" in written or "+" in written or says_phone(text, start)):
        if is_counted(text, start, end) or text[max(0, start - 2) : start].rstrip().endswith("#"):
            return None
        if _are_years(match) or (not (match["nine"] and match["sign"]) and in_longer_number(text, start, end)):
            return None
        of_old = not match["nine"] and match["first"][0] in "6789"
        if of_old and not match["sign"] and len(digits_of(written)) <= _BARE_MOBILE:
            return None
        if not match["sign"] and (says_order(text, start) or touches_letter(text, start, end)):
            return None
    elif not match["sign"] and says_order(text, start):
        return None
    return Found(Kind.PHONE, start, end, f"+55{whole}")


def _grouped_anyhow(text: str, match: re.Match[str]) -> Found | None:
    start, end = match.span("number")
    if says_order(text, start) or is_counted(text, start, end):
        return None

    def read(digits: str) -> str | None:
        whole = national(digits)
        return f"+55{whole}" if whole else None

    return _longest(text, start, end, read)


def _local(text: str, match: re.Match[str]) -> Found | None:
    start, end, sign = match.start(), match.end(), match["sign"]
    digits = digits_of(match[0])
    if not _LOCAL_LINE.fullmatch(digits) or _COMPANIES.match(digits):
        return None
    listed = sign and _ANOTHER.match(text, end)
    if not listed and in_longer_number(text, start, end):
        return None
    if is_counted(text, start, end) or says_order(text, start):
        return None
    if not says_phone(text, start):
        nine = match["nine"]
        if not sign or touches_letter(text, start, end) or (not nine and "-" not in sign) or _YEAR.match(digits):
            return None
        # "Orçamento de 3000-4000": two round numbers are a range.
        if not nine and match["first"].endswith("00") and match["last"].endswith("00"):
            return None
    elif touches_letter(text, start, end) and not says_phone(text, start, close=True):
        return None
    return Found(Kind.PHONE, start, end, digits)


def _are_years(match: re.Match[str]) -> bool:
    return not match["nine"] and bool(_YEAR.fullmatch(match["first"]) and _YEAR.fullmatch(match["last"]))


def _longest(text: str, start: int, end: int, read: Callable[[str], str | None]) -> Found | None:
    """The longest beginning that is a number: a second one may follow the first behind a space."""
    while end > start:
        value = read(digits_of(text[start:end]))
        if value is not None:
            if text[start] == "(" and ")" not in text[start:end]:
                start += 1
            return Found(Kind.PHONE, start, end, value)
        while end > start and text[end - 1].isdigit():
            end -= 1
        while end > start and not text[end - 1].isdigit():
            end -= 1
    return None


PHONES: tuple[Rule, ...] = (
    (_ABROAD, _abroad),
    (_WITH_AREA, _with_area),
    (_NAMED, _grouped_anyhow),
    (_IN_BRACKETS, _grouped_anyhow),
    (_LOCAL, _local),
)
