"""Another program's text: what it is told, that nothing of it stays, and that the page's own work goes first."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx
import pytest

from agent.analysis.drafting.queue import DraftQueue, Job, Priority
from agent.api.server import listen, serve
from agent.contract.access import Role
from agent.contract.analysis import Analysis, Question
from agent.contract.generation import MAX_TEXT, GeneratedAnalysis
from agent.contract.stored import StoredMessage
from tests.api.conftest import Office
from tests.test_flow import ScriptedAnalyst, until

PHRASE = "frase plantada do cliente"
GENERATE = "/api/analysis/generate"


def analyst_of(office: Office) -> ScriptedAnalyst:
    found = office.reach.analyst
    assert isinstance(found, ScriptedAnalyst)
    return found


async def test_a_text_is_analysed_without_a_model_and_says_so(office: Office) -> None:
    client = await office.client(Role.ATTENDANT)
    body = {"text": "Quanto custa?", "context": [{"out": True, "text": "Bom dia!"}], "customer": "Ana", "draft": True}
    answer = await client.post(GENERATE, json=body)
    assert answer.status_code == 200
    told = GeneratedAnalysis.model_validate(answer.json())
    assert told.suggested_responses[0].text == "Resposta para Quanto custa?"
    assert (told.draft, told.draft_state) == (None, "off")
    assert "considered" not in answer.json()
    told = GeneratedAnalysis.model_validate((await client.post(GENERATE, json={"text": "Oi"})).json())
    assert told.draft_state == "not_asked"


async def test_the_models_draft_is_given_and_each_request_has_turns_of_its_own(office: Office) -> None:
    asked: list[tuple[list[StoredMessage], bool]] = []

    class Watched(ScriptedAnalyst):
        def draft(self, turns: Sequence[StoredMessage], analysis: Analysis, *, patient: bool = False):  # type: ignore[no-untyped-def]
            asked.append((list(turns), patient))
            return super().draft(turns, analysis)

    object.__setattr__(office.reach, "analyst", Watched("ready"))
    client = await office.client(Role.ATTENDANT)
    for _ in range(2):
        body = {"text": "Quanto custa?", "context": [{"out": True, "text": "Oi!"}], "draft": True}
        told = (await client.post(GENERATE, json=body)).json()
        assert (told["draft"], told["draft_state"]) == ("Claro, custa R$ 90.", "written")
    assert [patient for _, patient in asked] == [True, True]
    turns = [turn for said, _ in asked for turn in said]
    assert len({turn.id for turn in turns}) == len(turns) == 4
    assert {turn.conversation_id for turn in turns} == {0}


async def test_a_draft_ends_when_its_time_is_over(office: Office) -> None:
    object.__setattr__(office.reach, "analyst", ScriptedAnalyst("ready"))
    client = await office.client(Role.ATTENDANT)
    told = (await client.post(GENERATE, json={"text": "espera", "draft": True, "draft_s": 0.5})).json()
    assert (told["draft"], told["draft_state"]) == (None, "timed_out")
    assert analyst_of(office).stopped == 1


@pytest.fixture
async def address(office: Office) -> AsyncIterator[str]:
    listener = listen("127.0.0.1", 0)
    serving = asyncio.create_task(serve(office.app, listener))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def test_the_model_stops_when_the_client_goes_away(office: Office, address: str) -> None:
    object.__setattr__(office.reach, "analyst", ScriptedAnalyst("ready"))
    headers = {"Authorization": f"Bearer {await office.token(Role.ATTENDANT)}"}
    async with httpx.AsyncClient(base_url=address, trust_env=False, headers=headers) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.post(GENERATE, json={"text": "espera", "draft": True, "draft_s": 60}, timeout=1)
    await until(lambda: analyst_of(office).stopped == 1)


class Slow(ScriptedAnalyst):
    """Analyses when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.at_once = self.most = 0
        self.let = asyncio.Event()

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.let.wait()
        self.at_once -= 1
        return await super().analyse(question, limit)


async def test_one_is_analysed_at_a_time_and_a_few_wait(office: Office) -> None:
    slow = Slow()
    object.__setattr__(office.reach, "analyst", slow)
    client = await office.client(Role.ATTENDANT)
    asking = [asyncio.create_task(client.post(GENERATE, json={"text": f"texto {n}"})) for n in range(12)]
    await until(lambda: sum(task.done() for task in asking) == 3)
    refused = [task.result() for task in asking if task.done()]
    assert {answer.status_code for answer in refused} == {503}
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}
    slow.let.set()
    assert sorted(answer.status_code for answer in await asyncio.gather(*asking)) == [200] * 9 + [503] * 3
    assert slow.most == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "   "},
        {"text": "x" * (MAX_TEXT + 1)},
        {"text": "Oi", "context": [{"out": False, "text": "a"}] * 13},
        {"text": "Oi", "limit": 4},
        {"text": "Oi", "limit": "3"},
        {"text": "Oi", "draft": "yes"},
        {"text": "Oi", "draft_s": 1000},
        {"text": "Oi", "customer": "x" * 101},
        {"text": "Oi", "conversation_id": 3},
        {"text": ["Oi"]},
    ],
)
async def test_what_is_too_much_or_unknown_is_refused(office: Office, body: dict[str, object]) -> None:
    client = await office.client(Role.ATTENDANT)
    answer = await client.post(GENERATE, json=body)
    assert answer.status_code == 422
    assert "Oi" not in str(answer.json()["faults"])


async def test_nothing_of_it_is_stored_even_for_a_repetition(office: Office, settings_bytes: "Bytes") -> None:
    client = await office.client(Role.ATTENDANT)
    before = (await office.store.counts()).last_event
    answer = await client.post(GENERATE, json={"text": PHRASE}, headers={"Idempotency-Key": "k1"})
    assert PHRASE in answer.text
    assert (await office.store.counts()).last_event == before
    assert PHRASE not in str(await office.reach.audit.page())
    assert PHRASE not in str(await office.store.idempotency.begin("user:1", "k1", ""))
    assert not settings_bytes(PHRASE)


class Bytes:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, phrase: str) -> bool:
        return any(phrase.encode() in path.read_bytes() for path in self._folder.rglob("*") if path.is_file())


@pytest.fixture
def settings_bytes(tmp_path: Path) -> Bytes:
    return Bytes(tmp_path)


def test_another_programs_draft_waits_for_the_page_and_gives_way_to_it() -> None:
    queue = DraftQueue()
    begun: list[Priority] = []

    def job(priority: Priority) -> Job:
        return Job(priority, lambda one: begun.append(one.priority), event=threading.Event())

    outside = job(Priority.OUTSIDE)
    queue.put(outside)
    assert queue.next(0) is outside
    queue.put(job(Priority.PREFETCH))
    assert outside.stopped(), "the page wants the model: what runs for others ends"
    prefetch = queue.next(0)
    again = job(Priority.OUTSIDE)
    queue.put(again)
    assert prefetch is not None
    assert not prefetch.stopped(), "and it never ends what runs for the page"
    queue.put(job(Priority.DRAFT))
    following = queue.next(0)
    assert following is not None
    assert following.priority is Priority.DRAFT
    assert queue.next(0) is again
