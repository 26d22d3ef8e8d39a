"""Replays the page layer of a recording and compares what is read of it with its golden result."""

import json
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Error

from agent.errors import BadInput
from agent.page.replaying import replay_browser
from agent.recordings.comparing import MOST_SHOWN
from agent.recordings.facts import Difference, Pair
from agent.recordings.file import PAGE, PAGE_GOLDEN, Recording
from agent.recordings.page_differences import PageDifference, page_differences
from agent.recordings.page_output import golden_lines, golden_moments, golden_output
from agent.recordings.page_pictures import pictures_of, wanted
from agent.recordings.page_player import page_player
from agent.recordings.replaying import Replayed
from agent.recordings.writing import RecordingWriter


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
        golden = await page_golden(writer.lines(PAGE), executable=executable, browser=browser)
    except BadInput:  # It ended before the page had told of itself once.
        return 0
    for line in golden:
        writer.add(PAGE_GOLDEN, line)
    return len(golden)


async def page_golden(
    lines: Iterable[Mapping[str, Any]], *, executable: Path | None = None, browser: Browser | None = None
) -> list[dict[str, Any]]:
    """What is read of a page layer today, as the lines of a golden result.

    Raises:
        BadInput: the layer cannot be shown.
        BrowserMissing: there is no browser.
    """
    async with _opened(browser, executable) as opened, page_player(opened, lines) as player:
        await player.play()
        return golden_lines(player.output.result(), player.output.moments, player.began_ms)


async def replay_page(
    recording: Recording,
    *,
    speed: float | None = None,
    script: str | None = None,
    executable: Path | None = None,
    browser: Browser | None = None,
    pictures: bool = False,
) -> Replayed:
    """Replay the page layer and compare it with its golden result.

    Args:
        recording: An open one.
        speed: Times as fast as it was; None: as fast as it can be.
        script: The userscript that reads; the built one by default.
        executable: The browser; the system's own by default.
        browser: One that is open already, instead; it stays open.
        pictures: Show the page once more, and take pictures of some differences.

    Raises:
        BadInput: the recording has no page layer, or it cannot be shown.
        BrowserMissing: there is no browser.
    """
    if not recording.has(PAGE):
        raise BadInput(f"{recording.path} has no page layer.", "Replay its frame layer.")
    written = list(recording.lines(PAGE_GOLDEN))
    golden = golden_output(written)
    async with _opened(browser, executable) as opened:
        async with page_player(opened, recording.page(), script) as player:
            began = time.perf_counter()
            await player.play(speed)
            took = time.perf_counter() - began
        found, moments = player.output.result(), player.output.moments
        told = page_differences(golden, found)
        shown = dict[str, Pair]()
        if pictures and told:
            # Where the golden result read it, and else where it is read now: both pictures are of one moment.
            read = {key: at_ms - player.began_ms for key, at_ms in moments.items()}
            then = {key: at_s * 1000 for key, at_s in golden_moments(written).items()}
            async with page_player(opened, recording.page(), script) as again:
                taken = await pictures_of(again, wanted(told, {**read, **then}))
            shown = {_where(one): pair for one, pair in taken}
    return Replayed(
        name=recording.path.name,
        layer="page",
        differences=tuple(_told(one) for one in told),
        duration_s=player.length_ms / 1000,
        took_s=took,
        facts=len(golden),
        pictures=shown,
    )


@asynccontextmanager
async def _opened(browser: Browser | None, executable: Path | None) -> AsyncIterator[Browser]:
    try:
        if browser is not None:
            yield browser
            return
        async with replay_browser(executable) as own:
            yield own
    except Error as error:
        raise BadInput(
            f"The browser cannot show the page of the recording ({str(error).splitlines()[0]}).", "Record anew."
        ) from error


def _told(one: PageDifference) -> Difference:
    said = str if one.what == "anchor" else _json
    return Difference(
        kind="page",
        where=_where(one),
        expected=None if one.expected is None else said(one.expected),
        found=None if one.found is None else said(one.found),
        cause=one.cause,
    )


def _where(one: PageDifference) -> str:
    return " ".join(part for part in (one.what, one.which, one.field) if part)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:MOST_SHOWN]
