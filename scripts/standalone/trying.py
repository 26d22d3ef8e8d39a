"""Tries the builds where there is no Python: what starts, what it says, what it captures, how quickly."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from standalone.bare_root import BROWSER, PLACE, BareRoot, Impossible
from standalone.building import TARGET, Say
from standalone.editions import DASHBOARD, DESKTOP, EDITIONS, ROOT, Edition
from standalone.screen import screen

NOWHERE = "http://127.0.0.1:9/"
"""Instead of WhatsApp Web, which a check has no business with. Nothing answers there."""
_STARTS = 3
_LIMIT_S = 300


class NotProven(Exception):
    """Something did not happen that had to. The text says what."""


def check(chosen: Sequence[str], say: Say, folder: Path | None = None) -> None:
    """Try these editions.

    Raises:
        Impossible: this machine cannot make a bare root.
        NotProven: one does not do there what it has to.
    """
    for name in chosen:
        if not _built(EDITIONS[name]).is_file():
            raise Impossible(f"{EDITIONS[name].name} is not built yet.")
    bare = BareRoot(folder or Path(tempfile.gettempdir()) / "balcao-bare-root", TARGET)
    bare.make(say)
    _without_python(bare, say)
    if "dashboard" in chosen:
        _dashboard(bare, say)
    if "desktop" in chosen:
        _desktop(bare, say)
        browsing = bare.copied("with-browser", say, BROWSER)
        _without_python(browsing, say)
        _capture(browsing, say)


def _built(edition: Edition) -> Path:
    return TARGET / edition.name / edition.name


def _inside(edition: Edition) -> str:
    return f"/{PLACE}/{edition.name}/{edition.name}"


def _without_python(bare: BareRoot, say: Say) -> None:
    if found := bare.pythons():
        raise NotProven(f"There is a Python in the bare root: {found[0]}")
    say(f"✓ {bare.folder.name}: no Python in it")


def _dashboard(bare: BareRoot, say: Say) -> None:
    _says(bare, say, DASHBOARD, ["--version"], "Balcão")
    said = _ran(bare.command(_inside(DASHBOARD), home=bare.home()))
    if said.returncode != 1 or "display" not in said.stderr:
        raise NotProven(f"Without a screen the dashboard says: {said.stderr[-300:]}")
    say("✓ balcao-dashboard without a screen says so")
    _window(bare, say, DASHBOARD, [], "from source: python -m gui", [sys.executable, "-m", "gui"])


def _desktop(bare: BareRoot, say: Say) -> None:
    _says(bare, say, DESKTOP, ["version"], "")
    _says(bare, say, DESKTOP, ["--help"], "demo")
    _says(bare, say, DESKTOP, ["doctor", "--headless"], "No Chrome or Chromium was found", code=1)
    _says(bare, say, DESKTOP, ["run", "--headless"], "No Chrome or Chromium was found", code=None)
    _says(bare, say, DESKTOP, ["-m", "gui", "--version"], "Balcão")
    source = [sys.executable, "-m", "agent", "dashboard"]
    _window(bare, say, DESKTOP, ["dashboard"], "from source: python -m agent dashboard", source)


def _capture(bare: BareRoot, say: Say) -> None:
    """With a browser: the API answers, and the demo's afternoon is captured, answered and never sent by the agent."""
    home = bare.home()
    _says(bare, say, DESKTOP, ["doctor", "--headless"], "chromium", home=home)
    settings = {**_ports(), "BALCAO_PAGE__URL": NOWHERE, "BALCAO_MODEL__DRAFTS": "false"}
    command = bare.command(_inside(DESKTOP), "run", "--headless", home=home, environment=settings)
    version, took = _answered(command, f"http://127.0.0.1:{settings['BALCAO_API__PORT']}/api/health")
    say(f"✓ balcao run: /api/health is answered after {took:.1f} s, by version {version}")
    if not any(home.glob(".local/share/balcao/profiles/default/data.db*")):
        raise NotProven("The profile is not in the person's own folder.")
    say("✓ balcao run: the profile is in the person's own folder, the program's folder is read-only")
    _demo(bare, say)


def _demo(bare: BareRoot, say: Say) -> None:
    home = bare.home()
    figures = home / "demo.json"
    asked = ["demo", "--headless", "--seconds", "30", "--model", "none", "--json", bare.inside(figures)]
    ran = _ran(bare.command(_inside(DESKTOP), *asked, home=home, environment=_ports()))
    if ran.returncode != 0:
        raise NotProven(f"balcao demo ended with {ran.returncode}: {(ran.stderr or ran.stdout)[-500:]}")
    report: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    written, captured = report["messages_written_by_customers"], report["messages_captured"]
    if not (captured == written > 0 and report["replies_inserted"] > 0 and report["sends_by_agent"] == 0):
        raise NotProven(f"The demo's figures are not right: {report}")
    say(
        f"✓ balcao demo: {captured} of {written} messages captured, {report['suggestions_offered']} times suggestions, "
        f"{report['replies_inserted']} replies put in, 0 sent by the agent"
    )


def _window(
    bare: BareRoot, say: Say, edition: Edition, arguments: Sequence[str], source: str, from_source: Sequence[str]
) -> None:
    """Open the window, measure until it can be read, and keep a picture. The same from source, to compare."""
    inside, outside = [], []
    picture = TARGET / f"{edition.name}.png"
    for _ in range(_STARTS):
        home = bare.home()
        with screen() as there:
            command = bare.command(_inside(edition), *arguments, home=home, environment={"DISPLAY": there.display})
            with _running(command) as running:
                inside.append(_painted(there.painted_after(running), edition.name))
                time.sleep(1)
                there.picture().save(picture)
        with screen() as there, tempfile.TemporaryDirectory() as own:
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "DISPLAY": there.display, "XDG_CONFIG_HOME": own}
            with _running(from_source, environment) as running:
                outside.append(_painted(there.painted_after(running), source))
    say(
        f"✓ {' '.join((edition.name, *arguments))}: the window can be read after {statistics.median(inside):.1f} s "
        f"({source}: {statistics.median(outside):.1f} s; medians of {_STARTS}); {picture}"
    )


def _painted(seconds: float | None, what: str) -> float:
    if seconds is None:
        raise NotProven(f"{what} opened no window that can be read.")
    return seconds


def _says(
    bare: BareRoot,
    say: Say,
    edition: Edition,
    arguments: Sequence[str],
    words: str,
    *,
    code: int | None = 0,
    home: Path | None = None,
) -> None:
    """``code``: how it has to end; None: with any error, as long as it says these words."""
    began = time.monotonic()
    ran = _ran(bare.command(_inside(edition), *arguments, home=home or bare.home(), environment=_ports()))
    took, said = time.monotonic() - began, ran.stdout + ran.stderr
    right = ran.returncode != 0 if code is None else ran.returncode == code
    if not right or words not in said or "Traceback" in said:
        raise NotProven(f"{edition.name} {' '.join(arguments)} ended with {ran.returncode}: {said[-800:]}")
    say(f"✓ {edition.name} {' '.join(arguments)} ({took:.1f} s)")


def _ran(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=_LIMIT_S
    )


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            yield running
        finally:
            running.send_signal(signal.SIGTERM)


def _answered(command: Sequence[str], address: str) -> tuple[str, float]:
    """The version that the health route tells, and after how many seconds."""
    began = time.monotonic()
    with _running(command) as running:
        while running.poll() is None and time.monotonic() - began < _LIMIT_S:
            try:
                answer = httpx.get(address, timeout=5, trust_env=False)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return str(answer.raise_for_status().json()["version"]), time.monotonic() - began
    raise NotProven(f"balcao run answers nothing at {address}.")


def _ports() -> dict[str, str]:
    """Of this machine, which the bare root shares: free ones."""
    return {"BALCAO_API__PORT": str(_free_port()), "BALCAO_WEBSOCKET__PORT": str(_free_port())}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
