"""The recorder of a page beside a session whose browser is opened anew."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Browser

from agent.recordings.page_events import FULL
from agent.recordings.page_recorder import PageRecorder
from agent.recordings.pseudonyms import Pseudonyms
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not true():
            await asyncio.sleep(0.02)


async def test_a_tab_that_follows_one_that_was_closed_is_recorded_too(chromium: Browser) -> None:
    lines = list[dict[str, Any]]()
    recorder = PageRecorder(Pseudonyms.fresh(), lines.append)
    for number in (1, 2, 3):
        tab = await chromium.new_page()
        await tab.set_content("<p>oi</p>")
        following = asyncio.create_task(recorder.follow(tab))
        await until(lambda number=number: sum(line["event"]["type"] == FULL for line in lines) >= number)
        before = len(lines)
        await tab.evaluate("document.body.append(document.createElement('b'))")
        await until(lambda before=before: len(lines) > before)
        if number == 3:
            assert not following.done()
            await recorder.stop()
        else:
            await tab.close()
        await asyncio.wait_for(following, PATIENCE_S)
        await tab.close()
    assert not recorder.overran
