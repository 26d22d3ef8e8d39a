"""Judges a finished draft for ``draft score``, knowing nothing of the guard: it looks words and numbers up.

It is written apart from the guard on purpose. A mistake that both made alike would not be seen.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_NUMBER = re.compile(r"\d+(?:[.,:/h-]\d+)*")
_MONEY = re.compile(r"(?:r\$|us\$|€)\s*(\d[\d.,]*)|(\d[\d.,]*)\s*(?:%|reais|real\b|por cento|x sem juros)")
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w.-]+\w|(?:https?://|www\.)\S*\w|\b[\w-]+\.(?:com|net|org|br|example|io|app|me)\b[\w./-]*"
)
_SPELLED = re.compile(
    r"\b(dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez|doze|quinze|vinte|trinta|quarenta|cinquenta|sessenta|"
    r"noventa|cem)\s+(dias?|horas?|minutos?|min|meses|mes|semanas?|anos?|vezes|reais|parcelas|por cento|"
    r"quilometros|km|unidades)\b"
)
_VALUES = {
    "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9, "dez": 10,
    "doze": 12, "quinze": 15, "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "noventa": 90,
    "cem": 100,
}  # fmt: skip
_DAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_MONTHS = "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro".split()  # noqa: SIM905
_CAPITAL = re.compile(r"(?<![.!?…:\n\"“»)])\s((?=\w{3})[A-ZÀ-Ý][a-zà-ÿ]+(?:[A-ZÀ-Ý][a-zà-ÿ]+)*)\b")
_AFTER_EMOJI = re.compile(r"[\u2600-\u27BF\uFE0F\U0001F000-\U0001FAFF]\s*$")
_EVERYDAY = frozenset(
    ("pix", "whatsapp", "cpf", "cnpj", "cep", "brasil", "deus", "instagram", "google", "natal", "bom", "boa", "voce")
)
_FINISHED = re.compile(r"[.!?…)\"”\u2600-\u27BF\uFE0F\U0001F000-\U0001FAFF]$")
_DEFERS = re.compile(
    r"\b(?:vou|vamos|irei) (?:conferir|verificar|checar|ver|confirmar|consultar)|ja (?:te|lhe) (?:respondo|confirmo)"
)
_PORTUGUESE_SHARE = 0.75
_SMALL_WORDS = """
    a o as os um uma uns umas de do da dos das em no na nos nas por pelo pela para pra com sem e ou que se mas como mais
    muito ja nao sim eu voce voces ele ela gente seu sua meu minha te lhe me isso esse essa este esta aqui ai la ser
    estao ter tem temos vou vai vamos pode posso podemos fica ficar qual quando quanto onde ola oi bom boa dia tarde
    noite obrigado obrigada agora ate so tambem ainda ao aos tudo bem
"""
_STOP = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Known:
    """What a draft may be made of."""

    business: str
    """Facts, rules, canned replies and knowledge base, as text."""
    ours: str
    """What the attendant wrote in the conversation."""
    customer: str
    """What the customer wrote, and their name."""

    @cached_property
    def ours_folded(self) -> str:
        """What counts for prices and addresses."""
        return fold(f"{self.business}\n{self.ours}")

    @cached_property
    def all_folded(self) -> str:
        """What counts for everything else."""
        return f"{self.ours_folded}\n{fold(self.customer)}"


def invented(draft: str, known: Known) -> list[str]:
    """Numbers, prices, dates, addresses and names of the draft that stand in no source."""
    folded = fold(draft)
    found: list[str] = []
    ours, everything = _numbers(known.ours_folded), _numbers(known.all_folded)
    rest = folded
    for address in _ADDRESS.findall(folded):
        rest = rest.replace(address, " ")
        if address.rstrip(".,") not in known.ours_folded:
            found.append(address)
    money = [match for match in _MONEY.finditer(rest) if _plain(match[1] or match[2]) not in ours]
    found += [match[0].rstrip(".,") for match in money]
    rest = _MONEY.sub(" ", rest)
    found += [number for number in _NUMBER.findall(rest) if _plain(number) not in everything]
    for word, unit in _SPELLED.findall(folded):
        if str(_VALUES[word]) not in everything and f"{word} {unit}" not in known.all_folded:
            found.append(f"{word} {unit}")
    days = _days(known.all_folded)
    found += [day for day in _DAYS if re.search(rf"\b{day}(?:-feira|s)?\b", folded) and day not in days]
    found += [word for word in (*_MONTHS, "amanha") if _has(word, folded) and not _has(word, known.all_folded)]
    words = set(_WORD.findall(known.all_folded)) | _EVERYDAY
    for match in _CAPITAL.finditer(draft):
        name = fold(match[1])
        if name not in words and name.rstrip("s") not in words and not _AFTER_EMOJI.search(draft[: match.start()]):
            found.append(match[1])
    return found


def is_finished(draft: str) -> bool:
    """Whether it ends as a sentence does: with a mark or an emoji."""
    return bool(_FINISHED.search(draft.rstrip()))


def is_portuguese(draft: str, vocabulary: frozenset[str]) -> bool:
    """Whether at least three quarters of its words are words of our Portuguese corpus."""
    words = _WORD.findall(fold(draft))
    return not words or sum(word in vocabulary for word in words) >= _PORTUGUESE_SHARE * len(words)


def defers(draft: str) -> bool:
    """Whether it says that somebody will look it up."""
    return bool(_DEFERS.search(fold(draft)))


def is_grounded(draft: str, labelled: Sequence[str], passages: Mapping[str, str], conversation: str) -> bool:
    """Whether a draft says what a labelled passage says.

    Every number in it stands in a labelled passage or in the conversation, and no other passage shares more of its
    content words than a labelled one does. Rare words count more: each by the logarithm of how few passages have it.

    Args:
        draft: What was shown.
        labelled: Ids of the right passages.
        passages: Text (with its title) by id, all of the business.
        conversation: Everything said so far.
    """
    right = [passages[name] for name in labelled if name in passages]
    allowed = _numbers(fold("\n".join([*right, conversation])))
    folded = fold(draft)
    if any(_plain(number) not in allowed for number in _NUMBER.findall(folded)):
        return False
    mine = content_words(draft)
    texts = {name: content_words(text) for name, text in passages.items()}
    spread = Counter(word for words in texts.values() for word in words)
    score = {name: sum(1 / spread[word] for word in words & mine) for name, words in texts.items()}
    best = max(score.values(), default=0.0)
    return best > 0 and any(score.get(name, 0.0) >= best - 1e-9 for name in labelled)


def content_words(text: str) -> set[str]:
    """Words that say something, cut to six letters: ``entregamos`` and ``entrega`` count as the same."""
    return {word[:6] for word in _WORD.findall(fold(text)) if word not in _STOP and len(word) > 2}


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """All words of these texts."""
    return frozenset(word for text in texts for word in _WORD.findall(fold(text)))


def fold(text: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _numbers(folded: str) -> set[str]:
    found = _NUMBER.findall(folded)
    return {_plain(number) for number in found} | {
        _plain(part) for number in found for part in re.split("[-/]", number)
    }


def _plain(number: str) -> str:
    """``17:00``, ``17h00`` and ``17`` are one; so are ``1.200,00`` and ``1200``."""
    number = re.sub(r"[:h]00$|,00$", "", number.strip(".,:-/h"))
    return re.sub(r"\.(?=\d{3}\b)", "", number).replace("h", ":")


def _days(folded: str) -> set[str]:
    found = {day for day in _DAYS if re.search(rf"\b{day}", folded)}
    for first, last in re.findall(rf"({'|'.join(_DAYS)})(?:-feira)? a ({'|'.join(_DAYS)})", folded):
        start, end = _DAYS.index(first), _DAYS.index(last)
        found.update(_DAYS[n % 7] for n in range(start, end + 1 if end >= start else end + 8))
    return set(_DAYS) if re.search(r"todos os dias|todo dia", folded) else found


def _has(word: str, folded: str) -> bool:
    return re.search(rf"\b{word}\b", folded) is not None
