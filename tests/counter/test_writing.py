"""The worker that lets the model write: what it tells, how often, and that it ends when it should."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from agent.contract.commands import TaskCommand
from agent.contract.rows import Change, Direction, Kind, OpenChat, Row, RowChange
from agent.contract.stored import RowBatch, StoredMessage
from agent.contract.workplace import LONGEST_REWRITTEN, Language, Task
from agent.core.errands import StopWriting, Write
from agent.core.events import Served
from agent.counter.writing import STEP_S, Writing, unanswered
from agent.storage.store import SqlStore
from tests.analysis.conftest import turn
from tests.patience import PATIENCE_S
from tests.storage.fresh import fresh_store
from tests.test_flow import ScriptedAnalyst

CHAT = OpenChat(token=3, title="Ana Beatriz", is_group=False)


class Scripted(ScriptedAnalyst):
    """Writes what it is told to, one part after another."""

    def __init__(self, *parts: str) -> None:
        super().__init__("ready")
        self.parts = parts
        self.asked: list[list[str | None]] = []
        self.waits: asyncio.Event | None = None
        self.begun, self.closed = asyncio.Event(), asyncio.Event()

    async def rewrite(
        self, task: Task, text: str | None, turns: Sequence[StoredMessage], language: Language | None
    ) -> AsyncGenerator[str]:
        self.asked.append([one.text for one in turns])
        self.begun.set()
        try:
            for part in self.parts:
                if part == "!":
                    raise RuntimeError("the model broke")
                yield part
            if self.waits is not None:
                await self.waits.wait()
        finally:
            self.closed.set()


class Clock:
    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    opened = await fresh_store()
    rows = (
        Row(id="1", kind=Kind.TEXT, direction=Direction.IN, text="oi, meu pedido não chegou", time="10:30"),
        Row(id="2", kind=Kind.TEXT, direction=Direction.OUT, text="Vou verificar!", time="10:31"),
        Row(id="3", kind=Kind.TEXT, direction=Direction.IN, text="e posso trocar?", time="10:32"),
        Row(id="4", kind=Kind.DELETED, direction=Direction.IN, text=None, time="10:33"),
        Row(id="5", kind=Kind.VOICE, direction=Direction.IN, text=None, time="10:34"),
    )
    changes = tuple(RowChange(change=Change.NEW, row=row, seen_ms=1.0) for row in rows)
    await opened.save(RowBatch(session="s", chat=CHAT, changes=changes, window=("1", "2", "3", "4", "5"), zone=None))
    yield opened
    await opened.close()


def wish(task: Task = Task.FORMAL, text: str | None = "oi blz", ask_id: int = 1) -> Write:
    return Write(ask_id, CHAT.token, 1, task, text, None)


async def told(worker: Writing, errand: Write | StopWriting) -> list[TaskCommand]:
    found = list[TaskCommand]()
    async with aclosing(worker.do(errand)) as events:
        async for event in events:
            assert isinstance(event, Served)
            assert isinstance(event.command, TaskCommand)
            found.append(event.command)
    return found


async def test_it_tells_that_it_begins_and_how_it_ends(store: SqlStore) -> None:
    commands = await told(Writing(store, Scripted("Olá", "Olá!"), Clock(0.001)), wish())
    assert [(one.state, one.text) for one in commands] == [("writing", ""), ("done", "Olá!")]
    assert {(one.ask_id, one.chat_token) for one in commands} == {(1, CHAT.token)}


async def test_it_tells_no_more_often_than_can_be_read(store: SqlStore) -> None:
    parts = ["a" * n for n in range(1, 101)]
    commands = await told(Writing(store, Scripted(*parts), Clock(STEP_S / 8)), wish())
    assert 8 <= len(commands) <= 16
    assert commands[-1].text == "a" * 100


async def test_it_reads_the_conversation_without_what_was_taken_back(store: SqlStore) -> None:
    analyst = Scripted("- a troca")
    commands = await told(Writing(store, analyst), wish(Task.WAITING, None))
    assert analyst.asked == [["oi, meu pedido não chegou", "Vou verificar!", "e posso trocar?", None]]
    for command in commands:
        assert [(one.kind, one.text) for one in command.unanswered] == [
            (Kind.TEXT, "e posso trocar?"),
            (Kind.VOICE, None),
        ]


async def test_without_a_model_it_says_so_with_what_is_known_all_the_same(store: SqlStore) -> None:
    analyst = Scripted("x")
    analyst.model_state = "loading"
    (command,) = await told(Writing(store, analyst), wish(Task.WAITING, None))
    assert (command.state, len(command.unanswered)) == ("off", 2)
    assert analyst.asked == []


@pytest.mark.parametrize(
    ("errand", "reason"),
    [
        (wish(text="  "), "nothing"),
        (wish(text=None), "nothing"),
        (wish(text="a" * (LONGEST_REWRITTEN + 1)), "long"),
        (Write(1, CHAT.token, None, Task.SUMMARY, None, "pt"), "nothing"),
    ],
)
async def test_what_cannot_be_done_is_said_without_asking_the_model(
    store: SqlStore, errand: Write, reason: str
) -> None:
    analyst = Scripted("x")
    (command,) = await told(Writing(store, analyst), errand)
    assert (command.state, command.reason) == ("failed", reason)
    assert analyst.asked == []


@pytest.mark.parametrize("parts", [(), ("Olá", ""), ("Olá", "!")])
async def test_what_was_refused_or_broke_shows_nothing(store: SqlStore, parts: tuple[str, ...]) -> None:
    commands = await told(Writing(store, Scripted(*parts)), wish())
    assert (commands[-1].state, commands[-1].text, commands[-1].reason) == ("failed", "", "unfit")


async def test_stopping_names_the_wish_that_was_stopped(store: SqlStore) -> None:
    worker = Writing(store, Scripted("x"))
    await told(worker, wish(ask_id=7))
    assert await told(worker, StopWriting(None)) == []
    await told(worker, wish(ask_id=8))
    (command,) = await told(worker, StopWriting(8))
    assert (command.ask_id, command.chat_token, command.state) == (8, CHAT.token, "stopped")
    assert await told(worker, StopWriting(8)) == []


async def test_being_cancelled_stops_the_model(store: SqlStore) -> None:
    analyst = Scripted("Olá")
    analyst.waits = asyncio.Event()
    task = asyncio.create_task(told(Writing(store, analyst), wish()))
    await asyncio.wait_for(analyst.begun.wait(), PATIENCE_S)
    task.cancel()
    await asyncio.wait_for(analyst.closed.wait(), PATIENCE_S)
    await asyncio.gather(task, return_exceptions=True)


async def test_being_cancelled_while_the_conversation_is_read_leaves_the_store_whole(store: SqlStore) -> None:
    for steps in range(40):
        task = asyncio.create_task(told(Writing(store, Scripted("Olá")), wish()))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(PATIENCE_S):
        assert len(await store.recent(1)) == 5


def test_our_answer_ends_what_is_unanswered() -> None:
    ours = turn(2, "já vai", Direction.OUT)
    assert unanswered([turn(1, "oi"), ours]) == ()
    assert unanswered([]) == ()
    sent = turn(3, "e aí?").model_copy(update={"sent_at": datetime(2026, 7, 12, 13, 5, tzinfo=UTC)})
    (one,) = unanswered([turn(1, "oi"), ours, sent])
    assert (one.text, one.at) == ("e aí?", sent.sent_at)
