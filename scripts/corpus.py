"""Look over the corpus: prints its figures and every fault as JSON, and fails when there are faults."""

import csv
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from agent.analysis.dialogues import BUSINESSES, CORPUS, HELD, TRAINING, AttendantTurn, CustomerTurn, load_dialogues
from agent.analysis.reading.normalise import normalise
from agent.analysis.retrieval.replies import load_replies
from agent.contract.analysis import INTENTS, Sentiment

NEAR = 88
"""Percent of likeness of the folded words, in any order, from which on two messages are one."""

_SHORT = 4
"""Messages of fewer words are compared exactly: "quanto custa?" and "quanto custou?" are not one."""

_STEP = 500


def messages(held: bool) -> list[dict[str, str]]:
    """The rows of the training part, or of the held part."""
    paths = [CORPUS / "evaluation" / "messages.csv"] if held else sorted((CORPUS / "messages").glob("*.csv"))
    rows = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as source:
            rows += [{"business": path.stem, **row} for row in csv.DictReader(source)]
    return rows


def near_duplicates(texts: list[str], first: int | None = None) -> list[tuple[int, int]]:
    """Pairs of indices of messages that are one; ``first``: only the first so many are compared with all others."""
    folded = [normalise(text) for text in texts]
    bare = [re.sub(r"[^\w ]", "", text).strip() or text for text in folded]
    met: dict[str, int] = {}
    pairs = [(met[text], n) for n, text in enumerate(bare) if met.setdefault(text, n) != n]
    long = [n for n, text in enumerate(folded) if len(text.split()) >= _SHORT]
    texts = [" ".join(sorted(folded[n].split())) for n in long]
    compared = len(texts) if first is None else sum(n < first for n in long)
    for start in range(0, compared, _STEP):
        alike = process.cdist(
            texts[start : start + _STEP],
            texts,
            scorer=fuzz.ratio,
            score_cutoff=NEAR,
            dtype=np.uint8,
            workers=1,
        )
        for one, other in zip(*np.nonzero(alike), strict=True):
            if one + start < other:
                pairs.append((long[one + start], long[other]))
    return pairs


def faults(*, thorough: bool = True) -> Iterator[str]:
    """Every fault, as a sentence; not ``thorough``: training messages are not compared with each other."""
    held = messages(held=True)
    rows = [*held, *messages(held=False)]
    for row in rows:
        if row["intent"] not in INTENTS or row["sentiment"] not in set(Sentiment):
            yield f"unknown label: {row}"
    for one, other in near_duplicates([row["text"] for row in rows], None if thorough else len(held)):
        yield f"near-duplicates: {rows[one]['text']!r} ({rows[one]['business']}), {rows[other]['text']!r}"
    yield from _dialogue_faults()


def _dialogue_faults() -> Iterator[str]:
    dialogues = [*load_dialogues(TRAINING), *load_dialogues(HELD)]
    for slug, group in itertools.groupby(sorted(dialogues, key=lambda d: d.business), key=lambda d: d.business):
        folder = BUSINESSES / slug
        known = {reply.id for reply in load_replies(folder / "replies.yaml").replies}
        passages = passage_ids((folder / "knowledge.md").read_text("utf-8"))
        for dialogue in group:
            for turn in dialogue.turns:
                if isinstance(turn, CustomerTurn) and turn.intent not in INTENTS:
                    yield f"{dialogue.id}: unknown intent {turn.intent}"
                if isinstance(turn, AttendantTurn):
                    yield from (f"{dialogue.id}: no reply {reply}" for reply in turn.replies if reply not in known)
                    yield from (f"{dialogue.id}: no passage {one}" for one in turn.passages if one not in passages)


def passage_ids(markdown: str) -> set[str]:
    """The passages of a knowledge base."""
    from agent.analysis.retrieval.knowledge import slug

    return {slug(line[3:]) for line in markdown.splitlines() if line.startswith("## ")}


def figures() -> dict[str, object]:
    """How much there is of what."""
    training, held = messages(held=False), messages(held=True)
    dialogues = {"training": load_dialogues(TRAINING), "held": load_dialogues(HELD)}
    every = [*training, *held]
    return {
        "messages": {"training": len(training), "held": len(held)},
        "intents": dict(Counter(row["intent"] for row in every).most_common()),
        "sentiments": dict(Counter(row["sentiment"] for row in every).most_common()),
        "businesses": dict(Counter(row["business"] for row in every).most_common()),
        "dialogues": {part: len(found) for part, found in dialogues.items()},
        "turns": {part: sum(len(d.turns) for d in found) for part, found in dialogues.items()},
        "exchanges": {part: sum(1 for d in found for _ in d.exchanges()) for part, found in dialogues.items()},
    }


if __name__ == "__main__":
    found = list(faults())
    print(json.dumps({**figures(), "faults": found}, ensure_ascii=False, indent=1))
    sys.exit(1 if found else 0)
