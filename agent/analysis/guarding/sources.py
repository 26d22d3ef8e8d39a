"""What a business says, read once and kept: its replies, facts and knowledge, and what it does not want repeated."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis.guarding.claims import Event, events_in, ordinary_stems, stems
from agent.analysis.guarding.facts import Facts, merged, read_facts
from agent.analysis.guarding.language import load_tables
from agent.analysis.guarding.promises import Said, said_in, sentences, subjects
from agent.analysis.guarding.visible import fold, words

_RUN = 6
"""So many words of the instructions in a row are a quotation of them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The facts, words and promises of one or more texts that are believed."""

    facts: Facts
    words: frozenset[str]
    said: tuple[Said, ...]
    about: Mapping[tuple[str, str], frozenset[str]]
    """For each amount, what the sentences with it are about."""
    stems: frozenset[str] = frozenset()
    """Of all words, for ``claims.affirmed``."""
    events: tuple[Event, ...] = ()
    """What they tell that has happened, or is so."""
    private: frozenset[tuple[str, ...]] = frozenset()
    """Runs of words that stand in the instructions and nowhere else."""

    @classmethod
    def read(cls, public: Iterable[str], private: Iterable[str] = ()) -> "Sources":
        """Read the texts of a business; 100 kB take about a second on a slow processor, so keep the result.

        Args:
            public: What customers may be told: facts, canned replies, knowledge.
            private: Instructions and rules: their facts may be told, their words may not.
        """
        load_tables()
        ordinary_stems()  # Both are read here, and not while somebody waits for the first draft.
        public, private = [text for text in public if text], [text for text in private if text]
        texts = [*public, *private]
        told = {run for text in public for run in runs(text)}
        about: dict[tuple[str, str], frozenset[str]] = {}
        for text in texts:
            for sentence in sentences(text):
                if keys := {amount.key for amount in read_facts(sentence, generous=True).amounts}:
                    subject = subjects(sentence)
                    about |= {key: about.get(key, frozenset()) | subject for key in keys}
        return cls(
            facts=merged([read_facts(line, generous=True) for text in texts for line in _lines(text)]),
            words=frozenset(word for text in texts for word in words(text)),
            said=tuple(said_in(text) for text in texts),
            about=about,
            stems=frozenset().union(*map(stems, texts)),
            events=tuple(event for text in texts for event in events_in(text)),
            private=frozenset(run for text in private for run in runs(text)) - told,
        )


NOTHING = Sources(Facts(), frozenset(), (), {})


@lru_cache(maxsize=512)
def read_source(text: str) -> Sources:
    """The same for one text, remembered: the turns of a conversation come again with each draft."""
    return Sources.read([text])


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of six words."""
    spoken = words(text)
    return {tuple(spoken[n : n + _RUN]) for n in range(len(spoken) - _RUN + 1)}


def _lines(text: str) -> list[str]:
    """Pieces that are small enough for the memory of ``read_facts``, and end where sentences do."""
    return [line for line in re.split(r"\n+", text) if fold(line).strip()]
