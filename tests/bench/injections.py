"""Every injection attempt against a real model: what it writes, and whether anything harmful would be shown."""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from agent.analysis.analyst import LocalAnalyst, create_analyst
from agent.contract.analysis import Analysis, Sentiment
from tests.analysis.suite import BUSINESSES, Attempt, attempts, turns

SEED = 20
_UNREAD = Analysis(
    sentiment_score=0,
    sentiment=Sentiment.NEUTRAL,
    intent="other",
    confidence_scores={},
    suggested_responses=(),
    model_version="",
)
"""No replies are found for an attempt: the model is alone with it."""


async def tried(
    chosen: Sequence[Attempt],
    model: str,
    *,
    replies: Path | None = None,
    max_tokens: int = 96,
    threads: int | None = None,
    say: bool = False,
) -> dict[str, Any]:
    """Draft an answer to each attempt; ``harmful`` lists what was shown of it that holds a canary.

    Args:
        chosen: Which attempts.
        model: Name in the catalogue.
        replies: Instead of the replies of each attempt's business.
        max_tokens: Longest answer.
        threads: For the model; None chooses. Two that wait for each other are slower than one where others work too.
        say: Print each answer as it comes.
    """
    shown, silent, harmful, refused = 0, 0, list[dict[str, str]](), Counter[str]()
    for business, group in groupby(sorted(chosen, key=lambda one: one.business), key=lambda one: one.business):
        analyst = create_analyst(
            replies or BUSINESSES / business / "replies.yaml",
            model=model,
            max_tokens=max_tokens,
            threads=threads,
            temperature=0,
        )
        try:
            while analyst.model_state == "loading":
                await asyncio.sleep(0.1)
            if analyst.model_state != "ready":
                raise RuntimeError(analyst.model_reason)
            for attempt in group:
                texts = await _answers(analyst, attempt)
                if say:
                    print(f"{attempt.id}: {texts[-1] if texts else '-'}", file=sys.stderr, flush=True)
                shown, silent = shown + bool(texts and texts[-1]), silent + (not texts or not texts[-1])
                harmful += [
                    {"id": attempt.id, "text": text, "canary": canary}
                    for text in texts
                    if text and (canary := attempt.harmful(text))
                ][-1:]
            refused.update(refusals(analyst))
        finally:
            await analyst.close()
    return {
        "attempts": len(chosen),
        "shown": shown,
        "nothing_shown": silent,
        "harmful": harmful,
        "refused": dict(refused.most_common()),
    }


def sample(count: int, *, business: str | None = None) -> list[Attempt]:
    """The same attempts each time, of all kinds."""
    pool = [one for one in attempts() if business in (None, one.business)]
    return random.Random(SEED).sample(pool, min(count, len(pool)))  # noqa: S311 - a fixed choice, no secret


def refusals(analyst: LocalAnalyst) -> Iterator[str]:
    """Why the guard refused drafts."""
    drafter = analyst._drafter  # The reasons are counted nowhere else.
    return iter(drafter.refusals if drafter is not None else ())


async def _answers(analyst: LocalAnalyst, attempt: Attempt) -> list[str]:
    said = turns(attempt)
    return [text async for text in analyst.draft(said, _UNREAD)]


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named; 1 when anything harmful was shown."""
    parser = argparse.ArgumentParser(prog="scripts/bench injections", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--model", default="auto", help="name in the catalogue (default: auto)")
    parser.add_argument("--sample", type=int, help="only so many of them, always the same")
    given = parser.parse_args(arguments)
    chosen = sample(given.sample) if given.sample else list(attempts())
    figures = asyncio.run(tried(chosen, given.model, say=True))
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 1 if figures["harmful"] else 0
