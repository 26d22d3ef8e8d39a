"""The figures on each database; the day itself and what was counted by hand are with the route's tests."""

from typing import Any

from sqlalchemy import event

from agent.contract.analysis import Sentiment
from agent.storage.store import SqlStore
from tests.api.test_metrics import NOW, live


async def test_every_database_counts_the_same(store: SqlStore) -> None:
    store._now = lambda: NOW
    await live(store)
    told = await store.dashboard.figures(None, None, 92)
    assert told is not None
    assert (told.messages_in, told.messages_out, told.messages_unknown, told.customers) == (9, 7, 2, 5)
    assert (told.answers.all.median_s, told.answers.first.p90_s, told.answers.unknown) == (765.0, 1800.0, 2)
    assert (told.waiting.customers, told.waiting.longest_s) == (3, 9.75 * 3600)
    assert told.sentiments == {Sentiment.NEGATIVE: 2, Sentiment.POSITIVE: 2, Sentiment.NEUTRAL: 5}
    assert told.intents == {"price": 3, "complaint": 2, "greeting": 2, "stock": 1, "thanks": 1}
    assert told.new_customers == 6


async def test_a_days_messages_are_found_by_an_index(sqlite: SqlStore) -> None:
    sqlite._now = lambda: NOW
    await live(sqlite)
    asked: list[tuple[str, Any]] = []
    event.listen(
        sqlite._database.engine.sync_engine,
        "before_cursor_execute",
        lambda *about: asked.append((about[2], about[3])),
    )
    await sqlite.dashboard.figures(None, None, 92)
    counted = [one for one in asked if "min(messages.position)" in one[0] or "ai_analysis.sentiment, count" in one[0]]
    assert len(counted) == 2
    async with sqlite._read() as db:
        for statement, values in counted:
            plan = (await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all()
            steps = [line[3] for line in plan]
            assert any("ix_messages_first_seen (first_seen>?)" in step for step in steps), steps
            assert not any("SCAN messages" in step for step in steps), steps
