"""The stand-in's afternoon, recorded by ``demo --record``: CI replays it. See docs/recordings.md for renewing it."""

from agent.recordings.audit import audit
from agent.recordings.file import PAGE, open_recording
from agent.recordings.kept_words import folded, kept_words
from agent.recordings.replaying import replay
from simulator.scenario import load_named
from tests.recordings.conftest import STORED, empty_store

DEMO = STORED / "demo.balcao"


async def test_the_afternoon_is_replayed_without_a_difference() -> None:
    with open_recording(DEMO) as recording:
        recording.verify()
        about = recording.manifest
        done, _ = await replay(recording, empty_store)
    assert [one.cause for one in done.differences] == []
    assert done.facts > 500
    # What the replay does is what the agent did while it was recorded.
    live = {name.removeprefix("outcome_"): n for name, n in about.live.items() if name.startswith("outcome_")}
    assert live == {"picked": 7, "inserted": 7, "sent": 6, "ignored": 6}
    assert about.counts["golden_mark"] == sum(live.values())
    assert about.counts["golden_suggestions"] == about.live["offers"]
    assert DEMO.stat().st_size / 1024 / about.counts["messages"] <= 3


def test_nobody_of_the_afternoon_is_in_it() -> None:
    scenario = load_named("loja-de-roupas")
    called = [chat.title or chat.phone or "" for chat in scenario.chats if not chat.group]
    parts = [word for title in called for word in title.split() if word.isalpha() and len(word) > 3]
    known = [*called, *(word for word in parts if folded(word) not in {folded(one) for one in kept_words()})]
    assert len(known) > 10
    assert audit(DEMO, known) == []
    with open_recording(DEMO) as recording:
        assert recording.has(PAGE)
