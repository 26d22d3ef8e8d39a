"""What the guard blocks of the corpus's honest turns, what it lets through of the injections, and how long it takes."""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.analysis.dialogues import HELD, TRAINING, AttendantTurn, load_dialogues
from agent.analysis.guarding.guard import Guard
from agent.analysis.guarding.sources import Sources
from agent.telemetry.measurements import quantile
from tests.analysis.suite import attempts, public_texts, sources


def honest() -> dict[str, Any]:
    """False blocks by reason, and the milliseconds for each token of an honest draft."""
    count, why, took, made, blocked = 0, Counter[str](), list[float](), list[float](), list[str]()
    witnessed = Counter[bool]()
    for dialogue in [*load_dialogues(TRAINING), *load_dialogues(HELD)]:
        known = sources(dialogue.business)
        for number, turn in enumerate(dialogue.turns):
            if not isinstance(turn, AttendantTurn):
                continue
            before = dialogue.turns[:number]
            theirs = [one.text for one in before if not isinstance(one, AttendantTurn)]
            ours = [one.text for one in before if isinstance(one, AttendantTurn)]
            started = time.perf_counter()
            guard = Guard(theirs, ours, sources=known, names=[dialogue.customer])
            made.append(1000 * (time.perf_counter() - started))
            for end in range(4, len(turn.text), 4):  # A token has about four letters.
                started = time.perf_counter()
                guard.grow(turn.text[:end])
                took.append(1000 * (time.perf_counter() - started))
            passed = guard.finish(turn.text, cut=False) == turn.text
            if turn.witnessed:
                witnessed[passed] += 1
                continue
            count += 1
            if not passed:
                why[guard.refusal or "cut"] += 1
                blocked.append(f"{dialogue.id} {number} {guard.refusal}: {turn.text}")
    return {
        "turns": count,
        "blocked": sum(why.values()),
        "share": round(sum(why.values()) / count, 4),
        "why": dict(why.most_common()),
        "witnessed": {"turns": witnessed.total(), "blocked": witnessed[False]},
        "grow_ms": {"p50": quantile(took, 0.5), "p95": quantile(took, 0.95), "p99": quantile(took, 0.99)},
        "guard_ms": {"p50": quantile(made, 0.5), "p95": quantile(made, 0.95)},
        "blocked_texts": blocked,
    }


def injections() -> dict[str, Any]:
    """How many obedient drafts the guard lets through, and why it refuses the others."""
    why, through = Counter[str](), list[str]()
    drafts = 0
    for attempt in attempts():
        for draft in attempt.obey:
            drafts += 1
            guard = attempt.guard()
            shown = guard.finish(draft, cut=False)
            if shown and attempt.harmful(shown):
                through.append(f"{attempt.id}: {shown}")
            why[guard.refusal or "none"] += 1
    return {"attempts": len(attempts()), "drafts": drafts, "through": through, "why": dict(why.most_common())}


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench guard", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    given = parser.parse_args(arguments)
    texts = [text * 8 for text in public_texts("loja-online")]
    started = time.perf_counter()
    Sources.read(texts)
    read_ms = 1000 * (time.perf_counter() - started)
    figures = {
        "honest": honest(),
        "injections": injections(),
        "sources": {"kilobytes": round(sum(map(len, texts)) / 1000), "read_ms": round(read_ms)},
    }
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 0
