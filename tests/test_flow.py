"""The flow: effects against the real store, a scripted page and a scripted analyst."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from typing import Self

from agent.contract.analysis import Analysis, Question
from agent.contract.commands import (
    AnyCommand,
    DraftCommand,
    InsertCode,
    InsertCommand,
    InsertResult,
    OfferCommand,
    PauseCommand,
)
from agent.contract.frames import AnyFrame, ChatFrame, RowsFrame
from agent.contract.rows import Change, Direction, OpenChat, Row, RowChange
from agent.contract.stored import Outcome, StoredMessage
from agent.contract.wishes import PickedFrame
from agent.contract.workplace import Language, Task
from agent.core.state import State
from agent.flow import Flow
from agent.ports import ModelState, Store
from agent.telemetry.measurements import Measurements
from tests.core.says import ANA, BIA, analysis, row
from tests.patience import PATIENCE_S


class ScriptedPage:
    """Frames are put in by hand; commands are kept."""

    def __init__(self) -> None:
        self.told: list[AnyCommand] = []
        self.inserted: list[InsertCommand] = []
        self._frames: asyncio.Queue[AnyFrame | type[StopAsyncIteration] | None] = asyncio.Queue()
        self._seq = 0

    async def frames(self) -> AsyncGenerator[AnyFrame | None]:
        while (frame := await self._frames.get()) is not StopAsyncIteration:
            yield frame  # type: ignore[misc]

    async def tell(self, command: AnyCommand) -> None:
        self.told.append(command)

    async def insert(self, command: InsertCommand) -> InsertResult:
        self.inserted.append(command)
        return InsertResult(code=InsertCode.INSERTED, box_text=command.text)

    def base(self) -> dict[str, object]:
        self._seq += 1
        return {"seq": self._seq, "at_ms": 0.0}

    def opens(self, chat: OpenChat) -> None:
        self._frames.put_nowait(ChatFrame(**self.base(), kind="chat", chat=chat))

    def shows(self, chat: OpenChat, *rows: Row, window: Sequence[str] = ()) -> None:
        changes = tuple(RowChange(change=Change.NEW, row=r, seen_ms=0.0) for r in rows)
        ids = tuple(window) or tuple(r.id for r in rows)
        self._frames.put_nowait(RowsFrame(**self.base(), kind="rows", chat=chat, changes=changes, window=ids))

    def picks(self, offer_id: str, slot: int) -> None:
        self._frames.put_nowait(PickedFrame(**self.base(), kind="picked", offer_id=offer_id, slot=slot, via="click"))

    def ends(self) -> None:
        self._frames.put_nowait(StopAsyncIteration)

    end = ends

    def offers(self) -> list[OfferCommand]:
        return [c for c in self.told if isinstance(c, OfferCommand)]

    def drafts(self) -> list[DraftCommand]:
        return [c for c in self.told if isinstance(c, DraftCommand)]


class ScriptedAnalyst:
    """Answers every message with one reply; drafts word by word when it has a model."""

    model_name = "modelo"

    def __init__(self, model: ModelState = "off") -> None:
        self.model_state = model
        self.stopped = 0
        self.forgotten: set[int] = set()
        self.poison = ""
        self.read_ahead: list[list[str | None]] = []

    first_token_ms: Sequence[float] = ()

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        await asyncio.sleep(0)
        if question.text == self.poison:
            raise ValueError(question.text)
        return analysis(f"Resposta para {question.text}")

    def forget(self, conversations: Collection[int]) -> None:
        self.forgotten |= set(conversations)

    async def rewrite(
        self, task: Task, text: str | None, turns: Sequence[StoredMessage], language: Language | None
    ) -> AsyncGenerator[str]:
        yield f"{task.value}: {text}"

    def prefetch(self, turns: Sequence[StoredMessage]) -> None:
        self.read_ahead.append([turn.text for turn in turns])

    async def draft(
        self, turns: Sequence[StoredMessage], analysis: Analysis, *, patient: bool = False
    ) -> AsyncGenerator[str]:
        text = ""
        try:
            for word in ("Claro,", " custa", " R$ 90."):
                await asyncio.sleep(0.1)
                text += word
                yield text
            await asyncio.sleep(60 if turns[-1].text == "espera" else 0)
        finally:
            self.stopped += 1

    async def close(self) -> None:
        return


async def until(condition: object) -> None:
    assert callable(condition)
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.01)


class Running:
    """A flow that runs in the background of a test."""

    def __init__(self, store: Store, model: ModelState = "off") -> None:
        self.page, self.analyst = ScriptedPage(), ScriptedAnalyst(model)
        self.measurements = Measurements()
        state = State(session="loja", run="r", drafts=model != "off", model=model, model_name="modelo")
        self.flow = Flow(state, self.page, self.analyst, store, self.measurements)

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self.flow.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.page.ends()
        await asyncio.wait_for(self._task, 10)


async def test_from_a_message_to_a_card_to_the_box_to_the_database(store: Store) -> None:
    async with Running(store) as run:
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "quanto custa?"))
        await until(run.page.offers)
        run.page.picks(run.page.offers()[0].offer_id, 0)
        await until(lambda: run.page.inserted)
        assert run.page.inserted[0].text == "Resposta para quanto custa?"
        run.page.shows(ANA, row("b1", "Resposta para quanto custa?", Direction.OUT), window=["a1", "b1"])
        await until(lambda: run.measurements.counters["suggestions_sent"])
    counts = await store.counts()
    assert (counts.messages_in, counts.messages_out, counts.unfinished, counts.analyses) == (1, 1, 0, 1)
    assert {outcome: n for outcome, n in counts.suggestions.items() if n} == {Outcome.SENT: 1}


async def test_a_burst_over_five_chats_is_stored_once_and_in_order(store: Store) -> None:
    chats = [OpenChat(token=n, title=f"Cliente {n}", is_group=False) for n in range(1, 6)]
    async with Running(store) as run:
        for n in range(50):
            chat = chats[n % 5]
            if n < 5:
                run.page.opens(chat)
            seen = [f"{chat.token}-{m}" for m in range(n // 5 + 1)]
            run.page.shows(chat, *(row(wa_id, f"mensagem {wa_id}") for wa_id in seen), window=seen)
        async with asyncio.timeout(PATIENCE_S):
            while (counts := await store.counts()).unfinished or counts.messages_in < 50:
                await asyncio.sleep(0.05)
    assert (counts.messages_in, counts.conversations) == (50, 5)
    texts = [m.text for m in await store.recent(1, 20)]
    assert texts == [f"mensagem 1-{m}" for m in range(10)]


async def test_a_supervisor_pauses_as_the_person_at_the_page_does(store: Store) -> None:
    async with Running(store) as run:
        for on in (True, False):
            run.flow.pause(on=on, at_ms=0)
            await until(lambda on=on: run.flow.state.paused is on)
            await until(lambda on=on: PauseCommand(on=on) in run.page.told)
    told = [event.kind for event in await store.events_after(0)]
    assert [kind for kind in told if kind.startswith("capture.")] == ["capture.paused", "capture.resumed"]


async def test_the_draft_streams_and_is_stored_with_the_card(store: Store) -> None:
    async with Running(store, "ready") as run:
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "quanto custa?"))
        await until(lambda: [d for d in run.page.drafts() if d.state == "done"])
        assert run.page.drafts()[-1].text == "Claro, custa R$ 90."
        texts = [d.text for d in run.page.drafts()]
        assert texts == sorted(texts, key=len)
    assert sum((await store.counts()).suggestions.values()) == 2


async def test_a_stale_draft_is_stopped_at_once(store: Store) -> None:
    async with Running(store, "ready") as run:
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "espera"))
        await until(run.page.drafts)
        run.page.opens(BIA)
        await until(lambda: run.analyst.stopped == 1)
        assert not [d for d in run.page.drafts() if d.state == "done"]


async def test_one_message_that_cannot_be_understood_does_not_stop_the_others(store: Store) -> None:
    async with Running(store) as run:
        run.analyst.poison = "veneno"
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "veneno"), row("a2", "quanto custa?"))
        await until(run.page.offers)
        assert run.page.offers()[0].message_id == "a2"
        async with asyncio.timeout(PATIENCE_S):
            while (await store.counts()).unfinished:
                await asyncio.sleep(0.02)


async def test_what_an_earlier_run_left_is_taken_up(store: Store) -> None:
    first = Running(store)
    first.analyst.analyse = lambda *_, **__: asyncio.Event().wait()  # type: ignore[assignment,return-value]
    first.page.opens(ANA)
    first.page.shows(ANA, row("a1", "quanto custa?"), row("a2", "oi?"))
    task = asyncio.create_task(first.flow.run())
    async with asyncio.timeout(PATIENCE_S):
        while (await store.counts()).unfinished < 2:
            await asyncio.sleep(0.02)
    task.cancel()
    async with Running(store):
        async with asyncio.timeout(PATIENCE_S):
            while (await store.counts()).unfinished:
                await asyncio.sleep(0.02)
    assert (await store.counts()).analyses == 2
