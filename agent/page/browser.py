"""Finds a Chrome or Chromium and opens one with the profile's own login in it."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil
from playwright.async_api import BrowserContext, Error, async_playwright

from agent.errors import BrowserMissing, DisplayMissing
from agent.page.weight import browser_processes
from agent.settings.program import STANDALONE, surroundings

_ON_PATH = ("google-chrome-stable", "google-chrome", "chrome", "chromium", "chromium-browser", "microsoft-edge")

_ALWAYS = (
    "--no-first-run",
    "--no-default-browser-check",
    # The page's observers must also run while its window is covered or minimised.
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    # Only WhatsApp Web is opened here; the browser's own look-ups have no place on a machine that keeps data local.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # After a crash: the offer to restore the tabs would open WhatsApp a second time, which throws the first one out.
    "--hide-crash-restore-bubble",
)

_LEAVE_S, _CLOSE_S = 3.0, 15.0
"""A page that does not answer is left as it is; a browser that does not is killed."""


def _installed() -> list[Path]:
    """Places where browsers live when they are not on the PATH."""
    if sys.platform == "darwin":
        names = ("Google Chrome", "Chromium", "Microsoft Edge")
        return [Path(f"/Applications/{n}.app/Contents/MacOS/{n}") for n in names]
    if sys.platform == "win32":
        roots = [os.environ.get(v) for v in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        tails = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe",
                 "Microsoft/Edge/Application/msedge.exe")  # fmt: skip
        return [Path(root) / tail for root in roots if root for tail in tails]
    return [Path("/snap/bin/chromium"), Path("/opt/google/chrome/chrome")]


def _downloaded() -> list[Path]:
    """Playwright's own downloads, newest first."""
    home = Path.home()
    cache = {
        "darwin": home / "Library/Caches/ms-playwright",
        "win32": home / "AppData/Local/ms-playwright",
    }.get(sys.platform, home / ".cache/ms-playwright")
    root = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or cache)
    names = ("chrome", "chrome.exe", "Chromium", "Google Chrome for Testing")
    found = [p for folder in root.glob("chromium-*") for name in names for p in folder.glob(f"*/**/{name}")]
    return sorted((p for p in found if p.is_file()), reverse=True)


def find_browser(executable: Path | None = None) -> Path:
    """The browser to use: the one asked for, else the system's, else Playwright's own.

    Raises:
        BrowserMissing: there is none, or the one asked for is not there.
    """
    if executable is not None:
        if not executable.is_file():
            raise BrowserMissing(
                f"There is no browser at {executable}.", "Correct browser.executable in config.yaml, or leave it empty."
            )
        return executable
    on_path = [Path(found) for name in _ON_PATH if (found := shutil.which(name))]
    for candidate in (*on_path, *_installed(), *_downloaded()):
        if candidate.is_file():
            return candidate
    raise BrowserMissing(
        "No Chrome or Chromium was found.",
        "Install Google Chrome or Chromium, then start again."
        if STANDALONE
        else "Install Google Chrome or Chromium (or run '.venv/bin/playwright install chromium'), then start again.",
    )


def launch_arguments(extra: Sequence[str] = ()) -> list[str]:
    """Command line of the browser, but for the sandbox: see ``sandboxed``."""
    return [*_ALWAYS, *extra]


def sandboxed() -> bool:
    """For ``chromium_sandbox`` at every launch: Playwright takes the sandbox away from all who do not ask for it.

    False for root alone, for whom Chromium does not start with it.
    """
    return not (hasattr(os, "geteuid") and os.geteuid() == 0)


def _check_display(headless: bool) -> None:
    if headless or not sys.platform.startswith("linux"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise DisplayMissing(
            "There is no display to open the browser's window on.",
            "Start from a desktop session, or add --headless.",
        )


def _never_translate(user_data: Path) -> None:
    """A new profile does not offer to translate: that would send customers' words to the translation service.

    The command line cannot say so: Playwright already uses the one switch for features, and the browser reads one only.
    """
    preferences = user_data / "Default" / "Preferences"
    if not preferences.exists():
        preferences.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        preferences.touch(mode=0o600)
        preferences.write_text('{"translate": {"enabled": false}}', encoding="utf-8")


@asynccontextmanager
async def open_browser(
    user_data: Path,
    *,
    executable: Path | None = None,
    headless: bool = False,
    language: str = "pt-BR",
    extra: Sequence[str] = (),
) -> AsyncIterator[BrowserContext]:
    """A browser with a persistent profile: WhatsApp's login lives in its IndexedDB, so the QR is scanned once.

    Raises:
        BrowserMissing: no browser, or it could not be started.
        DisplayMissing: a window was asked for where there is no display.
        ConnectionError: it crashed, and was not closed by anybody.
    """
    browser = find_browser(executable)
    _never_translate(user_data)
    _check_display(headless)
    async with async_playwright() as playwright:
        try:
            context = await playwright.chromium.launch_persistent_context(
                user_data,
                executable_path=browser,
                headless=headless,
                args=launch_arguments([f"--lang={language}", *extra]),
                locale=language,
                # On Linux the browser takes its own language from here and not from --lang.
                env={**surroundings(), "LANGUAGE": language.replace("-", "_")},
                chromium_sandbox=sandboxed(),
                viewport={"width": 1280, "height": 800} if headless else None,
                no_viewport=None if headless else True,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as error:
            first = str(error).splitlines()[0]
            raise BrowserMissing(
                f"{browser.name} could not be started ({first}).",
                "Close other windows of this profile, check that the browser opens by itself, then start again.",
            ) from error
        try:
            yield context
            nobody_asked = not context.pages
            if nobody_asked:
                # It may still be writing down its end: Playwright would kill it in the middle of that.
                await _has_ended_well(user_data)
        finally:
            await _leave(context)
    if nobody_asked and not await _has_ended_well(user_data):
        raise ConnectionError("the browser crashed or was killed")


async def _leave(context: BrowserContext) -> None:
    """Leave WhatsApp before the browser ends: a page that is torn away in the middle may harm its own database."""
    for tab in context.pages:
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(_LEAVE_S):
                await tab.goto("about:blank", wait_until="commit")
    # A browser that does not answer either is ended by Playwright's driver, which ends after this.
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(_CLOSE_S):
            await context.close()


async def _has_ended_well(user_data: Path) -> bool:
    """Whether a browser whose tabs are gone was closed by a person: only then it writes down an orderly end."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE_S):
            while not _ended_well(user_data):
                if not await asyncio.to_thread(browser_processes, user_data, psutil.process_iter()):
                    break
                await asyncio.sleep(0.1)
    return _ended_well(user_data)


def _ended_well(user_data: Path) -> bool:
    try:
        kept = json.loads((user_data / "Default" / "Preferences").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return kept.get("profile", {}).get("exit_type") in ("Normal", "SessionEnded")
