"""Three days of a company with two users and one more seat, told in lines; what comes of them is counted elsewhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.contract.access import Role
from agent.contract.analysis import Sentiment
from agent.contract.desk import ConversationChange, ConversationOutcome
from agent.contract.rows import Change, Direction, Kind, OpenChat, Row, RowChange
from agent.contract.stored import AnalysedMessage, OfferRecord, Outcome, RowBatch, SuggestionRecord
from agent.storage.store import SqlStore
from tests.core.says import analysis

ZONE = "America/Sao_Paulo"
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 18)
"""Monday to Wednesday."""
NOW = datetime(2026, 11, 18, 22, 0, tzinfo=ZoneInfo(ZONE))

SAID = """
chat  day clock    who mood intent
Ana1  15  23:58:10 in  neu  price
Ana1  16  00:01:40 out -    -
Ana1  16  09:00:05 in  pos  price
Ana1  16  09:02:05 in  neg  complaint
Ana1  16  09:04:35 out -    -
Ana1  17  10:00:00 in  neu  delivery
Ana1  17  10:20:00 out -    -
Ana2  16  11:00:00 in  neg  complaint
Ana2  16  11:04:59 out -    -
Ana2  18  08:00:00 in  pos  thanks
Bia1  16  12:00:00 in  neu  price
Bia1  16  12:30:00 out -    -
Bia1  17  23:59:30 in  neu  stock
Bia1  18  00:00:20 out -    -
Bia2  17  15:00:00 in  pos  purchase
Bia2  17  15:00:45 out -    -
Solo  17  16:00:00 in  neg  complaint
Solo  17  16:10:00 out -    -
Time  17  17:00:00 in  neu  greeting
Time  17  17:00:30 out -    -
Old   14  09:00:00 in  neu  price
"""

CARDS = """
chat day clock    attendant outcomes
Ana1 16  09:00:10 Ana       sent,ignored
Ana2 16  11:00:10 Ana       ignored
Bia1 16  12:00:10 bia       edited
Bia2 17  15:00:10 Caio      picked
Solo 17  16:00:10 -         shown,shown
Ana1 17  10:00:10 Ana       sent
Bia1 18  00:00:00 bia       dismissed
"""

OWNERS = {"Ana1": "ana", "Ana2": "ana", "Bia1": "bia", "Bia2": "bia"}
DECIDED = {
    "Ana1": (16, ConversationOutcome.WON),
    "Bia1": (17, ConversationOutcome.LOST),
    "Bia2": (17, ConversationOutcome.RESOLVED),
    "Old": (16, ConversationOutcome.WON),
}
_SIDES = {"in": Direction.IN, "out": Direction.OUT}
_MOODS = {"neg": Sentiment.NEGATIVE, "neu": Sentiment.NEUTRAL, "pos": Sentiment.POSITIVE}


def lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()[1:]]


def at(day: str, clock: str, zone: str = ZONE, month: str = "2026-11") -> datetime:
    return datetime.fromisoformat(f"{month}-{int(day):02d}T{clock}").replace(tzinfo=ZoneInfo(zone))


async def says(
    store: SqlStore, number: int, chat: str, moment: datetime, who: str, zone: str = ZONE
) -> tuple[int, int]:
    """One message, seen as it came; ids of its conversation and of itself."""
    row = Row(
        id=f"m{number}", kind=Kind.TEXT, direction=_SIDES[who], text="texto", date=moment.date().isoformat(),
        time=f"{moment:%H:%M}",
    )  # fmt: skip
    change = RowChange(change=Change.NEW, row=row, seen_ms=moment.timestamp() * 1000)
    chat_open = OpenChat(token=1, title=chat, is_group=chat == "Time")
    store._now = lambda: moment.astimezone(UTC)
    saved = await store.save(RowBatch(session="loja", chat=chat_open, changes=(change,), window=(row.id,), zone=zone))
    return saved.conversation_id, saved.ids[row.id]


async def live(store: SqlStore) -> None:
    """All of it, in the order in which it happened."""
    chats: dict[str, tuple[int, int]] = {}
    said = sorted(lines(SAID), key=lambda one: (int(one[1]), one[2]))
    for number, (chat, day, clock, who, mood, intent) in enumerate(said):
        chats[chat] = await says(store, number, chat, at(day, clock), who)
        if mood != "-":
            understood = analysis("x").model_copy(update={"sentiment": _MOODS[mood], "intent": intent})
            await store.save_analysis(AnalysedMessage(message_id=chats[chat][1], analysis=understood))
    users = {name: (await store.accounts.add(name, Role.ATTENDANT, None)).id for name in ("ana", "bia")}
    for chat, name in OWNERS.items():
        await store.desk.change(chats[chat][0], ConversationChange(assigned_to=users[name]))
    for chat, (day, outcome) in DECIDED.items():
        store._now = lambda day=day: at(str(day), "18:00:00").astimezone(UTC)
        await store.desk.change(chats[chat][0], ConversationChange(outcome=outcome))
    for number, (chat, day, clock, attendant, outcomes) in enumerate(lines(CARDS)):
        store._now = lambda day=day, clock=clock: at(day, clock).astimezone(UTC)
        slots = [
            SuggestionRecord(slot=slot, text="x", source="r", tier=0, score=1.0)
            for slot in range(outcomes.count(",") + 1)
        ]
        offer = OfferRecord(
            offer_id=f"o{number}", message_id=chats[chat][1], conversation_id=chats[chat][0], suggestions=tuple(slots),
            attendant="" if attendant == "-" else attendant,
        )  # fmt: skip
        await store.save_offer(offer)
        for slot, outcome in enumerate(outcomes.split(",")):
            await store.set_outcome(f"o{number}", slot, Outcome(outcome))
    store._now = lambda: NOW.astimezone(UTC)


def utc(day: date, zone: str = ZONE) -> str:
    """When a day begins there, as SQLite keeps moments."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return f"{midnight.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def after(day: date, zone: str = ZONE) -> str:
    return utc(day + timedelta(days=1), zone)
