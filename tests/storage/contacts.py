"""A made-up world of contacts, and the truth about them: whose message each one is, and in which order they came."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from sqlalchemy import select

from agent.contract.rows import Change, Row
from agent.contract.stored import RowBatch
from agent.storage.store import SqlStore
from agent.storage.tables import Conversation, Message
from tests.storage.chats import row, shows

NAMES = ("Maria", "Ana", "José", "Bia", "Caio")
LENGTH = 24
"""Messages of each chat."""

MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass
class Contact:
    """A person or a group, as WhatsApp knows it."""

    number: str
    """As digits after +55, with the ninth digit where there is one."""
    is_group: bool
    name: str | None
    """As it is saved; None: not saved."""
    starts_h: int

    @property
    def title(self) -> str:
        return self.name or f"+55 {self.number}"


@dataclass(frozen=True)
class Opened:
    """The chat of a contact is opened and shows a part of it."""

    who: int
    first: int
    length: int
    written: int
    """How the number is written, if it is shown."""
    panel: bool
    """The number is shown though the contact is saved."""


@dataclass(frozen=True)
class Renamed:
    """A contact is saved, saved under another name, or removed from the phone's contacts."""

    who: int
    name: str | None


Step = Opened | Renamed

names = st.none() | st.sampled_from(NAMES)
contacts = st.lists(st.tuples(st.booleans(), names, st.integers(0, 2), st.booleans()), min_size=2, max_size=3)
openings = st.builds(
    Opened, st.integers(0, 2), st.integers(0, LENGTH - 1), st.integers(1, 7), st.integers(0, 3), st.booleans()
)
steps = st.lists(openings | openings | st.builds(Renamed, st.integers(0, 2), names), min_size=10, max_size=14)
apart = st.lists(
    st.tuples(st.integers(0, 2), names, names).map(
        lambda drawn: [
            Renamed(drawn[0], drawn[1]),
            Opened(drawn[0], 0, 3, 0, panel=False),
            Renamed(drawn[0], drawn[2]),
            Opened(drawn[0], 8, 3, 0, panel=False),
        ]
    ),
    min_size=2,
    max_size=3,
).map(lambda drawn: [step for steps in drawn for step in steps])
"""Two openings of a chat under two names, which show nothing in common."""


@dataclass
class World:
    """The contacts, what was ever shown of them, and the batches that the page made of it."""

    session: str
    contacts: list[Contact]
    shown: dict[str, int] = field(default_factory=dict)
    """Every message that was ever shown, and whose it is."""
    titles: dict[int, set[str]] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    """Whose number was shown."""

    @classmethod
    def of(cls, session: str, made: list[tuple[bool, str | None, int, bool]], titles: list[Step]) -> "World":
        found = [
            Contact(f"11{'3' if landline else '98'}888{n:04}", saved is not None and is_group, saved, starts)
            for n, (is_group, saved, starts, landline) in enumerate(made)
        ]
        ever = {n: {one.title} for n, one in enumerate(found)}
        for step in titles:
            if isinstance(step, Renamed):
                ever[step.who % len(found)].add(step.name or f"+55 {found[step.who % len(found)].number}")
        return cls(session, found, titles=ever)

    def rows(self, opened: Opened) -> list[Row]:
        contact = opened.who % len(self.contacts)
        return [self._row(contact, n) for n in range(opened.first, min(opened.first + opened.length, LENGTH))]

    def _row(self, contact: int, n: int) -> Row:
        clock = MORNING + timedelta(hours=self.contacts[contact].starts_h, minutes=5 * n + contact)
        wa_id = f"{self.session}-{contact}-{n:02}"
        return row(wa_id, f"mensagem {n}", date=f"{clock:%Y-%m-%d}", time=f"{clock:%H:%M}", me=n % 3 == 2)

    def batch(self, opened: Opened) -> RowBatch:
        """What the page shows. It is remembered as shown."""
        who = opened.who % len(self.contacts)
        contact = self.contacts[who]
        phone = None
        if self.shows_number(opened):
            phone = _written(contact.number, opened.written)
            self.numbers.add(who)
        rows = self.rows(opened)
        self.shown |= {one.id: who for one in rows}
        return shows(
            *rows,
            change=Change.BASELINE,
            title=contact.title,
            group=contact.is_group,
            phone=phone,
            session=self.session,
        )

    def shows_number(self, opened: Opened) -> bool:
        contact = self.contacts[opened.who % len(self.contacts)]
        return not contact.is_group and (contact.name is None or opened.panel)

    def can_be_told(self, opened: Opened) -> bool:
        """Whether anybody could say, by what this opening shows, whose chat it is."""
        who = opened.who % len(self.contacts)
        if any(one.id in self.shown for one in self.rows(opened)):
            return True
        if self.shows_number(opened) and who in self.numbers:
            return True
        return not any(
            self.contacts[who].title in titles
            for other, titles in self.titles.items()
            if other != who and self.contacts[other].is_group == self.contacts[who].is_group
        )

    def play(self, played: list[Step]) -> Iterator[Opened]:
        """The openings, each at its time; renames happen in between."""
        for step in played:
            if isinstance(step, Renamed):
                contact = self.contacts[step.who % len(self.contacts)]
                if step.name is not None or not contact.is_group:
                    contact.name = step.name
            else:
                yield step


def _written(number: str, way: int) -> str:
    area, rest = number[:2], number[2:]
    without = rest[1:] if len(rest) == 9 else rest
    hyphened = f"{without[:4]}-{without[4:]}"
    return (f"+55{area}{rest}", f"+55{area}{without}", f"({area}) {rest}", f"+55 {area} {hyphened}")[way]


async def numbers_of_messages(store: SqlStore, session: str) -> dict[str, int]:
    async with store._database.engine.connect() as db:
        lines = await db.execute(select(Message.wa_id, Message.id).where(Message.session == session))
        return {line.wa_id: line.id for line in lines}


async def stored(store: SqlStore, session: str) -> dict[int, list[str]]:
    """The messages of each conversation of a session, in its order; a conversation without any is there too."""
    ids = select(Conversation.id).where(Conversation.session == session)
    lines = select(Message.conversation_id, Message.wa_id).where(Message.session == session)
    async with store._database.engine.connect() as db:
        found: dict[int, list[str]] = {one: [] for one in await db.scalars(ids)}
        for line in await db.execute(lines.order_by(Message.conversation_id, Message.position, Message.id)):
            found[line.conversation_id].append(line.wa_id)
    return found
