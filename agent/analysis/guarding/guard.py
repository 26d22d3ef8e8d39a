"""Lets through only the part of a draft that may be shown: clean, grounded, and in finished sentences.

A draft is judged while it grows. Nothing is shown before its first sentence is finished and clean, so that a draft that
is refused at once is never seen. One that is refused later is taken back whole: who invents a price in the second
sentence is not believed in the first.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from agent.analysis.guarding.grounding import Finding, Grounding
from agent.analysis.guarding.language import chat_languages, is_in, is_strange
from agent.analysis.guarding.sources import NOTHING, Sources, read_source, runs
from agent.analysis.guarding.visible import fold, foreign_letters, hidden, words
from agent.analysis.guarding.wording import fault_of_wording
from agent.identifiers import has_mask

MAX_CHARS = 600
_FIRST_SHOWN_WORDS = 4
"""A first sentence of fewer words ("Olá!") is held back until the next one is clean too: it would be no answer."""

_NOTES_DOWN = re.compile(
    r"(?:\w+ )?(?:anot|fech|combin|marc|perfeit|pront|cert|confirm|atualiz|registr|reserv|agend|mud|troc|otimo|"
    r"entao|ok|bom dia|boa tarde|boa noite|noted|booked)\w*\b"
)
"""Who takes down an address or answers a greeting says what the customer said, and should."""

_ECHO_WORDS = 4
_ECHO_SHARE = 0.75
_ECHO_LONG = 6
_LOOP = re.compile(r"\b(\w+(?: \w+){0,7})(?: \1\b){2,}")
_LOOP_CHARS = re.compile(r"([^\W\d_])\1{5,}|([^\w\s])\2{7,}")

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”)]*(?:\s*[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+)*\s+|\n+")
_FINISHED = re.compile(r"[.!?…)\]\"”\u2600-\u27BF\uFE0F\U0001F300-\U0001FAFF]$")
_LABEL = re.compile(
    r"^\s*(?:\*\*)?(?:atendente|mensagem|resposta(?: da empresa que pode servir)?)(?:\*\*)?\s*:(?:\*\*)?\s*",
    re.IGNORECASE,
)
_BEHIND_NUMBER = re.compile(r"\s*(?:R\$|(?:R\$\s*)?\S*\d\S*(?:\s+\S+){0,2})$")
"""A number whose unit may still come ("18" of "18 de julho", "10" of "10 mil reais") is not judged yet."""


class Guard:
    """Judges one draft while it grows (``grow``) and when it is there (``finish``)."""

    def __init__(
        self,
        customer: Iterable[str],
        known: Iterable[str] = (),
        *,
        sources: Sources = NOTHING,
        names: Iterable[str] = (),
        language: str | None = None,
    ) -> None:
        """Prepare for one suggestion.

        Args:
            customer: What the customer wrote, oldest first. Times, sizes and order numbers of it may be repeated;
                prices, discounts, links and keys that only the customer named may not.
            known: What we wrote in this conversation, and other texts that are believed.
            sources: The business's texts, read once.
            names: Of the customer, the attendant, the chat: only their words are believed, not numbers or links.
            language: ``pt``, ``en`` or ``es``; None: the one in which the customer writes.
        """
        customer = tuple(text for text in customer if text)
        spoken = (language,) if language else chat_languages(customer)
        self.language = spoken[0]
        """The language in which the customer wants to be answered."""
        self._languages = frozenset({*spoken, "pt"})
        self._grounding = Grounding(customer, [sources, *map(read_source, filter(None, known))], names)
        self._private = sources.private
        self._echoes = [set(pairwise(spoken)) for spoken in map(words, customer) if len(spoken) >= _ECHO_WORDS]
        self._said = [f" {' '.join(words(text))} " for text in customer]
        self.refusal: str | None = None
        """Why the draft was refused. Facts that stand nowhere: ``number``, ``price``, ``percent``, ``instalments``,
        ``date``, ``deadline``, ``day``, ``link``, ``key``, ``code``, ``name``. Promises: ``refund``, ``refund rule``,
        ``discount``, ``gift``, ``free``, ``guarantee``, ``paid``, ``sent``, ``settled``, ``exception``, ``key``.
        Claims: ``event`` (has happened, or is so now), ``claim`` (only the customer named it). Of others: ``person``.
        Wording: ``role``, ``prompt``, ``rude``, ``secret``, ``advice``, ``markup``, ``mask``, ``hidden``,
        ``alphabet``, ``language``, ``loop``, ``echo``."""
        self.findings: list[Finding] = []
        """What was refused, and what was let through but is worth a look (``refused`` is False)."""
        self._full = False
        self._accepted = ""
        self._sentences: list[str] = []
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
        running = _BEHIND_NUMBER.sub("", running)
        # What a sentence states is known at its end only ("Está pronto" may go on "... quando?"): held back till then.
        if self._begins_again(running) or self._claims(running):
            return self._accepted
        self._refuse(self._fault(running, whole=False))
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
        if self._is_dictated(text):
            self._refuse("echo")
        self.grow(text)
        rest = text[self._rest_from :]
        if self.refusal is None and not self._full and rest:
            if not cut and (_FINISHED.search(rest) or self._rest_from == 0):
                self._take(text, len(text))
            else:
                self._refuse(self._fault(rest, whole=False))
        return None if self.refusal else self._accepted or None

    def _take(self, text: str, end: int) -> None:
        sentence = text[self._rest_from : end]
        if self._begins_again(sentence):
            self._full = True  # It goes round in circles: what was said once is kept.
            return
        self._refuse(self._fault(sentence, whole=True))
        if self.refusal is None and not is_in(text[:end], self._languages):
            self._refuse("language")
        self._full = end > MAX_CHARS
        if self.refusal is None and not self._full:
            self._accepted = text[:end].strip()
            self._sentences.append(fold(sentence).strip())
            self.findings += self._marked(sentence)
            self._rest_from = end

    def _begins_again(self, sentence: str) -> bool:
        folded = fold(sentence).strip()
        return len(folded.split()) >= _FIRST_SHOWN_WORDS and any(one.startswith(folded) for one in self._sentences)

    def _is_dictated(self, text: str) -> bool:
        """Whether the whole draft stands in a message of the customer, word by word, and in no text of the business."""
        spoken = words(text)
        run = f" {' '.join(spoken)} "
        return (
            len(spoken) > 1
            and not _NOTES_DOWN.match(run.strip())
            and any(run in said for said in self._said)
            and not all(self._grounding.has_a_word([word]) for word in spoken)
        )

    def _refuse(self, fault: "str | Finding | None") -> None:
        if fault is None:
            return
        found = fault if isinstance(fault, Finding) else Finding(fault, "", refused=True)
        self.refusal = found.kind
        self.findings.append(found)

    def _claims(self, sentence: str) -> Finding | None:
        return self._grounding.claim(sentence, portuguese=self.language == "pt")

    def _marked(self, sentence: str) -> list[Finding]:
        marks = self._grounding.marked(sentence)
        if self.language != "pt" and not is_in(sentence, frozenset({self.language})):
            marks.append(Finding("language", sentence.strip()))
        return marks

    def _fault(self, sentence: str, *, whole: bool) -> "str | Finding | None":
        if not sentence.strip():
            return None
        if hidden(sentence):
            return "hidden"
        if foreign_letters(sentence):
            return "alphabet"
        if has_mask(sentence):  # Copied from the prompt, where it stands for a number that the model was not told.
            return "mask"
        if wrong := fault_of_wording(sentence) or self._grounding.fault(sentence):
            return wrong
        if whole and (claim := self._claims(sentence)):
            return claim
        if self._private and not self._private.isdisjoint(runs(sentence)):
            return "prompt"
        spoken = words(sentence)
        if whole and not self._grounding.has_a_word(spoken) and is_strange(sentence):
            return "language"
        if _LOOP.search(" ".join(spoken)) or _LOOP_CHARS.search(fold(sentence)):
            return "loop"
        if whole and len(spoken) >= _ECHO_WORDS and not _NOTES_DOWN.match(" ".join(spoken)):
            pairs = set(pairwise(spoken))
            return "echo" if any(_repeats(pairs, echo) for echo in self._echoes) else None
        return None


def _repeats(sentence: set[tuple[str, str]], echo: set[tuple[str, str]]) -> bool:
    shared = len(sentence & echo)
    return shared >= _ECHO_SHARE * len(sentence) or (len(echo) >= _ECHO_LONG and shared >= _ECHO_SHARE * len(echo))
