"""What ``python -m agent doctor`` looks at: each need of the agent, whether it is met, and what to do if not."""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agent.analysis.drafting.models import obtainable
from agent.analysis.retrieval.replies import load_replies
from agent.api.server import listen
from agent.api.site import address
from agent.contract.base import Value
from agent.errors import BalcaoError
from agent.page.browser import find_browser
from agent.page.profile import check_room, locked_profile
from agent.page.script import script_source
from agent.settings import Settings
from agent.storage.rights import open_to_others


class Finding(Value):
    """One thing that was looked at."""

    what: str
    ok: bool
    needed: bool
    """False: the agent works without it, with less."""
    detail: str


def diagnose(settings: Settings) -> list[Finding]:
    """Look at everything, in the order in which a start would need it."""
    return list(_look(settings))


def _look(settings: Settings) -> Iterator[Finding]:
    yield _try("Browser", lambda: str(find_browser(settings.browser.executable)))
    yield _display(settings)
    yield _try("Script for the page", lambda: f"{len(script_source()) // 1024} kB")
    yield _try("Profile", lambda: _free(settings.profile_dir))
    yield _try("Rights", lambda: _rights(settings.profile_dir), needed=False)
    yield _try("Disk", lambda: check_room(settings.profile_dir))
    if settings.api.enabled:
        yield _try("API port", lambda: _port(settings.api.host, settings.api.port))
        if settings.websocket.enabled:
            yield _try("Events port", lambda: _port(settings.api.host, settings.websocket.port, "websocket.port"))
        yield _try("API address", lambda: _address(settings))
    yield _try("Canned replies", lambda: _replies(settings.replies_file))
    if settings.model.drafts:
        yield _llama()
        yield _try("Draft model", lambda: obtainable(settings.model.name, settings.model_file), needed=False)


def _try(what: str, look: Callable[[], str], *, needed: bool = True) -> Finding:
    try:
        return Finding(what=what, ok=True, needed=needed, detail=look())
    except (BalcaoError, OSError) as error:
        return Finding(what=what, ok=False, needed=needed, detail=str(error))


def _display(settings: Settings) -> Finding:
    there = not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    detail = "there" if there else "none: only --headless works here"
    return Finding(what="Display", ok=there, needed=not settings.browser.headless, detail=detail)


def _free(folder: Path) -> str:
    with locked_profile(folder):
        return str(folder)


def _rights(folder: Path) -> str:
    wider = open_to_others(folder)
    if not wider:
        return "nobody else can read the profile's files"
    named = ", ".join(str(path.relative_to(folder.parent)) for path in wider[:3])
    raise PermissionError(f"others can reach {named}{' ...' if len(wider) > 3 else ''}: chmod -R go-rwx '{folder}'")


def _port(host: str, port: int, setting: str = "api.port") -> str:
    listen(host, port, setting).close()
    return f"{host}:{port} is free"


def _address(settings: Settings) -> str:
    found = address(settings)
    return "with a certificate" if found is not None and found.tls is not None else "this machine only"


def _replies(file: Path) -> str:
    replies = load_replies(file)
    return f"{len(replies.replies)} in {file if file.is_file() else 'the built-in file'}"


def _llama() -> Finding:
    there = importlib.util.find_spec("llama_cpp") is not None
    detail = "installed" if there else "llama-cpp-python is not installed: replies are found, none are drafted"
    return Finding(what="llama.cpp", ok=there, needed=False, detail=detail)


def show(findings: list[Finding]) -> None:
    """Print the findings for a person."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("What")
    table.add_column("Finding", overflow="fold")
    for finding in findings:
        mark = "[green]ok[/]" if finding.ok else "[red]missing[/]" if finding.needed else "[yellow]without[/]"
        table.add_row(mark, finding.what, finding.detail)
    Console().print(table)
