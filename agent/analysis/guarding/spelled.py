"""Turns numbers in words into digits where they measure something: ``quarenta e oito reais`` becomes ``48 reais``."""

import re

_WORDS = {
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8,
    "nove": 9,
    "dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "catorze": 14, "quinze": 15, "dezesseis": 16,
    "dezessete": 17, "dezoito": 18, "dezenove": 19, "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50,
    "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90, "cem": 100, "cento": 100, "duzentos": 200,
    "trezentos": 300,
    "quatrocentos": 400, "quinhentos": 500, "seiscentos": 600, "setecentos": 700, "oitocentos": 800, "novecentos": 900,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "diez": 10, "veinte": 20, "treinta": 30, "cuarenta": 40,
    "cincuenta": 50, "cien": 100,
}  # fmt: skip
_ONE = "|".join(sorted([*_WORDS, "mil", "thousand"], key=len, reverse=True))
_UNITS = (
    r"(?:reais|real|contos?|pilas?|pratas?|mangos?|dolares|euros|bucks|dollars|dias?|horas?|horinhas?|minutos?|"
    r"minutinhos|"
    r"semanas?|mes|meses|anos?|vezes|parcelas?|por cento|porcento|percent|km|quilos?|metros?|days?|hours?|minutes?|"
    r"weeks?|"
    r"months?|years?|da (?:manha|tarde|noite))"
)
_SPELLED = re.compile(rf"(?<!\d )\b(?P<n>(?:{_ONE})(?:(?: e |-| )(?:{_ONE}))*)(?P<unit>\s+{_UNITS})\b")
_SINGLE = re.compile(r"\b(?:em|ate|dentro de|daqui a|por|durante|prazo de|mais|within|in|de) $")
_HALF_HOUR = re.compile(r"\bmeia hora\b")
_HALF = re.compile(r"\b(?:metade do (?:preco|valor)|half (?:the )?price)\b")


def in_digits(folded: str) -> str:
    """The text with the numbers that stand before a unit in digits. "um dia desses" and "uma hora dessas" stay."""
    if not any(word in folded for word in _STEMS):
        return folded
    text = _HALF.sub("50%", _HALF_HOUR.sub("30 minutos", folded))
    return _SPELLED.sub(_digits, text)


_STEMS = tuple({word[:3] for word in _WORDS} | {"mil", "tho", "mei", "met", "hal"})


def _digits(match: re.Match[str]) -> str:
    parts = re.split(r" e |-| ", match["n"])
    is_one = parts in (["um"], ["uma"]) and "rea" not in match["unit"]
    if is_one and not _SINGLE.search(match.string[: match.start()]):
        return match[0]  # "Um dia" is no length of time, "em um dia" is.
    total = 0
    for part in parts:
        if part in ("mil", "thousand"):
            total = max(total, 1) * 1000
        elif part == "hundred" and total:
            total *= 100
        else:
            total += _WORDS.get(part, 0)
    return f"{total}{match['unit']}"
