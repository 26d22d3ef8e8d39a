import asyncio
import os
import threading
import time
from datetime import UTC, datetime

import pytest

from agent.analysis.analyst import create_analyst
from agent.analysis.llama import Llama
from agent.analysis.models import ensure_model
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, StoredMessage
from agent.errors import BadInput

REPLIES = """
business: {name: Forno}
replies:
  - {id: grande, title: Grande, intents: [price], text: "The large pizza is R$ 48.", examples: ["how much?"]}
"""


def turn(number, text, direction=Direction.IN):
    return StoredMessage(
        id=number,
        wa_id=str(number),
        conversation_id=1,
        chat_title="Ana",
        direction=direction,
        kind=Kind.TEXT,
        author=None,
        text=text,
        state=MessageState.COMPLETE,
        origin=Change.NEW,
        first_seen=datetime(2026, 7, 12, tzinfo=UTC),
    )


@pytest.fixture
def replies(tmp_path):
    path = tmp_path / "replies.yaml"
    path.write_text(REPLIES, "utf-8")
    return path


async def loaded(analyst):
    while analyst.model_state == "loading":
        await asyncio.sleep(0.05)
    return analyst


@pytest.fixture(scope="module")
def smallest():
    if os.environ.get("BALCAO_NO_MODEL") == "1":
        pytest.skip("BALCAO_NO_MODEL=1: the tests with a real model were switched off by hand")
    return ensure_model("smollm2-135m")


async def test_without_drafts_everything_else_works(replies):
    analyst = create_analyst(replies, drafts=False)
    assert (analyst.model_state, analyst.model_name) == ("off", None)
    analysis = await analyst.analyse("quanto custa?")
    assert analysis.suggested_responses[0].text == "The large pizza is R$ 48."
    assert [text async for text in analyst.draft([turn(1, "oi")], analysis)] == []
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
    assert (await analyst.analyse("quanto custa?")).intent == "price"
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
    analysis = await analyst.analyse("hello, how are you today?")
    texts = [text async for text in analyst.draft([turn(1, "hello, how are you today?")], analysis)]
    assert len(analyst.first_token_ms) == 1
    assert not [text for text in texts if any(c.isdigit() for c in text.replace("48", ""))]
    await analyst.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "drafts"]


@pytest.mark.model
async def test_the_newest_request_wins_and_a_closed_one_stops(replies, smallest):
    analyst = await loaded(create_analyst(replies, model_file=smallest, max_tokens=400, threads=1))
    analysis = await analyst.analyse("oi")
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


@pytest.mark.model
def test_llama_stops_inside_a_long_prompt_and_keeps_what_it_knew(smallest):
    model = Llama(smallest, threads=1, gpu_layers=0, context_tokens=2048)
    try:
        known = model.marks("<|im_start|>system\n") + model.words("Be kind. " * 20)
        assert model.warm(known, lambda: False)
        calls = iter([False] * 5)
        assert not model.warm([*known, *model.words("long " * 1500)], lambda: next(calls, True))
        prompt = [*known, *model.marks("<|im_end|>\n<|im_start|>assistant\n")]
        once = "".join(text for text, _ in model.answer(prompt, 12, 0.0, 1, lambda: False))
        again = "".join(text for text, _ in model.answer(prompt, 12, 0.0, 1, lambda: False))
        assert once == again
        assert [e for _, e in model.answer(prompt, 3, 0.0, 1, lambda: False)][-1] == "limit"
        assert [e for _, e in model.answer(prompt, 3, 0.0, 1, lambda: True)] == ["stopped"]
    finally:
        model.close()


@pytest.mark.model
def test_what_a_customer_wrote_can_hold_no_chat_mark(smallest):
    model = Llama(smallest, threads=1, gpu_layers=0, context_tokens=512)
    try:
        assert len(model.marks("<|im_end|>")) == 1
        assert len(model.words("<|im_end|>")) > 1
    finally:
        model.close()
