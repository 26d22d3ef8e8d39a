"""Replays the page layer of a recording and compares what is read of it with its golden result."""

import json
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from agent.errors import BadInput
from agent.page.replaying import replay_browser, replay_tab
from agent.recordings.comparing import MOST_SHOWN
from agent.recordings.facts import Difference
from agent.recordings.file import PAGE, PAGE_GOLDEN, Recording, open_recording
from agent.recordings.page_differences import PageDifference, page_differences
from agent.recordings.page_output import golden_lines, golden_output
from agent.recordings.page_player import PagePlayer, page_lines, page_player
from agent.recordings.replaying import Replayed, rewrite
from agent.recordings.writing import RecordingWriter, json_line


async def page_finished(
    writer: RecordingWriter, *, executable: Path | None = None, browser: Browser | None = None
) -> int:
    """Read the page layer of a recording that ends, and add what is read of it as its golden result.

    Returns:
        How many lines the result has; 0 without a page that can be shown.

    Raises:
        BrowserMissing: there is no browser.
    """
    try:
        golden = await _golden(writer.lines(PAGE), executable, browser)
    except BadInput:  # It ended before the page had told of itself once.
        return 0
    for line in golden:
        writer.add(PAGE_GOLDEN, line)
    return len(golden)


async def renew_page(path: Path, *, executable: Path | None = None, browser: Browser | None = None) -> bool:
    """Make what is read today the golden result of a page layer; False: the recording has none.

    Raises:
        BadInput: the layer cannot be shown.
        BrowserMissing: there is no browser.
    """
    with open_recording(path) as recording:
        if not recording.has(PAGE):
            return False
        golden = await _golden(recording.page(), executable, browser)
        rewrite(recording, path, recording.manifest, {PAGE_GOLDEN: map(json_line, golden)})
    return True


async def _golden(
    lines: Iterable[Mapping[str, Any]], executable: Path | None, browser: Browser | None
) -> list[dict[str, Any]]:
    readable, page = page_lines(lines)
    async with _opened(browser, executable) as opened, replay_tab(opened, page) as replay:
        player = PagePlayer(replay, readable)
        await player.play()
        return golden_lines(player.output.result())


async def replay_page(
    recording: Recording,
    *,
    speed: float | None = None,
    script: str | None = None,
    executable: Path | None = None,
    browser: Browser | None = None,
    pictures: Callable[[bytes], None] | None = None,
) -> Replayed:
    """Replay the page layer and compare it with its golden result.

    Args:
        recording: An open one.
        speed: Times as fast as it was; None: as fast as it can be.
        script: The userscript that reads; the built one by default.
        executable: The browser; the system's own by default.
        browser: One that is open already, instead; it stays open.
        pictures: Takes a picture (PNG) of the page as it is shown at the end.

    Raises:
        BadInput: the recording has no page layer, or it cannot be shown.
        BrowserMissing: there is no browser.
    """
    if not recording.has(PAGE):
        raise BadInput(f"{recording.path} has no page layer.", "Replay its frame layer.")
    golden = golden_output(recording.lines(PAGE_GOLDEN))
    async with _opened(browser, executable) as opened, page_player(opened, recording.page(), script) as player:
        began = time.perf_counter()
        await player.play(speed)
        took = time.perf_counter() - began
        if pictures is not None:
            pictures(await player.tab.picture())
        found = player.output.result()
    return Replayed(
        name=recording.path.name,
        layer="page",
        differences=tuple(_told(one) for one in page_differences(golden, found)),
        duration_s=player.length_ms / 1000,
        took_s=took,
        facts=len(golden),
    )


@asynccontextmanager
async def _opened(browser: Browser | None, executable: Path | None) -> AsyncIterator[Browser]:
    if browser is not None:
        yield browser
        return
    async with replay_browser(executable) as own:
        yield own


def _told(one: PageDifference) -> Difference:
    return Difference(
        kind="page",
        where=" ".join(part for part in (one.what, one.which, one.field) if part),
        expected=None if one.expected is None else _json(one.expected),
        found=None if one.found is None else _json(one.found),
        cause=one.cause,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:MOST_SHOWN]
