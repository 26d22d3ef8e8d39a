"""A folder of recordings as a suite of tests: ``pytest -p agent.recordings.pytest_plugin``. See docs/recordings.md.

``@pytest.mark.recording("*.balcao")`` makes one test for each file that fits, beside the test's own file. The fixtures
``replayed``, ``replayed_rows`` and ``replayed_suggestions`` are what came of its frame layer, ``replayed_page`` what is
read of its page layer in a browser; differences to the golden result are ``.differences``, and a test that fails shows
them. A test of a layer that a file does not have is skipped.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from agent.recordings.empty import empty_store
from agent.recordings.facts import Fact
from agent.recordings.file import FRAMES, PAGE, Recording, open_recording
from agent.recordings.page_replay import replay_page
from agent.recordings.replaying import Replayed, replay
from agent.recordings.reports import line

_FILE = "_balcao_recording"
_SHOWN = 20


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "recording(pattern): one test for each recording that fits, beside the file")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each recording; a pattern that fits none is an error, not a suite that is green and empty."""
    mark = metafunc.definition.get_closest_marker("recording")
    if mark is None:
        return
    folder, pattern = metafunc.definition.path.parent, str(mark.args[0]) if mark.args else "*.balcao"
    found = sorted(folder.glob(pattern))
    if not found:
        raise pytest.UsageError(f"no recording fits '{pattern}' in {folder}")
    metafunc.fixturenames.append(_FILE)
    metafunc.parametrize(_FILE, found, ids=[path.name for path in found])


@pytest.fixture(name=_FILE)
def _recording_file() -> Path:
    raise pytest.UsageError('mark the test with @pytest.mark.recording("*.balcao")')


@pytest.fixture
def recording_file(request: pytest.FixtureRequest) -> Path:
    """The recording of this test."""
    path: Path = request.getfixturevalue(_FILE)
    return path


@pytest.fixture
def replayed_facts(recording_file: Path, request: pytest.FixtureRequest) -> tuple[Replayed, list[Fact]]:
    """The comparison, and everything that was done."""
    done, found = asyncio.run(_replay(recording_file))
    _tell(done, request)
    return done, found


@pytest.fixture
def replayed_page(recording_file: Path, request: pytest.FixtureRequest) -> Replayed:
    """The same of the page layer, read by today's script in a browser without a window."""
    done = asyncio.run(_replay_page(recording_file))
    _tell(done, request)
    return done


@pytest.fixture
def replayed(replayed_facts: tuple[Replayed, list[Fact]]) -> Replayed:
    """The comparison with the golden result."""
    return replayed_facts[0]


@pytest.fixture
def replayed_rows(replayed_facts: tuple[Replayed, list[Fact]]) -> list[dict[str, Any]]:
    """Every row that was stored, in order: ``id``, ``change``, ``chat``, ``direction``, ``kind``, ``text`` ..."""
    return [{"id": fact.key, **fact.what} for fact in replayed_facts[1] if fact.k == "row"]


@pytest.fixture
def replayed_suggestions(replayed_facts: tuple[Replayed, list[Fact]]) -> list[dict[str, Any]]:
    """Every card: ``id`` of its message, ``intent``, ``sentiment``, ``suggestions``."""
    return [{"id": fact.key, **fact.what} for fact in replayed_facts[1] if fact.k == "suggestions"]


async def _replay(path: Path) -> tuple[Replayed, list[Fact]]:
    with _opened(path, FRAMES) as recording:
        return await replay(recording, empty_store)


async def _replay_page(path: Path) -> Replayed:
    with _opened(path, PAGE) as recording:
        return await replay_page(recording)


@contextmanager
def _opened(path: Path, layer: str) -> Iterator[Recording]:
    with open_recording(path) as recording:
        recording.verify()
        if not recording.has(layer):
            pytest.skip(f"{path.name} has no {'page' if layer == PAGE else 'frame'} layer")
        yield recording


def _tell(done: Replayed, request: pytest.FixtureRequest) -> None:
    request.node.user_properties.append(("differences", len(done.differences)))
    if done.differences:
        told = [line(one) for one in done.differences[:_SHOWN]]
        request.node.add_report_section("setup", "differences to the golden result", "\n".join(told))
