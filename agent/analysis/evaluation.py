"""``python -m agent eval``: everything that is measured, on our own held part and on public sets where they are."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from threadpoolctl import threadpool_limits

from agent.analysis.dialogues import BUSINESSES, HELD, load_dialogues
from agent.analysis.examples import held_examples, training_examples
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.context_training import customer_turns
from agent.analysis.reading.encoder import Encoder, load_encoder
from agent.analysis.reading.intent_scoring import read_all, read_labelled, read_moods, score_fitted, score_moods
from agent.analysis.reading.scoring import Figures, score_intents
from agent.analysis.reading.weights import shipped
from agent.analysis.retrieval.replies import Reply, ReplyBook, load_replies
from agent.analysis.retrieval.scoring import score_own as score_own_retrieval
from agent.analysis.retrieval.search import Retrieval
from agent.contract.analysis import Question
from agent.settings.program import ROOT
from agent.telemetry.measurements import quantile

SHARED = ROOT.parent / "shared" / "data"
"""Where the public sets are looked for: beside the project, since their texts never enter it."""

_REPLIES = 10_000
_TIMED = 200


def evaluate(shared: Path = SHARED, say: Callable[[str], None] | None = None) -> dict[str, Any]:
    """All figures; null for a set that is not there, and ``say`` hears why (standard error by default)."""
    say = say or (lambda text: typer.echo(text, err=True))
    olist, dev, train = (
        shared / name for name in ("eval/olist_dev.csv", "eval/massive_pt_dev.csv", "train/massive_pt.csv")
    )
    missing = [path for path in (olist, dev, train) if not path.is_file()]
    for path in missing:
        say(f"{path} is not there: what is measured on it is null.")
    encoder = load_encoder()
    if encoder is None:
        say("The sentence encoder is not installed: all figures are without it.")
    held = [(example.text, example.sentiment) for example in held_examples() if example.sentiment is not None]
    return {
        "model_version": shipped(encoder=encoder is not None).version,
        "sentiment": {
            "own": score_moods(held),
            "olist_dev": None if olist in missing else score_moods(read_moods(olist)),
        },
        "intents": {
            "own": _own_intents(encoder),
            "own_dialogues": _own_dialogues(encoder),
            "massive_dev": None
            if {dev, train} & set(missing)
            else score_fitted(read_labelled(train, "intent"), read_labelled(dev, "intent")),
        },
        "retrieval": {"own": score_own_retrieval()},
        "latency": _latency(encoder),
    }


def _own_intents(encoder: Encoder | None) -> dict[str, Any]:
    held = held_examples()
    texts, true = [example.text for example in held], [example.intent for example in held]
    plain = score_intents(read_all(Classifier.shipped(), texts), true)
    if encoder is None:
        return {**plain, "encoder": False}
    best = score_intents(read_all(Classifier.shipped(encoder), texts, encoder), true)
    return {**best, "encoder": True, "without_encoder": plain}


def _own_dialogues(encoder: Encoder | None) -> dict[str, Figures]:
    """The customers' turns of the held dialogues, read with what was said before and alone."""
    turns = customer_turns(load_dialogues(HELD))
    true = [turn.intent for turn, _ in turns]
    classifier = Classifier.shipped(encoder)
    with threadpool_limits(limits=1):
        within = [classifier.read(turn.text, context) for turn, context in turns]
        alone = [classifier.read(turn.text) for turn, _ in turns]
    return {"with_context": score_intents(within, true), "alone": score_intents(alone, true)}


def _latency(encoder: Encoder | None) -> dict[str, Any]:
    """Milliseconds of sentiment, intent and a search in 10,000 replies together, on one thread."""
    plain = _times(None)
    times = plain if encoder is None else _times(encoder)
    return {**times, "encoder": encoder is not None, "replies": _REPLIES, "without_encoder": plain}


def _times(encoder: Encoder | None) -> dict[str, float | None]:
    classifier = Classifier.shipped(encoder)
    took = []
    with threadpool_limits(limits=1):
        retrieval = Retrieval(
            ReplyBook(replies=many_replies(_REPLIES)), shipped().idf, encoder=encoder, read=classifier.turn_intents
        )
        for example in held_examples()[:_TIMED]:
            question = Question(text=example.text)
            started = time.perf_counter()
            vector = None if encoder is None else encoder.encode([question.text])[0]
            reading = classifier.read(question.text, vector=vector)
            retrieval.find(question, reading.intents, 3, vector=vector)
            took.append(1000 * (time.perf_counter() - started))
    return {"p50_ms": quantile(took, 0.5), "p95_ms": quantile(took, 0.95)}


def many_replies(count: int) -> tuple[Reply, ...]:
    """The corpus's canned replies in ``count`` variants, none equal; each is asked for in two real wordings."""
    seeds = [reply for path in sorted(BUSINESSES.glob("*/replies.yaml")) for reply in load_replies(path).replies]
    asked = [example.text for example in training_examples()]
    found = []
    for n in range(count):
        reply, turn = seeds[n % len(seeds)], n // len(seeds)
        change = {
            "id": f"reply-{n}",
            "text": f"{reply.text} Loja {n % 97}, {turn}.",
            "examples": (asked[n % len(asked)], f"{reply.examples[turn % len(reply.examples)]} {turn}"),
        }
        found.append(reply.model_copy(update=change))
    return tuple(found)
