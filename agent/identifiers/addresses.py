"""E-mail addresses and postcodes (CEP)."""

import re

from agent.identifiers.cues import is_counted, says_cep, says_order
from agent.identifiers.kinds import Found, Kind
from agent.identifiers.scanning import Rule, digits_of, in_longer_number, touches_letter

_AT = re.compile(r"@|%40")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![^\W_])")
_HOSTS = r"(?:gmail|g-?mail|hotmail|hotmeil|outlook|yahoo|icloud|uol|bol|terra|live|msn)"
_ENDS = r"(?: ?(?:[.,]|\bponto\b) ?com)?(?: ?(?:[.,]|\bponto\b) ?br\b)?"
_SAID = re.compile(rf"(?:@|[\[(]? ?\barroba\b ?[\])]?) {{0,2}}{_HOSTS}\b{_ENDS}", re.IGNORECASE)
"""As it is dictated or mistyped: ``ana arroba gmail ponto com``, ``ana @gmail.com``, ``ana@gmail,com``."""
_SPOKEN = (
    (re.compile(r" ?[\[(]? ?arroba ?[\])]? ?", re.IGNORECASE), "@"),
    (re.compile(r" ?(?:,|\bponto\b) ?", re.IGNORECASE), "."),
)
_LOCAL_CHARS, _SPACES = 64, 2

_CEP = re.compile(r"(?<!\d)\d{2}\.?\d{3}-\d{3}(?!\d)")
_CEP_NAMED = re.compile(r"(?<!\d)\d{2}[. ]?\d{3}[ .\-]{0,3}\d{3}(?!\d)")
_FIRST_CEP = "01000000"


def _email(text: str, match: re.Match[str]) -> Found | None:
    start, domain = _local_part(text, match.start()), _DOMAIN.match(text, match.end())
    if start == match.start() or domain is None:
        return None
    return Found(Kind.EMAIL, start, domain.end(), f"{text[start : match.start()]}@{domain[0]}".lower())


def _email_said(text: str, match: re.Match[str]) -> Found | None:
    at = match.start()
    while at > max(0, match.start() - _SPACES) and text[at - 1] == " ":
        at -= 1
    start = _local_part(text, at)
    if start == at:
        return None
    value = text[start : match.end()]
    for pattern, sign in _SPOKEN:
        value = pattern.sub(sign, value)
    return Found(Kind.EMAIL, start, match.end(), value.replace(" ", "").lower())


def _local_part(text: str, end: int) -> int:
    """Where the name before the at begins; ``end`` where there is none."""
    start = end
    while start > max(0, end - _LOCAL_CHARS) and (text[start - 1].isalnum() or text[start - 1] in "._+-"):
        start -= 1
    while start < end and not text[start].isalnum():
        start += 1
    return start


def _cep(text: str, match: re.Match[str]) -> Found | None:
    start, end = match.span()
    if in_longer_number(text, start, end) or touches_letter(text, start, end):
        return None
    if says_order(text, start) or is_counted(text, start, end):
        return None
    return _postcode(match)


def _cep_named(text: str, match: re.Match[str]) -> Found | None:
    return _postcode(match) if says_cep(text, match.start()) else None


def _postcode(match: re.Match[str]) -> Found | None:
    digits = digits_of(match[0])
    return Found(Kind.CEP, *match.span(), digits) if digits >= _FIRST_CEP else None


EMAILS: tuple[Rule, ...] = ((_AT, _email), (_SAID, _email_said))
CEPS: tuple[Rule, ...] = ((_CEP_NAMED, _cep_named), (_CEP, _cep))
