"""Lets through only the part of a draft that may be shown: clean, grounded, and in finished sentences.

A draft is judged while it grows. Nothing is shown before its first sentence is finished and clean, so that a draft that
is refused at once is never seen. One that is refused later is taken back whole: who invents a price in the second
sentence is not believed in the first.
"""

import re
from collections.abc import Iterable

from agent.analysis.facts import links, numbers
from agent.analysis.normalise import normalise

MAX_CHARS = 600
_FIRST_SHOWN_WORDS = 4
"""A first sentence of fewer words ("Olá!") is held back until the next one is clean too: it would be no answer."""

_ECHO_WORDS = 4
_ECHO_SHARE = 0.75
_ECHO_LONG = 6

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”)]*(?:\s*[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+)*\s+|\n+")
_FINISHED = re.compile(r"[.!?…)\]\"”\u2600-\u27BF\uFE0F\U0001F300-\U0001FAFF]$")
_LABEL = re.compile(
    r"^\s*(?:\*\*)?(?:atendente|mensagem|resposta(?: da empresa que pode servir)?)(?:\*\*)?\s*:(?:\*\*)?\s*",
    re.IGNORECASE,
)
_CONFUSED = re.compile(
    r"modelo de linguagem|inteligencia artificial|sou uma? (?:ia|ai|robo|bot)\b"
    r"|como uma? (?:ia|ai|robo|bot|assistente)\b"
    r"|assistente (?:virtual|digital)|language model|an ai\b|openai|chatgpt|qwen|alibaba|<\s?\|?|\bmensagem >"
    r"|nao posso (?:te )?ajudar com isso|nao posso fornecer|\bcliente :|\batendente :|system prompt"
    r"|minhas instrucoes|\[|\{|\bo cliente\b|\bdo cliente\b|\bao cliente\b"
)


class Guard:
    """Judges one draft."""

    def __init__(self, customer: Iterable[str], known: Iterable[str]) -> None:
        """Prepare for one draft.

        Args:
            customer: What the customer wrote.
            known: What we wrote, and the business's facts, rules and replies.
        """
        customer = list(customer)
        sources = [*customer, *known]
        self._numbers = {number for text in sources for number in numbers(text)}
        self._links = {link for text in sources for link in links(text)}
        self._echoes = [set(words) for words in map(_words, customer) if len(words) >= _ECHO_WORDS]
        self.refusal: str | None = None
        """Why the draft was refused: ``number``, ``link``, ``role`` or ``echo``."""
        self._full = False
        self._accepted = ""
        self._rest_from = 0

    def grow(self, draft: str) -> str | None:
        """The part of the ``draft`` so far that may be shown; None when there is none yet, or it was refused."""
        text = _LABEL.sub("", draft)
        while self.refusal is None and not self._full and (end := _SENTENCE_END.search(text, self._rest_from)):
            self._take(text, end.end())
        if self.refusal is not None or len(self._accepted.split()) < _FIRST_SHOWN_WORDS:
            return None
        if self._full:
            return self._accepted
        running = text[self._rest_from :]
        running = running[: running.rfind(" ") + 1].rstrip()
        self.refusal = self._fault(running, whole=False)
        if self.refusal is not None:
            return None
        return text[: self._rest_from + len(running)].strip()

    def finish(self, draft: str, *, cut: bool) -> str | None:
        """The final text in whole sentences; None when it may not be shown, or not any more.

        Args:
            draft: The whole draft.
            cut: The token limit ended it, so that its last sentence is not finished.
        """
        text = _LABEL.sub("", draft).strip()
        self.grow(text)
        rest = text[self._rest_from :]
        if self.refusal is None and not self._full and rest:
            if not cut and (_FINISHED.search(rest) or self._rest_from == 0):
                self._take(text, len(text))
            else:
                self.refusal = self._fault(rest, whole=False)
        return None if self.refusal else self._accepted or None

    def _take(self, text: str, end: int) -> None:
        sentence = text[self._rest_from : end]
        self.refusal = self._fault(sentence, whole=True)
        self._full = end > MAX_CHARS
        if self.refusal is None and not self._full:
            self._accepted = text[:end].strip()
            self._rest_from = end

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
        if whole and len(words) >= _ECHO_WORDS and any(_repeats(set(words), echo) for echo in self._echoes):
            return "echo"
        return None


def _words(text: str) -> list[str]:
    return normalise(text).split()


def _repeats(sentence: set[str], echo: set[str]) -> bool:
    shared = len(sentence & echo)
    return shared >= _ECHO_SHARE * len(sentence) or (len(echo) >= _ECHO_LONG and shared >= _ECHO_SHARE * len(echo))
