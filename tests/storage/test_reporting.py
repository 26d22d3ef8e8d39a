"""The figures of reports, against SQL that was written apart from them, and against what was counted by hand."""
# ruff: noqa: S608 (the queries are put together of this file's own pieces)

import math
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

import pytest

from agent.contract.report import Report, ReportPeriod
from agent.core.hours import Attendance, Hours
from agent.errors import BadInput
from agent.settings.opening import WEEKDAYS, spans_of
from agent.storage.days import before, days_of
from agent.storage.reporting import Wanted
from agent.storage.store import SqlStore
from tests.storage.fresh import fresh_store
from tests.storage.reported_days import FIRST, LAST, after, at, live, says, utc

RANGE = Wanted(ReportPeriod.RANGE, FIRST, LAST)
ALWAYS = Attendance(first_answer_s=300)
SILENT = "('system', 'call', 'deleted')"

ANSWERS = f"""
WITH said AS (
  SELECT m.conversation_id AS chat, m.position AS place, m.direction AS side, m.first_seen AS at
  FROM messages m JOIN conversations c ON c.id = m.conversation_id
  WHERE NOT c.is_group AND m.kind NOT IN {SILENT}
), ours AS (
  SELECT chat, at, place,
    (SELECT max(o.place) FROM said o WHERE o.chat = said.chat AND o.side = 'out' AND o.place < said.place) AS last
  FROM said WHERE side = 'out'
), waits AS (
  SELECT chat, at, (SELECT min(i.at) FROM said i WHERE i.chat = ours.chat AND i.side = 'in' AND i.place < ours.place
    AND i.place > coalesce(ours.last, -1e18)) AS since FROM ours
)
SELECT chat, date(at, '-3 hours') AS day, round((julianday(at) - julianday(since)) * 86400, 0) AS took
FROM waits WHERE since IS NOT NULL AND at >= :since AND at < :before AND (:user = 0 OR chat IN
  (SELECT conversation_id FROM conversation_desks WHERE assigned_to = :user)) ORDER BY at
"""


async def asked(store: SqlStore, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """A direct query of the database, over these days."""
    values = {"since": utc(FIRST), "before": after(LAST), **values}
    async with store._database.engine.connect() as db:
        return [tuple(line) for line in (await db.exec_driver_sql(query, values)).all()]


def p90(values: list[float]) -> float:
    return sorted(values)[math.ceil(len(values) * 0.9) - 1]


async def report(store: SqlStore, wanted: Wanted = RANGE, attendance: Attendance = ALWAYS) -> Report:
    return await store.reporting.report(wanted, attendance, "Loja")


@pytest.fixture(scope="module")
async def days() -> AsyncIterator[SqlStore]:
    """Only read by the tests, so all share it."""
    store = await fresh_store()
    await live(store)
    yield store
    await store.close()


async def of_user(store: SqlStore, name: str | None) -> int:
    if name is None:
        return 0
    [[number]] = await asked(store, "SELECT id FROM users WHERE name = :name", name=name)
    return int(number)


MINE = "(:user = 0 OR m.conversation_id IN (SELECT conversation_id FROM conversation_desks WHERE assigned_to = :user))"
HERE = f"m.kind NOT IN {SILENT} AND m.sent_at >= :since AND m.sent_at < :before AND {MINE}"


@pytest.mark.parametrize("name", [None, "ana", "bia"])
async def test_volume_times_and_target_are_those_of_a_direct_query(days: SqlStore, name: str | None) -> None:
    user = await of_user(days, name)
    told = await report(days, RANGE._replace(attendant=name))
    assert told.volume is not None
    assert told.answers is not None
    assert told.on_time is not None
    sides = dict(await asked(days, f"SELECT direction, count(*) FROM messages m WHERE {HERE} GROUP BY 1", user=user))
    assert (told.volume.messages_in, told.volume.messages_out) == (sides["in"], sides["out"])
    counted = f"""SELECT count(DISTINCT m.conversation_id), count(DISTINCT iif(m.direction = 'in', c.customer_id, NULL))
        FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE {HERE}"""
    assert [(told.volume.conversations, told.volume.customers)] == await asked(days, counted, user=user)
    new = """SELECT count(DISTINCT u.id) FROM customers u JOIN conversations m ON m.customer_id = u.id
        LEFT JOIN conversation_desks d ON d.conversation_id = m.id
        WHERE u.created_at >= :since AND u.created_at < :before AND (:user = 0 OR d.assigned_to = :user)"""
    assert [(told.volume.new_customers,)] == await asked(days, new, user=user)
    waits = await asked(days, ANSWERS, user=user)
    everything = [took for _, _, took in waits]
    first = list({(chat, day): took for chat, day, took in reversed(waits)}.values())
    assert (told.answers.all.count, told.answers.all.median_s) == (len(everything), median(everything))
    assert told.answers.all.p90_s == p90(everything)
    assert (told.answers.first.count, told.answers.first.median_s) == (len(first), median(first))
    assert told.answers.first.p90_s == p90(first)
    within = [took for took in first if took <= 300]
    assert (told.on_time.answers, told.on_time.within) == (len(first), len(within))
    assert told.on_time.share == round(len(within) / len(first), 4)


@pytest.mark.parametrize("name", [None, "ana", "bia"])
async def test_outcomes_intents_and_moods_are_those_of_a_direct_query(days: SqlStore, name: str | None) -> None:
    user = await of_user(days, name)
    told = await report(days, RANGE._replace(attendant=name))
    assert told.results is not None
    decided = """SELECT outcome, count(*) FROM conversation_desks
        WHERE decided_at >= :since AND decided_at < :before AND (:user = 0 OR assigned_to = :user) GROUP BY 1"""
    counts = dict(await asked(days, decided, user=user))
    found = {"won": told.results.won, "lost": told.results.lost, "resolved": told.results.resolved}
    assert found == {one: counts.get(one, 0) for one in found}
    still = f"""SELECT count(DISTINCT m.conversation_id) FROM messages m WHERE {HERE} AND m.conversation_id NOT IN
        (SELECT conversation_id FROM conversation_desks WHERE outcome != 'open')"""
    assert [(told.results.undecided,)] == await asked(days, still, user=user)
    for column, shown in (("intent", told.intents), ("sentiment", told.sentiments)):
        query = f"""SELECT a.{column}, count(*) FROM ai_analysis a JOIN messages m ON m.id = a.message_id
            WHERE m.direction = 'in' AND {HERE} GROUP BY 1"""
        assert shown == dict(await asked(days, query, user=user))


CARDS = """SELECT count(DISTINCT o.id), count(DISTINCT iif(s.outcome IN ('picked','inserted','failed','sent','edited'),
    o.id, NULL)), count(DISTINCT iif(s.outcome = 'sent', o.id, NULL)), count(DISTINCT iif(s.outcome = 'edited', o.id,
    NULL)), count(DISTINCT iif(s.outcome = 'ignored' AND o.id NOT IN (SELECT offer_id FROM suggestions WHERE outcome IN
    ('sent', 'edited')), o.id, NULL)) FROM offers o LEFT JOIN suggestions s ON s.offer_id = o.id
    WHERE o.shown_at >= :since AND o.shown_at < :before AND (:name IS NULL OR lower(o.attendant) = :name)"""


@pytest.mark.parametrize("name", [None, "ana", "bia", "caio"])
async def test_the_use_of_suggestions_is_that_of_a_direct_query(days: SqlStore, name: str | None) -> None:
    copilot = (await report(days, RANGE._replace(attendant=name))).copilot
    assert copilot is not None
    found = (copilot.cards, copilot.picked, copilot.sent, copilot.edited, copilot.ignored)
    assert [found] == await asked(days, CARDS, name=name)
    assert copilot.cards


async def test_each_day_is_a_report_of_that_day(days: SqlStore) -> None:
    told = await report(days)
    assert [one.day for one in told.days] == [FIRST, FIRST + timedelta(days=1), LAST]
    for one in told.days:
        alone = await report(days, Wanted(ReportPeriod.DAY, one.day))
        assert alone.days == (one,)
        assert alone.volume is not None
        assert (one.messages_in, one.messages_out) == (alone.volume.messages_in, alone.volume.messages_out)
        assert one.first == (alone.answers and alone.answers.first)
        assert one.on_time == (alone.on_time and alone.on_time.share)
        assert one.cards == (alone.copilot and alone.copilot.cards)
    assert told.volume is not None
    assert sum(one.messages_in or 0 for one in told.days) == told.volume.messages_in
    assert sum(one.messages_in for one in told.hours or ()) == told.volume.messages_in


async def test_the_lines_of_the_attendants_are_their_own_reports(days: SqlStore) -> None:
    told = await report(days)
    assert [one.attendant for one in told.attendants] == ["ana", "bia", "Caio", None]
    for one in told.attendants:
        if one.attendant is None:
            continue
        alone = await report(days, RANGE._replace(attendant=one.attendant))
        assert (one.volume, one.on_time, one.results) == (alone.volume, alone.on_time, alone.results)
        assert one.cards == (alone.copilot and alone.copilot.cards)
    assert told.volume is not None
    assert sum(one.volume.messages_in for one in told.attendants if one.volume) == told.volume.messages_in
    assert sum(one.cards or 0 for one in told.attendants) == (told.copilot and told.copilot.cards)


async def test_by_hand(store: SqlStore) -> None:
    """On every database. First answers in seconds: Ana 210, 1200, 299; Bia 1800, 50, 45; nobody's 600; groups none."""
    await live(store)
    told = await report(store)
    assert told.answers is not None
    assert told.answers.first.count == 7
    assert told.answers.first.median_s == 299.0
    assert told.answers.all.count == 8
    assert told.on_time is not None
    assert (told.on_time.within, told.on_time.share) == (4, 0.5714)
    assert told.volume is not None
    assert (told.volume.conversations, told.volume.unanswered) == (6, 1)
    assert told.results is not None
    assert (told.results.won, told.results.lost, told.results.resolved, told.results.undecided) == (2, 1, 1, 3)
    assert told.results.rate == 0.5
    assert (told.is_over, told.zone, told.zone_of) == (False, "America/Sao_Paulo", "page")


async def test_what_nobody_knows_is_none_and_not_zero(days: SqlStore) -> None:
    told = await report(days, RANGE._replace(attendant="CAIO"))
    assert told.attendant == "Caio"
    assert (told.volume, told.answers, told.on_time, told.results) == (None, None, None, None)
    assert (told.intents, told.sentiments, told.hours) == (None, None, None)
    assert told.copilot is not None
    assert told.copilot.cards == 1
    assert {(one.messages_in, one.first, one.on_time) for one in told.days} == {(None, None, None)}


async def test_an_empty_store_has_a_report_without_anything(sqlite: SqlStore) -> None:
    sqlite._now = lambda: datetime(2026, 11, 18, 12, tzinfo=UTC)
    told = await report(sqlite, Wanted(ReportPeriod.WEEK))
    assert told.volume is not None
    assert told.volume.messages_in == 0
    assert told.answers is not None
    assert told.answers.first.median_s is None
    assert told.on_time is not None
    assert told.on_time.share is None
    assert told.results is not None
    assert told.results.rate is None
    assert told.copilot is not None
    assert told.copilot.rates == {}
    assert (told.first, told.last, told.is_over, told.zone_of) == (
        date(2026, 11, 16),
        date(2026, 11, 22),
        False,
        "machine",
    )
    assert [one.day.day for one in told.days] == [
        16,
        17,
        18,
    ]  # Days that have not come are not told as days of nothing.
    assert told.attendants == ()


async def test_one_message(sqlite: SqlStore) -> None:
    await says(sqlite, 1, "Ana", at("18", "12:00:00"), "in")
    told = await report(sqlite, Wanted(ReportPeriod.DAY, LAST))
    assert told.volume is not None
    assert (told.volume.messages_in, told.volume.conversations, told.volume.unanswered) == (1, 1, 1)
    assert told.volume.new_customers == 1
    assert [one.messages_in for one in told.hours or () if one.hour == 12] == [1]


@pytest.mark.parametrize(("day", "hours"), [("2026-11-01", 25), ("2026-03-08", 23)])
async def test_a_day_on_which_the_clock_is_put_has_its_own_length(sqlite: SqlStore, day: str, hours: int) -> None:
    zone, number = "America/New_York", int(day[-2:])
    moments = [at(str(number), clock, zone, day[:7]) for clock in ("00:00:30", "23:59:30")]
    outside = [moments[0] - timedelta(minutes=1), moments[1] + timedelta(minutes=1)]
    assert (moments[1].astimezone(UTC) - moments[0].astimezone(UTC)) == timedelta(hours=hours, minutes=-1)
    for n, moment in enumerate(sorted([*moments, *outside])):
        await says(sqlite, n, "Ana", moment, "in", zone)
    told = await report(sqlite, Wanted(ReportPeriod.DAY, date.fromisoformat(day)))
    assert told.volume is not None
    assert told.volume.messages_in == 2
    assert told.days[0].messages_in == 2


async def test_only_opening_time_counts_against_the_target(days: SqlStore) -> None:
    """Bia answered at 00:00:20 what came at 23:59:30: nobody was there; at 12:30, after half an hour of the lunch."""
    week = tuple(spans_of("08:00-12:00, 13:00-18:00") for _ in WEEKDAYS)
    told = await report(days, RANGE._replace(attendant="bia"), Attendance(Hours(week), 30))
    assert told.on_time is not None
    assert (told.on_time.answers, told.on_time.within) == (3, 2)


async def test_who_can_have_a_report(days: SqlStore) -> None:
    assert await days.reporting.attendants() == ("ana", "bia", "Caio")


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted(ReportPeriod.RANGE, LAST, FIRST), "Change them round"),
        (Wanted(ReportPeriod.RANGE, date(2025, 1, 1), LAST), "366 days"),
        (Wanted(ReportPeriod.DAY, date(2026, 11, 19)), "has not begun"),
        (Wanted(ReportPeriod.MONTH, date.max), "has not begun"),
        (Wanted(ReportPeriod.WEEK, FIRST, LAST), "range"),
        (RANGE._replace(attendant="Zoé"), "no attendant"),
        (RANGE._replace(attendant=" "), "no attendant"),
    ],
)
async def test_what_cannot_be_reported_is_said(days: SqlStore, wanted: Wanted, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        await report(days, wanted)


def test_periods() -> None:
    today = date(2026, 3, 1)  # a Sunday
    assert days_of(ReportPeriod.WEEK, None, None, today, 366) == (date(2026, 2, 23), today)
    assert days_of(ReportPeriod.MONTH, date(2024, 2, 9), None, today, 366) == (date(2024, 2, 1), date(2024, 2, 29))
    assert days_of(ReportPeriod.MONTH, date(2025, 12, 31), None, today, 366)[1] == date(2025, 12, 31)
    assert days_of(ReportPeriod.DAY, date.min, None, today, 366) == (date.min, date.min)
    assert before(ReportPeriod.DAY, today) == (date(2026, 2, 28), date(2026, 2, 28))
    assert before(ReportPeriod.WEEK, today) == (date(2026, 2, 16), date(2026, 2, 22))
    assert before(ReportPeriod.MONTH, date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))
