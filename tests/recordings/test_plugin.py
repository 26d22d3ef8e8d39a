"""A folder of recordings becomes a suite: the worked example of docs/recordings.md, run as it stands there."""

import re
import shutil
from pathlib import Path

import pytest

from tests.recordings.conftest import FORMAT_1, STORED

pytest_plugins = ["pytester"]
DEMO = STORED / "demo.balcao"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "recordings.md"


def example() -> str:
    found = re.search(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def folder(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\naddopts = -p agent.recordings.pytest_plugin -p no:cacheprovider -p no:asyncio")
    return pytester


def test_the_example_of_the_docs_runs(folder: pytest.Pytester) -> None:
    for name in ("monday.balcao",):
        shutil.copy(FORMAT_1, folder.path / name)
    folder.makepyfile(test_qa=example())
    cases = example().count("def test_")
    result = folder.runpytest_inprocess("-v", "-rs")
    result.assert_outcomes(passed=cases - 1, skipped=1)
    result.stdout.fnmatch_lines(["*test_the_page_is_read_as_it_was*monday.balcao*", "*monday.balcao has no page layer"])


@pytest.mark.browser
def test_a_page_that_is_read_otherwise_fails(folder: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent.recordings.file import PAGE_GOLDEN, open_recording
    from agent.recordings.replaying import rewrite
    from agent.recordings.writing import json_line

    shutil.copy(DEMO, folder.path / "right.balcao")
    with open_recording(DEMO) as recording:
        golden = list(recording.lines(PAGE_GOLDEN))[:-1]
        rewrite(recording, folder.path / "wrong.balcao", recording.manifest, {PAGE_GOLDEN: map(json_line, golden)})
    folder.makepyfile(test_qa=example())
    monkeypatch.setenv("PYTHONPATH", str(DOCS.parents[1]))
    result = folder.runpytest_subprocess("-v", "-k", "page_is_read")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*differences to the golden result*", "*typing times*"])


def test_a_failure_shows_what_is_otherwise(folder: pytest.Pytester) -> None:
    from agent.recordings.file import FRAMES, open_recording
    from agent.recordings.replaying import rewrite
    from agent.recordings.writing import json_line

    with open_recording(FORMAT_1) as recording:
        frames = list(recording.lines(FRAMES))[:-1]
        rewrite(recording, folder.path / "short.balcao", recording.manifest, {FRAMES: map(json_line, frames)})
    folder.makepyfile(
        test_qa="""
        import pytest

        @pytest.mark.recording("*.balcao")
        def test_nothing_is_otherwise(replayed):
            assert replayed.differences == ()
        """
    )
    result = folder.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*differences to the golden result*", "a stored row at *it did not happen*"])


def test_a_pattern_that_fits_nothing_is_an_error(folder: pytest.Pytester) -> None:
    folder.makepyfile(
        test_qa="""
        import pytest

        @pytest.mark.recording("*.balcao")
        def test_rows(replayed_rows): ...
        """
    )
    result = folder.runpytest_inprocess()
    assert result.ret != 0
    assert "no recording fits '*.balcao'" in result.stdout.str() + result.stderr.str()
