"""An erased customer is in no table and in no file any more, and everybody else is there as before."""

import json
import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from agent.contract.analysis import SuggestionKind
from agent.contract.desk import ConversationOutcome, ConversationStatus, LegalBasis
from agent.contract.learning import ProposedReply
from agent.contract.privacy import ErasureReason
from agent.contract.rows import ChatPreview, Direction, Kind
from agent.contract.stored import AnalysedMessage, OfferRecord, SuggestionRecord
from agent.contract.triage import ListedChat
from agent.storage.forgetting import Forgetting
from agent.storage.key import DATABASE_FILE, Derived
from agent.storage.ledger import FILE, Ledger, forget_again
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from agent.storage.tables import (
    ConversationDesk,
    CustomerField,
    CustomerNote,
    CustomerTag,
    IdempotentAnswer,
    SystemLog,
    Webhook,
    WebhookDelivery,
)
from agent.telemetry import logs
from tests.storage.chats import order, row, shows, table
from tests.storage.filmed import filmed, torn
from tests.storage.plainly import everything, is_readable
from tests.storage.test_learning import analysis

KEY = "ab" * 32
SECRETS = Derived(b"s" * 32)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAME, PHONE = "Zuleica Marcondes", "+5511987654321"
MARKER = "tamanduá-bandeira 774411"
WORDS = [
    b"Zuleica",
    b"zuleica",
    b"Marcondes",
    b"marcondes",
    b"987654321",
    b"98765-4321",
    b"87654321",
    MARKER.encode(),
    b"tamandua",
    b"774411",
]
"""Of the person: their name, their number in every form, and what they wrote, also as the search folds it."""


async def lived(store: SqlStore, profile: Path) -> int:
    """Somebody writes, is answered and noted down, in every table and file there is; the customer's number."""
    asked = await store.save(shows(row("false_5511987654321@c.us_A", f"quero {MARKER}"), title=NAME, phone=PHONE))
    message = asked.inserted[0]
    chat = message.conversation_id
    await store.save_analysis(AnalysedMessage(message_id=message.id, analysis=analysis()))
    window = "false_5511987654321@c.us_A B"
    answer = f"{NAME}, o {MARKER} chega amanhã"
    sent = await store.save(shows(row("B", answer, me=True), window=window, title=NAME, phone=PHONE))
    slots = [
        SuggestionRecord(slot=0, text=answer, source="modelo", tier=1, score=None),
        SuggestionRecord(slot=1, text="Oi!", source="Oi", tier=0, score=0.5, reply_id="oi", kind=SuggestionKind.CANNED),
    ]
    card = OfferRecord(offer_id="r-1", message_id=message.id, conversation_id=chat, suggestions=tuple(slots))
    await store.save_offer(card)
    await store.answered("r-1", "B")
    await store.correct(message.id, "price")
    learned = {"title": "Chega", "shortcut": "/chega", "intent": "delivery", "sent_by": "Ana", "sent_at": NOW}
    bia = await store.save(shows(row("C", "chega quando?"), row("D", "Chega logo", me=True), title="Bia"))
    both = (sent.inserted[0].id, bia.inserted[1].id)
    await store.learning.propose(
        [
            ProposedReply(text=f"Chega, {NAME}!", messages=both, customers=2, **learned),
            ProposedReply(text="Chega logo", messages=both, customers=2, **learned),
        ]
    )
    listed = [
        ChatPreview(title=NAME, unread=1, last_text=MARKER, last_direction=Direction.IN),
        ChatPreview(title="Zu antes", unread=0, last_text=f"quero {MARKER}", last_direction=Direction.IN),
        ChatPreview(title="Bia", unread=0, last_text="ok", last_direction=Direction.IN),
        ChatPreview(title="Família", unread=0, last_text="oi", last_author=NAME, last_direction=Direction.IN),
    ]
    await store.save_listed("loja", [ListedChat(preview=one, twin=0, waits=False) for one in listed], None)
    group = [
        row("G1", f"no grupo: {MARKER}", author="+55 11 8765-4321"),
        row("G2", f"e outra vez {MARKER}", author=NAME),
        row("G3", "concordo", author="Caio", quoted={"author": NAME, "text": MARKER}),
        row("G4", f"{NAME} entrou", kind=Kind.SYSTEM),
    ]
    await store.save(shows(*group, title="Família", group=True))
    (person,) = await store.people.find(PHONE)
    consent = await store.privacy.add_consent(person.id, LegalBasis.CONSENT, f"{NAME} aceitou", "user:1")
    assert consent.id
    await _noted(store, person.id, chat)
    _written(profile, person.id)
    await filmed(profile, "conversa", NAME, f"quero {MARKER}")
    await filmed(profile, "bia", "Bia", "chega quando?")
    torn(profile, f"{NAME} quer {MARKER}")
    return person.id


async def _noted(store: SqlStore, customer_id: int, chat: int) -> None:
    event = (await store.events_after(0))[0].number
    values = {
        CustomerTag: {"customer_id": customer_id, "tag": MARKER},
        CustomerField: {"customer_id": customer_id, "name": "apelido", "value": "Zuleica"},
        CustomerNote: {
            "customer_id": customer_id,
            "text": MARKER,
            "written_by": "user:1",
            "at": NOW,
            "updated_at": NOW,
        },
        ConversationDesk: {
            "conversation_id": chat,
            "status": ConversationStatus.OPEN,
            "outcome": ConversationOutcome.WON,
            "updated_at": NOW,
        },
        IdempotentAnswer: {"actor": "key:1", "key": "k", "fingerprint": "f", "at": NOW, "status": 201, "body": MARKER},
        SystemLog: {"at": NOW, "level": "info", "event": "x", "data": {"who": [{"called": NAME}]}},
        Webhook: {"id": 1, "url": "https://x.example", "secret": "s", "kinds": [], "upto": 0, "made_at": NOW},
        WebhookDelivery: {
            "webhook_id": 1,
            "event_number": event,
            "order_key": "customer:1",
            "state": "waiting",
            "attempts": 0,
            "next_at": NOW,
            "made_at": NOW,
            "updated_at": NOW,
        },
    }
    async with store._write() as db:
        for kind, line in values.items():
            await db.execute(insert(kind), line)


def _written(profile: Path, customer_id: int) -> None:
    """The files that the commands and the log write."""
    folder = profile / "exports" / f"customer-{customer_id}-20261122"
    folder.mkdir(parents=True)
    (folder / "export.json").write_text(NAME, "utf-8")
    (profile / "exports" / "customer-99-20261122").mkdir()
    (profile / "intents").mkdir()
    for name in ("0001.npz", "0001.json", "current.json"):
        (profile / "intents" / name).write_text(MARKER, "utf-8")
    (profile / "logs").mkdir()
    for name in ("agent.log", "agent.log.1"):
        lines = [{"event": "started"}, {"event": f"oops {NAME.upper()}"}, {"event": "to 11 98765-4321"}]
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        (profile / "logs" / name).write_text(text, "utf-8")


def held(profile: Path) -> list[bytes]:
    """What of the person is anywhere in the profile's files."""
    there = everything(profile, KEY)
    return [word for word in WORDS if word in there]


async def opened(profile: Path) -> SqlStore:
    return await open_store(profile / DATABASE_FILE, KEY, now=lambda: NOW)


async def test_a_byte_search_of_the_whole_profile_finds_nothing_and_a_backup_does_not_bring_it_back(tmp_path):
    store = await opened(tmp_path)
    customer = await lived(store, tmp_path)
    # More than go into the full-text index at once, so that it holds the person's words too.
    await store.save(shows(*[row(f"F{n}", f"outra coisa {n}") for n in range(140)], title="Caio"))
    assert len(held(tmp_path)) == len(WORDS)
    await store.close()
    shutil.copy(tmp_path / DATABASE_FILE, tmp_path.parent / "backup.db")
    before = {name: await _lines(tmp_path, name) for name in ("messages", "conversations", "customers")}

    store = await opened(tmp_path)
    signed = await Forgetting(store, tmp_path, SECRETS, now=lambda: NOW).erase(customer, "user:1")
    assert held(tmp_path) == []
    await store.close()
    assert is_readable(tmp_path / DATABASE_FILE, KEY)
    assert held(tmp_path) == []
    assert (signed.report.tables["messages"], signed.report.tables["proposals"]) == (4, 1)
    assert signed.report.files == {"log_lines": 4, "exports": 1, "fitted_intents": 1, "recordings": 2}
    assert signed.report.recordings == ()
    assert [path.name for path in (tmp_path / "recordings").iterdir()] == ["bia.balcao"]
    assert (tmp_path / "exports" / "customer-99-20261122").is_dir()
    after = {name: await _lines(tmp_path, name) for name in before}
    kept = {
        "messages": {"C", "D", "G3", "G4"},
        "conversations": {"Bia", "Caio", "Família"},
        "customers": {"Bia", "Caio"},
    }
    assert after == kept

    shutil.copy(tmp_path.parent / "backup.db", tmp_path / DATABASE_FILE)
    assert held(tmp_path) != []
    store = await opened(tmp_path)
    assert await forget_again(store, tmp_path, SECRETS) == 1
    assert held(tmp_path) == []
    assert await forget_again(store, tmp_path, SECRETS) == 0
    await store.close()
    assert held(tmp_path) == []
    assert {name: await _lines(tmp_path, name) for name in before} == kept
    reports = Forgetting(store, tmp_path, SECRETS).reports.all()
    assert {one.report.reason for one in reports} == {ErasureReason.REQUEST, ErasureReason.RESTORED}


async def _lines(profile: Path, name: str) -> set[str]:
    store = await opened(profile)
    try:
        column = {"messages": "wa_id", "conversations": "title", "customers": "name"}[name]
        found = {line[column] for line in await table(store, name)}
        return {one for one in found if not (one.startswith("F") and one[1:].isdecimal())}
    finally:
        await store.close()


async def test_the_others_words_in_a_group_stay(store, tmp_path):
    customer = await lived(store, tmp_path)
    await Forgetting(store, tmp_path, SECRETS).erase(customer, "command")
    (group,) = [one for one in await table(store, "conversations") if one["is_group"]]
    assert await order(store, group["id"]) == "G3 G4"
    assert [one["text"] for one in await table(store, "messages")] == ["chega quando?", "Chega logo", "concordo", None]
    assert {one["quoted_text"] for one in await table(store, "messages")} == {None}
    listed = {one["title"]: one["last_text"] for one in await table(store, "listed_chats")}
    assert listed == {"Bia": "ok", "Família": None}
    assert [one["text"] for one in await table(store, "proposals")] == ["Chega logo"]


async def test_another_customer_of_the_same_name_keeps_what_they_wrote_in_a_group(store, tmp_path):
    await store.save(shows(row("A", "oi"), title="Ana", phone="+5511911112222"))
    await store.save(shows(row("B", "olá"), title="Ana", phone="+5511933334444"))
    await store.save(shows(row("G", "de uma delas", author="Ana"), title="Grupo", group=True))
    (first,) = await store.people.find("+5511911112222")
    await Forgetting(store, tmp_path, SECRETS).erase(first.id, "command")
    assert {one["wa_id"] for one in await table(store, "messages")} == {"B", "G"}


async def test_mentions_by_others_stay_and_are_counted(store, tmp_path):
    await store.save(shows(row("A", "oi"), title="Ana", phone="+5511911112222"))
    await store.save(shows(row("B", "o número dela é (11) 91111-2222"), title="Bia"))
    (ana,) = await store.people.find("Ana")
    signed = await Forgetting(store, tmp_path, SECRETS).erase(ana.id, "command")
    assert signed.report.mentions_left == 1
    assert [one["wa_id"] for one in await table(store, "messages")] == ["B"]


async def test_a_customer_who_is_not_there_leaves_no_line_in_the_ledger(store, tmp_path):
    with pytest.raises(LookupError):
        await Forgetting(store, tmp_path, SECRETS).erase(9, "command")
    assert not (tmp_path / FILE).exists()
    assert Ledger(tmp_path, SECRETS).empty


async def test_a_running_agent_goes_on_writing_to_a_log_that_was_cleared(store, tmp_path):
    await store.save(shows(row("A", "oi"), title=NAME, phone=PHONE))
    (person,) = await store.people.find(NAME)
    file = tmp_path / "logs" / "agent.log"
    logs.configure("info", file)
    try:
        logging.getLogger("x").info("before %s", NAME)
        await Forgetting(store, tmp_path, SECRETS).erase(person.id, "command")
        logging.getLogger("x").info("afterwards")
    finally:
        logs.configure("info", None)
    text = file.read_text("utf-8")
    assert "Zuleica" not in text
    assert "\0" not in text
    assert "afterwards" in text
