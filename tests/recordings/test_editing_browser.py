"""Page layers that are cut, put together and cleaned: shown again in a browser, they are read as before."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from agent.errors import BadInput
from agent.recordings.audit import audit
from agent.recordings.editing import Bench, read_page
from agent.recordings.file import FRAMES, GOLDEN, PAGE, PAGE_GOLDEN, open_recording
from agent.recordings.merging import merged
from agent.recordings.page_events import FULL
from agent.recordings.page_output import golden_output
from agent.recordings.page_player import page_player
from agent.recordings.page_replay import page_golden, replay_page
from agent.recordings.page_tree import PageTree
from agent.recordings.redacting import redacted
from agent.recordings.trimming import trimmed
from agent.recordings.writing import json_line, write_recording
from tests.recordings.conftest import STORED, TODAY, empty_store
from tests.recordings.test_editing import same

pytestmark = pytest.mark.browser

DEMO = STORED / "demo.balcao"
_AS_SHOWN = "() => document.documentElement.outerHTML"


@pytest.fixture
def bench(chromium: Browser) -> Bench:
    async def seen(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return await page_golden(lines, browser=chromium)

    return Bench(empty_store, seen, TODAY)


Shown = Callable[[Path], Awaitable[dict[tuple[str, str], Any]]]


@pytest.fixture
def shown(chromium: Browser) -> Shown:
    """Replays both layers and finds no difference; gives what the page's golden result is."""

    async def check(path: Path) -> dict[tuple[str, str], Any]:
        with await same(path) as recording:
            done = await replay_page(recording, browser=chromium)
            assert [str(one) for one in done.differences] == []
            return golden_output(recording.lines(PAGE_GOLDEN))

    return check


@pytest.mark.parametrize("part", [0.1, 0.4, 0.7, 0.95])
async def test_the_page_is_known_at_every_moment_without_a_browser(chromium: Browser, part: float) -> None:
    with open_recording(DEMO) as recording:
        lines = read_page(recording)
    document = lines[0]["doc"]
    lines = [line for line in lines if line["doc"] == document]
    fulls = [number for number, line in enumerate(lines) if line["event"]["type"] == FULL]
    lines = lines[fulls[0] :]
    before = lines[: max(int(len(lines) * part), 2)]
    tree = PageTree()
    for line in before:
        tree.take(line["event"])
    picture = [{"doc": 1, "event": event} for event in tree.picture(before[-1]["event"]["timestamp"])]
    html = []
    for told in (before, picture):
        async with page_player(chromium, [{**told[0], "about": lines[0]["about"]}, *told[1:]]) as player:
            while not player.is_over:
                await player.step()
            html.append(await player.tab.tab.evaluate(_AS_SHOWN))
            assert player.tab.missing == 0
    assert len(html[0]) > 10_000
    assert html[0] == html[1]


async def test_a_stretch_begins_with_the_page_as_it_stood(tmp_path: Path, bench: Bench, shown: Shown) -> None:
    with open_recording(DEMO) as whole:
        await trimmed(whole, tmp_path / "cut.balcao", 60, 80, bench)
        before = golden_output(whole.lines(PAGE_GOLDEN))
    after = await shown(tmp_path / "cut.balcao")
    rows = {key for key in after if key[0] == "row"}
    assert len(rows) > 10
    assert rows <= before.keys()
    with open_recording(tmp_path / "cut.balcao") as cut:
        first, *_ = cut.page()
        start = next(cut.frames())
    assert first["event"]["type"] == FULL
    assert first["event"]["timestamp"] == round(start["at_ms"])


async def test_two_pages_become_one_and_a_word_of_both_goes(tmp_path: Path, bench: Bench, shown: Shown) -> None:
    with open_recording(DEMO) as one, open_recording(DEMO) as other:
        await merged([one, other], tmp_path / "twice.balcao", bench)
        single = {key for key in golden_output(one.lines(PAGE_GOLDEN)) if key[0] == "row"}
    both = {key for key in await shown(tmp_path / "twice.balcao") if key[0] == "row"}
    assert len(both) == 2 * len(single)
    assert single <= both
    with open_recording(tmp_path / "twice.balcao") as twice:
        await redacted(twice, tmp_path / "clean.balcao", ["CLIENTES VIP"], [], bench)
    assert audit(tmp_path / "clean.balcao", ["clientes vip"]) == []
    clean = {key for key in await shown(tmp_path / "clean.balcao") if key[0] == "row"}
    assert len(clean) == len(both)
    assert {key[1].partition(" | ")[2] for key in clean} == {key[1].partition(" | ")[2] for key in both}


async def test_nobody_waits_for_the_days_between_two_pages(chromium: Browser) -> None:
    with open_recording(DEMO) as recording:
        first = next(line for line in read_page(recording) if line["event"]["type"] == FULL)
    later = {**first["event"], "timestamp": first["event"]["timestamp"] + 30 * 24 * 3_600_000}
    async with page_player(chromium, [first, {**first, "doc": first["doc"] + 1, "event": later}]) as player:
        await player.play(500)
        assert player.is_over
        assert len([key for key in player.output.result() if key[0] == "screen"]) == 2


async def test_pages_of_different_zones_do_not_go_together(tmp_path: Path, bench: Bench) -> None:
    other = tmp_path / "other.balcao"
    with open_recording(DEMO) as whole:
        page = [
            {**line, "about": {**line["about"], "zone": "Asia/Tokyo"}} if "about" in line else line
            for line in whole.page()
        ]
        layers = {name: map(json_line, whole.lines(name)) for name in (FRAMES, GOLDEN)}
        write_recording(other, whole.manifest, {**layers, PAGE: map(json_line, page)})
    with open_recording(DEMO) as one, open_recording(other) as two, pytest.raises(BadInput, match="Asia/Tokyo"):
        await merged([one, two], tmp_path / "x.balcao", bench)
