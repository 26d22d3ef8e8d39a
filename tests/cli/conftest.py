"""The command line as a person uses it, in a profile of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app

Command = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The profile ``loja``, which nothing has made yet."""
    return tmp_path / "loja"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """``command("learning", "status", answer="y\\n", code=1)``: what the command tells; its errors are raised."""
    monkeypatch.setenv("BALCAO_PROFILES_DIR", str(tmp_path))
    monkeypatch.setenv("BALCAO_PROFILE", "loja")

    def run(*words: str, answer: str = "", code: int = 0) -> str:
        result = CliRunner().invoke(app, list(words), input=answer)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code
        return result.output

    return run
