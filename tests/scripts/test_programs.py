"""The scripts that people call, in a small project of their own with stand-ins for what they start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.sources import ROOT

if os.name == "nt":
    pytest.skip("bash scripts", allow_module_level=True)

SHOW = f'#!{sys.executable}\nimport sys\nprint("{{name}}", *sys.argv[1:], flush=True)\n'


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def project(tmp_path):
    for name in ("start", "find-python"):
        (tmp_path / "a folder" / "scripts").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "scripts" / name, tmp_path / "a folder" / "scripts")
    root = tmp_path / "a folder"
    program(root / "scripts" / "setup.py", SHOW.format(name="setup"))
    program(
        root / ".venv" / "bin" / "python", f'#!/bin/sh\n[ "$1" = -c ] && exec {sys.executable} "$@"\necho agent "$@"\n'
    )
    return root


def without_python(project: Path, *more: str) -> Path:
    """A folder with the few tools that the scripts need, to be the whole path, now that the project has no Python."""
    (project / ".venv" / "bin" / "python").unlink()
    tools = project.parent / "tools"
    tools.mkdir()
    for name in ("bash", "dirname", "env", *more):
        (tools / name).symlink_to(shutil.which(name))
    return tools


def call(script: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(script), *arguments],
        cwd="/",
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere", **environment},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "setup", "agent"),
    [
        ([], "--model-in-background", "run"),
        (["--headless", "--profile", "a b"], "--model-in-background", "run --headless --profile a b"),
        (["--demo", "--headless", "--seconds", "60"], "", "demo --headless --seconds 60"),
        (["--retry", "--demo"], "--retry", "demo"),
        (["--headless", "--demo"], "--model-in-background", "run --headless --demo"),
    ],
)
def test_start_prepares_and_hands_over(project, arguments, setup, agent):
    done = call(project / "scripts" / "start", *arguments)
    assert done.stdout.splitlines() == [f"setup {setup}".strip(), f"agent -m agent {agent}"], done.stderr


def test_start_stops_when_the_set_up_failed(project):
    program(project / "scripts" / "setup.py", "raise SystemExit(1)\n")
    done = call(project / "scripts" / "start")
    assert (done.returncode, done.stdout) == (1, "")


def test_without_a_fitting_python_one_sentence_says_so(project):
    tools = without_python(project)
    program(tools / "python3", "#!/bin/sh\nexit 1\n")  # A Python that is too old.
    program(tools / "id", "#!/bin/sh\necho 1000\n")
    done = call(project / "scripts" / "start", PATH=str(tools))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Instale o Python 3.11, 3.12 ou 3.13")


def test_the_system_may_bring_python(project):
    tools = without_python(project, "ln")
    program(tools / "id", "#!/bin/sh\necho 0\n")
    program(tools / "apt-get", f'#!/bin/sh\n[ "$1" = install ] && ln -s {sys.executable} {tools}/python3 || exit 0\n')
    done = call(project / "scripts" / "find-python", PATH=str(tools))
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).exists()


def test_a_pyenv_version_is_found(project, tmp_path):
    tools = without_python(project)
    found = tmp_path / "pyenv" / "versions" / "3.12.1" / "bin"
    found.mkdir(parents=True)
    (found / "python").symlink_to(sys.executable)
    done = call(project / "scripts" / "find-python", PATH=str(tools), PYENV_ROOT=str(tmp_path / "pyenv"))
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).exists()


def test_every_bash_script_stops_at_errors_and_can_be_called():
    scripts = [
        path for path in (*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run") if path.is_file() and not path.suffix
    ]
    assert {"start", "test", "check", "bench", "run"} <= {path.name for path in scripts}
    for path in scripts:
        lines = path.read_text("utf-8").splitlines()
        assert lines[0] == "#!/usr/bin/env bash", path
        assert "set -euo pipefail" in lines, path
        assert path.stat().st_mode & 0o100, path
        checked = subprocess.run(["bash", "-n", str(path)], capture_output=True, check=False)
        assert checked.returncode == 0, checked.stderr
