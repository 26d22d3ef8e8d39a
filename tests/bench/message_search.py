"""Full-text search in an encrypted database with a million generated messages, and what it costs to have it."""

import argparse
import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from agent.analysis.dialogues import TRAINING, load_dialogues
from agent.analysis.examples import training_examples
from agent.contract.analysis import Sentiment
from agent.contract.rows import Direction
from agent.contract.search import MessageSearch, Order
from agent.storage.folding import folded
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from agent.telemetry.measurements import quantile

MESSAGES = 1_000_000
CONVERSATIONS = 2_000
YEARS = 2
END = datetime(2026, 11, 1, tzinfo=UTC)
KEY = "5e" * 32
AT_ONCE = 10_000
COMMON = 0.3
"""Share of the messages that hold the common word."""

NAMES = (
    "Ana",
    "Bia",
    "Caio",
    "Davi",
    "Elisa",
    "Fábio",
    "Gabi",
    "Hugo",
    "Inês",
    "João",
    "Kátia",
    "Maria",
    "Sílvia",
    "Zé",
)
FAMILIES = ("Alves", "Barros", "Costa", "Dias", "Esteves", "Farias", "Gomes", "Lima", "Melo", "Nunes", "Pires", "Sousa")

_MESSAGE = (
    "INSERT INTO messages (id, session, wa_id, conversation_id, position, kind, direction, text, folded, truncated,"
    " sent_at, reactions, edited, forwarded, origin, state, first_seen, updated_at)"
    " VALUES (?, 'bench', ?, ?, ?, 'text', ?, ?, ?, 0, ?, '[]', 0, 0, 'new', 'complete', ?, ?)"
)
_ANALYSIS = (
    "INSERT INTO ai_analysis (message_id, sentiment, sentiment_score, intent, unsure, confidence_scores,"
    " suggested_responses, model_version, analysed_at) VALUES (?, ?, 0, ?, 0, ?, '[]', 'bench', ?)"
)


class Said(NamedTuple):
    """A generated message."""

    id: int
    conversation_id: int
    customer: bool
    text: str
    moment: str
    sentiment: str
    intent: str


def said(messages: int) -> Iterator[Said]:
    """Messages in the order of their moments; pieces of the corpus's texts put together anew."""
    chance = random.Random(20261101)  # noqa: S311
    asked = training_examples()
    ours = [turn.text for one in load_dialogues(TRAINING) for turn in one.turns if turn.role == "attendant"]
    pieces = [
        piece for text in ours for piece in text.replace("!", "!|").replace(".", ".|").split("|") if piece.strip()
    ]
    begin = END - timedelta(days=365 * YEARS)
    for number in range(1, messages + 1):
        moment = begin + (END - begin) * (number / messages)
        at = f"{moment:%Y-%m-%d %H:%M}:00.000000"
        chat = min(int(chance.paretovariate(0.6)), CONVERSATIONS) if chance.random() < 0.3 else 0
        chat = chat or chance.randint(1, CONVERSATIONS)
        customer = chance.random() < 0.5
        one = chance.choice(asked)
        more = chance.choice(asked).text if chance.random() < 0.5 else ""
        text = f"{one.text} {more}" if customer else " ".join(chance.choices(pieces, k=chance.randint(1, 3)))
        if chance.random() < 0.3:
            text += f" {chance.randint(1000, 99999)}"  # orders, prices, times: what is looked for most
        yield Said(number, chat, customer, text.strip(), at, one.sentiment.value, one.intent)


async def build(store: SqlStore, messages: int) -> Counter[str]:
    """Fill an empty store; in how many messages each word is."""
    frequency: Counter[str] = Counter()
    chats = [(n, f"{NAMES[n % len(NAMES)]} {FAMILIES[n % len(FAMILIES)]} {n}") for n in range(1, CONVERSATIONS + 1)]
    writing = store._database.engine.execution_options(writes=True)
    async with writing.begin() as db:
        people = [(n, title, f"+55119{n:08}", "2024-11-01 00:00:00.000000") for n, title in chats]
        await db.exec_driver_sql("INSERT INTO customers (id, name, phone, created_at) VALUES (?, ?, ?, ?)", people)
        await db.exec_driver_sql(
            "INSERT INTO conversations (id, session, title, is_group, phone, customer_id, created_at)"
            " VALUES (?, 'bench', ?, 0, ?, ?, ?)",
            [(n, title, phone, n, at) for n, title, phone, at in people],
        )
    waiting: list[Said] = []
    for one in said(messages):
        waiting.append(one)
        if len(waiting) == AT_ONCE or one.id == messages:
            rows = [
                (m.id, f"3EB0{m.id:016X}", m.conversation_id, m.id, "in" if m.customer else "out", m.text, words)
                + (m.moment,) * 3
                for m in waiting
                if (words := folded(m.text) or "") is not None
            ]
            scores = json.dumps({"sentiment": 0.91, "intent": 0.83})
            labels = [(m.id, m.sentiment, m.intent, scores, m.moment) for m in waiting if m.customer]
            async with writing.begin() as db:
                await db.exec_driver_sql(_MESSAGE, rows)
                await db.exec_driver_sql(_ANALYSIS, labels)
            for row in rows:
                frequency.update(set(row[6].split()))
            waiting = []
    return frequency


def questions(frequency: Counter[str], messages: int) -> list[tuple[str, MessageSearch]]:
    """Named kinds of questions, mixed: what people look for, and what is hardest to find."""
    chance = random.Random(7)  # noqa: S311
    words = [word for word in frequency if word.isalpha() and len(word) > 2]
    common = min(frequency, key=lambda word: abs(frequency[word] / messages - COMMON))
    frequent = [word for word, _ in frequency.most_common(150) if len(word) > 3]
    rare = [word for word in words if frequency[word] <= messages // 2000]
    intents = sorted({example.intent for example in training_examples()})
    found: list[tuple[str, MessageSearch]] = []

    def ask(kind: str, typed: str, **more: Any) -> None:
        found.append((kind, MessageSearch(words=typed, **more)))

    for n in range(20):
        first, word = END - timedelta(days=chance.randint(8, 700)), chance.choice(frequent)
        ask("common, 30 %", common)
        ask("frequent", word)
        ask("rare", chance.choice(rare))
        ask("number", str(chance.randint(1000, 99999)))
        ask("two words", f"{chance.choice(frequent)} {chance.choice(frequent)}")
        ask("two words, one rare", f"{word} {chance.choice(rare)}")
        ask("one letter", chance.choice("abcdefgmnopqrstv"))
        ask("beginning", word[: chance.randint(2, 4)])
        ask("with dates", f"{word[:4]} {common}", since=first, before=first + timedelta(days=7))
        ask("with a chat", word, in_chat=f"{chance.choice(NAMES)} {chance.choice(('', 1 + n))}".strip())
        ask("with labels", chance.choice((common, word)), sentiment=chance.choice(list(Sentiment)))
        ask("with labels", common, intent=intents[n % len(intents)], direction=Direction.IN)
        ask("the best", f"{word} {common}", order=Order.BEST)
    chance.shuffle(found)
    return found


async def measure(messages: int) -> dict[str, Any]:
    """Build the database, open it anew, and ask each question once."""
    with TemporaryDirectory(prefix="balcao-search-") as folder:
        file = Path(folder) / "data.db"
        store = await open_store(file, KEY)
        started = time.perf_counter()
        frequency = await build(store, messages)
        built = time.perf_counter() - started
        await store.close()
        size = file.stat().st_size
        started = time.perf_counter()
        store = await open_store(file, KEY)
        opened = time.perf_counter() - started
        took: dict[str, list[float]] = {}
        work: list[float] = []
        for kind, question in questions(frequency, messages):
            started, worked = time.perf_counter(), time.process_time()
            await store.search.messages(question)
            work.append(1000 * (time.process_time() - worked))
            took.setdefault(kind, []).append(1000 * (time.perf_counter() - started))
        started = time.perf_counter()
        await store.search.customers("silvia 1")
        customers = 1000 * (time.perf_counter() - started)
        async with store._database.engine.connect() as db:
            pages = await db.exec_driver_sql("SELECT sum(length(block)) FROM searched_data")
            index = pages.scalar_one()
        started = time.perf_counter()
        await store.people.erase(CONVERSATIONS)
        erased = time.perf_counter() - started
        await store.close()
    everything = [one for some in took.values() for one in some]
    return {
        "messages": messages,
        "conversations": CONVERSATIONS,
        "questions": len(everything),
        "p50_ms": _ms(everything, 0.5),
        "p95_ms": _ms(everything, 0.95),
        "max_ms": round(max(everything), 1),
        "p50_cpu_ms": _ms(work, 0.5),
        "p95_cpu_ms": _ms(work, 0.95),
        "max_cpu_ms": round(max(work), 1),
        "p95_ms_of": {kind: _ms(some, 0.95) for kind, some in sorted(took.items())},
        "customers_ms": round(customers, 1),
        "database_mb": round(size / 1e6, 1),
        "index_mb": round(index / 1e6, 1),
        "build_s": round(built, 1),
        "open_s": round(opened, 2),
        "erase_s": round(erased, 1),
    }


def _ms(took: Sequence[float], share: float) -> float:
    return round(quantile(took, share) or 0.0, 1)


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON; ``scripts/bench search`` prints them with its own."""
    parser = argparse.ArgumentParser(prog="scripts/bench message-search", description=__doc__)
    parser.add_argument("--messages", type=int, default=MESSAGES, help="how many messages are stored")
    given = parser.parse_args(arguments)
    print(json.dumps(asyncio.run(measure(given.messages)), indent=2))
    return 0
