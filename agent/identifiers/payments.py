"""Payment cards, PIX codes and random keys, the line of a boleto: by their check digits."""

import binascii
import re

from agent.identifiers.cues import says_card, says_pix
from agent.identifiers.kinds import Found, Kind
from agent.identifiers.scanning import Rule, digits_of, in_longer_number, touches_letter
from agent.identifiers.seen import BAR

_SIGN = r"[ .\-]{1,2}"
_FOURS = rf"\d{{4}}{_SIGN}\d{{4}}{_SIGN}\d{{4}}{_SIGN}\d{{4}}"
_CARDS = tuple(
    re.compile(rf"(?<!\d){way}(?!\d)")
    for way in (
        rf"{_FOURS}{_SIGN}\d{{3}}",
        _FOURS,
        rf"\d{{4}}{_SIGN}\d{{6}}{_SIGN}\d{{5}}",
        rf"\d{{4}}{_SIGN}\d{{6}}{_SIGN}\d{{4}}",
        r"\d{13,19}",
    )
)
_CARD_NAMED = re.compile(rf"(?<!\d)(?:{_FOURS}|\d{{16}})(?!\d)")
_PREFIXES = {
    13: re.compile(r"4"),
    14: re.compile(r"30[0-5]|3[689]"),
    15: re.compile(r"3[47]"),
    16: re.compile(r"4|5[0-8]|6|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|35|3841"),
    19: re.compile(r"4|6"),
}
"""By the length: Visa; Diners; American Express; Visa, Mastercard, Elo, Hipercard, ...; Visa, Discover, UnionPay."""

_UUID = re.compile(
    r"(?<![0-9A-Za-z/=\-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9A-Za-z\-])", re.IGNORECASE | re.ASCII
)
_UUID_ANYWHERE = re.compile(
    r"(?<![0-9A-Za-z])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9A-Za-z])", re.IGNORECASE | re.ASCII
)
"""In an address or without its hyphens it may be anything: it is a key where the text says so."""

_PIX_CODE = re.compile(r"br\.gov\.bcb\.pix", re.IGNORECASE)
_PIX_BEGINS = "000201"
_PIX_BEFORE, _PIX_LENGTH = 80, 600
_FIELD = re.compile(r"\d{4}")
_PIX_END = re.compile(r"6304[0-9A-Fa-f]{4}(?![0-9A-Za-z])")
_RUN = re.compile(rf"[^\s{BAR}]{{0,{_PIX_LENGTH}}}")

_BOLETO = re.compile(
    r"(?<!\d)\d{5}[. ]?\d{5}[ .\-]{0,2}\d{5}[. ]?\d{6}[ .\-]{0,2}\d{5}[. ]?\d{6}[ .\-]{0,2}\d[ .\-]{0,2}\d{14}(?!\d)"
)
_BILL = re.compile(r"(?<!\d)8\d{10}[ \-]{0,3}\d[ \-]{0,3}(?:\d{11}[ \-]{0,3}\d[ \-]{0,3}){2}\d{11}[ \-]{0,3}\d(?!\d)")
"""The line of a bill for water, power, taxes: four blocks of twelve."""
_INVOICE = re.compile(r"(?<!\d)(?:\d{4}[ .]?){10}\d{4}(?!\d)")


def _card(text: str, match: re.Match[str]) -> Found | None:
    from stdnum import luhn

    digits = digits_of(match[0])
    prefix = _PREFIXES.get(len(digits))
    if prefix is None or not prefix.match(digits) or not luhn.is_valid(digits):
        return None
    bare = match[0].isdigit() and not says_card(text, match.start())
    if bare and (in_longer_number(text, *match.span()) or touches_letter(text, *match.span())):
        return None
    return Found(Kind.CARD, *match.span(), digits)


def _card_typo(text: str, match: re.Match[str]) -> Found | None:
    return Found(Kind.CARD_TYPO, *match.span(), digits_of(match[0])) if says_card(text, match.start()) else None


def _random_key(text: str, match: re.Match[str]) -> Found | None:
    return Found(Kind.PIX_KEY, *match.span(), _hyphens(match[0]))


def _random_key_named(text: str, match: re.Match[str]) -> Found | None:
    return _random_key(text, match) if says_pix(text, *match.span()) else None


def _hyphens(key: str) -> str:
    bare = key.replace("-", "").lower()
    return "-".join((bare[:8], bare[8:12], bare[12:16], bare[16:20], bare[20:]))


def _pix_code(text: str, match: re.Match[str]) -> Found | None:
    """From ``000201`` to the check sum; with a wrong one, or cut off, as far as it can be followed."""
    low = max(0, match.start() - _PIX_BEFORE, text.rfind("\n", 0, match.start()) + 1)
    start = text.rfind(_PIX_BEGINS, low, match.start())
    if start >= 0 and (end := _end_of_fields(text, start)):
        return Found(Kind.PIX_CODE, start, end, text[start:end])
    if start < 0:
        start = match.start()
        while start > low and not text[start - 1].isspace() and text[start - 1] != BAR:
            start -= 1
    line = text.find("\n", match.end())
    last = min(len(text) if line < 0 else line, match.end() + _PIX_LENGTH)
    closed = _PIX_END.search(text, match.end(), last)
    run = _RUN.match(text, match.end())
    end = closed.end() if closed and BAR not in text[start : closed.end()] else run.end() if run else match.end()
    return Found(Kind.PIX_CODE, start, end, text[start:end])


def _end_of_fields(text: str, start: int) -> int | None:
    """Where the code ends whose fields begin here (two digits' name, two digits' length, value); its CRC is right."""
    at = start
    while at - start < _PIX_LENGTH and (field := _FIELD.match(text, at)):
        end = at + 4 + int(field[0][2:])
        if end > len(text):
            return None
        if field[0] == "6304":
            said = text[start : at + 4].encode("utf-8", "replace")
            return end if f"{binascii.crc_hqx(said, 0xFFFF):04X}" == text[at + 4 : end].upper() else None
        at = end
    return None


def _boleto(text: str, match: re.Match[str]) -> Found | None:
    digits = digits_of(match[0])
    fields = (digits[:10], digits[10:21], digits[21:32])
    return Found(Kind.BOLETO, *match.span(), digits) if all(map(_ends_in_ten, fields)) else None


def _bill(text: str, match: re.Match[str]) -> Found | None:
    digits = digits_of(match[0])
    is_right = _ends_in_ten if digits[2] in "67" else _ends_in_eleven
    fields = (digits[n : n + 12] for n in range(0, 48, 12))
    return Found(Kind.BOLETO, *match.span(), digits) if all(map(is_right, fields)) else None


def _ends_in_ten(field: str) -> bool:
    from stdnum import luhn

    return luhn.is_valid(field)


def _ends_in_eleven(field: str) -> bool:
    return _modulo_eleven(field[:-1]) == field[-1]


def _modulo_eleven(digits: str) -> str:
    rest = sum(int(digit) * (2 + n % 8) for n, digit in enumerate(reversed(digits))) % 11
    return str(11 - rest) if rest > 1 else "0"


def invoices(text: str) -> list[tuple[int, int]]:
    """Keys of electronic invoices (44 digits, in fours): nobody's own, but some of their fours look like a card."""
    found = (match for match in _INVOICE.finditer(text))
    return [one.span() for one in found if _ends_in_eleven(digits_of(one[0]))]


PIX_CODES: tuple[Rule, ...] = ((_PIX_CODE, _pix_code),)
RANDOM_KEYS: tuple[Rule, ...] = ((_UUID, _random_key), (_UUID_ANYWHERE, _random_key_named))
BOLETOS: tuple[Rule, ...] = ((_BOLETO, _boleto), (_BILL, _bill))
CARDS: tuple[Rule, ...] = tuple((pattern, _card) for pattern in _CARDS)
CARD_TYPOS: tuple[Rule, ...] = ((_CARD_NAMED, _card_typo),)
