"""Somebody is erased while the agent runs and their chat is open: it is in no memory, and does not come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from agent.contract.analysis import Analysis, Question
from agent.contract.commands import ClearCommand, ReadCommand
from agent.contract.frames import ChatsFrame
from agent.contract.rows import ChatPreview, Direction, OpenChat
from agent.core.events import Forgotten
from agent.core.state import State
from agent.flow import Flow
from agent.storage.forgetting import Forgetting
from agent.storage.key import Derived
from agent.storage.ledger import Ledger
from agent.storage.store import SqlStore
from agent.telemetry.measurements import Measurements
from tests.core.says import ANA, BIA, row
from tests.storage.chats import order, table
from tests.test_flow import Running, ScriptedAnalyst, ScriptedPage, until

SECRETS = Derived(b"s" * 32)


class Erasing(Running):
    """A flow with the ledger of a profile, which an erasure makes forget."""

    def __init__(self, store: SqlStore, profile: Path, analyst: ScriptedAnalyst | None = None) -> None:
        self.page, self.analyst = ScriptedPage(), analyst or ScriptedAnalyst()
        self.measurements = Measurements()
        ledger = Ledger(profile, SECRETS)
        state = State(session="loja", run="r", drafts=self.analyst.model_state == "ready", model_name="modelo")
        self.flow = Flow(state, self.page, self.analyst, store, self.measurements, erased=ledger)
        self.forgetting = Forgetting(store, profile, SECRETS, memory=self, ledger=ledger)

    @asynccontextmanager
    async def still(self) -> AsyncIterator[None]:
        async with self.flow.still():
            yield

    def forget(self, gone: Forgotten) -> None:
        self.flow.forget(gone)
        self.analyst.forget(gone.conversation_ids)

    def lists(self, *previews: ChatPreview) -> None:
        self.page._frames.put_nowait(ChatsFrame(**self.page.base(), kind="chats", chats=previews))


def preview(title: str, text: str) -> ChatPreview:
    return ChatPreview(title=title, unread=1, last_text=text, last_direction=Direction.IN)


async def test_the_open_chat_is_forgotten_and_its_old_messages_are_passed_over(store: SqlStore, tmp_path: Path) -> None:
    async with Erasing(store, tmp_path) as run:
        run.lists(preview(ANA.title, "segredo"), preview("Caio", "oi"))
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "segredo"))
        await until(run.page.offers)
        await until(lambda: run.flow.state.listed)
        await run.forgetting.erase(1, "local")
        state = run.flow.state
        assert (state.open, state.offer) == (None, None)
        assert [chat.preview.title for chat in state.listed.values()] == ["Caio"]
        assert "segredo" not in repr(state)
        await until(lambda: any(isinstance(one, ReadCommand) for one in run.page.told))
        assert any(isinstance(one, ClearCommand) for one in run.page.told)
        assert run.analyst.forgotten == {1}

        # The page reads its rows again, and the list moves.
        run.page.shows(ANA, row("a1", "segredo"))
        run.lists(preview(ANA.title, "segredo"), preview("Caio", "oi de novo"))
        run.page.shows(ANA, row("a1", "segredo"), row("a2", "outro assunto"), window=["a1", "a2"])
        await until(lambda: len(run.page.offers()) == 2)
        run.page.opens(BIA)
        await until(lambda: run.flow.state.open is not None and run.flow.state.open.chat == BIA)
    assert [one["wa_id"] for one in await table(store, "messages")] == ["a2"]
    assert {one["title"]: one["last_text"] for one in await table(store, "listed_chats")} == {"Caio": "oi de novo"}


async def test_after_a_restart_the_page_does_not_bring_them_back(store: SqlStore, tmp_path: Path) -> None:
    async with Erasing(store, tmp_path) as run:
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "segredo"))
        await until(run.page.offers)
        await run.forgetting.erase(1, "local")
    async with Erasing(store, tmp_path) as run:
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "segredo"))
        run.page.opens(BIA)
        run.page.shows(BIA, row("b1", "olá"))
        await until(run.page.offers)
    assert [one["wa_id"] for one in await table(store, "messages")] == ["b1"]


class Slow(ScriptedAnalyst):
    """Thinks until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        if question.text == "segredo":
            self.asked.set()
            await self.go_on.wait()
        return await super().analyse(question, limit)


async def test_an_answer_about_an_erased_message_reaches_nobody(store: SqlStore, tmp_path: Path) -> None:
    """SQLite gives the message's number again: the answer would be kept for a message of somebody else."""
    analyst = Slow()
    async with Erasing(store, tmp_path, analyst) as run:
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "segredo"))
        await analyst.asked.wait()
        await until(lambda: run.flow.state.open is not None and run.flow.state.open.conversation_id == 1)
        await run.forgetting.erase(1, "local")
        run.page.opens(BIA)
        run.page.shows(BIA, row("b1", "olá", Direction.OUT))
        await until(lambda: run.flow.state.open is not None and run.flow.state.open.ids == {"b1": 1})
        analyst.go_on.set()
        run.page.shows(BIA, row("b2", "e aí?"), window=["b1", "b2"])
        await until(run.page.offers)
    assert [(one["id"], one["wa_id"]) for one in await table(store, "messages")] == [(1, "b1"), (2, "b2")]
    assert [one["message_id"] for one in await table(store, "ai_analysis")] == [2]


async def test_a_reply_that_is_being_inserted_is_marked_on_no_card(store: SqlStore, tmp_path: Path) -> None:
    async with Erasing(store, tmp_path) as run:
        go_on = asyncio.Event()
        insert = run.page.insert

        async def slow(command):  # type: ignore[no-untyped-def]
            await go_on.wait()
            return await insert(command)

        run.page.insert = slow  # type: ignore[method-assign]
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "segredo"))
        await until(run.page.offers)
        run.page.picks(run.page.offers()[0].offer_id, 0)
        await until(lambda: run.measurements.counters["suggestions_picked"])
        await run.forgetting.erase(1, "local")
        go_on.set()
        await until(lambda: run.page.inserted)
        run.page.opens(BIA)
        run.page.shows(BIA, row("b1", "olá"))
        await until(lambda: len(run.page.offers()) == 2)
    assert len(await table(store, "offers")) == 1


async def test_after_a_merge_the_open_chat_is_read_again_and_nothing_is_lost(store: SqlStore, tmp_path: Path) -> None:
    other = OpenChat(token=3, title="Ana B.", is_group=False)
    async with Erasing(store, tmp_path) as run:
        run.page.opens(other)
        run.page.shows(other, row("o1", "oi"))
        await until(run.page.offers)
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "segredo"))
        await until(lambda: len(run.page.offers()) == 2)
        async with run.still():
            await store.people.merge(1, 2, same_chat=True)
            run.flow.forget(Forgotten(conversation_ids=frozenset({1, 2})))
        assert run.flow.state.open is None
        run.page.shows(ANA, row("a1", "segredo"), row("a2", "e agora?"), window=["a1", "a2"])
        await until(lambda: len(run.page.offers()) == 3)
    assert await order(store, 1) == "o1 a1 a2"


@pytest.mark.parametrize("frames", [0, 50])
async def test_nothing_is_stored_while_it_stands_still(store: SqlStore, tmp_path: Path, frames: int) -> None:
    async with Erasing(store, tmp_path) as run:
        run.page.opens(ANA)
        async with run.still():
            for n in range(frames):
                run.page.shows(ANA, row(f"a{n}", "oi"))
            await asyncio.sleep(0)
            assert (await store.counts()).messages_in == 0
        run.page.shows(ANA, row("z", "fim"))
        await until(run.page.offers)
