"""Ten minutes of six businesses on one page, recorded by ``demo --business all``; CI replays both layers of it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from agent.analysis.dialogues import BUSINESSES
from agent.analysis.retrieval.replies import load_replies
from agent.recordings.audit import audit
from agent.recordings.file import open_recording
from agent.recordings.kept_words import folded, kept_words
from agent.recordings.page_replay import replay_page
from agent.recordings.replaying import Replayed, replay
from simulator.scenario import load_all
from simulator.together import together
from tests.recordings.conftest import STORED, empty_store

SIX = STORED / "six-businesses.balcao"
TIMES = 20


def _replies(business: str) -> Path:
    return BUSINESSES / business / "replies.yaml"


async def frames_of(path: Path) -> Replayed:
    with open_recording(path) as recording:
        return (await replay(recording, empty_store))[0]


def test_it_is_ten_minutes_of_six_businesses_and_small() -> None:
    with open_recording(SIX) as recording:
        recording.verify()
        about = recording.manifest
        cards = [line["what"]["suggestions"] for line in recording.golden() if line["k"] == "suggestions"]
    assert about.origin == "demo"
    assert about.duration_s >= 600
    offered = {one["reply"] for card in cards for one in card}
    for one in load_all():
        assert any(reply.startswith(f"{one.replies}-") for reply in offered), one.replies
    written = sum(item.sender == "customer" for item in together(load_all()).script)
    assert about.counts["messages"] > written > 100
    assert about.live["offers"] == about.counts["golden_suggestions"] == len(cards) == 100
    assert SIX.stat().st_size / 1024 / about.counts["messages"] <= 3
    assert SIX.stat().st_size < 500_000


def test_nobody_of_the_six_is_in_it() -> None:
    chats = together(load_all()).chats
    # A reply of the business is known by its id: "motoboy" is one.
    books = [load_replies(_replies(one.replies)) for one in load_all()]
    ids = {part for book in books for reply in book.replies for part in reply.id.split("-")}
    kept = {folded(one) for one in (*kept_words(), *ids)}
    called = [chat.title or chat.phone or "" for chat in chats if not chat.group]
    parts = [word for title in called for word in title.split() if word.isalpha() and len(word) > 3]
    known = [one for one in (*called, *parts) if not {folded(word) for word in one.split()} <= kept]
    assert len(known) > 15
    assert audit(SIX, known) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_the_frame_layer_is_the_same_twenty_times_in_a_row() -> None:
    done = [await frames_of(SIX) for _ in range(TIMES)]
    assert [one.cause for each in done for one in each.differences] == []
    assert {each.facts for each in done} == {done[0].facts}
    assert done[0].facts > 2000


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(900)
async def test_the_page_layer_is_the_same_twenty_times_in_a_row(chromium: Browser) -> None:
    for _ in range(TIMES):
        with open_recording(SIX) as recording:
            done = await replay_page(recording, browser=chromium)
        assert [f"{one.where}: {one.cause}" for one in done.differences] == []
        assert done.facts > 400
