"""A recorded page is looked at moment by moment, in a real browser."""

import asyncio
import hashlib
import shutil
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.errors import BadInput, BrowserMissing
from agent.recordings import screening
from agent.recordings.screening import Screening
from tests.recordings.conftest import FORMAT_1, STORED

pytestmark = pytest.mark.browser

DEMO = STORED / "demo.balcao"
SIZE = (640, 450)


@pytest.fixture
async def shows(chromium_path: str) -> AsyncIterator[Screening]:
    opened = Screening(Path(chromium_path))
    yield opened
    await opened.close()


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    wide, tall = struct.unpack(">II", png[16:24])
    return wide, tall


async def test_forward_back_and_the_same_again(shows: Screening) -> None:
    early = await shows.picture(DEMO, 0, *SIZE)
    assert early.is_there
    wide, tall = size(early.png)
    assert wide in (SIZE[0], SIZE[0] - 1) or tall in (SIZE[1], SIZE[1] - 1)
    assert (wide <= SIZE[0], tall <= SIZE[1]) == (True, True)
    later = await shows.picture(DEMO, 20, *SIZE)
    again = await shows.picture(DEMO, 10, *SIZE)
    end = await shows.picture(DEMO, 1e9, *SIZE)
    pictures = [early.png, later.png, again.png, end.png]
    assert len({hashlib.sha256(one).digest() for one in pictures}) == 4
    assert (await shows.picture(DEMO, 20, *SIZE)).png == later.png


async def test_what_is_far_away_is_sought_in_turns(shows: Screening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "TURN_S", 0.0)
    monkeypatch.setattr(screening, "_AT_ONCE", 40)
    reached = [await shows.picture(DEMO, 30, *SIZE)]
    while not reached[-1].is_there:
        reached.append(await shows.picture(DEMO, 30, *SIZE))
    assert len(reached) > 2
    seconds = [one.at_s for one in reached]
    assert seconds == sorted(set(seconds))
    assert seconds[0] > 0
    assert seconds[-1] == 30


async def test_without_a_page_or_a_browser_that_is_said(shows: Screening, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no page layer"):
        await shows.picture(FORMAT_1, 0, *SIZE)
    assert not shows.is_open
    with pytest.raises(BrowserMissing):
        await Screening(tmp_path / "chromium").picture(DEMO, 0, *SIZE)


async def test_the_browser_goes_when_nobody_looks_and_comes_again(chromium_path: str) -> None:
    shows = Screening(Path(chromium_path), idle_s=0.05)
    first = await shows.picture(DEMO, 5, *SIZE)
    while shows.is_open:
        await asyncio.sleep(0.02)
    assert (await shows.picture(DEMO, 5, *SIZE)).png == first.png
    await shows.close()
    with pytest.raises(BadInput):
        await shows.picture(DEMO, 5, *SIZE)


async def test_what_takes_too_long_is_given_up_and_what_is_going_on_ends_with_the_agent(
    shows: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shows.picture(DEMO, 5, *SIZE)
    assert shows._shown is not None
    years = 10 * 366 * 24 * 3600 * 1000.0
    monkeypatch.setattr(screening, "LONGEST_S", 0.5)

    async def far(*_: object, **__: object) -> bool:
        assert shows._shown is not None
        await shows._shown.player.tab.wait(years)
        return True

    monkeypatch.setattr(shows._shown.player, "seek", far)
    with pytest.raises(BadInput, match="Try again"):
        await shows.picture(DEMO, 6, *SIZE)
    assert not shows.is_open
    monkeypatch.setattr(screening, "LONGEST_S", 600.0)
    monkeypatch.setattr(screening, "_ENDS_S", 0.2)
    await shows.picture(DEMO, 5, *SIZE)
    monkeypatch.setattr(shows._shown.player, "seek", far)
    looking = asyncio.create_task(shows.picture(DEMO, 6, *SIZE))
    await asyncio.sleep(0.1)
    await shows.close()
    with pytest.raises(BadInput):
        await looking
    assert not shows.is_open


async def test_a_browser_that_ends_is_said_and_another_one_is_opened(shows: Screening) -> None:
    await shows.picture(DEMO, 5, *SIZE)
    assert shows._shown is not None
    browser = shows._shown.player.tab.tab.context.browser
    assert browser is not None
    await browser.close()
    with pytest.raises(BadInput, match="Try again"):
        await shows.picture(DEMO, 6, *SIZE)
    assert (await shows.picture(DEMO, 6, *SIZE)).is_there


async def test_a_file_that_was_replaced_is_read_anew(shows: Screening, tmp_path: Path) -> None:
    path = tmp_path / "x.balcao"
    shutil.copy(DEMO, path)
    await shows.picture(path, 5, *SIZE)
    await shows.leave(DEMO)
    assert shows.is_open  # another one is shown
    shutil.copy(FORMAT_1, path)
    with pytest.raises(BadInput, match="no page layer"):
        await shows.picture(path, 5, *SIZE)
    await shows.leave(path)
    assert not shows.is_open
