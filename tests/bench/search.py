"""Sentiment, intent and the search in 10,000 replies, against the same with a small shop's own."""

import argparse
import json
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.analysis.reader import Reader
from agent.analysis.replies import Reply, ReplyBook, load_replies
from agent.telemetry.measurements import quantile

MESSAGES = 60
NOW = datetime.fromisoformat("2026-07-11T15:00:00-03:00")


def many_replies(count: int) -> tuple[Reply, ...]:
    """The neutral replies in ``count`` variants: none equal, none far from the next."""
    seeds = load_replies(Path("there-is-none.yaml")).replies
    rounds = range(count // len(seeds) + 1)
    variants = (
        reply.model_copy(update={"id": f"{reply.id}-{n}", "text": f"{reply.text} Variante {n} da loja {n % 97}."})
        for n in rounds
        for reply in seeds
    )
    return tuple(variant for variant, _ in zip(variants, range(count), strict=False))


def measure(count: int) -> list[float]:
    """Milliseconds for each of some messages with ``count`` replies."""
    reader = Reader(ReplyBook(replies=many_replies(count)))
    took = []
    for n in range(MESSAGES):
        started = time.perf_counter()
        reader.analyse(f"quanto custa o modelo {n}?", NOW)
        took.append(1000 * (time.perf_counter() - started))
    return took


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench search", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    given = parser.parse_args(arguments)
    small, large = measure(24), measure(10_000)
    figures: dict[str, Any] = {
        "analyse_ms": {"p50": quantile(large, 0.5), "p95": quantile(large, 0.95)},
        "analyse_ms_24_replies": {"p50": quantile(small, 0.5), "p95": quantile(small, 0.95)},
    }
    figures["large_over_small"] = round(figures["analyse_ms"]["p50"] / figures["analyse_ms_24_replies"]["p50"], 1)
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 0
