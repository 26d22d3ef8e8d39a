"""Reads labelled messages: our own corpus, and licensed sets whose labels fit ours."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from agent.contract.analysis import INTENTS, Sentiment
from agent.errors import BadInput

_CORPUS = Path(__file__).parent / "corpus"
MESSAGES_DIR = _CORPUS / "messages"
HELD_FILE = _CORPUS / "evaluation" / "messages.csv"
"""Never trained on. A few thresholds of silence were set with its figures in view: see the data card."""

_EXTRA_PER_INTENT = 60
"""Messages taken from licensed sets for one intent: more of them drown the way in which customers write."""

_EXTRA_LABELS: dict[str, dict[str, str]] = {
    "bitext_pt.csv": {
        "cancel_order": "cancellation",
        "change_shipping_address": "delivery",
        "check_cancellation_fee": "cancellation",
        "check_invoice": "boleto_pix",
        "check_payment_methods": "payment",
        "check_refund_policy": "exchange_refund",
        "complaint": "complaint",
        "contact_human_agent": "human_request",
        "create_account": "account_data",
        "delivery_options": "delivery",
        "delivery_period": "delivery",
        "edit_account": "account_data",
        "get_refund": "exchange_refund",
        "payment_issue": "payment",
        "place_order": "purchase",
        "recover_password": "technical_support",
        "registration_problems": "technical_support",
        "track_order": "order_status",
        "track_refund": "exchange_refund",
    },
    "massive_pt.csv": {"general_greet": "greeting", "general_quirky": "other", "general_joke": "other"},
    "clinc150_pt.csv": {
        "greeting": "greeting",
        "goodbye": "goodbye",
        "thank_you": "thanks",
        "order_status": "order_status",
        "tell_joke": "other",
        "are_you_a_bot": "human_request",
        "yes": "other",
        "no": "other",
    },
}


@dataclass(frozen=True)
class Example:
    """One labelled message."""

    text: str
    intent: str
    sentiment: Sentiment | None
    """None where the set does not say."""
    business: str = ""
    """Slug of the kind of business; empty where the set does not say."""


def read_examples(path: Path) -> list[Example]:
    """Read a CSV file with the columns text, intent and sentiment.

    Raises:
        BadInput: a column is missing or a label is unknown; the text names file and line.
    """
    with path.open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source)
        missing = {"text", "intent", "sentiment"} - set(rows.fieldnames or ())
        if missing:
            raise BadInput(f"{path} has no column {', '.join(sorted(missing))}.", "Its columns: text,intent,sentiment.")
        examples = []
        for row in rows:
            if row["intent"] not in INTENTS or row["sentiment"] not in set(Sentiment):
                raise BadInput(
                    f"{path}, line {rows.line_num}: unknown label {row['intent']}, {row['sentiment']}.",
                    f"Intents: {', '.join(INTENTS)}. Sentiments: {', '.join(Sentiment)}.",
                )
            examples.append(
                Example(row["text"], row["intent"], Sentiment(row["sentiment"]), row.get("business") or path.stem)
            )
    return examples


def training_examples() -> list[Example]:
    """The training part of our own corpus, in the order of its files."""
    return [example for path in sorted(MESSAGES_DIR.glob("*.csv")) for example in read_examples(path)]


def held_examples() -> list[Example]:
    """The held part."""
    return read_examples(HELD_FILE)


def extra_examples(folder: Path) -> list[Example]:
    """Messages of the licensed sets in ``folder`` whose labels fit ours; always the same, without sentiment."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, labels in sorted(_EXTRA_LABELS.items()):
        path = folder / name
        if path.exists():
            for text, intent in _labelled(path, labels):
                found[intent].append(text)
    chosen = []
    for intent, texts in sorted(found.items()):
        distinct = sorted(set(texts))
        picked = random.Random(intent).sample(distinct, min(_EXTRA_PER_INTENT, len(distinct)))  # noqa: S311
        chosen += [Example(text, intent, None) for text in picked]
    return chosen


def _labelled(path: Path, labels: dict[str, str]) -> Iterable[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            if row["intent"] in labels:
                yield row["text"], labels[row["intent"]]
