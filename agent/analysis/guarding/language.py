"""Tells in which language a text is written: Portuguese, English, Spanish or another one.

py3langid (BSD-3-Clause, NumPy, no pickle, 0.2 ms a text) finds all of our canned replies to be Portuguese. A draft of
two words has no language: what is too short to be told apart is let through.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from agent.analysis.guarding.visible import fold, foreign_letters

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

Language = Literal["pt", "en", "es"]

_KNOWN = ("pt", "en", "es", "fr", "it", "de", "zh", "ja", "ko", "ru", "ar")
_LEAST_LETTERS = 10
_FEW_LETTERS = 18
_RULED_OUT = 0.02
"""Of 2,245 sentences of our attendants one is below, "Opa, Wellington!"; of 22 foreign ones 15 are."""
_UNLIKELY = 0.12
_STRANGE = 0.3
_MANY_WORDS = 4
_DOUBTFUL = 0.5
_CUSTOMER_LETTERS = 12
_RECENT = 6

_MARKS: dict[str, re.Pattern[str]] = {
    # Words of each language that no text of the other two has: they decide where the statistics are weak.
    "pt": re.compile(
        r"\b(?:voce|voces|vc|vcs|nao|sao|entao|tambem|obrigad[oa]|ola|oi|bom dia|boa (?:tarde|noite)|tem|uma|um|do|"
        r"da|dos|"
        r"das|na|em|com|meu|minha|seu|sua|pra|pela|pelo|aqui|ja|ate|qual|quanto|fico|vou|posso|estou|isso|esse|essa)\b"
    ),
    "en": re.compile(
        r"\b(?:the|you|your|we|our|is|are|and|of|to|for|with|what|how|please|hello|hi|hey|sure|yes|thanks|thank|i|"
        r"my|it|"
        r"this|that|have|can|will|do|not|in|on|at|be|all|was|sorry|welcome|okay|here|just|been)\b"
    ),
    "es": re.compile(
        r"\b(?:hola|usted|ustedes|el|los|las|del|una|y|con|muy|gracias|por supuesto|pero|esta|hoy|tiene|tenemos|puedo|"
        r"puede|nuestro|nuestra|su|es|en|cuanto|cual|donde|buenos|buenas|dias|tardes|claro que si|bien|precio|le|lo)\b"
    ),
}
_FREQUENT = re.compile(
    r"\b(?:o|a|os|as|e|que|de|do|da|em|um|uma|para|pra|com|nao|sim|por|se|mais|te|me|ja|esta|voce|pela|pelo|pro|"
    r"dele|dela|meu|minha|seu|sua|que|como|na|no|nos|nas|ao|bom|boa|ola|oi|muito|tudo|"
    r"the|an|of|to|in|is|are|you|i|we|for|yes|no|and|it|thank|please|el|la|los|las|y|en|con|su|es|muy|gracias|hola)\b"
)
"""Every sentence of some length holds one of these; a cipher holds none."""


def chat_languages(customer: tuple[str, ...]) -> tuple[Language, ...]:
    """The languages in which a customer writes, the newest first; Portuguese where unsure."""
    found = dict.fromkeys(_written(text) for text in reversed(customer[-_RECENT:]))
    return tuple(language for language in found if language) or ("pt",)


def is_in(text: str, languages: frozenset[str]) -> bool:
    """Whether a text may be in one of ``languages``; True for what is too short to be told."""
    if foreign_letters(text):
        return False
    letters = _letters(text)
    size = len(letters.replace(" ", ""))
    counts = {language: _count(language, text) for language in _MARKS}
    mine = max(counts[language] for language in languages)
    others = max((count for language, count in counts.items() if language not in languages), default=0)
    if size < _LEAST_LETTERS:
        return mine > 0 or others < 2
    likely = _likely(letters, languages)
    if likely < _RULED_OUT:
        return mine > others or (size < _FEW_LETTERS and not others)
    return likely >= _UNLIKELY or others <= mine


def is_strange(text: str) -> bool:
    """Whether a text looks like no language that we speak: ``rot13`` and the like."""
    letters = _letters(text)
    if len(letters.replace(" ", "")) < _LEAST_LETTERS or _FREQUENT.search(fold(text)):
        return False
    if len(letters.split()) >= _MANY_WORDS:  # English and Spanish of some length always hold a frequent word.
        return _likely(letters, frozenset({"pt"})) < _DOUBTFUL
    return _likely(letters, frozenset(_MARKS)) < _STRANGE


def _written(text: str) -> Language | None:
    letters = _letters(text)
    if len(letters.replace(" ", "")) < _CUSTOMER_LETTERS:
        return None
    best = max(("en", "es"), key=lambda language: _count(language, text))
    foreign = _likely(letters, frozenset({"pt"})) < _RULED_OUT and _count(best, text) > _count("pt", text)
    return ("en" if best == "en" else "es") if foreign else "pt"


def _count(language: str, text: str) -> int:
    return len(_MARKS[language].findall(fold(text)))


def _letters(text: str) -> str:
    """Only letters and spaces: links, numbers and emoji have no language."""
    plain = re.sub(r"\S+[@/]\S+|\S+\.\w{2,}\S*", " ", unicodedata.normalize("NFC", text))
    return " ".join(re.sub(r"[\W\d_]+", " ", plain).split())


def _likely(letters: str, languages: frozenset[str]) -> float:
    return sum(share for language, share in _shares(letters) if language in languages)


@lru_cache(maxsize=512)
def _shares(letters: str) -> tuple[tuple[str, float], ...]:
    return tuple((str(language), float(share)) for language, share in _identifier().rank(letters.lower()))


def load_tables() -> None:
    """Load what telling languages apart takes, which is half a second."""
    _identifier()


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_KNOWN))
    return identifier
