"""The dashboard's figures over a made-up day, against those that were counted by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent.contract.access import Role
from agent.contract.analysis import Sentiment
from agent.contract.desk import ConversationChange, ConversationOutcome, ConversationQuery
from agent.contract.rows import Change, Direction, Kind, OpenChat, Row, RowChange
from agent.contract.stored import AnalysedMessage, OfferRecord, Outcome, RowBatch, SuggestionRecord
from agent.storage.counting import Tally, times
from agent.storage.days import Place, place_of
from agent.storage.repositories.figures import Said, Span
from agent.storage.store import SqlStore
from tests.api.conftest import Office
from tests.core.says import analysis

ZONE = "America/Sao_Paulo"
TODAY = "2026-11-20"

DAY = """
chat   day    page   seen      who  mood intent     what happens
Ana    19     23:50  -         in   -    -          waits over midnight
Ana    today  00:10  -         out  -    -          answered: 20 minutes (1200 s), the first of the day
Ana    today  09:00  09:00:20  in   neg  complaint  seen as it came
Ana    today  09:02  09:02:05  in   neg  complaint  still the same wait
Ana    today  09:05  09:05:50  out  -    -          answered: 5:30 (330 s)
Bia    today  10:00  10:00:00  in   pos  price
Bia    today  10:01  10:01:00  ??   -    -          nobody knows whose: it may be an answer
Bia    today  10:02  10:02:00  out  -    -          so that this one is not counted: 1 unknown
Bia    today  11:00  11:00:10  in   neu  price
Bia    today  11:00  11:00:40  out  -    -          answered: 30 s, the first that is known
Caio   today  12:00  -         in   neu  greeting
Caio   today  12:00  -         sys  -    -          a system row is nobody's
Caio   today  12:30  -         out  -    -          answered: 30 minutes (1800 s), to the minute
Caio   today  14:00  14:00:00  in   pos  thanks     waits now
Duda   -      -      -         in   neu  price      read later, nobody knows when: 1 unknown
Duda   today  15:00  -         out  -    -          so that this one is not counted: 1 unknown
Duda   today  15:30  15:30:00  in   neu  stock      waits now
Time   today  16:00  16:00:00  in   neu  greeting   a group
Time   today  16:01  16:01:00  out  -    -          no answer counts in a group
Eva    19     08:00  -         in   -    -          another day
Eva    19     08:10  -         out  -    -
Fabi   today  23:30  -         in   neu  price      the page was away: seen only after midnight
"""
"""By hand: answers 1200, 330, 30, 1800 s; the first ones 1200 (Ana), 30 (Bia), 1800 (Caio)."""

NOW = datetime(2026, 11, 21, 2, 45, tzinfo=UTC)
"""23:45 of that day in São Paulo."""

QUERY = ConversationQuery(limit=200)
KINDS = {"in": Direction.IN, "out": Direction.OUT, "??": Direction.UNKNOWN, "sys": Direction.UNKNOWN}
MOODS = {"neg": Sentiment.NEGATIVE, "neu": Sentiment.NEUTRAL, "pos": Sentiment.POSITIVE}


def moment(clock: str) -> datetime:
    return datetime.fromisoformat(f"{TODAY}T{clock}-03:00")


async def live(store: SqlStore) -> None:
    """The day, as the page showed it."""
    for n, line in enumerate(DAY.strip().splitlines()[1:]):
        chat, day, page, seen, who, mood, intent = line.split()[:7]
        is_known = day != "-"
        row = Row(
            id=f"m{n}",
            kind=Kind.SYSTEM if who == "sys" else Kind.TEXT,
            direction=KINDS[who],
            text="texto",
            date=(TODAY if day == "today" else "2026-11-19") if is_known else None,
            time=page if is_known else None,
        )
        came = seen != "-"
        at = moment(seen) if came else moment("22:00:00")
        if chat == "Fabi":
            at, came = moment("23:50:00"), True
        change = RowChange(change=Change.NEW if came else Change.BASELINE, row=row, seen_ms=at.timestamp() * 1000)
        batch = RowBatch(
            session="loja",
            chat=OpenChat(token=1, title=chat, is_group=chat == "Time"),
            changes=(change,),
            window=(row.id,),
            zone=ZONE,
        )
        saved = await store.save(batch)
        if mood != "-":
            understood = analysis("x").model_copy(update={"sentiment": MOODS[mood], "intent": intent})
            await store.save_analysis(AnalysedMessage(message_id=saved.ids[row.id], analysis=understood))


@pytest.fixture
async def day(office: Office) -> Office:
    office.clock.at = NOW
    await live(office.store)
    return office


async def figures(office: Office, **days: str) -> dict[str, Any]:
    client = await office.client(Role.ATTENDANT)
    answer = await client.get("/api/metrics/dashboard", params=days)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_figures_of_a_day_are_those_counted_by_hand(day: Office) -> None:
    told = await figures(day)
    assert (told["first"], told["last"], told["zone"], told["zone_of"]) == (TODAY, TODAY, ZONE, "page")
    # In: Ana 2, Bia 2, Caio 2, Duda 1, Time 1, Fabi 1. Out: Ana 2, Bia 2, Caio 1, Duda 1, Time 1.
    assert (told["messages_in"], told["messages_out"]) == (9, 7)
    # Bia's row of unknown direction, and Duda's of unknown moment.
    assert told["messages_unknown"] == 2
    assert told["customers"] == 5  # Ana, Bia, Caio, Duda, Fabi; nobody of the group, and Eva not today
    assert told["answers"]["all"] == {"count": 4, "average_s": 840.0, "median_s": 765.0, "p90_s": 1800.0}
    assert told["answers"]["first"] == {"count": 3, "average_s": 1010.0, "median_s": 1200.0, "p90_s": 1800.0}
    assert told["answers"]["unknown"] == 2
    # Caio since 14:00, Duda since 15:30, Fabi since 23:30; 14:00 to 23:45.
    assert (told["waiting"]["customers"], told["waiting"]["longest_s"]) == (3, 9.75 * 3600)
    assert told["sentiments"] == {"negative": 2, "positive": 2, "neutral": 5}
    # Duda's of unknown moment is left out.
    assert told["intents"] == {"price": 3, "complaint": 2, "greeting": 2, "stock": 1, "thanks": 1}
    assert list(told["intents"])[:2] == ["price", "complaint"]
    hours = {hour["hour"]: (hour["messages_in"], hour["messages_out"]) for hour in told["hours"]}
    busy = {0: (0, 1), 9: (2, 1), 10: (1, 1), 11: (1, 1), 12: (1, 1), 14: (1, 0), 15: (1, 1), 16: (1, 1), 23: (1, 0)}
    assert {hour: counted for hour, counted in hours.items() if counted != (0, 0)} == busy


async def test_days_are_those_of_the_company(day: Office) -> None:
    before = await figures(day, **{"from": "2026-11-19", "to": "2026-11-19"})
    assert (before["messages_in"], before["messages_out"]) == (2, 1)
    assert before["answers"]["all"] == {"count": 1, "average_s": 600.0, "median_s": 600.0, "p90_s": 600.0}
    both = await figures(day, **{"from": "2026-11-19", "to": TODAY})
    assert (both["messages_in"], both["messages_out"], both["answers"]["all"]["count"]) == (11, 8, 5)
    assert both["answers"]["first"]["count"] == 4
    nothing = await figures(day, **{"from": "2020-01-01", "to": "2020-01-02"})
    assert (nothing["messages_in"], nothing["customers"], nothing["answers"]["all"]["median_s"]) == (0, 0, None)


async def test_what_was_decided_and_closed(day: Office) -> None:
    found = {one.title: one.id for one in (await day.store.desk.conversations(QUERY)).items}
    for title, outcome in (("Ana", "won"), ("Bia", "lost"), ("Caio", "won"), ("Eva", "resolved")):
        await day.store.desk.change(found[title], ConversationChange(outcome=ConversationOutcome(outcome)))
    await day.store.desk.change(found["Eva"], ConversationChange(outcome=ConversationOutcome.OPEN))
    told = await figures(day)
    assert told["conversion"] == {"outcomes": {"won": 2, "lost": 1, "resolved": 0}, "rate": 0.6667}
    day.clock.at = NOW + timedelta(days=1)
    assert (await figures(day))["conversion"]["rate"] is None


async def test_what_became_of_the_cards(day: Office) -> None:
    became = {
        "c1": (Outcome.SENT, Outcome.SHOWN),
        "c2": (Outcome.EDITED,),
        "c3": (Outcome.IGNORED, Outcome.IGNORED),
        "c4": (Outcome.PICKED,),
        "c5": (Outcome.INSERTED,),
        "c6": (Outcome.FAILED,),
        "c7": (Outcome.DISMISSED,),
        "c8": (Outcome.SHOWN, Outcome.SHOWN, Outcome.SHOWN),
    }
    message = (await day.store.desk.messages(1)).items[0]  # type: ignore[union-attr]
    for offer_id, slots in became.items():
        suggestions = tuple(
            SuggestionRecord(slot=n, text=f"t{n}", source="s", tier=0, score=0.5) for n in range(len(slots))
        )
        ids = {"message_id": message.id, "conversation_id": message.conversation_id}
        await day.store.save_offer(OfferRecord(offer_id=offer_id, suggestions=suggestions, **ids))
        for slot, outcome in enumerate(slots):
            await day.store.set_outcome(offer_id, slot, outcome)
    told = (await figures(day))["suggestions"]
    counted = {name: told[name] for name in ("cards", "picked", "inserted", "sent", "edited", "ignored")}
    assert counted == {"cards": 8, "picked": 5, "inserted": 3, "sent": 1, "edited": 1, "ignored": 1}
    assert told["suggestions"]["shown"] == 4
    assert told["rates"] == {
        "picked": 0.625,
        "inserted": 0.375,
        "sent": 0.125,
        "edited": 0.125,
        "ignored": 0.125,
        "used": 0.25,
    }


async def test_a_merged_customer_counts_once(day: Office) -> None:
    (ana,), (bia,) = await day.store.people.find("Ana"), await day.store.people.find("Bia")
    await day.store.people.merge(ana.id, bia.id)
    assert (await figures(day))["customers"] == 4


@pytest.mark.parametrize(
    "days",
    [
        {"from": "2026-11-21", "to": "2026-11-20"},
        {"from": "2026-01-01", "to": "2026-11-20"},
        {"from": "2026-13-01"},
        {"from": "'; DROP TABLE messages"},
        {"to": "2020-01-01", "from": "2026-01-01"},
    ],
)
async def test_days_that_make_no_sense_are_refused(office: Office, days: dict[str, str]) -> None:
    client = await office.client(Role.ATTENDANT)
    assert (await client.get("/api/metrics/dashboard", params=days)).status_code in (409, 422)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1969-12-31"])
async def test_the_ends_of_the_calendar_are_days_without_messages(office: Office, day: str) -> None:
    assert (await figures(office, **{"from": day, "to": day}))["messages_in"] == 0


async def test_an_empty_database_has_figures_of_nothing_in_the_machines_zone(office: Office) -> None:
    told = await figures(office)
    assert told["zone_of"] == "machine"
    assert told["waiting"] == {"customers": 0, "longest_s": None, "conversation_id": None, "since": None}
    assert (told["conversion"]["rate"], told["suggestions"]["rates"]) == (None, {})


async def test_the_zone_is_the_pages_and_not_another_systems(day: Office) -> None:
    client = await day.client(Role.SUPERVISOR)
    messages = [{"id": "x1", "direction": "in", "text": "oi", "at": "2026-11-20T10:00:00Z"}]
    body = {"session": "crm", "chat": {"title": "Zé"}, "messages": messages}
    assert (await client.post("/api/messages/capture", json=body)).status_code == 201
    assert (await figures(day))["zone"] == ZONE


def test_nine_in_ten() -> None:
    assert times([]).p90_s is None
    assert times([7.0]).p90_s == 7.0
    assert times(map(float, range(1, 11))).p90_s == 9.0
    assert times(map(float, range(1, 12))).p90_s == 10.0


def test_an_answer_that_seems_to_come_before_the_question_took_no_time() -> None:
    """The page's minute begins before the second in which the answer was seen."""
    at = datetime(2026, 11, 20, 12, 0, 50, tzinfo=UTC)
    tally = Tally(Span(at - timedelta(days=1), at + timedelta(days=1)), Place(None))
    tally.said(Said(1, False, 1, Direction.IN, at.replace(second=0, minute=1), at, Change.BASELINE))
    tally.said(Said(1, False, 1, Direction.OUT, at.replace(second=0), at, Change.NEW))
    assert tally.answers.all.median_s == 0


def test_a_day_begins_where_the_company_is() -> None:
    place = place_of(ZONE)
    assert place.begins(date(2026, 11, 20)) == datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert place_of("no/zone").of == "machine"


async def test_how_long_suggestions_took_is_what_the_database_says(day: Office) -> None:
    """Against a query of its own: the smallest time that at least so many in a hundred do not exceed."""
    message = (await day.store.desk.messages(1)).items[0]  # type: ignore[union-attr]
    took = [*range(40, 700, 7), 4000.25]
    for n, ms in enumerate(took):
        day.clock.at = moment(f"{9 + n % 5:02}:30:00")
        ids = {"message_id": message.id, "conversation_id": message.conversation_id}
        await day.store.save_offer(OfferRecord(offer_id=f"c{n}", suggestions=(), **ids))
        await day.store.painted(f"c{n}", ms)
        await day.store.painted(f"c{n}", 9999)
    await day.store.save_offer(OfferRecord(offer_id="unseen", suggestions=(), **ids))
    day.clock.at = NOW
    told = await figures(day)
    rank = (
        "SELECT round(painted_ms, 1) FROM offers WHERE painted_ms IS NOT NULL {} ORDER BY painted_ms LIMIT 1 OFFSET {}"
    )
    async with day.store._read() as db:

        async def within(percent: int, count: int, hour: str = "") -> float:
            where = f"AND strftime('%H', shown_at, '-3 hours') = '{hour}'" if hour else ""
            found = await db.exec_driver_sql(rank.format(where, -(-count * percent // 100) - 1))
            return float(found.scalar_one())

        expected = {"count": 96, "p50_ms": await within(50, 96), "p95_ms": await within(95, 96)}
        assert told["latency"] == expected
        hours = {hour["hour"]: hour for hour in told["latency_hours"]}
        assert {hour for hour, one in hours.items() if one["count"]} == {9, 10, 11, 12, 13}
        for hour, count in ((9, 20), (13, 19)):
            its = hours[hour]
            assert (its["count"], its["p50_ms"]) == (count, await within(50, count, f"{hour:02}"))
            assert its["p95_ms"] == await within(95, count, f"{hour:02}")
    assert hours[8] == {"hour": 8, "count": 0, "p50_ms": None, "p95_ms": None}
    day.clock.at = NOW + timedelta(days=1)
    assert (await figures(day))["latency"] == {"count": 0, "p50_ms": None, "p95_ms": None}
