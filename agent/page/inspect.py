"""Reads a saved page with the userscript's own reader: ``python -m agent inspect``.

The file is shown at the real address under the page's strict headers, so that what works here works there. Its own
scripts do not run, and nothing is fetched.
"""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Error, Route, async_playwright
from playwright.async_api import TimeoutError as TooSlow
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agent.contract.inspection import Inspection
from agent.errors import BadInput, BrowserMissing
from agent.page.bridge import with_configuration
from agent.page.browser import find_browser, launch_arguments, sandboxed
from agent.page.saved import load_saved
from agent.page.script import script_source
from agent.settings.program import surroundings

ADDRESS = "https://web.whatsapp.com/"
WORLD = "balcao"
SLOWEST_LOAD_MS = 30_000

_NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND"
"""No host is found, so that the browser does not even open a connection ahead for what the file names."""

_DASH = "–"


async def inspect_file(path: Path, lang: str, *, executable: Path | None = None) -> dict[str, Any]:
    """Read a saved page, or one row of it.

    Args:
        path: The HTML file.
        lang: Language of the page's texts (``pt-BR``) where the file does not say it.
        executable: The browser; the system's own by default.

    Returns:
        ``Inspection`` as a dictionary: ``chats``, ``title``, ``rows``, ``anchors``. What is unknown is None.

    Raises:
        BadInput: the file is missing, empty or no HTML.
        BrowserMissing: there is no browser, or it does not start.
    """
    document = load_saved(path, lang)
    browser_path = find_browser(executable)
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(
                executable_path=browser_path,
                args=launch_arguments([_NO_NETWORK]),
                chromium_sandbox=sandboxed(),
                env={**surroundings()},
            )
        except Error as error:
            raise BrowserMissing(
                f"{browser_path} did not start.", "Check that it runs on its own, or install Chromium."
            ) from error
        try:
            answer = await _read_in(browser, document, lang)
        except TooSlow as error:
            raise BadInput(f"{path} did not finish loading.", "Save the page again as 'HTML only'.") from error
        finally:
            await browser.close()
    return Inspection.model_validate_json(answer).model_dump(mode="json")


async def _read_in(browser: Browser, document: str, lang: str) -> str:
    context = await browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    served = False

    async def serve(route: Route) -> None:
        nonlocal served
        if not route.request.is_navigation_request():
            await route.abort()
            return
        if served or route.request.url != ADDRESS:
            # Something in the file wants to go elsewhere: no content leaves the document where it is.
            await route.fulfill(status=204)
            return
        served = True
        await route.fulfill(body=document, content_type="text/html; charset=utf-8", headers=_headers())

    await context.route("**/*", serve)
    await page.goto(ADDRESS, wait_until="domcontentloaded", timeout=SLOWEST_LOAD_MS)
    cdp = await context.new_cdp_session(page)
    tree = await cdp.send("Page.getFrameTree")
    world = await cdp.send(
        "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": WORLD}
    )
    source = with_configuration(script_source(), watch=False, overlay=False, lang=lang)
    for expression in (source, "JSON.stringify(globalThis.balcao.inspect())"):
        result = await cdp.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": world["executionContextId"], "returnByValue": True},
        )
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
    with suppress(Error):
        await cdp.detach()
    return str(result["result"]["value"])


def _headers() -> dict[str, str]:
    """The strict form of the page's headers. The nonce is nowhere in the file: none of its scripts can run."""
    nonce = secrets.token_urlsafe(16)
    policy = (
        "default-src 'self' data: blob:",
        f"script-src 'nonce-{nonce}'",
        f"style-src 'nonce-{nonce}'",
        "connect-src 'none'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
    )
    return {"content-security-policy": "; ".join(policy), "cache-control": "no-store"}


def show(read: dict[str, Any], console: Console | None = None) -> None:
    """Print what ``inspect_file`` returned as tables."""
    console = console or Console()
    console.print(f"title: {read['title'] or _DASH}", markup=False, highlight=False)
    rows = Table("id", "kind", "direction", "author", "date", "time", "status", "text", title="rows")
    for row in read["rows"]:
        marks = [name for name in ("edited", "forwarded") if row[name]]
        quoted = [f"> {row['quoted']['author'] or _DASH}: {row['quoted']['text'] or _DASH}"] if row["quoted"] else []
        text = "\n".join([*quoted, row["text"] or _DASH, *(f"({mark})" for mark in marks)])
        cells = [row[key] or _DASH for key in ("id", "kind", "direction", "author", "date", "time", "status")]
        rows.add_row(*map(escape, [*cells, text]))
    console.print(rows)
    if read["chats"]:
        chats = Table("title", "unread", "last message", "from", "when", title="chats")
        for chat in read["chats"]:
            unread = _DASH if chat["unread"] is None else str(chat["unread"])
            last = [chat[key] or _DASH for key in ("last_text", "last_direction", "last_time")]
            chats.add_row(*map(escape, [chat["title"], unread, *last]))
        console.print(chats)
    anchors = Table("anchor", "rank", "matches", title="selectors that matched")
    for name, anchor in read["anchors"].items():
        if anchor["rank"] is not None:
            anchors.add_row(name, str(anchor["rank"]), str(anchor["matches"]))
    console.print(anchors)
