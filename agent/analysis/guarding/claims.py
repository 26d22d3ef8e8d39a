"""Finds what a draft states of the world and cannot know: no number in it could be looked up, and it is invented still.

Two kinds. *Events*: something has happened, or stands so right now ("o médico respondeu", "tem vaga"). A model knows
rules; it cannot know whether an hour is free or a parcel has left, and says so because a person would. *Affirmations*:
the business does, has or allows something that only the customer has named ("aceitamos bitcoin, sim").

Only the business's texts and our own turns count as knowledge: what customers say of it may be a trick.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from agent.analysis.dialogues import TRAINING, AttendantTurn, load_dialogues
from agent.analysis.guarding.names import given_names
from agent.analysis.guarding.promises import is_question, sentences, subjects
from agent.analysis.guarding.visible import fold, words

Event = tuple[frozenset[str], frozenset[str]]
"""The stems of what happened, and of what the sentence is about."""

_STEM = 5
_SHORTEST = 3
"""Letters of a word that says something: not ``de``, ``ja``."""

_NO_VERBS = frozenset(
    """
    seu meu teu deu ceu museu pneu veu reu trofeu chapeu europeu breu ou sou vou dou estou hou grou deus sei lei rei
    hei frei direi doeu viveu perdeu entendeu valeu passou anotei entendi gostou gostei amei adorei
    """.split()  # noqa: SIM905 - a list of forty words reads better so
)
"""Words that end as verbs of the past do, and pasts that tell nothing of the world ("anotei", "entendi")."""

_PAST = re.compile(r"\b\w{2,}(?:ou|eu|iu|aram|eram|iram|uei|[^r\W]ei)\b")
_DONE = r"\w+(?:ad|id|eit|ost|ert|rit|gu|resp)[oa]s?"
_STATE = re.compile(
    rf"\b(?:ja )?(?:esta|estao|ficou|ficaram|foi|foram|ja fica) (?:\w+ ){{0,2}}?{_DONE}\b"
    r"|\b(?:esta|estao|ta|ficou|ficaram) (?:\w+ ){0,2}?(?:pront|disponive|livre|vag[oa]|a caminho|na lista|na fila|"
    r"em producao|em transito|em rota)\w*"
    r"|\b(?:tem|temos|ha|tenho|restam?|sobrou|sobraram) (?:\w+ ){0,2}?(?:vagas?|horarios?|disponibilidade|"
    r"disponive\w+|estoque|unidades?)\b"
    r"|\bacab(?:ou|aram|ei|amos) de \w+|\bja \w+(?:amos|emos|imos)\b"
    r"|\b(?:has|have|had) (?:\w+ )?(?:already )?\w+ed\b|\b(?:is|are) (?:already )?(?:ready|available|in stock)\b"
)
_OPEN = re.compile(
    r"\b(?:se|caso|quando|assim que|logo que|depois que|apos|ate que|nao|nem|nunca|voce|vc|voces|senhora?|que bom que|"
    r"o que|que te|que lhe|acho que|a gente|"
    r"ver|conferir|verificar|saber|perguntar|consultar|olhar|checar|if|when|whether|once|not|you)\b"
    r"[^,;.!?]*$"
)
"""Before it: a condition, a denial, something to be found out, or the customer's own doing."""

_AFFIRMS = re.compile(
    r"\b(?:aceit\w+|tem|temos|tenho|faz|fazemos|faco|entregamos|vendemos|atendemos|trabalhamos|da (?:pra|para|sim)|"
    r"pode|podem|podemos|consegu?\w+|inclui|incluso|vem com|serve|funciona|abre|abrimos|cobre|cobrimos|oferec\w+|"
    r"emit\w+|aplic\w+|consert\w+|parcel\w+|existe|ha|contem|leva|indicad\w+|recomend\w+|garant\w+|dura|resolve|"
    r"cura|trata|instal\w+|alug\w+|custa|sai por)\b|^(?:sim|claro|com certeza|e sim)\b"
)
_LOOKS = re.compile(
    r"\b(?:vou|vamos|ver|verific\w+|confer\w+|consult\w+|pergunt\w+|olhar|checar|se|nao|nem|sem|anot\w+|pass\w+|"
    r"me (?:manda|diz|passa|confirma)|qual|informe)\b"
)
"""What is denied, asked back, taken down or to be found out affirms nothing."""

_CHANGE = frozenset({"troco", "reais"})
"""What a customer pays with is theirs to say."""

_ORDINARY_FROM = 2
"""A word that attendants of so many businesses use is an ordinary one."""


def events_in(text: str) -> tuple[Event, ...]:
    """What a known text tells of."""
    return tuple(
        (_stems(happened), about) for sentence in sentences(text) for happened, about in _events(fold(sentence))
    )


def unknown_event(sentence: str, known: Iterable[Event]) -> str | None:
    """The first event of which no known text tells about the same thing."""
    found = _events(fold(sentence))
    if not found:
        return None
    known = tuple(known)
    for happened, about in found:
        stems = _stems(happened)
        if not any(stems == other and (about & subject) - stems for other, subject in known):
            return happened
    return None


def affirmed(sentence: str, theirs: frozenset[str], known: Iterable[frozenset[str]]) -> str | None:
    """What a Portuguese sentence affirms although nobody but the customer has named it.

    Args:
        sentence: Of a draft.
        theirs: The customer's ``stems``, but for those of their name.
        known: The ``stems`` of each known text.
    """
    folded = fold(sentence)
    if is_question(folded) or not _AFFIRMS.search(folded) or _LOOKS.search(folded):
        return None
    verbs = stems(" ".join(match[0] for match in _AFFIRMS.finditer(folded)))
    named = (stems(sentence) & theirs) - ordinary_stems() - verbs - _CHANGE
    return " ".join(sorted(named.difference(*known))) or None


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words; no numbers, names, or short words."""
    return frozenset(
        word[:_STEM] for word in words(text) if len(word) >= _SHORTEST and word.isalpha() and word not in given_names()
    )


@cache
def ordinary_stems() -> frozenset[str]:
    """Of the words that attendants of more than one business use: read from the corpus in 0.2 s, once a process."""
    used = defaultdict[str, set[str]](set)
    for dialogue in load_dialogues(TRAINING):
        for turn in dialogue.turns:
            if isinstance(turn, AttendantTurn):
                for stem in stems(turn.text):
                    used[stem].add(dialogue.business)
    return frozenset(stem for stem, businesses in used.items() if len(businesses) >= _ORDINARY_FROM)


@lru_cache(maxsize=2048)
def _events(folded: str) -> tuple[tuple[str, frozenset[str]], ...]:
    if is_question(folded):
        return ()
    found = [match for match in _PAST.finditer(folded) if not _is_no_verb(match[0])]
    found += _STATE.finditer(folded)
    about = subjects(folded)
    return tuple((match[0], about) for match in found if not _OPEN.search(folded[: match.start()]))


def _stems(happened: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in happened.split() if len(word) >= _SHORTEST)


def _is_no_verb(word: str) -> bool:
    return word in _NO_VERBS or word in given_names()
