"""A small project folder for the set-up to work on, and a console whose programs are written down, not run."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from installing.console import Console, Failed
from installing.python_packages import Environment
from installing.words import PORTUGUESE


class Programs(Console):
    """Keeps the commands instead of running them; ``fails`` says which of them fail, and with what words."""

    def __init__(self, root: Path) -> None:
        self.stream = io.StringIO()
        super().__init__(PORTUGUESE, root, root / "setup.log", stream=self.stream)
        self.commands: list[str] = []
        self.fails: Callable[[str], str | None] = lambda _command: None
        self.log.write_text("")

    def run(self, command, environment=None) -> None:
        line = " ".join(Path(part).name if Path(part).is_absolute() else str(part) for part in command)
        self.commands.append(line)
        if why := self.fails(line):
            raise Failed(why)

    @property
    def said(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def environment(tmp_path) -> Environment:
    for name in ("", "-dev", "-llm", "-encoder"):
        (tmp_path / f"requirements{name}.txt").write_text(f"llama-cpp-python==0.3.36 \\\n  {name}\n")
    return Environment(tmp_path)


@pytest.fixture
def console(tmp_path) -> Programs:
    return Programs(tmp_path)
