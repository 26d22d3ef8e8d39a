"""Makes the pictures of docs/recordings.md: three real failures of a replay, as their HTML reports show them."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser

from agent.contract.analysis import Analysis, Question
from agent.page.replaying import replay_browser
from agent.page.script import script_source
from agent.recordings import facts
from agent.recordings.answers import RecordedAnswers
from agent.recordings.empty import empty_store
from agent.recordings.file import Recording, open_recording
from agent.recordings.page_replay import replay_page
from agent.recordings.replaying import Replayed, replay
from agent.recordings.reports import html

DEMO = Path(__file__).parent / "stored" / "demo.balcao"
ANCHOR = ('[data-testid="msg-meta"]', '[data-testid="gone-meta"]')
"""WhatsApp has renamed what holds a message's time and ticks."""
RULE = ('lida:"read"', 'lida:"delivered"')
"""The reader takes "Lida" for delivered."""
WIDTH, HIGHEST = 1080, 860

Failure = Literal["anchor", "rule", "ranking"]
FAILURES: tuple[Failure, ...] = ("anchor", "rule", "ranking")


class Turned:
    """The recorded answers, their replies ranked the other way round."""

    def __init__(self, recording: Recording) -> None:
        self._recorded = RecordedAnswers([facts.from_json(line) for line in recording.golden()])

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        answer = await self._recorded.analyse(question, limit)
        return answer.model_copy(update={"suggested_responses": answer.suggested_responses[::-1]})


def broken_script(change: tuple[str, str]) -> str:
    """The built userscript with one thing of it changed. Raises ``ValueError`` when that is not in it."""
    script = script_source()
    if change[0] not in script:
        raise ValueError(f"the built userscript has no {change[0]}")
    return script.replace(*change)


async def failed(recording: Recording, failure: Failure, browser: Browser) -> Replayed:
    """The replay with one thing broken."""
    if failure == "ranking":
        return (await replay(recording, empty_store, Turned(recording)))[0]
    script = broken_script(ANCHOR if failure == "anchor" else RULE)
    return await replay_page(recording, script=script, browser=browser, pictures=True)


async def shoot(browser: Browser, report: str, out: Path, *, dark: bool = False) -> None:
    """The report's beginning as a PNG."""
    page = await browser.new_page(
        viewport={"width": WIDTH, "height": HIGHEST}, color_scheme="dark" if dark else "light"
    )
    await page.set_content(report)
    high = await page.evaluate("() => document.querySelector('main').getBoundingClientRect().height")
    clip = {"x": 0.0, "y": 0.0, "width": float(WIDTH), "height": float(min(high, HIGHEST))}
    await page.screenshot(path=out, clip={**clip})  # type: ignore[arg-type]
    await page.close()


async def make(folder: Path, *, both_themes: bool) -> list[Path]:
    """All three pictures, and with ``both_themes`` the same in the dark, and the reports themselves."""
    made = list[Path]()
    with open_recording(DEMO) as recording:
        async with replay_browser() as browser:
            for failure in FAILURES:
                report = html([await failed(recording, failure, browser)])
                made.append(folder / f"replay-{failure}.png")
                await shoot(browser, report, made[-1])
                if both_themes:
                    await shoot(browser, report, folder / f"replay-{failure}-dark.png", dark=True)
                    (folder / f"replay-{failure}.html").write_text(report, encoding="utf-8")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(prog="scripts/pictures --replay", description=__doc__)
    parser.add_argument("--replay", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--docs", action="store_true", help="into docs/pictures; build/pictures otherwise, both themes")
    given = parser.parse_args(arguments)
    root = Path(__file__).parents[2]
    folder = root / "docs" / "pictures" if given.docs else root / "build" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for path in asyncio.run(make(folder, both_themes=not given.docs)):
        print(path)


if __name__ == "__main__":
    main()
