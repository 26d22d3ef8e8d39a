"""The canned replies at the counter: a real file, a real database."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime
from pathlib import Path

import pytest

from agent.analysis.retrieval.replies import ReplyBook
from agent.api.reply_file import ReplyFile
from agent.api.shelf import CounterShelf
from agent.contract.analysis import Turn
from agent.contract.commands import NoticeCommand, RepliesCommand
from agent.contract.replies import NewReply
from agent.core.errands import AddReply, CountReply, FillReply, ListReplies
from agent.core.events import Event, ReplyFilled, Served
from agent.counter.replies import Changes, ReplyClerk, ReplyTeller
from agent.storage.store import SqlStore
from tests.patience import PATIENCE_S
from tests.storage.fresh import fresh_store

SHELF = """\
# Ours.
business: {hours: 9h às 18h}
replies:
  - id: troca
    title: Prazo de troca
    shortcut: /troca
    intents: [exchange_refund]
    text: "{saudacao}, {nome}! Grátis, das {hours}.\u200b"  # approved
  - id: rastreio
    title: Situação
    text: O pedido {pedido} saiu.
"""
MORNING = datetime(2026, 7, 11, 9, 30).astimezone()


class Counter:
    """The workers beside a file and a store."""

    def __init__(self, file: Path, store: SqlStore) -> None:
        self.file, self.store, self.changes = file, store, Changes()
        self.taken_up: list[ReplyBook] = []
        self.replies = ReplyFile(file, self._taken_up)
        shelf = CounterShelf(self.replies, store.announce)
        self.teller = ReplyTeller(shelf, store.habits, self.changes, look_s=0.05)
        self.clerk = ReplyClerk(shelf, store.habits, lambda: MORNING)

    def _taken_up(self, book: ReplyBook) -> None:
        self.taken_up.append(book)
        self.changes.tell()

    async def does(self, errand: FillReply | AddReply | CountReply) -> list[Event]:
        return [event async for event in self.clerk.do(errand)]

    async def fills(self, reply_id: str, *said: str, customer: str | None = "Ana Beatriz") -> Event:
        turns = tuple(Turn(out=text.startswith(">"), text=text.removeprefix("> ")) for text in said)
        [event] = await self.does(FillReply(1, 7, customer, turns, reply_id, "/tro"))
        return event

    async def adds(self, title: str, text: str = "Guardado, {nome}.", shortcut: str | None = None) -> str:
        [event] = await self.does(AddReply(text, title, shortcut, ()))
        assert isinstance(event, Served)
        assert isinstance(event.command, NoticeCommand)
        return event.command.code


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    file = tmp_path / "replies.yaml"
    file.write_text(SHELF, "utf-8")
    store = await fresh_store()
    yield Counter(file, store)
    await store.close()


async def told(events: AsyncGenerator[Event]) -> RepliesCommand:
    async with asyncio.timeout(PATIENCE_S):
        event = await anext(events)
    assert isinstance(event, Served)
    assert isinstance(event.command, RepliesCommand)
    return event.command


async def test_the_page_is_told_all_replies_with_their_uses(counter: Counter) -> None:
    for reply_id in ("rastreio", "rastreio", "troca", "x" * 65):
        assert await counter.does(CountReply(reply_id)) == []
    assert await counter.store.habits.reply_uses() == {"rastreio": 2, "troca": 1}
    async with aclosing(counter.teller.do(ListReplies())) as events:
        first, second = (await told(events)).replies
    assert (first.id, first.title, first.shortcut, first.uses) == ("troca", "Prazo de troca", "/troca", 1)
    assert first.text == "{saudacao}, {nome}! Grátis, das {hours}."
    assert (first.intents, second.intents, second.uses) == (("exchange_refund",), (), 2)


async def test_it_is_told_again_when_they_have_changed_here_by_hand_or_back_from_broken(counter: Counter) -> None:
    async with aclosing(counter.teller.do(ListReplies())) as events:
        assert len((await told(events)).replies) == 2
        await counter.replies.add(NewReply(title="Vagas", text="Temos vagas."), None)
        assert [one.id for one in (await told(events)).replies] == ["troca", "rastreio", "vagas"]
        later = asyncio.create_task(told(events))
        counter.file.write_text("replies: [", "utf-8")
        assert (await counter.adds("Outra"), later.done()) == ("reply_file_broken", False)
        counter.file.write_text(SHELF.replace("Situação", "Rastreio"), "utf-8")
        assert [one.title for one in (await later).replies] == ["Prazo de troca", "Rastreio"]


async def test_what_is_the_same_is_not_told_again(counter: Counter) -> None:
    async with aclosing(counter.teller.do(ListReplies())) as events:
        await told(events)
        counter.file.write_text(SHELF.replace("# Ours.", "# Ours, since March."), "utf-8")
        counter.changes.tell()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await anext(events)


async def test_a_reply_is_filled_as_the_suggestions_are(counter: Counter) -> None:
    assert await counter.fills("troca") == ReplyFilled(1, "troca", "Bom dia, Ana! Grátis, das 9h às 18h.", (), "/tro")
    nameless = await counter.fills("troca", customer="+55 11 90000-0001")
    assert nameless == ReplyFilled(1, "troca", "Bom dia! Grátis, das 9h às 18h.", (), "/tro")
    known = await counter.fills("rastreio", "cadê o pedido 1042?", "> Já vejo")
    assert known == ReplyFilled(1, "rastreio", "O pedido 1042 saiu.", (), "/tro")
    unknown = await counter.fills("rastreio", "cadê?")
    assert unknown == ReplyFilled(1, "rastreio", "O pedido {pedido} saiu.", ("pedido",), "/tro")


async def test_one_that_was_removed_meanwhile_is_said_to_be_gone(counter: Counter) -> None:
    await counter.replies.remove("troca", "*")
    assert await counter.fills("troca") == Served(NoticeCommand(code="reply_gone"))


async def test_a_new_reply_goes_into_the_file_and_everything_else_stays(counter: Counter) -> None:
    assert await counter.adds("Peça guardada", shortcut="/guardada") == "reply_saved"
    text = counter.file.read_text("utf-8")
    assert text.startswith(SHELF.rstrip("\n"))
    book, _ = await counter.replies.read()
    assert (book.replies[-1].id, book.replies[-1].text) == ("peca-guardada", "Guardado, {nome}.")
    assert counter.taken_up[-1].replies[-1].id == "peca-guardada"
    [event] = await counter.store.events_after(0)
    assert (event.kind, event.data) == ("replies.changed", {"reply_id": "peca-guardada", "change": "added"})


@pytest.mark.parametrize(
    ("title", "text", "shortcut", "code"),
    [
        ("prazo de TROCA", "Sim.", None, "reply_title_taken"),
        ("Nova", "Sim.", "/troca", "reply_shortcut_taken"),
        ("Nova", "Sim.", "Com Espaço", "reply_shortcut_wrong"),
        ("", "Sim.", None, "reply_title_wrong"),
        ("duas\nlinhas", "Sim.", None, "reply_title_wrong"),
        ("Nova", "", None, "reply_text_wrong"),
        ("Nova", "x" * 4001, None, "reply_text_wrong"),
        ("Nova", "Custa {preco}.", None, "reply_unknown_variable"),
    ],
)
async def test_why_one_cannot_be_kept_is_said(
    counter: Counter, title: str, text: str, shortcut: str | None, code: str
) -> None:
    assert await counter.adds(title, text, shortcut) == code
    assert counter.file.read_text("utf-8") == SHELF
    assert counter.taken_up == []


async def test_a_file_that_cannot_be_written_is_said(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("agent.api.edited_yaml.write", full)
    assert await counter.adds("Nova") == "reply_not_written"


async def test_the_first_reply_of_all_makes_the_business_its_own_file(tmp_path: Path) -> None:
    store = await fresh_store()
    counter = Counter(tmp_path / "none" / "replies.yaml", store)
    assert await counter.adds("Peça guardada") == "reply_saved"
    assert counter.file.is_file()
    await store.close()


async def test_a_full_shelf_is_said(counter: Counter) -> None:
    many = "".join(f"  - {{id: r{n}, title: T{n}, text: x}}\n" for n in range(1000))
    counter.file.write_text("replies:\n" + many, "utf-8")
    assert await counter.adds("Nova") == "reply_shelf_full"
