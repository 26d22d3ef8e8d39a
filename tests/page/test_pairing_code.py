"""The code that links the phone can be read from what is drawn, and stands in no log."""

import asyncio
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from playwright.async_api import BrowserContext

from agent.compose import beside
from agent.contract.frames import PageState, StateFrame
from agent.page.bridge import Bridge
from agent.page.pairing_code import pairing_text, qr_svg, qr_terminal, show_pairing
from agent.page.script import script_source
from agent.settings import Settings
from agent.telemetry import logs
from simulator.options import StandInOptions
from simulator.serve import install
from tests.page.qr_reader import Modules, read_qr
from tests.patience import PATIENCE_S
from tests.telemetry.own_logs import own_logs

REFERENCE = "2@" + ",".join(["q9Z/" * 32, "Ab+7" * 11, "x0Y=" * 11, "K2l1" * 11])
TEXTS = ["a", "https://wa.example/5511", REFERENCE, "ção 🥲", "x" * 300]


def of_terminal(text: str) -> Modules:
    """Modules of what a terminal shows, two rows a line, without the border."""
    rows: Modules = []
    for line in re.sub(r"\x1b\[[\d;]*m", "", text).splitlines():
        rows += [[letter in "▀█" for letter in line], [letter in "▄█" for letter in line]]
    return [row[4:-4] for row in rows[4 : len(rows[0]) - 4]]


def of_svg(text: str) -> Modules:
    """Modules of a picture whose dark rows are strokes: ``M`` and ``m`` move, ``h`` draws."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])  # type: ignore[index]
    rows = [[False] * size for _ in range(size)]
    path = re.search(r'stroke="#000"[^>]* d="([^"]+)"|d="([^"]+)"[^>]*stroke="#000"', text)
    assert path is not None
    x = y = 0.0
    for step, values in re.findall(r"([Mmh])([-\d. ]+)", path[1] or path[2]):
        numbers = [float(value) for value in re.findall(r"-?\d*\.?\d+", values)]
        if step == "h":
            for column in range(int(x), int(x + numbers[0])):
                rows[int(y)][column] = True
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if step == "M" else (x + numbers[0], y + numbers[1])
    return [row[4:-4] for row in rows[4:-4]]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_drawn_says_the_text(text: str) -> None:
    assert read_qr(of_terminal(qr_terminal(text))) == text
    assert read_qr(of_svg(qr_svg(text))) == text


def test_the_reader_refuses_what_is_no_code() -> None:
    modules = of_terminal(qr_terminal("a"))
    modules[3][3] = not modules[3][3]
    with pytest.raises(ValueError, match="finder"):
        read_qr(modules)


def test_it_fits_a_terminal_and_has_its_border() -> None:
    lines = re.sub(r"\x1b\[[\d;]*m", "", qr_terminal(REFERENCE)).splitlines()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines[0]) <= 76
    assert all(not line.strip() for line in (*lines[:2], lines[-1]))
    assert all(line.startswith("    ") and line.endswith("    ") for line in lines)
    assert "<script" not in qr_svg("</svg><script>alert(1)</script>")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Everything goes to the log file and a console, as in life; gives back what was written to both."""
    console, file = io.StringIO(), tmp_path / "agent.log"
    with own_logs():
        logs.configure("debug", file, console)
        yield lambda: file.read_text("utf-8") + console.getvalue()


def frame(state: PageState, **parts: str | None) -> StateFrame:
    return StateFrame.model_validate({"kind": "state", "seq": 1, "at_ms": 0.0, "state": state, **parts})


@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_each_screen_says_what_to_do(language: str) -> None:
    told = pairing_text(frame(PageState.QR, qr=REFERENCE), language)
    assert told is not None
    assert qr_terminal(REFERENCE) in told
    code = pairing_text(frame(PageState.PAIRING, link_code="AB3\x1b[2J\nDEFGH"), language)
    assert code is not None
    assert "AB3" in code
    assert "\x1b" not in code
    assert "AB3D-EFGH" in (pairing_text(frame(PageState.PAIRING, link_code="AB3DEFGH"), language) or "")
    assert pairing_text(frame(PageState.QR_EXPIRED), language)
    for nothing in (
        frame(PageState.QR),
        frame(PageState.PAIRING),
        frame(PageState.READY),
        frame(PageState.QR, qr="x" * 5_000),
    ):
        assert pairing_text(nothing, language) is None


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_is_shown_only_where_there_is_no_window_but_a_terminal() -> None:
    hidden = Settings.model_validate({"browser": {"headless": True}})
    assert len(beside(hidden, Terminal())) == 1
    assert beside(hidden, io.StringIO()) == ()
    assert beside(Settings(), Terminal()) == ()


@pytest.mark.browser
async def test_the_code_is_printed_again_when_it_changes_and_never_logged(
    browser_context: BrowserContext, log: Callable[[], str]
) -> None:
    out = Terminal()
    standin = await install(
        browser_context, StandInOptions.model_validate({"start": "qr", "qr_rotate_seconds": 1.5, "qr_codes": 2})
    )
    tab, bridge = browser_context.pages[0], Bridge()
    await bridge.attach(tab, script_source())
    settings = Settings.model_validate({"browser": {"headless": True}})
    showing = [asyncio.create_task(one(tab, bridge)) for one in beside(settings, out)]
    await standin.open(tab)
    codes: list[str] = []
    async with asyncio.timeout(PATIENCE_S):
        while bridge.screen is None or bridge.screen.state is not PageState.QR_EXPIRED:
            code = bridge.screen and bridge.screen.qr
            if code and code not in codes:
                codes.append(code)
            await asyncio.sleep(0.02)
        await standin.set_screen("pairing")
        while not (link := bridge.screen.link_code):
            await asyncio.sleep(0.02)
        while "-" not in out.getvalue().splitlines()[-1]:
            await asyncio.sleep(0.05)
    for task in showing:
        task.cancel()
    await asyncio.gather(*showing, return_exceptions=True)
    printed = out.getvalue()
    assert len(codes) == 2
    assert [code for code in codes if qr_terminal(code) in printed] == codes
    assert f"{link[:4]}-{link[4:]}" in printed
    for secret in (*codes, link, f"{link[:4]}-{link[4:]}", "▀"):
        assert secret not in log()


def test_a_frame_with_codes_is_logged_without_them(log: Callable[[], str]) -> None:
    structlog.get_logger("test").info("state", frame=frame(PageState.QR, qr=REFERENCE, link_code="AB3DEFGH"))
    assert '"state": "qr"' in log()
    assert REFERENCE not in log()
    assert "AB3DEFGH" not in log()


async def test_a_closed_terminal_ends_nothing() -> None:
    out = Terminal()
    bridge = Bridge()
    bridge.screen = frame(PageState.QR, qr=REFERENCE)
    out.close()
    showing = asyncio.create_task(show_pairing(bridge, out, "en", look_s=0.01))
    await asyncio.sleep(0.05)
    assert not showing.done()
    showing.cancel()
