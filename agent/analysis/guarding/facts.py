"""Finds what a text states that can be checked letter by letter: links, addresses, keys, codes, numbers, days."""

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis.guarding.amounts import Amount, amounts
from agent.analysis.guarding.visible import fold

_TLD = (
    r"(?:com|net|org|br|me|ly|app|io|site|shop|store|loja|example|test|xyz|online|top|win|link|info|biz|co|tv|gg|"
    r"ru|cn|click|"
    r"live|dev|ai|us|uk|eu|page|club|vip|icu)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_LINK = re.compile(
    rf"(?:\w{{2,9}}://|www\.)[^\s<>\"]+|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.{_TLD}\b(?:[/?#]\S*)?"
    r"|(?<![@\w.-])\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\S*)?"
)
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]+")
_SAID_AT = re.compile(
    r"(?<=\w)\s*[\[(]\s*(?:arroba|at)\s*[\])]\s*(?=\w)|(?<=\w)[\s-]+arroba[\s-]+(?=\w)|"
    r"(?<=\w)\s+at\s+(?=[\w-]+\s*(?:\.\w|ponto|dot|[\[(]))"
)
_SAID_DOT = re.compile(
    rf"(?<=[\w])\s*[\[(]?\s*\b(?:ponto|dot)\b\s*[\])]?\s*(?={_TLD}\b)|\s+\.\s*(?={_TLD}\b)|\[\.\]|\(\.\)"
)
_BROKEN_SCHEME = re.compile(r"\bh(?:xx|tt)ps?\s*[:;]\s*/\s*/\s*")
_END = ".,;:!?)]}\"'»”*_"

_UUID = re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b")
_LONG = re.compile(
    r"(?<![\w.,/-])(?:\+?55[\s.-]?)?\(?\d{2}\)?[\s.-]?9?[\s.]?\d{4}[\s.-]?\d{4}(?![\w/-])"  # A phone with its area.
    r"|(?<![\w.,/-])9?\d{4}-\d{4}(?![\w/-])"
    r"|(?<!\w)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\w)"  # CPF
    r"|(?<!\w)\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}(?!\w)"  # CNPJ
    r"|(?<!\w)\d{5}-\d{3}(?!\w)"  # CEP
    r"|(?<!\w)0[358]00[ .-]?\d{3}[ .-]?\d{4}(?!\w)"
    r"|(?<!\w)\d{5}\.\d{5}(?: \d{5}\.\d{6})*(?: \d)?(?: \d{9,})?(?!\w)"  # The line of a boleto.
    r"|(?<![\w.,])\d{7,}(?!\w)"
    r"|(?<!\w)\d(?:[ .-]\d){6,}(?!\w)"
)
_CODE = re.compile(r"(?<![\w§])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]+(?!\w)")
_MEASURE = re.compile(
    r"\d+(?:[.,]\d+)?(?:x|h|hs|hrs|h\d\d|min|mins|kg|g|gr|mg|ml|l|cm|mm|m|km|gb|tb|mb|mah|w|v|a|pol|p|k|o|un|pc|"
    r"pcs|cv|hz|"
    r"s|d|am|pm|th|st|nd|rd|em|e)(?:\d+|x)?"
)

_DAY_NAMES = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_DAY_WORDS = {
    **{name: n for n, name in enumerate(_DAY_NAMES)},
    **{name[:3]: n for n, name in enumerate(_DAY_NAMES)},
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1,
    "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6, "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3,
    "viernes": 4,
}  # fmt: skip
_SHORT = "seg|ter|qua|qui|sex|sab|dom|mon|tue|wed|thu|fri|sat|sun"
_LONG_DAYS = "|".join(word for word in _DAY_WORDS if len(word) > 3)
_ORDINAL = (
    r"(?!\s+(?:via|vez|opc|parcela|peca|unidade|mao|pele|dose|linha|tentativa|sess|aula|consulta|etapa|prova|compra|"
    r"pizza|fatia|cor|rodada|coisa|pessoa|turma|camada|visita|maior|melhor))"
)
_DAY = re.compile(
    rf"\b({_LONG_DAYS})s?(?:[- ]feiras?)?\b{_ORDINAL}|\b({_SHORT})\b\.?(?=\s*(?:-|–|a|e|to|/|,)\s|\s*[-–/])"
)
_DAY_RANGE = re.compile(rf"\b({_LONG_DAYS}|{_SHORT})\.?(?:[- ]feira)?\s*(?:a|ate|to|-|–)\s*({_LONG_DAYS}|{_SHORT})\b")
_RELATIVE = re.compile(
    r"\b(hoje|hj|depois de amanha|amanha|mesmo dia|semana que vem|proxima semana|fim de semana|(?:day after )?tomorrow|"
    r"today|tonight|same day|next week|manana|hoy)\b"
)
_SAME_DAY = {
    "hj": "hoje", "mesmo dia": "hoje", "today": "hoje", "tonight": "hoje", "same day": "hoje", "hoy": "hoje",
    "tomorrow": "amanha", "manana": "amanha", "next week": "proxima semana", "semana que vem": "proxima semana",
}  # fmt: skip
_EVERY_DAY = re.compile(r"\b(?:todos os dias|todo dia|diariamente|every day|24 ?h|24/7)\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """What one text, or several together, state."""

    links: frozenset[str] = frozenset()
    """Links, e-mail addresses, @names."""
    keys: frozenset[str] = frozenset()
    """Phone numbers, CPF, CEP, random keys and other long numbers: only their letters and digits."""
    codes: frozenset[str] = frozenset()
    """Words of letters and digits: ``br123456br``, ``a32``."""
    amounts: frozenset[Amount] = frozenset()
    weekdays: frozenset[int] = frozenset()
    """0 is Monday."""
    days: frozenset[str] = frozenset()
    """``hoje``, ``amanha`` and the like."""


@lru_cache(maxsize=2048)
def read_facts(text: str, *, generous: bool = False) -> Facts:
    """The facts of a text; ``generous`` for what is known (see ``agent.analysis.guarding.amounts``)."""
    folded = _joined(fold(text))
    found_links = links(folded)
    for link in sorted(found_links, key=len, reverse=True):
        folded = folded.replace(link, " ; ")
    keys = set[str]()
    folded = _UUID.sub(lambda match: _keep(match[0], keys), folded)
    folded = _LONG.sub(lambda match: _keep(match[0], keys), folded)
    codes = set[str]()
    counted = _CODE.sub(lambda match: _code(match[0], codes), folded)
    return Facts(
        links=frozenset(found_links),
        keys=frozenset(keys),
        codes=frozenset(codes),
        amounts=frozenset(amounts(counted, generous=generous)),
        weekdays=frozenset(_weekdays(folded)),
        days=frozenset(_SAME_DAY.get(day, day) for day in _RELATIVE.findall(folded)),
    )


def merged(facts: list[Facts]) -> Facts:
    """All facts of several texts."""
    return Facts(
        links=frozenset().union(*(one.links for one in facts)),
        keys=frozenset().union(*(one.keys for one in facts)),
        codes=frozenset().union(*(one.codes for one in facts)),
        amounts=frozenset().union(*(one.amounts for one in facts)),
        weekdays=frozenset().union(*(one.weekdays for one in facts)),
        days=frozenset().union(*(one.days for one in facts)),
    )


def links(text: str) -> set[str]:
    """Links, e-mail addresses and @names, in lower case, without the punctuation behind them."""
    low = text.lower()
    found = {link.rstrip(_END) for link in _EMAIL.findall(low)}
    rest = _EMAIL.sub(" ", low)
    return found | {link.rstrip(_END) for pattern in (_LINK, _HANDLE) for link in pattern.findall(rest)}


def has_link(link: str, known: frozenset[str]) -> bool:
    """Whether a link is known, or is the host or the beginning of the path of a known one."""
    if link in known:
        return True
    bare = _bare(link)
    return any(_bare(one) == bare or _bare(one).startswith(f"{bare}/") for one in known)


def has_key(key: str, known: frozenset[str]) -> bool:
    """Whether a long number is known; a phone number also without its area or with the country's 55."""
    return any(key == one or (len(key) >= 8 and one.endswith(key)) or key == f"55{one}" for one in known)


def _bare(link: str) -> str:
    return re.sub(r"^\w+://", "", link).removeprefix("www.").rstrip("/")


def _joined(folded: str) -> str:
    """Addresses that were written in pieces ("pix arroba loja ponto com") in one."""
    text = _BROKEN_SCHEME.sub("https://", folded) if "h" in folded else folded
    if "arroba" in text or " at" in text or "(at" in text or "[at" in text or "( at" in text:
        text = _SAID_AT.sub("@", text)
    return _SAID_DOT.sub(".", text)


def _keep(found: str, keys: set[str]) -> str:
    keys.add(re.sub(r"\W", "", found))
    return " ; "


def _code(found: str, codes: set[str]) -> str:
    if _MEASURE.fullmatch(found):
        return found
    codes.add(found)
    return " ; "


def _weekdays(folded: str) -> set[int]:
    found = {_DAY_WORDS[long or short] for long, short in _DAY.findall(folded)}
    for first, last in _DAY_RANGE.findall(folded):
        day, end = _DAY_WORDS[first], _DAY_WORDS[last]
        while day != end:
            found.add(day)
            day = (day + 1) % 7
        found.add(end)
    return set(range(7)) if _EVERY_DAY.search(folded) else found
