"""Serve the built page at ``https://web.whatsapp.com/`` of a browser context."""

import json
import secrets
from pathlib import Path

from playwright.async_api import BrowserContext, Request, Route

from simulator.headers import page_headers
from simulator.journal import Journal
from simulator.options import StandInOptions
from simulator.standin import ORIGIN, StandIn, as_json, usual_clock

_DIST = Path(__file__).parent / "dist"
_JAVASCRIPT = "text/javascript; charset=utf-8"


class _Origin:
    """Answers the page's requests as its servers would."""

    def __init__(self, options: StandInOptions, journal: Journal) -> None:
        self._options = options
        self._journal = journal
        self._language = options.language or (options.scenario.language if options.scenario else "pt-BR")

    async def answer(self, route: Route, request: Request) -> None:
        path = request.url.removeprefix(ORIGIN).partition("?")[0]
        if path == "standin/journal":
            self._journal.add(json.loads(request.post_data or "{}"))
            await route.fulfill(status=204)
        elif path == "standin/options.js":
            body = f"globalThis.__standinOptions = {json.dumps(self._page_options())};"
            await route.fulfill(body=body, content_type=_JAVASCRIPT)
        elif path == "standin/page.js":
            await route.fulfill(path=_DIST / "page.js", content_type=_JAVASCRIPT)
        elif path == "data/manifest.json":
            await route.fulfill(json={"name": "WhatsApp Web", "display": "standalone", "start_url": "/"})
        elif path == "":
            nonce = secrets.token_urlsafe(12)
            html = (_DIST / "index.html").read_text(encoding="utf-8")
            body = html.replace("{{nonce}}", nonce).replace("{{lang}}", self._language)
            await route.fulfill(body=body, headers=page_headers(self._options.csp, nonce))
        else:
            await route.fulfill(status=404, body="")

    def _page_options(self) -> dict[str, object]:
        options = self._options
        scenario = options.scenario
        scan = options.qr_scan_after_seconds
        seeds = (*(scenario.seeds(self._journal.started_ms) if scenario else ()), *options.chats)
        return {
            "language": self._language,
            "clock": options.clock or usual_clock(self._language),
            "generation": options.generation,
            "theme": options.theme,
            "own_name": options.own_name or (scenario.own_name if scenario else "Balcão"),
            "start": options.start,
            "bootstrap_ms": options.bootstrap_seconds * 1000,
            "qr_rotate_ms": options.qr_rotate_seconds * 1000,
            "qr_codes": options.qr_codes,
            "qr_scan_after_ms": None if scan is None else scan * 1000,
            "sync_ms": options.sync_seconds * 1000,
            "logout_ms": options.logout_seconds * 1000,
            "enter_is_send": options.enter_is_send,
            "lateness": options.lateness,
            "whole": options.whole,
            "chats": [as_json(seed) for seed in seeds],
            "journal": self._journal.ops,
        }


async def install(context: BrowserContext, options: StandInOptions | None = None) -> StandIn:
    """Answer every request of ``context`` to WhatsApp Web with the stand-in. Opens no page."""
    options = options or StandInOptions()
    journal = Journal(options.journal)
    await context.route(f"{ORIGIN}**", _Origin(options, journal).answer)
    return StandIn(context, journal)
