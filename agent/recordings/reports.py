"""Shows what a replay came to: in the terminal, as JUnit XML, and as a page of HTML that needs nothing beside it."""

import base64
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, PackageLoader
from rich.console import Console
from rich.table import Table
from rich.text import Text

from agent.recordings.facts import TITLES, Difference
from agent.recordings.replaying import Replayed

MOST_ROWS = 50
"""Differences that a terminal shows; the report has all."""
_NOTHING = "—"


def show(replayed: Replayed, console: Console) -> None:
    """Print the differences side by side."""
    head = f"{replayed.name} ({replayed.layer}): {len(replayed.differences)} differences in {replayed.facts} facts, "
    console.print(Text(head + f"{replayed.speed_x:,.0f} times as fast as it happened"))
    if not replayed.differences:
        return
    table = Table(show_lines=True, expand=True)
    for column, share in (("what", 2), ("expected", 4), ("found", 4)):
        table.add_column(column, ratio=share, overflow="fold")
    for one in replayed.differences[:MOST_ROWS]:
        said = Text(f"{TITLES.get(one.kind, one.kind)}\n{one.where}\n{one.cause}")
        # As text: what a recording holds is no markup of ours.
        table.add_row(said, Text(one.expected or _NOTHING), Text(one.found or _NOTHING))
    console.print(table)
    if (more := len(replayed.differences) - MOST_ROWS) > 0:
        console.print(Text(f"{more} more: --html FILE shows all."))


def junit(results: Iterable[Replayed]) -> bytes:
    """A test suite with a case for each recording and layer."""
    done = list(results)
    failures, took_s = sum(bool(one.differences) for one in done), sum(one.took_s for one in done)
    template = _pages().get_template("junit.xml.jinja")
    return template.render(results=done, failures=failures, took_s=took_s, line=line, clean=_clean).encode()


def html(results: Iterable[Replayed], pictures: Mapping[str, Mapping[str, bytes]] | None = None) -> str:
    """One page with everything in it: no script, nothing loaded.

    Args:
        results: of the replays.
        pictures: PNG by title, for each recording's name.
    """
    done = list(results)
    shown = {
        name: {title: base64.b64encode(data).decode() for title, data in each.items()}
        for name, each in (pictures or {}).items()
    }
    return _pages().get_template("report.html.jinja").render(results=done, pictures=shown, titles=TITLES)


def write_reports(results: Iterable[Replayed], junit_file: Path | None, html_file: Path | None) -> None:
    """Write the reports that were asked for."""
    done = list(results)
    if junit_file is not None:
        junit_file.write_bytes(junit(done))
    if html_file is not None:
        html_file.write_text(html(done), encoding="utf-8")


def line(difference: Difference) -> str:
    """A difference in one line."""
    what = TITLES.get(difference.kind, difference.kind)
    sides = f"expected {difference.expected or _NOTHING}, found {difference.found or _NOTHING}"
    return f"{what} at {difference.where}: {difference.cause}. {sides}"


def _pages() -> Environment:
    return Environment(loader=PackageLoader("agent.recordings", "."), autoescape=True, trim_blocks=True)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")
