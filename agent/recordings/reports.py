"""Shows what a replay came to: in the terminal, as JUnit XML, and as a page of HTML that needs nothing beside it."""

import base64
from collections.abc import Iterable
from pathlib import Path
from unicodedata import category

from jinja2 import Environment, PackageLoader
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from agent.errors import BadInput
from agent.recordings.facts import TITLES, Difference
from agent.recordings.replaying import Replayed
from agent.recordings.sides import Cause, Piece, by_cause, sides

MOST_ROWS = 50
"""Differences that a terminal shows; the report has all."""
MOST_ALIKE = 5
"""Of one cause, in a terminal."""
WIDE = 76
"""Columns from which two sides stand beside each other."""
_NOTHING = "—"


def show(replayed: Replayed, console: Console) -> None:
    """Print the differences by their cause, the golden result and what is now side by side where there is room."""
    name, number = _harmless(replayed.name), len(replayed.differences)
    if replayed.fault is not None:
        console.print(Text(f"{name}: not replayed. {_harmless(replayed.fault)}", style="bold red"))
        return
    head = f"{name} ({replayed.layer}): {number} differences in {replayed.facts} facts, "
    console.print(Text(head + f"{replayed.speed_x:,.0f} times as fast as it happened"))
    left = MOST_ROWS
    for cause in by_cause(replayed.differences):
        if left <= 0:
            break
        shown = cause.differences[: min(MOST_ALIKE, left)]
        left -= len(shown)
        # As text: what a recording holds is no markup of ours.
        console.print(Text(f"\n{_harmless(cause.said)}", style="bold"), Text(f"  {_times(cause)}", style="dim"))
        if console.width >= WIDE:
            console.print(_beside(shown))
        else:
            for one in shown:
                console.print(_below(one))
        if (alike := len(cause.differences) - len(shown)) > 0:
            console.print(Text(f"{alike} more of this cause", style="dim"))
    if left <= 0 and len(replayed.differences) > MOST_ROWS:
        console.print(Text(f"There are {len(replayed.differences)}: --html FILE shows all."))


def _times(cause: Cause) -> str:
    number = len(cause.differences)
    return "1 difference" if number == 1 else f"{number} differences"


def _beside(differences: Iterable[Difference]) -> Table:
    table = Table(box=box.ROUNDED, show_lines=True, expand=True)
    for column, share in (("where", 2), ("golden", 3), ("now", 3)):
        table.add_column(column, ratio=share, overflow="fold")
    for one in differences:
        expected, found = sides(one.expected, one.found)
        table.add_row(_where(one), _marked(expected, "green"), _marked(found, "red"))
    return table


def _below(one: Difference) -> Text:
    expected, found = sides(one.expected, one.found)
    lines = (
        _where(one),
        Text.assemble("  golden  ", _marked(expected, "green")),
        Text.assemble("  now     ", _marked(found, "red")),
    )
    return Text("\n").join(lines)


def _where(one: Difference) -> Text:
    return Text.assemble(_harmless(one.where), "\n", (TITLES.get(one.kind, one.kind), "dim"))


def _marked(pieces: Iterable[Piece], colour: str) -> Text:
    said = list(pieces)
    if not said:
        return Text(_NOTHING, style="dim")
    return Text.assemble(*((_harmless(piece.text), f"bold {colour}" if piece.other else "") for piece in said))


def _harmless(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(char if char == "\n" or category(char) != "Cc" else "�" for char in text)


def junit(results: Iterable[Replayed]) -> bytes:
    """A test suite with a case for each recording and layer."""
    done = list(results)
    failures, errors = sum(bool(one.differences) for one in done), sum(one.fault is not None for one in done)
    took_s = sum(one.took_s for one in done)
    template = _pages().get_template("junit.xml.jinja")
    return template.render(
        results=done, failures=failures, errors=errors, took_s=took_s, line=line, clean=_clean
    ).encode()


def html(results: Iterable[Replayed]) -> str:
    """One page with everything in it: no script, nothing loaded."""
    pages = _pages()
    pages.filters["base64"] = lambda data: base64.b64encode(data).decode()
    return pages.get_template("report.html.jinja").render(
        results=list(results), titles=TITLES, by_cause=by_cause, sides=sides, times=_times
    )


def check_reports(*files: Path | None) -> None:
    """Whether reports can be written there, before all the work is done.

    Raises:
        BadInput: there is no such folder, or it is a folder itself.
    """
    for file in files:
        if file is not None and (file.is_dir() or not file.absolute().parent.is_dir()):
            raise BadInput(f"{file} cannot be written.", "Make its folder first, or name another file.")


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
    both = f"expected {difference.expected or _NOTHING}, found {difference.found or _NOTHING}"
    return f"{what} at {difference.where}: {difference.cause}. {both}"


def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("agent.recordings", "."),
        autoescape=True,
        trim_blocks=True,
        extensions=["jinja2.ext.loopcontrols"],
    )


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")
