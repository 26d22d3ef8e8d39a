"""Finds texts that were sent again and again, and makes replies of them that name nobody.

What personal data the rules of ``masking`` miss does not come through either: of each word that only one customer's
texts have, a proposal keeps nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from agent.analysis.guarding.visible import fold
from agent.analysis.learning.masking import DETAIL, mask
from agent.contract.analysis import INTENTS
from agent.contract.learning import ProposedReply, SentText

LEAST_TIMES, LEAST_CUSTOMERS = 3, 2

_ALIKE = 88.0
"""Percent of likeness from which on two masked texts are one reply in two wordings."""

_KNOWN = 80.0
"""Percent from which on a text is one of the replies that are there already."""

_SHORTEST, _LONGEST = 25, 600
"""Letters: what is shorter is typed more quickly than picked; what is longer was written for one customer."""

_VARIABLE = re.compile(r"\{\w+\}")
_TOKEN = re.compile(r"\{\w+\}|\w+(?:[.,:]\d+)*|[^\w\s]|\s+")
_GREETING = re.compile(r"^(?:(?:ol[áa]|oi|bom dia|boa tarde|boa noite)[\s,!.]*(?:\{nome\})?[\s,!.]*)+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?\n]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset(
    {"que", "com", "para", "por", "dos", "das", "uma", "seu", "sua", "voce", "voces", "pra", "nos", "aqui"}
)


@dataclass(slots=True)
class _Group:
    """Texts that are alike."""

    folded: str
    texts: list[tuple[str, SentText]]


def find(sent: Sequence[SentText], known: Iterable[str]) -> list[ProposedReply]:
    """Replies to propose, most often sent first.

    Args:
        sent: our texts, oldest first; not masked yet.
        known: the texts of the replies that are there already, variables and all, and of the proposals of before.
    """
    known_folded = [_plain(text) for text in known]
    groups: list[_Group] = []
    for one in sent:
        masked = mask(one.text, one.people)
        if _SHORTEST <= len(masked) <= _LONGEST:
            _place(groups, masked, one)
    found = [reply for group in groups if (reply := _proposed(group, known_folded)) is not None]
    return sorted(found, key=lambda reply: -len(reply.messages))


def _place(groups: list[_Group], masked: str, one: SentText) -> None:
    folded = _plain(masked)
    best = process.extractOne(folded, [g.folded for g in groups], scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if best is None:
        groups.append(_Group(folded, [(masked, one)]))
    else:
        groups[best[2]].texts.append((masked, one))


def _proposed(group: _Group, known: list[str]) -> ProposedReply | None:
    customers = {one.conversation_id for _, one in group.texts}
    if len(group.texts) < LEAST_TIMES or len(customers) < LEAST_CUSTOMERS:
        return None
    if known and process.extractOne(group.folded, known, scorer=fuzz.ratio, score_cutoff=_KNOWN):
        return None
    shared = _shared(group)
    wordings = Counter(_without_rare(masked, shared) for masked, _ in group.texts)
    # The wording that needs the fewest details left out; among those the most frequent, then the latest.
    text = min(reversed(wordings), key=lambda wording: (wording.count(DETAIL), -wordings[wording]))
    if len(_VARIABLE.sub("", text).strip()) < _SHORTEST:
        return None
    last = max((one for _, one in group.texts), key=lambda one: (one.at, one.message_id))
    intents = Counter(one.intent for _, one in group.texts if one.intent in INTENTS and one.intent != "other")
    title = _title(text)
    return ProposedReply(
        text=text,
        title=title,
        shortcut=_shortcut(title),
        intent=intents.most_common(1)[0][0] if intents else "",
        sent_by=last.attendant,
        sent_at=last.at,
        messages=tuple(one.message_id for _, one in group.texts),
        customers=len(customers),
    )


def _shared(group: _Group) -> set[str]:
    """The words that stand in texts to several customers."""
    who: dict[str, set[int]] = {}
    for masked, one in group.texts:
        for word in _TOKEN.findall(masked):
            who.setdefault(fold(word), set()).add(one.conversation_id)
    return {word for word, customers in who.items() if len(customers) >= LEAST_CUSTOMERS}


def _without_rare(masked: str, shared: set[str]) -> str:
    parts = [
        token if not token.strip() or not any(c.isalnum() for c in token) or fold(token) in shared else DETAIL
        for token in _TOKEN.findall(masked)
    ]
    return re.sub(r"\{detalhe\}(?:\s*\{detalhe\})+", DETAIL, "".join(parts)).strip()


def _plain(text: str) -> str:
    return " ".join(_VARIABLE.sub(" ", fold(text)).split())


def _title(text: str) -> str:
    """The first words that say something, without greeting and variables."""
    said = _GREETING.sub("", text).strip()
    first = next((part for part in _SENTENCE.split(said) if len(_VARIABLE.sub("", part).split()) > 1), said or text)
    words = " ".join(_VARIABLE.sub(" ", first).replace(" ,", ",").split()).strip(" ,;:-")
    short = " ".join(words.split()[:6])
    return (short[:1].upper() + short[1:]) or "Resposta enviada"


def _shortcut(title: str) -> str:
    words = [word for word in _WORD.findall(fold(title)) if word not in _STOP]
    return "/" + max(words[:3], key=len, default="resposta")
