"""Whatever is wrong: one sentence that says what to do, an exit code that is not 0, no stack trace, nothing lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import errors
from agent.api.server import listen
from agent.contract.rows import Change, RowChange
from agent.contract.stored import RowBatch
from agent.page.profile import locked_profile
from agent.storage.key import DATABASE_FILE, KEY_FILE, database_key
from agent.storage.opening import open_store
from tests.core.says import ANA, row

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
OTHER_KEY = "ab" * 32


class Started:
    """``python -m agent ...`` as a person starts it."""

    def __init__(self, profiles: Path) -> None:
        self.profiles = profiles
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("BALCAO_")}
        self.environment |= {
            "PYTHONPATH": str(ROOT),
            "BALCAO_PROFILES_DIR": str(profiles),
            "BALCAO_API__PORT": "0",
            "BALCAO_MODEL__DRAFTS": "false",
            "BALCAO_BROWSER__HEADLESS": "true",
        }

    def says(self, code: int, *arguments: str, **environment: str) -> str:
        """The sentence on standard error; asserts the exit code and that it is a sentence."""
        done = subprocess.run(
            [sys.executable, "-m", "agent", *arguments],
            env=self.environment | environment,
            cwd=self.profiles,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        told = done.stderr.strip()
        assert done.returncode == code, told
        assert "Traceback" not in told
        assert told.endswith((".", ")", "?")) or "\n" not in told
        return told.splitlines()[-1]


@pytest.fixture
def agent(tmp_path: Path) -> Started:
    return Started(tmp_path)


async def stored_message(folder: Path) -> None:
    """A profile with one message in it."""
    store = await open_store(folder / DATABASE_FILE, database_key(folder))
    change = RowChange(change=Change.NEW, row=row("3A01", "quanto custa?"), seen_ms=0)
    await store.save(RowBatch(session="default", chat=ANA, changes=(change,), window=("3A01",)))
    await store.close()


async def messages(folder: Path) -> int:
    store = await open_store(folder / DATABASE_FILE, database_key(folder))
    try:
        return (await store.counts()).messages_in
    finally:
        await store.close()


def test_a_missing_browser(agent: Started) -> None:
    told = agent.says(errors.BrowserMissing.code, "run", BALCAO_BROWSER__EXECUTABLE="/nowhere/chrome")
    assert "no browser at /nowhere/chrome" in told
    assert "config.yaml" in told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
def test_a_missing_display(agent: Started) -> None:
    told = agent.says(
        errors.DisplayMissing.code, "run", BALCAO_BROWSER__HEADLESS="false", DISPLAY="", WAYLAND_DISPLAY=""
    )
    assert "--headless" in told


def test_a_model_that_does_not_exist(agent: Started) -> None:
    told = agent.says(errors.ModelMissing.code, "run", BALCAO_MODEL__DRAFTS="true", BALCAO_MODEL__NAME="gpt-9")
    assert "no model named gpt-9" in told
    assert "qwen2.5" in told
    told = agent.says(errors.ModelMissing.code, "run", BALCAO_MODEL__DRAFTS="true", BALCAO_MODEL__PATH="/nowhere.gguf")
    assert "no model file /nowhere.gguf" in told
    agent.says(errors.ModelMissing.code, "model", "fetch", "gpt-9")


def test_a_port_in_use(agent: Started) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        told = agent.says(errors.PortInUse.code, "run", BALCAO_API__PORT=port)
    assert f"Port {port}" in told
    assert str(os.getpid()) in told


def test_a_locked_profile_names_its_owner(agent: Started) -> None:
    with locked_profile(agent.profiles / "default"):
        told = agent.says(errors.ProfileLocked.code, "run")
    assert f"process {os.getpid()}" in told


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("profil: loja\n", "line 1: unknown setting `profil`. Did you mean `profile`?"),
        ("flow:\n  queue: many\n", "line 2: `flow.queue`"),
        ("api: [\n", "line 2"),
        ("\x00\x01", "config.yaml"),
    ],
)
def test_settings_that_cannot_be_used(agent: Started, text: str, part: str) -> None:
    file = agent.profiles / "config.yaml"
    file.write_text(text)
    assert part in agent.says(errors.BadSettings.code, "run", "--config", str(file))


def test_settings_that_cannot_be_read(agent: Started) -> None:
    told = agent.says(errors.BadSettings.code, "run", "--config", str(agent.profiles))
    assert str(agent.profiles) in told


async def test_a_wrong_key_loses_nothing(agent: Started) -> None:
    folder = agent.profiles / "default"
    await stored_message(folder)
    right = (folder / KEY_FILE).read_text()
    (folder / KEY_FILE).write_text(OTHER_KEY)
    agent.says(errors.WrongKey.code, "run")
    (folder / KEY_FILE).unlink()
    assert "is missing" in agent.says(errors.WrongKey.code, "run")
    (folder / KEY_FILE).write_text(right)
    (folder / KEY_FILE).chmod(0o600)
    assert await messages(folder) == 1


async def test_a_corrupt_database_is_left_as_it_is(agent: Started) -> None:
    folder = agent.profiles / "default"
    await stored_message(folder)
    database = folder / DATABASE_FILE
    damaged = bytearray(database.read_bytes())
    damaged[5000:6000] = bytes(1000)
    database.write_bytes(damaged)
    agent.says(errors.CorruptDatabase.code, "run")
    assert database.read_bytes() == bytes(damaged)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with 200 kB on it."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount")):
        pytest.skip("only root can mount a small file system to fill")
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("this machine does not let root mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(agent: Started, small_disk: Path) -> None:
    told = agent.says(errors.DiskFull.code, "run", BALCAO_PROFILES_DIR=str(small_disk))
    assert "space" in told


def test_a_file_for_inspect_or_analyse_that_cannot_be_used(agent: Started) -> None:
    assert "nowhere.html" in agent.says(errors.BadInput.code, "inspect", "nowhere.html")
    table = agent.profiles / "in.csv"
    table.write_text("mensagem,n\noi,1\n")
    told = agent.says(errors.BadInput.code, "analyse", "--file", str(table), "--text-column", "texto")
    assert "mensagem" in told
    agent.says(errors.BadInput.code, "analyse")


def test_a_business_that_does_not_exist(agent: Started) -> None:
    assert "pizzaria" in agent.says(errors.BadInput.code, "demo", "--business", "padaria")
