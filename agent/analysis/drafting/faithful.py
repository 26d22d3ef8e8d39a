"""Checks what the model made of a text: the same numbers, links, days and names, and nothing that was not there.

Unlike a draft, which answers, a rewritten text has to say what the text before said. So most of it can be compared.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from agent.analysis.guarding.facts import Facts, has_key, has_link, read_facts
from agent.analysis.guarding.language import chat_languages, is_in
from agent.analysis.guarding.names import names
from agent.analysis.guarding.promises import is_question, promised, sentences
from agent.analysis.guarding.visible import fold, foreign_letters, hidden, words
from agent.analysis.guarding.wording import fault_of_wording
from agent.contract.workplace import Language, Task
from agent.identifiers import has_mask

_SAME_LANGUAGE = frozenset({Task.SHORTER, Task.FORMAL, Task.FRIENDLIER, Task.CORRECT})
_TRANSLATIONS = frozenset({Task.TRANSLATE_IN, Task.TRANSLATE_OUT})
_EXPLANATIONS = frozenset({Task.SUMMARY, Task.WAITING})

_LONGEST = {Task.CORRECT: 1.5, Task.SHORTER: 1.0, Task.FORMAL: 2.0, Task.FRIENDLIER: 2.0}
_SHORTEST = {Task.SHORTER: 0.1, Task.CORRECT: 0.6}
_TRANSLATED = (0.4, 2.0)
_SPARE = 40
"""Characters that count for nothing: "ok" may become "Tudo certo, combinado!"."""
_MOST_EXPLAINED = 1200
_ALIKE = 0.5
"""A corrected text shares at least half of its letters, in their order, with the one before."""
_ABOUT = 0.25
"""Of the words that say something, so many are still there when a text was put otherwise in its own language."""
_DAY_GREETING = re.compile(r"\b(?:bom dia|boa tarde|boa noite)\b")
"""Greets at an hour that nobody told."""
_LOOP = re.compile(r"\b(\w+(?: \w+){0,9})(?: \1\b){2,}")
_ASKS_TO = re.compile(
    r"\b(?:por favor|por gentileza|favor|peco|solicito|gostaria|aguardo|please|kindly)\b"
    r"|^\W*(?:me )?(?:envie|informe|mande)\b"
)
"""What was asked as a question may be asked for politely: "pode me mandar?" and "mande-me, por favor"."""
_BY_DIGITS = frozenset({"", "~"})
"""Numbers that measure nothing are compared by their digits."""
_ENGLISH = re.compile(r"(?<![\d,.])(\d{1,3}(?:,\d{3})+)(\.\d+)?(?![\d,])")
_STEM, _SAYS = 4, 3
"""Letters of a word that are compared, and of one that says something."""

_ENOUGH = 3
"""Fewer words cannot be compared: "aguarde" may become "só um momento"."""


class Faithful:
    """Judges one result, while it grows and when it is there."""

    def __init__(
        self,
        task: Task,
        source: str,
        known: Sequence[str],
        language: Language | None,
        borrowed: Sequence[str] = (),
    ) -> None:
        """Prepare.

        Args:
            task: What was wanted.
            source: The text that was rewritten, or the whole conversation.
            known: Names of those who talk.
            language: Into which one it was to be translated, or in which the conversation is to be explained.
            borrowed: What the examples speak of that the model was shown.
        """
        self._task = task
        self._source = source = _brazilian(source) if task is Task.TRANSLATE_IN else source
        self._facts = read_facts(source, generous=True)
        self._numbers = {amount.key for amount in self._facts.amounts}
        self._digits = _digits(source)
        self._words = set(words(source)) | {word for name in known for word in words(name)}
        self._language: Language = language or chat_languages((source,))[0]
        self._wording = fault_of_wording(source)
        self._greeted = set(_DAY_GREETING.findall(fold(source)))
        self._borrowed = {word for thing in borrowed for word in words(thing)} - self._words

    def grows(self, text: str) -> str | None:
        """What is wrong with the part that is there, whatever comes behind it; None: nothing."""
        return self._seen(text) or self._new(self._read(text))

    def finished(self, text: str) -> str | None:
        """What is wrong with the whole text; None where it may be shown."""
        if not text.strip():
            return "empty"
        if wrong := self.grows(text) or self._size(text) or self._spoken(text):
            return wrong
        return self._kept(self._read(text)) or self._meaning(text)

    def _read(self, text: str) -> str:
        return _brazilian(text) if self._task is Task.TRANSLATE_OUT and self._language == "en" else text

    def _seen(self, text: str) -> str | None:
        if hidden(text) and not hidden(self._source):
            return "hidden"
        if foreign_letters(text) and not foreign_letters(self._source):
            return "alphabet"
        if has_mask(text) and not has_mask(self._source):
            return "mask"
        if _LOOP.search(" ".join(words(text))):
            return "loop"
        wrong = fault_of_wording(text)
        if self._task in _EXPLANATIONS and wrong == "role":
            return None  # "O cliente quer ..." is what an explanation says.
        return wrong if wrong != self._wording else None

    def _new(self, text: str) -> str | None:
        """Something that can be looked up and that the source does not have."""
        facts = read_facts(text)
        if any(not has_link(link, self._facts.links) for link in facts.links):
            return "link"
        if any(not has_key(key, self._facts.keys) for key in facts.keys):
            return "key"
        if any(code not in self._words for code in facts.codes):
            return "code"
        if any(not self._has_amount(amount.key, amount.raw) for amount in facts.amounts):
            return "number"
        if facts.weekdays - self._facts.weekdays or self._new_days(facts):
            return "day"
        if any(not set(words(name)) <= self._words for name in names(text)):
            return "name"
        if self._task not in _SAME_LANGUAGE:
            return None
        if self._borrowed & set(words(text)):
            return "example"
        return "greeting" if set(_DAY_GREETING.findall(fold(text))) - self._greeted else None

    def _new_days(self, facts: Facts) -> frozenset[str]:
        new = facts.days - self._facts.days
        # "De manhã" is "por la mañana", which is also tomorrow.
        return new - {"amanha"} if self._language == "es" and "manha" in self._words else new

    def _has_amount(self, key: tuple[str, str], raw: str) -> bool:
        return key in self._numbers or (key[0] in _BY_DIGITS and bool({raw, key[1]} & self._digits))

    def _kept(self, text: str) -> str | None:
        """Something that the source has and that is gone."""
        if self._task in _EXPLANATIONS:
            return None
        mine, now = read_facts(self._source), read_facts(text, generous=True)
        numbers, digits = {amount.key for amount in now.amounts}, _digits(text)
        for amount in mine.amounts:
            by_digits = amount.unit in _BY_DIGITS and bool({amount.raw, amount.value} & digits)
            spelled = amount.raw == "1" and "1" not in self._digits  # "Uma hora" measures, but is no number.
            if amount.key not in numbers and not by_digits and not spelled:
                return "lost number"
        if any(not has_link(link, now.links) for link in mine.links):
            return "lost link"
        if any(not has_key(key, now.keys) for key in mine.keys):
            return "lost key"
        if any(code not in words(text) for code in mine.codes):
            return "lost code"
        if self._task is not Task.SHORTER and mine.weekdays - now.weekdays:
            return "lost day"
        return None

    def _size(self, text: str) -> str | None:
        if self._task in _EXPLANATIONS:
            return "long" if len(text) > _MOST_EXPLAINED else None
        low, high = _TRANSLATED if self._task in _TRANSLATIONS else (0.0, 0.0)
        low, high = _SHORTEST.get(self._task, low or 0.4), _LONGEST.get(self._task, high)
        size = len(self._source.strip())
        spare = 0 if self._task is Task.SHORTER else _SPARE
        if len(text) > size * high + spare:
            return "long"
        return "short" if len(text) + _SPARE < size * low else None

    def _spoken(self, text: str) -> str | None:
        if self._task in _SAME_LANGUAGE and not is_in(self._source, frozenset({self._language})):
            return None  # The text is in none of the three languages, or in several.
        return None if is_in(text, frozenset({self._language})) else "language"

    def _meaning(self, text: str) -> str | None:
        """Whether it is still the text that it was made of, as far as that can be compared."""
        if self._task in _EXPLANATIONS:
            return None
        if is_question(fold(self._source)) and "?" not in text and not _ASKS_TO.search(fold(text)):
            return "question"  # It was answered, and should have been put otherwise.
        if self._task in _TRANSLATIONS:
            return None
        if self._task is Task.CORRECT:
            alike = SequenceMatcher(None, fold(self._source), fold(text), autojunk=False).ratio()
            return "change" if alike < _ALIKE else None
        made = {kind for sentence in sentences(self._source) for kind in promised(sentence)}
        if any(kind not in made for sentence in sentences(text) for kind in promised(sentence)):
            return "promise"
        before = _stems(self._source)
        same = len(before & _stems(text))
        return "change" if len(before) >= _ENOUGH and same < _ABOUT * len(before) else None


def _brazilian(text: str) -> str:
    """English numbers as Brazilians write them: ``1,200.50`` becomes ``1.200,50``."""
    return _ENGLISH.sub(lambda m: m[1].replace(",", ".") + (m[2] or "").replace(".", ","), text)


def _digits(text: str) -> set[str]:
    """The numbers of a text as digits alone, also without the cents that are none."""
    found = {re.sub(r"\D", "", number) for number in re.findall(r"\d+(?:[.,]\d+)*", text)}
    whole = {re.sub(r"\D", "", re.sub(r"[.,]00$", "", number)) for number in re.findall(r"\d+(?:[.,]\d+)*", text)}
    return found | whole


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text) if len(word) >= _SAYS}
