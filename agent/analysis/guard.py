"""Lets through only the part of a draft that may be shown: clean, grounded, and in finished sentences.

A draft is judged while it grows. Nothing is shown before its first sentence is finished and clean, so that a draft that
is refused at once is never seen; a later sentence that is refused is left out, with all that follows.
"""

import re
from collections.abc import Iterable

from agent.analysis.facts import links, numbers
from agent.analysis.normalise import normalise

MAX_CHARS = 600
_FIRST_SHOWN_WORDS = 4
"""A first sentence of fewer words ("Olá!") is held back until the next one is clean too: it would be no answer."""

_ECHO_WORDS = 4
_ECHO_SHARE = 0.8

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”)]*(?:\s*[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+)*\s+|\n+")
_FINISHED = re.compile(r"[.!?…)\]\"”\u2600-\u27BF\uFE0F\U0001F300-\U0001FAFF]$")
_LABEL = re.compile(r"^\s*(?:\*\*)?(?:atendente|resposta|mensagem)(?:\*\*)?\s*:\s*", re.IGNORECASE)
_CONFUSED = re.compile(
    r"modelo de linguagem|inteligencia artificial|sou uma? (?:ia|ai|robo|bot)\b"
    r"|como uma? (?:ia|ai|robo|bot|assistente)\b"
    r"|assistente (?:virtual|digital)|language model|an ai\b|openai|chatgpt|qwen|alibaba|<\s?\|?|\bconversa >"
    r"|\bcliente :|\batendente :|system prompt|minhas instrucoes|\[|\{|\bo cliente\b|\bdo cliente\b|\bao cliente\b"
)


class Guard:
    """Judges one draft."""

    def __init__(self, said: Iterable[str], known: Iterable[str]) -> None:
        """Prepare for one draft.

        Args:
            said: Texts of the conversation, the customer's and ours.
            known: The business's facts, rules and replies.
        """
        said = list(said)
        sources = [*said, *known]
        self._numbers = {number for text in sources for number in numbers(text)}
        self._links = {link for text in sources for link in links(text)}
        self._echoes = [set(words) for words in map(_words, said) if len(words) >= _ECHO_WORDS]
        self.refusal: str | None = None
        """Why the draft, or its end, was refused: ``number``, ``link``, ``role``, ``echo`` or ``length``."""
        self._accepted = ""
        self._rest_from = 0

    def grow(self, draft: str) -> str | None:
        """The part of the ``draft`` so far that may be shown; None when there is none yet."""
        text = _LABEL.sub("", draft)
        while self.refusal is None and (end := _SENTENCE_END.search(text, self._rest_from)):
            self._take(text, end.end())
        if not self._showable():
            return None
        if self.refusal is not None:
            return self._accepted
        running = text[self._rest_from :]
        running = running[: running.rfind(" ") + 1].rstrip()
        if self._fault(running, whole=False) is not None:
            return self._accepted
        return text[: self._rest_from + len(running)].strip()

    def finish(self, draft: str, *, cut: bool) -> str | None:
        """The final text; None when nothing of it may be shown.

        Args:
            draft: The whole draft.
            cut: The token limit ended it, so that its last sentence is not finished.
        """
        text = _LABEL.sub("", draft).strip()
        self.grow(text)
        rest = text[self._rest_from :]
        if self.refusal is None and rest and not cut and (_FINISHED.search(rest) or self._rest_from == 0):
            self._take(text, len(text))
        elif self.refusal is None and rest:
            self.refusal = "length"
        if self.refusal is not None and not self._showable():
            return None
        return self._accepted or None

    def _take(self, text: str, end: int) -> None:
        sentence = text[self._rest_from : end]
        self.refusal = "length" if end > MAX_CHARS else self._fault(sentence, whole=True)
        if self.refusal is None:
            self._accepted = text[:end].strip()
            self._rest_from = end

    def _showable(self) -> bool:
        return len(self._accepted.split()) >= _FIRST_SHOWN_WORDS

    def _fault(self, sentence: str, *, whole: bool) -> str | None:
        if links(sentence) - self._links:
            return "link"
        # What stands in a link or address has been checked as a whole.
        plain = sentence.lower()
        for link in links(sentence):
            plain = plain.replace(link, " ")
        if numbers(plain) - self._numbers:
            return "number"
        words = _words(sentence)
        if _CONFUSED.search(" ".join(words)):
            return "role"
        if whole and len(words) >= _ECHO_WORDS and any(_alike(set(words), echo) for echo in self._echoes):
            return "echo"
        return None


def _words(text: str) -> list[str]:
    return normalise(text).split()


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _ECHO_SHARE * max(len(one), len(other))
