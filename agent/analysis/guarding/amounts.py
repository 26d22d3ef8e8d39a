"""Reads amounts: prices, shares, times, dates and plain numbers, each in one spelling.

``R$ 1.200,00`` and ``mil e duzentos reais`` are ``("money", "1200")``; ``18h30``, ``18:30`` and ``6 e meia da tarde``
are ``("h", "18.5")``; ``2 dias`` and ``48 horas`` are ``("h", "48")``; ``12/07`` and ``12 de julho`` are
``("date", "12/7")``.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from agent.analysis.guarding.spelled import in_digits


class Amount(NamedTuple):
    """One number with what it counts."""

    unit: str
    """``money``, ``percent``, ``h`` (times and durations, in hours), ``month``, ``x`` (instalments), ``date``,
    nothing, or ``~``: the bare number of an amount that has a unit; it supports a number without one."""
    value: str
    raw: str = ""
    """The number as it stands: ``2`` of ``2 dias``."""
    lasting: bool = False
    """A length of time, not a time of day: ``2 dias``, ``em 3 horas``."""

    @property
    def key(self) -> tuple[str, str]:
        """Unit and value: what is compared."""
        return self.unit, self.value


_MONTHS = {
    "jan": 1, "fev": 2, "mar": 3, "abr": 4, "mai": 5, "jun": 6, "jul": 7, "ago": 8, "set": 9,
    "out": 10, "nov": 11, "dez": 12,
    "feb": 2, "apr": 4, "may": 5, "aug": 8, "sep": 9, "oct": 10, "dec": 12, "ene": 1,
}  # fmt: skip
_MONTH = (
    r"(?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|january|february|"
    r"march|"
    r"april|may|june|july|august|september|october|november|december|enero|febrero|mayo|junio|julio|septiembre|octubre|"
    r"noviembre|diciembre)"
)
_DATE = re.compile(
    rf"(?<![\d/.])(?P<d>[0-3]?\d)/(?P<m>[01]?\d)(?:/(?:20)?\d\d)?(?![\d/])|"
    rf"\b(?P<d2>\d\d?)\s+(?:de\s+)?(?P<m2>{_MONTH})\b"
    rf"|\b(?P<m3>{_MONTH})\s+(?P<d3>\d\d?)\b"
)
_CLOCK = re.compile(
    r"(?<![\d:,.])(?P<h>[0-2]?\d)(?:(?::|\s?(?:hs|hrs|h)\s?)(?P<m>[0-5]\d)\b(?:\s?h(?:s|rs)?\b)?|\s?(?:hs|hrs|h)\b)"
    r"(?P<half> e meia)?(?:\s*(?P<day>da manha|da tarde|da noite|am\b|pm\b|a\.m\.|p\.m\.))?"
    r"|(?<![\d:,.])(?P<h2>[0-1]?\d)(?::(?P<m2>[0-5]\d))?(?P<half2> e meia)?"
    r"\s*(?P<day2>da manha|da tarde|da noite|am\b|pm\b|a\.m\.|p\.m\.)"
    r"|\b(?P<noon>meio[ -]dia|meia[ -]noite|noon|midnight)\b"
)
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?")
_UNITS = {
    "money": r"(?:reais|real|conto|contos|pila|pilas|prata|pratas|mango|mangos|dolares|dolar|euros?|bucks|dollars?|"
    r"usd|brl)\b",
    "percent": r"(?:%|por ?cento\b|per ?cent\b|porciento\b)",
    "min": r"(?:minutinhos|minutos?|mins?|minutes?)\b",
    "h": r"(?:horas?|hours?|horinhas?|hs|hrs|h)\b",
    "day": r"(?:dias?|dd|days?|diarias?)\b",
    "week": r"(?:semanas?|weeks?)\b",
    "month": r"(?:mes|meses|months?)\b",
    "year": r"(?:anos?|years?|anios)\b",
    "x": r"(?:x\b(?!\s*\d)|vezes\b|parcelas?\b|prestacoes\b|instal+ments?\b)",
}
_UNIT = re.compile(
    r"\s*(?P<mil>(?:mil|milhao|milhoes|bilhoes|million|thousand|k)\b\s*(?:de\s+)?)?(?:"
    + "|".join(f"(?P<{n}>{p})" for n, p in _UNITS.items())
    + ")?"
)
_CURRENCY = re.compile(r"(?:r\$|us\$|\$|€|£|\bbrl|\brs)\s*$")
_PRICE_BEFORE = re.compile(
    r"\b(?:cust\w+|sai|saem|sairia|fica(?:m|ria)?|valor|preco|cobr\w+|pag(?:a|ar|ue)|apenas|total|costs?|price|pay|"
    r"vale|faz(?:emos|er)?"
    r"|faco|por)(?: (?:de|e|so|apenas|por|em|a|is|for|only|just|total))*:?\s*$"
)
_COUNTED = re.compile(r"\s+(?!(?:a|as|ate|e|ou|to|or|and)\b)[a-z]{2,}")
_CENTS = re.compile(r"\d,\d\d$")
_RANGE = re.compile(r"\s*(?:(?:as|ate|a|e|ou|to|or|and)\b|[-–/,])\s*(?:r\$\s*)?")
_NARROW_RANGE = re.compile(r"\s*(?:(?:as|ate|a|to)\b|[-–])\s*(?:r\$\s*)?")
_HOURS = {"min": Decimal(1) / 60, "h": Decimal(1), "day": Decimal(24), "week": Decimal(168)}
_TOUCHES_WORD = re.compile(r"[a-z]")
_LASTING_BEFORE = re.compile(r"\b(?:em|ate|dentro de|daqui a|por|durante|prazo de|mais|de|within|in|for)\s*$")


def amounts(folded: str, *, generous: bool) -> set[Amount]:
    """The amounts in a folded text.

    Args:
        folded: See ``agent.analysis.guarding.visible.fold``; links and keys already taken out.
        generous: For what is known: each number of a list or range also counts as what the last one counts ("48, 50 ou
            52 reais"). For what is to be judged only a range ("de 48 a 52 reais") does.
    """
    text = in_digits(folded)
    found = set[Amount]()
    text = _DATE.sub(lambda match: _date(match, found, generous=generous), text)
    text = _CLOCK.sub(lambda match: _clock(match, found, generous=generous), text)
    return found | set(_numbers(text, _RANGE if generous else _NARROW_RANGE, generous=generous))


def _date(match: re.Match[str], found: set[Amount], *, generous: bool) -> str:
    day = int(match["d"] or match["d2"] or match["d3"])
    month = int(match["m"]) if match["m"] else _MONTHS[(match["m2"] or match["m3"])[:3]]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    found.add(Amount("date", f"{day}/{month}", str(day)))
    if generous:
        found.add(Amount("~", str(day), str(day)))
    return " ; "


def _clock(match: re.Match[str], found: set[Amount], *, generous: bool) -> str:
    if match["noon"]:
        hour = Decimal(12) if match["noon"].startswith(("meio", "noon")) else Decimal(24)
    else:
        hour = Decimal(int(match["h"] or match["h2"]))
        if generous:
            found.add(Amount("~", _plain(hour), _plain(hour)))
        minutes = match["m"] or match["m2"]
        hour += Decimal(int(minutes)) / 60 if minutes else Decimal("0.5") if match["half"] or match["half2"] else 0
        part = match["day"] or match["day2"] or ""
        if part.startswith(("da tarde", "da noite", "p")) and hour < 12:
            hour += 12
    found.add(Amount("h", _plain(hour), str(int(hour))))
    return " §h "  # Keeps its place, so that "das 9 às 18h" gives its unit to the 9.


def _numbers(text: str, between: re.Pattern[str], *, generous: bool) -> Iterator[Amount]:
    following = ""
    for match in reversed(list(_NUMBER.finditer(text))):
        before, after = text[: match.start()], text[match.end() :]
        measured = _UNIT.match(after)
        unit = (measured.lastgroup or "") if measured else ""
        raw = value = _value(match[0])
        if measured and measured["mil"] is not None:
            value *= 1000
            unit = "" if unit == "mil" else unit
        if _CURRENCY.search(before) or (not unit and (_CENTS.search(match[0]) or _PRICE_BEFORE.search(before))):
            unit = unit if unit and not _CURRENCY.search(before) else "money"
        own = unit
        if not unit and following and (joined := between.match(after)):
            rest = after[joined.end() :]
            unit = "h" if rest.startswith("§h") else following if _NUMBER.match(rest) else ""
        elif not unit and (joined := between.match(after)) and after[joined.end() :].startswith("§h"):
            unit = "h"
        following = unit
        if generous and not unit and _COUNTED.match(after):
            unit = "~"  # "10 pizzas" does not support "10 minutos".
        yield _amount(unit, value, before, _plain(raw))
        if generous and ((unit and not own) or unit not in ("money", "percent", "") or raw != value):
            yield Amount("" if unit and not own else "~", _plain(raw), _plain(raw))


def _amount(unit: str, value: Decimal, before: str, raw: str) -> Amount:
    if unit in _HOURS:
        lasting = unit != "h" or bool(_LASTING_BEFORE.search(before))
        return Amount("h", _plain(value * _HOURS[unit]), raw, lasting)
    if unit == "year":
        return Amount("month", _plain(value * 12), raw, True)
    return Amount(unit, _plain(value), raw, unit == "month")


def _value(number: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", number):
        number = number.replace(".", "")
    return Decimal(number.replace(",", "."))


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}"
