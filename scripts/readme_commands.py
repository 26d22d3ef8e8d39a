"""Writes the commands into README.md, between its two ``cli-help`` marks, as the program itself tells them.

``python scripts/readme_commands.py`` writes; a structure test compares.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import typer.main
from marked import replaced
from typer.core import TyperArgument, TyperGroup

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MARK = "cli-help"


def commands() -> dict[str, str]:
    """Every visible command with its arguments -> its first sentence, in the program's order."""
    from agent.cli import app

    group = typer.main.get_command(app)
    return dict(_commands(group, "")) if isinstance(group, TyperGroup) else {}


def table(known: dict[str, str]) -> str:
    """The commands as a Markdown table."""
    rows = "".join(f"| `{name}` | {about} |\n" for name, about in known.items())
    return f"\n| command, after `.venv/bin/python -m agent` | |\n| --- | --- |\n{rows}\n"


def _commands(group: TyperGroup, before: str) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            if command.invoke_without_command:  # the group's name alone does something too
                yield before + name, " ".join((command.help or "").partition("\n\n")[0].split())
            yield from _commands(command, f"{before}{name} ")
        elif not command.hidden:
            arguments = [
                one.metavar or str(one.name).upper() for one in command.params if isinstance(one, TyperArgument)
            ]
            about = (command.help or "").partition("\n\n")[0]
            yield " ".join([before + name, *arguments]), " ".join(about.split())


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    README.write_text(replaced(README.read_text("utf-8"), MARK, table(commands())), "utf-8")
