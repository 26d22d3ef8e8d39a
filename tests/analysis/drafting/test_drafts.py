import asyncio
import threading
import time

import pytest

from agent.analysis.analyst import create_analyst
from agent.contract.analysis import Question
from agent.errors import BadInput
from tests.analysis.conftest import turn

REPLIES = """
business: {name: Forno}
replies:
  - {id: grande, title: Grande, intents: [price], text: "The large pizza is R$ 48.", examples: ["how much?"]}
"""


@pytest.fixture
def replies(tmp_path):
    path = tmp_path / "replies.yaml"
    path.write_text(REPLIES, "utf-8")
    return path


async def loaded(analyst):
    while analyst.model_state == "loading":
        await asyncio.sleep(0.05)
    return analyst


async def test_without_drafts_everything_else_works(replies):
    analyst = create_analyst(replies, drafts=False)
    assert (analyst.model_state, analyst.model_name) == ("off", None)
    analysis = await analyst.analyse(Question(text="quanto custa?"))
    assert analysis.suggested_responses[0].text == "The large pizza is R$ 48."
    assert [text async for text in analyst.draft([turn(1, "oi")], analysis)] == []
    analyst.prefetch([turn(1, "oi")])
    await analyst.close()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.write_bytes(b"no model"), "no model file that llama.cpp can load"),
        (lambda _: None, "no model file"),
    ],
)
async def test_a_model_that_cannot_be_loaded_is_said_and_nothing_else_fails(tmp_path, replies, make, reason):
    path = tmp_path / "own.gguf"
    make(path)
    analyst = await loaded(create_analyst(replies, model_file=path))
    assert analyst.model_state == "failed"
    assert reason in analyst.model_reason
    analysis = await analyst.analyse(Question(text="quanto custa?"))
    assert analysis.intent == "price"
    analyst.prefetch([turn(1, "oi")])
    assert [text async for text in analyst.draft([turn(1, "oi")], analysis)] == []
    await analyst.close()


def test_bad_replies_are_refused_at_once(tmp_path):
    path = tmp_path / "replies.yaml"
    path.write_text("replies: 5", "utf-8")
    with pytest.raises(BadInput, match="line 1"):
        create_analyst(path)


@pytest.mark.model
async def test_a_real_model_drafts_and_growing_text_is_guarded(replies, smallest):
    analyst = await loaded(create_analyst(replies, model_file=smallest, temperature=0, threads=1))
    assert analyst.model_state == "ready"
    analysis = await analyst.analyse(Question(text="hello, how are you today?"))
    said = [turn(1, "hello, how are you today?")]
    analyst.prefetch(said)
    texts = [text async for text in analyst.draft(said, analysis)]
    assert len(analyst.first_token_ms[-5:]) == 1, "the monitor takes the last five"
    assert not [text for text in texts if any(c.isdigit() for c in text.replace("48", ""))]
    await analyst.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "drafts"]


@pytest.mark.model
async def test_the_newest_request_wins_and_a_closed_one_stops(replies, smallest):
    analyst = await loaded(create_analyst(replies, model_file=smallest, max_tokens=400, threads=1))
    analysis = await analyst.analyse(Question(text="oi"))
    older = analyst.draft([turn(1, "tell me a very long story about pizza")], analysis)
    waiting = asyncio.create_task(anext(older, None))
    await asyncio.sleep(0.2)
    newer = asyncio.create_task(anext(analyst.draft([turn(2, "hi, good morning")], analysis), None))
    started = time.perf_counter()
    await asyncio.wait_for(waiting, 20)
    assert time.perf_counter() - started < 20
    await asyncio.wait_for(newer, 60)
    await older.aclose()
    await asyncio.wait_for(analyst.close(), 10)
