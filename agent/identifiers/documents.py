"""CPF and CNPJ: by their check digits, or by the word before them."""

import re

from agent.identifiers.cues import says_cnpj, says_cpf, says_order, says_phone
from agent.identifiers.kinds import Found, Kind
from agent.identifiers.numbering import is_brazilian
from agent.identifiers.scanning import Rule, continues_number, digits_of, in_longer_number, touches_letter
from agent.identifiers.seen import BAR

_SIGN = r"(?: ?[.\-/] ?|,| {1,2})?"
_CPF = re.compile(rf"(?<!\d)\d{{3}}{_SIGN}\d{{3}}{_SIGN}\d{{3}}{_SIGN}\d{{2}}(?!\d)")
_CNPJ = re.compile(rf"(?<!\d)\d{{2}}{_SIGN}\d{{3}}{_SIGN}\d{{3}}{_SIGN}\d{{4}}{_SIGN}\d{{2}}(?!\d)")
_A = "[0-9A-Za-z]"
_CNPJ_OF_LETTERS = re.compile(
    rf"(?<!{_A}){_A}{{2}}[. ]{{0,2}}{_A}{{3}}[. ]{{0,2}}{_A}{{3}} ?/ ?{_A}{{4}}[ \-]{{0,3}}\d{{2}}(?!{_A})"
    rf"|(?<!{_A}){_A}{{12}}\d{{2}}(?!{_A})"
)
"""Since July 2026: twelve letters or digits, then two check digits."""


def _named(word: str, counts: tuple[int, ...]) -> re.Pattern[str]:
    """So many digits behind a word, however they are grouped; the first of the counts that fits."""
    ways = "|".join(rf"\d(?:{_SIGN}\d){{{count - 1}}}(?!\d)" for count in counts)
    return re.compile(
        rf"(?<![^\W\d_]){word}s?(?![^\W\d_])[^\d\n?!;{BAR}]{{0,24}}(?P<number>{ways})", re.IGNORECASE | re.ASCII
    )


_CPF_NAMED = _named("cpf", (11, 10, 12))
_CNPJ_NAMED = _named("cnpj", (14, 13, 15))
_PHONE_END = 4
_HEAD_OFFICE = "0001"


def _cpf(text: str, match: re.Match[str]) -> Found | None:
    from stdnum.br import cpf  # It takes 60 ms to import, which a short command should not pay.

    start, end, digits = match.start(), match.end(), digits_of(match[0])
    if (
        continues_number(text, start) or not cpf.is_valid(digits) or len(set(digits)) == 1
    ):  # 111.111.111-11 has right check digits, but is nobody's.
        return None
    if match[0].isdigit() and not says_cpf(text, start):
        called = text[:start].endswith("+") or (is_brazilian(digits) and says_phone(text, start, close=True))
        if called or in_longer_number(text, start, end) or touches_letter(text, start, end) or says_order(text, start):
            return None
    return Found(Kind.CPF, start, end, digits)


def _cnpj(text: str, match: re.Match[str]) -> Found | None:
    from stdnum.br import cnpj

    start, end, digits = match.start(), match.end(), digits_of(match[0])
    if continues_number(text, start) or not cnpj.is_valid(digits):
        return None
    bare = match[0].isdigit() and not says_cnpj(text, start)
    if bare and (in_longer_number(text, start, end) or touches_letter(text, start, end) or says_order(text, start)):
        return None
    return Found(Kind.CNPJ, start, end, digits)


def _cnpj_of_letters(text: str, match: re.Match[str]) -> Found | None:
    from stdnum.br import cnpj

    start, end = match.span()
    compact = re.sub(r"[^0-9A-Z]", "", match[0].upper())
    if compact.isdigit():
        return None
    named = says_cnpj(text, start)
    # One word in a hundred ends in the right two digits: without its slash it must look like a company's head office.
    if "/" not in match[0] and not named and compact[8:12] != _HEAD_OFFICE:
        return None
    if cnpj.is_valid(compact):
        return Found(Kind.CNPJ, start, end, compact)
    return Found(Kind.CNPJ_TYPO, start, end, compact) if named and "/" in match[0] else None


def _typo(kind: Kind, text: str, match: re.Match[str]) -> Found | None:
    start, end = match.span("number")
    written = match["number"]
    # "CPF na nota, meu zap 11 90000-0012": the digits behind the last sign are two in a CPF and in a CNPJ.
    if not written.isdigit() and len(re.split(r"\D+", written)[-1]) == _PHONE_END:
        return None
    return Found(kind, start, end, digits_of(written))


CNPJS: tuple[Rule, ...] = ((_CNPJ_OF_LETTERS, _cnpj_of_letters), (_CNPJ, _cnpj))
CPFS: tuple[Rule, ...] = ((_CPF, _cpf),)
TYPOS: tuple[Rule, ...] = (
    (_CPF_NAMED, lambda text, match: _typo(Kind.CPF_TYPO, text, match)),
    (_CNPJ_NAMED, lambda text, match: _typo(Kind.CNPJ_TYPO, text, match)),
)
