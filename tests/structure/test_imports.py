"""Who may import whom: the contracts stand in pyproject.toml and are kept by import-linter."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.sources import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def test_the_contracts_are_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("agent/core/machine.py", "import playwright.async_api", "Decisions know no machinery"),
        ("agent/core/machine.py", "import agent.flow", "The rooms of the agent, top to bottom"),
        ("agent/storage/__init__.py", "import agent.page.browser", "The rooms of the agent, top to bottom"),
        ("agent/analysis/__init__.py", "import playwright.async_api", "Only the page room knows Playwright"),
        ("gui/office.py", "import agent.settings", "The window is a client: of the agent it knows the contract alone"),
        ("gui/link/api.py", "import tkinter", "What the window knows is known without a window"),
        ("agent/runtime.py", "import simulator", "The agent does not know the stand-in page, but for the demo command"),
    ],
)
def test_a_forbidden_import_is_noticed(tmp_path, file, line, contract):
    for package in ("agent", "gui", "simulator"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "web", "dist"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / file
    broken.write_text(f"{broken.read_text('utf-8')}\n{line}\n", "utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout
