"""Full text over a million messages; sentiment, intent and the search in 10,000 replies together, on one core."""

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from agent.analysis.dialogues import BUSINESSES, TRAINING, load_dialogues
from agent.analysis.examples import training_examples
from agent.analysis.reader import Reader
from agent.analysis.reading.encoder import Encoder, load_encoder
from agent.analysis.retrieval.replies import Reply, ReplyBook, load_replies
from agent.contract.analysis import Question
from agent.telemetry.measurements import quantile
from tests.bench import message_search

MESSAGES = 300
NOW = datetime.fromisoformat("2026-07-11T15:00:00-03:00")


def many_replies(count: int) -> tuple[Reply, ...]:
    """The corpus's replies in ``count`` variants, none equal; each is asked for with one real wording or two."""
    seeds = [reply for path in sorted(BUSINESSES.glob("*/replies.yaml")) for reply in load_replies(path).replies]
    asked = [example.text for example in training_examples()]
    found = []
    for n in range(count):
        reply, turn = seeds[n % len(seeds)], n // len(seeds)
        own = reply.examples[turn % len(reply.examples)]
        change = {
            "id": f"{reply.id}-{n}",
            "title": f"{reply.title} {turn}",
            "text": f"{reply.text} Loja {n % 97}, balcão {turn}, fale com {asked[n % len(asked)].split()[0]}.".replace(
                "{", "("
            ).replace("}", ")"),
            "examples": (asked[n % len(asked)], f"{own} {turn}"),
        }
        found.append(reply.model_copy(update=change))
    return tuple(found)


def questions(context: bool) -> list[Question]:
    """Customers' turns of the training dialogues, in order."""
    exchanges = [exchange for dialogue in load_dialogues(TRAINING) for exchange in dialogue.exchanges()]
    return [
        Question(text=exchange.asked.text, context=exchange.context if context else ())
        for exchange in exchanges[:MESSAGES]
    ]


def alone(encoder: Encoder) -> dict[str, float | None]:
    """Milliseconds of the encoder itself: the yardstick, since machines differ and one machine's hours do."""
    took = []
    for question in questions(context=False):
        started = time.perf_counter()
        encoder.encode([question.text])
        took.append(1000 * (time.perf_counter() - started))
    return {"p50_ms": quantile(took, 0.5), "p95_ms": quantile(took, 0.95)}


def measure(replies: Sequence[Reply], encoder: Encoder | None, context: bool) -> dict[str, float | None]:
    """Milliseconds of a message with these replies."""
    reader = Reader(ReplyBook(replies=tuple(replies)), encoder=encoder)
    asked = questions(context)
    reader.analyse(asked[0], NOW)
    took = []
    for question in asked:
        started = time.perf_counter()
        reader.analyse(question, NOW)
        took.append(1000 * (time.perf_counter() - started))
    return {"p50_ms": quantile(took, 0.5), "p95_ms": quantile(took, 0.95)}


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench search", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--replies", type=int, default=10_000, help="how many replies the business has")
    parser.add_argument("--no-encoder", action="store_true", help="leave the sentence encoder out: 60 s less")
    parser.add_argument("--messages", type=int, default=message_search.MESSAGES, help="how many messages are stored")
    given = parser.parse_args(arguments)
    figures: dict[str, Any] = asyncio.run(message_search.measure(given.messages))
    figures["replies"] = given.replies
    encoders = {"without_encoder": None}
    if not given.no_encoder and (encoder := load_encoder()) is not None:
        encoders["with_encoder"] = encoder
    with threadpool_limits(limits=1):
        for name, used in encoders.items():
            large = many_replies(given.replies)
            figures[name] = measure(large, used, context=False)
            figures[f"{name}_25_replies"] = measure(large[:25], used, context=False)
            if used is not None:
                figures["encoder_alone"] = yardstick = alone(used)
                figures["ratio"] = round((figures[name]["p50_ms"] or 0) / (yardstick["p50_ms"] or 1), 2)
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 0
