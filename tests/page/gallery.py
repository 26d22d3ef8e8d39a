"""Makes pictures of the card in every state of ``states.py``: the built product on the stand-in page, on an afternoon.

``scripts/pictures --all`` writes them into ``build/pictures``; ``--readme`` writes the few of the README.
"""

import argparse
import asyncio
import base64
import re
import tempfile
import time
import unicodedata
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import BrowserContext, Page

from agent.page.bridge import Bridge
from agent.page.browser import open_browser
from agent.page.script import script_source
from simulator.options import StandInOptions
from simulator.scenario import Scenario, load_named
from simulator.serve import install
from simulator.standin import StandIn
from simulator.world import Theme
from tests.page.desk import KEEP_ROOT, Desk
from tests.page.states import SIZES, STATES, bring

ROOT = Path(__file__).resolve().parents[2]
BUILD, README = ROOT / "build" / "pictures", ROOT / "docs" / "pictures" / "counter"
THEMES: tuple[Theme, ...] = ("light", "dark")
WINDOWS = ((1280, 720), (1920, 1080))
QUALITY = 82

ON_README: dict[str, tuple[str, Theme]] = {
    "suggestions": ("draft streaming", "light"),
    "canned-replies": ("canned found", "dark"),
    "writing": ("written, corrected", "light"),
    "customer": ("customer", "dark"),
    "queue": ("queue", "light"),
    "care": ("care, one", "dark"),
}
"""Name of the picture -> the state and the theme that it shows."""

ASKED = "Cadê meu pedido? 😟 E se não servir, dá pra trocar?"
"""What the suggestions of ``telling.py`` answer."""
ASKED_IN = {"care": "Ana aqui! Mudei de chave PIX, o estorno agora é nesse número: 11 91234-5567"}
"""Name of the picture -> what was written instead."""
HEIGHT, HEIGHTS = 720, {"customer": 1000}
"""CSS pixels; the customer's card is long."""


def slug(name: str) -> str:
    """A state's name as a file's."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


@asynccontextmanager
async def afternoon(
    context: BrowserContext, scenario: Scenario, theme: Theme, asked: str = ASKED
) -> AsyncIterator[Desk]:
    """A tab on an afternoon of the scenario: every chat has had its first message, and the first one ``asked``."""
    standin = await install(context, StandInOptions(scenario=scenario, lateness=0, theme=theme))
    tab, bridge = await context.new_page(), Bridge()
    await bridge.attach(tab, KEEP_ROOT + script_source())
    desk = Desk(standin, await standin.open(tab), bridge)
    try:
        await _fill(standin, scenario, asked)
        await tab.locator("#pane-side").wait_for()
        await desk.until("hello")
        yield desk
    finally:
        await desk.close()
        await tab.close()
        await context.unroute_all()


async def _fill(standin: StandIn, scenario: Scenario, asked: str) -> None:
    done = set[str]()
    for index, item in enumerate(scenario.script):
        if item.chat not in done:
            done.add(item.chat)
            await standin.add(scenario.message(index, time.time() * 1000))
    await standin.deliver("ana_beatriz", asked)


def _windows(state: str) -> Iterator[tuple[int, int]]:
    """The sizes in which a state is shown: where it is about a small window, only in that one."""
    for size in ("small", "low"):
        if "strip" in state and size == "small":
            yield SIZES[size]
            return
        if state.endswith("low") and size == "low":
            yield SIZES[size]
            return
    yield from WINDOWS


async def shoot(tab: Page, path: Path) -> Path:
    """What the tab shows; WebP is a third of a PNG."""
    await tab.wait_for_timeout(250)  # Until the page's own rows have come to rest.
    cdp = await tab.context.new_cdp_session(tab)
    how = {"format": "png"} if path.suffix == ".png" else {"format": "webp", "quality": QUALITY}
    shot = await cdp.send("Page.captureScreenshot", how)
    await cdp.detach()
    await asyncio.to_thread(_write, path, base64.b64decode(shot["data"]))
    return path


def _write(path: Path, picture: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)


async def take(folder: Path, states: Sequence[str], suffix: str) -> AsyncIterator[Path]:
    """Every state in both themes and in all sizes."""
    scenario = load_named("loja-de-roupas")
    with tempfile.TemporaryDirectory() as profile:
        async with open_browser(Path(profile), headless=True) as context:
            for state in states:
                for theme in THEMES:
                    async with afternoon(context, scenario, theme) as desk:
                        for number, (width, height) in enumerate(_windows(state)):
                            await desk.tab.set_viewport_size({"width": width, "height": height})
                            if number == 0:
                                await bring(desk, state)
                            yield await shoot(desk.tab, folder / f"{slug(state)}-{theme}-{width}.{suffix}")


async def take_readme(folder: Path) -> AsyncIterator[Path]:
    """The pictures of the README."""
    scenario = load_named("loja-de-roupas")
    with tempfile.TemporaryDirectory() as profile:
        async with open_browser(Path(profile), headless=True) as context:
            for name, (state, theme) in ON_README.items():
                async with afternoon(context, scenario, theme, ASKED_IN.get(name, ASKED)) as desk:
                    await desk.tab.set_viewport_size({"width": 1280, "height": HEIGHTS.get(name, HEIGHT)})
                    await bring(desk, state)
                    yield await shoot(desk.tab, folder / f"{name}.webp")


async def _print(pictures: AsyncIterator[Path]) -> None:
    async for path in pictures:
        print(path, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(prog="scripts/pictures", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every state, into build/pictures")
    parser.add_argument("--readme", action="store_true", help="those of the README, into docs/pictures/counter")
    parser.add_argument("--only", nargs="*", choices=sorted(STATES), help="these states alone")
    parser.add_argument("--format", choices=("webp", "png"), default="webp")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    if given.readme:
        asyncio.run(_print(take_readme(given.folder or README)))
    else:
        asyncio.run(_print(take(given.folder or BUILD, given.only or list(STATES), given.format)))


if __name__ == "__main__":
    main()
