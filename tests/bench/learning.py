"""A simulated month: three attendants with habits of their own, 5,000 picks, and what the ranking makes of them."""

import argparse
import asyncio
import csv
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from agent.analysis.dialogues import BUSINESSES, CORPUS
from agent.analysis.learning.ranking import Parameters, Ranking
from agent.analysis.learning.style import TRAITS, traits
from agent.analysis.reader import Reader
from agent.analysis.retrieval.replies import load_replies
from agent.contract.analysis import Analysis, Question
from agent.contract.learning import RankingState
from agent.contract.rows import Change, Direction, Kind, OpenChat, Row, RowChange
from agent.contract.stored import OfferRecord, Outcome, RowBatch, SuggestionRecord
from agent.jobs.learner import Learner
from agent.jobs.lessons import parameters_of, without
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from agent.telemetry.measurements import quantile

SHOPS = ("loja-de-roupas", "clinica", "loja-online")
KEY = "5a" * 32
MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
MORNING = datetime.fromisoformat("2026-11-02T10:00:00-03:00")

HABITS: dict[str, dict[str, float]] = {
    "Ana": {"length": -6.0, "asks": -1.0},
    "Rui": {"length": 5.0, "formal": 3.0, "greets": 2.0},
    "Lia": {"money": 6.0, "length": -1.0},
}
"""Ana likes it short, Rui writes in full and politely, Lia sends how to pay first: what each trait is worth."""

SUBJECTS = (
    {"price", "product_question", "purchase", "stock", "payment", "boleto_pix", "delivery"},
    {"order_status", "delivery", "complaint", "exchange_refund", "cancellation", "technical_support", "account_data"},
    {"scheduling", "store_info", "product_question", "cancellation", "price"},
    {"greeting", "thanks", "goodbye", "small_talk", "human_request"},
)
"""A reply can answer a message if both are about one of these: who asks what it costs may be told how to pay, or be
asked which size. Of the shown replies that can, an attendant takes the one that fits and that they like."""


@dataclass
class Shop:
    """One business with its own store, as one profile has it."""

    slug: str
    days: int
    random: random.Random
    store: SqlStore
    ranking: Ranking = field(default_factory=Ranking)
    now: datetime = MONDAY

    def __post_init__(self) -> None:
        book = load_replies(BUSINESSES / self.slug / "replies.yaml")
        # As a business begins: it has written its replies, but not yet how customers ask for them.
        bare = tuple(reply.model_copy(update={"examples": ()}) for reply in book.replies)
        self.book = book.model_copy(update={"replies": bare})
        self.replies = {reply.id: reply for reply in self.book.replies}
        self.traits = {reply.id: traits(reply.text) for reply in self.book.replies}
        with (CORPUS / "messages" / f"{self.slug}.csv").open(encoding="utf-8") as file:
            rows = [(row["text"], row["intent"]) for row in csv.DictReader(file)]
        self.random.shuffle(rows)
        sixth = len(rows) // 6
        # The first and the last day have wordings that no other day has: a memory is not enough.
        self.first, self.last, self.between = rows[:sixth], rows[sixth : 2 * sixth], rows[2 * sixth :]
        self.renew()

    def renew(self) -> None:
        """Make the search anew, as a start does: with the wordings learned so far."""
        self.learner = Learner(self.ranking, {reply.id: reply.text for reply in self.book.replies})
        self.reader = Reader(self.book, ranking=self.ranking)

    def messages(self, day: int, count: int) -> list[tuple[str, str]]:
        """What customers write on a day: text and intent."""
        if day in (0, self.days - 1):
            rows = self.first if day == 0 else self.last
            return [rows[n % len(rows)] for n in range(count)]
        chosen = self.random.choices(self.between, k=count)
        return [(self._in_other_words(text), intent) for text, intent in chosen]

    def _in_other_words(self, text: str) -> str:
        words = text.split()
        if len(words) > 3 and self.random.random() < 0.5:
            del words[self.random.randrange(1, len(words))]
        if self.random.random() < 0.5:
            words.insert(0, self.random.choice(["oi,", "bom dia!", "então,", "moça,", "me diz uma coisa:"]))
        return " ".join(words)

    def picks(self, attendant: str, text: str, intent: str, found: Analysis) -> int | None:
        """The slot that an attendant takes: of those that answer the one they like; None: their own words."""
        chances = dict(found.considered)
        worth: dict[int, float] = {}
        for slot, one in enumerate(found.suggested_responses):
            chance = chances.get(one.reply_id, 0.0)
            about = {intent, *self.replies[one.reply_id].intents}
            if about <= {intent} or any(intent in subject and about & subject - {intent} for subject in SUBJECTS):
                liking = dict(zip(TRAITS, map(float, self.traits[one.reply_id]), strict=True))
                habit = sum(value * liking[trait] for trait, value in HABITS[attendant].items())
                # A person's mood of the moment, the same whatever the order that they are shown.
                mood = random.Random(f"{attendant} {text} {one.reply_id}").gauss(0, 0.3)  # noqa: S311 - a game
                worth[slot] = 0.1 * float(np.log(max(chance, 0.01))) + habit + mood
        return max(worth, key=lambda slot: worth[slot]) if worth else None

    def reads(self, attendant: str, text: str) -> Analysis:
        return self.reader.analyse(Question(text=text, customer="Bia"), MORNING, attendant=attendant)

    async def serve(self, number: int, attendant: str, text: str, intent: str) -> tuple[int, int | None]:
        """One message from the page to the answer, and learned; how many replies were shown, and the slot taken."""
        self.now += timedelta(seconds=30)
        chat = OpenChat(token=1, title=f"Cliente {number % 400}", is_group=False)
        asked = await self.store.save(_batch(chat, f"q{number}", text, Direction.IN))
        found = self.reads(attendant, text)
        shown = tuple(
            SuggestionRecord(
                slot=n, text=s.text, source=s.source, tier=0, score=s.score, reply_id=s.reply_id, kind=s.kind
            )
            for n, s in enumerate(found.suggested_responses)
        )
        card = OfferRecord(
            offer_id=f"m-{number:05}",
            message_id=asked.inserted[0].id,
            conversation_id=asked.conversation_id,
            suggestions=shown,
            attendant=attendant,
            intent=found.intent,
            certainty=found.confidence_scores["intent"],
            considered=found.considered,
        )
        await self.store.save_offer(card)
        slot = self.picks(attendant, text, intent, found)
        sent = "Vou verificar com a equipe e já volto." if slot is None else shown[slot].text
        await self.store.save(_batch(chat, f"a{number}", sent, Direction.OUT))
        if slot is not None:
            await self.store.set_outcome(card.offer_id, slot, Outcome.SENT, distance=0)
        await self.store.answered(card.offer_id, f"a{number}")
        if number % 10 == 0:
            await self.learner.follow(self.store)
        return len(shown), slot

    def share(self, reader: Reader, count: int) -> float:
        """Share of picks that would be the first suggestion, over the last day's messages."""
        taken = []
        for number, (text, intent) in enumerate(self.last[:count]):
            attendant = tuple(HABITS)[number % len(HABITS)]
            found = reader.analyse(Question(text=text, customer="Bia"), MORNING, attendant=attendant)
            if (slot := self.picks(attendant, text, intent, found)) is not None:
                taken.append(slot == 0)
        return sum(taken) / max(len(taken), 1)


def _batch(chat: OpenChat, wa_id: str, text: str, direction: Direction) -> RowBatch:
    row = Row(id=wa_id, kind=Kind.TEXT, direction=direction, text=text)
    change = RowChange(change=Change.NEW, row=row, seen_ms=MONDAY.timestamp() * 1000)
    return RowBatch(session="mes", chat=chat, changes=(change,), window=(wa_id,))


@dataclass
class Month:
    """What came out of one shop's month."""

    picks: int = 0
    first_day: list[bool] = field(default_factory=list)
    last_day: list[bool] = field(default_factory=list)
    running: float = 0.0
    restarted: float = 0.0
    rolled_back: float = 0.0
    unlearned: float = 0.0
    erased_left: int = 0
    """Wordings of the erased customer that are still examples."""
    erased_equal: bool = False
    """After the erasure, what is learned is what it would be had the customer never written."""


async def simulate(slug: str, picks: int, days: int, folder: Path) -> Month:
    """One shop's month in a real encrypted database."""
    clock = [MONDAY]
    path = folder / f"{slug}.db"
    store = await open_store(path, KEY, now=lambda: clock[0])
    shop = Shop(slug, days, random.Random(f"month {slug}"), store)  # noqa: S311 - a game
    await shop.learner.catch_up(store)
    month, number, per_day = Month(), 0, picks // days + 1
    for day in range(days):
        shop.now = MONDAY + timedelta(days=day + 2 * (day // 5))
        if day % 5 == 0 or day == days - 1:
            shop.renew()
            await shop.learner.catch_up(store)
        todo = iter(shop.messages(day, 3 * per_day))
        served = 0
        for text, intent in todo:
            attendant = tuple(HABITS)[number % len(HABITS)]
            clock[0] = shop.now
            _, slot = await shop.serve(number, attendant, text, intent)
            number += 1
            if slot is None:
                continue
            served += 1
            month.picks += 1
            if day == 0:
                month.first_day.append(slot == 0)
            elif day == days - 1:
                month.last_day.append(slot == 0)
            if served == per_day:
                break
    await shop.learner.follow(store)
    await _afterwards(shop, month, path, per_day)
    return month


async def _afterwards(shop: Shop, month: Month, path: Path, count: int) -> None:
    """Restart, roll back, erase."""
    month.running = shop.share(shop.reader, count)
    await shop.store.close()
    store = await open_store(path, KEY, now=lambda: shop.now)
    texts = {reply.id: reply.text for reply in shop.book.replies}
    ranking = Ranking()
    learner = Learner(ranking, texts)
    await learner.catch_up(store)
    shop.reader._retrieval._ranking = ranking
    month.restarted = shop.share(shop.reader, count)

    (someone, *_) = await store.people.find("Cliente 7")
    before = await store.learning.choices()
    theirs = {one.offer_id for one in before if "Cliente 7" in one.people}
    await store.people.erase(someone.id)
    await learner.follow(store)
    never = Ranking.from_log([one for one in before if one.offer_id not in theirs], texts=texts)
    ids, intents = tuple(texts), {"price": 0.6, "payment": 0.4}
    month.erased_equal = bool(theirs) and all(
        np.array_equal(ranking.boosts(ids, intents, who), never.boosts(ids, intents, who)) for who in HABITS
    )
    month.erased_equal &= ranking.examples() == never.examples()
    month.erased_left = sum("Cliente 7" in one.people for one in await store.learning.choices())

    active = await parameters_of(store.learning) or Parameters()
    forgotten = without(active, MONDAY, shop.now + timedelta(days=1))
    await store.learning.add_ranking("before the month", forgotten.as_json(), RankingState.ACTIVE)
    await learner.follow(store)
    plain = Reader(shop.book, ranking=ranking)
    month.rolled_back = shop.share(plain, count)
    month.unlearned = shop.share(Reader(shop.book), count)
    await store.close()


def boosts_ms(replies: int, picks: int) -> list[float]:
    """Milliseconds of the ranking's part of a search, with so many replies and picks."""
    from tests.analysis.learning.test_ranking import choice

    texts = {f"r{n}": f"Resposta {n}, custa R$ {n}. " * (1 + n % 5) for n in range(replies)}
    ids = tuple(texts)
    names = ("curta", "longa", "outra")
    ranking = Ranking(replace(Parameters()), texts)
    for n in range(picks):
        one = choice(n, names[n % 3], tuple(HABITS)[n % 3], ("price", "stock", "payment", "delivery")[n % 4])
        renamed = {name: ids[(n * 7 + k) % replies] for k, name in enumerate(names)}
        shown = tuple(s.model_copy(update={"reply_id": renamed[s.reply_id]}) for s in one.shown)
        ranking.learn(one.model_copy(update={"shown": shown}))
    took = []
    for n in range(200):
        if n % 10 == 0:  # A pick between two cards: what it changed is gathered anew.
            ranking.learn(one)
        started = time.perf_counter()
        ranking.boosts(ids, {"price": 0.6, "stock": 0.3, "payment": 0.1}, tuple(HABITS)[n % 3])
        took.append(1000 * (time.perf_counter() - started))
    return took[1:]


async def run(picks: int, days: int, shops: Sequence[str]) -> dict[str, Any]:
    """The figures of all shops together."""
    with tempfile.TemporaryDirectory() as folder:
        months = [await simulate(slug, picks // len(shops), days, Path(folder)) for slug in shops]
    first, last = [x for m in months for x in m.first_day], [x for m in months for x in m.last_day]

    def mean(name: str) -> float:
        return round(sum(getattr(month, name) for month in months) / len(months), 3)

    return {
        "picks": sum(month.picks for month in months),
        "first_day_top1": round(sum(first) / len(first), 3),
        "last_day_top1": round(sum(last) / len(last), 3),
        "rise_points": round(100 * (sum(last) / len(last) - sum(first) / len(first)), 1),
        "after_the_month_top1": mean("running"),
        "after_a_restart_top1": mean("restarted"),
        "after_a_rollback_top1": mean("rolled_back"),
        "never_learned_top1": mean("unlearned"),
        "erased_customer_left": sum(month.erased_left for month in months),
        "erased_customer_never_was": all(month.erased_equal for month in months),
        "by_shop": {
            slug: [round(sum(days_) / len(days_), 3) for days_ in (month.first_day, month.last_day)]
            for slug, month in zip(shops, months, strict=True)
        },
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench learning", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--picks", type=int, default=5_000)
    given = parser.parse_args(arguments)
    figures = asyncio.run(run(given.picks, 22, SHOPS))
    took = boosts_ms(10_000, 5_000)
    figures["ranking_ms"] = {"p50": round(quantile(took, 0.5), 3), "p95": round(quantile(took, 0.95), 3)}
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 0
