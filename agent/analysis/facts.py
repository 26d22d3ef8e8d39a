"""Finds what a text states that can be checked letter by letter: numbers, links, addresses, keys."""

import re

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|br|me|ly|app|io|site|shop)\b(?:/\S*)?"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_CENTS = re.compile(r"[,.:]0{1,2}$")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))")
_CLOCK = re.compile(r"\b(\d{1,2})\s?(?:h|hs|horas?)\s?(\d{2})?\b")

_SPELLED = {
    "dois": "2", "duas": "2", "tres": "3", "quatro": "4", "cinco": "5", "seis": "6", "sete": "7", "oito": "8",
    "nove": "9", "dez": "10", "onze": "11", "doze": "12", "quinze": "15", "vinte": "20", "trinta": "30",
    "quarenta": "40", "cinquenta": "50", "sessenta": "60", "noventa": "90", "cem": "100", "mil": "1000",
}  # fmt: skip
_UNITS = r"(?:reais|real|dias?|horas?|minutos?|semanas?|mes(?:es)?|anos?|vezes|parcelas?|por cento|km|quilos?|metros?)"
_SPELLED_FACT = re.compile(rf"\b({'|'.join(_SPELLED)})\s+(?:{_UNITS})\b")


def links(text: str) -> set[str]:
    """Links, e-mail addresses and @names, in lower case, without the punctuation behind them."""
    low = text.lower()
    return {found.rstrip(".,;:!?)") for pattern in (_EMAIL, _LINK, _HANDLE) for found in pattern.findall(low)}


def numbers(text: str) -> set[str]:
    """Numbers in one spelling: ``R$ 1.200,00`` is ``1200``, ``18h``, ``18:00`` and ``18 horas`` are ``18``.

    A number in words counts where it measures something ("três dias").
    """
    low = text.lower()
    found = {_plain(number) for number in _NUMBER.findall(_CLOCK.sub(_as_clock, low))}
    unaccented = low.replace("ê", "e")
    return found | {_SPELLED[word] for word in _SPELLED_FACT.findall(unaccented)}


def _as_clock(found: re.Match[str]) -> str:
    return f"{found[1]}:{found[2] or '00'}"


def _plain(number: str) -> str:
    plain = _CENTS.sub("", _THOUSANDS.sub("", number)).replace(",", ".")
    return plain.lstrip("0") or "0"
