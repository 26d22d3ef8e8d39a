"""``backup``, ``restore`` and ``key``, as a person uses them, on a real encrypted database."""

import asyncio
import json
import re
from pathlib import Path

import keyring
import pytest
import typer

from agent.errors import BadInput, CorruptDatabase, ProfileLocked, WrongKey
from agent.page.profile import locked_profile
from agent.storage.audit import AUDIT_HEAD
from agent.storage.key import KEY_FILE, SECRET_FILE, Keys
from agent.storage.store import SqlStore
from tests.cli.conftest import Command
from tests.cli.database import with_store
from tests.storage.chats import row, shows
from tests.storage.keyring_file import FileKeyring


@pytest.fixture(autouse=True)
def stored(folder: Path) -> None:
    with_store(folder, lambda store: store.save(shows(row("A", "oi"), title="Maria")))


def later(folder: Path) -> None:
    with_store(folder, lambda store: store.save(shows(row("B", "e hoje?"), title="Bia")))


def messages(folder: Path) -> int:
    return with_store(folder, lambda store: store.counts()).messages_in


def actions(folder: Path) -> list[str]:
    async def of(store: SqlStore) -> list[str]:
        log = store.audit(Keys(folder).derived().key("audit"), folder / AUDIT_HEAD)
        assert (await log.verify()).intact
        return [line.action for line in await log.page()]

    return with_store(folder, of)


def test_a_backup_is_made_proven_and_listed(command: Command, folder: Path):
    assert "There is no backup yet" in command("backup", "list")
    told = command("backup")
    assert re.search(r"Made and proven: .*loja/backups/\d{8}T\d{6}Z\.db \(\d\.\d MB, 1 messages, 1 customers\)", told)
    (one,) = json.loads(command("backup", "list", "--json"))
    assert one["proven_at"] is not None
    assert "key" not in one
    lines = command("backup", "list").splitlines()
    assert [line.split()[0] for line in lines] == ["name", one["name"]]
    assert f"The backup {one['name']} can be restored: 1 messages" in command("backup", "verify")
    assert json.loads(command("backup", "verify", one["name"], "--json"))["name"] == one["name"]
    with pytest.raises(BadInput, match="no backup"):
        command("backup", "verify", "20200101T000000Z")


def test_it_goes_beside_a_running_agent_and_a_restore_does_not(command: Command, folder: Path):
    with locked_profile(folder):
        made = json.loads(command("backup", "--json"))
        with pytest.raises(ProfileLocked):
            command("restore", made["name"], "--yes")
        for words in (("key", "change"), ("key", "move", "--to", "file")):
            with pytest.raises(ProfileLocked):
                command(*words)
    assert messages(folder) == 1


def test_a_copy_elsewhere_is_not_in_the_list_and_can_be_restored(command: Command, folder: Path, tmp_path: Path):
    made = json.loads(command("backup", "--out", str(tmp_path / "disk"), "--json"))
    assert sorted(file.name for file in (tmp_path / "disk").iterdir()) == [f"{made['name']}.db", f"{made['name']}.json"]
    assert json.loads(command("backup", "list", "--json")) == []
    later(folder)
    command("restore", str(tmp_path / "disk" / f"{made['name']}.db"), "--yes")
    assert messages(folder) == 1


def test_a_restore_asks_tells_and_keeps_what_was_there(command: Command, folder: Path):
    name = json.loads(command("backup", "--json"))["name"]
    later(folder)
    assert "Nothing was changed" in command("restore", name, answer="n\n", code=1)
    assert messages(folder) == 2
    told = command("restore", name, answer="y\n")
    assert f"Restored {name}: 1 messages, 1 customers." in told
    assert "Everybody has to sign in again" in told
    (before,) = re.findall(r"is kept: (\S+)", told)
    assert messages(folder) == 1
    assert actions(folder) == ["backup.restored"]
    assert json.loads(command("restore", before, "--yes", "--json"))["messages"] == 2
    assert messages(folder) == 2
    with pytest.raises(BadInput, match="no backup"):
        command("restore", "../data.db", "--yes")


def test_a_damaged_backup_is_refused_by_both(command: Command, folder: Path):
    name = json.loads(command("backup", "--json"))["name"]
    path = folder / "backups" / f"{name}.db"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    for words in (("backup", "verify", name), ("restore", name, "--yes")):
        with pytest.raises(CorruptDatabase):
            command(*words)
    assert messages(folder) == 1


def test_only_so_many_are_kept(command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BALCAO_BACKUP__KEEP", "2")
    made = [json.loads(command("backup", "--json"))["name"] for _ in range(3)]
    assert [one["name"] for one in json.loads(command("backup", "list", "--json"))] == [made[2], made[1]]


def test_an_empty_profile_has_nothing_to_copy(command: Command, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BALCAO_PROFILE", "outra")
    for words in (("backup",), ("backup", "list"), ("backup", "verify"), ("key", "change")):
        with pytest.raises(BadInput):
            command(*words)


def test_a_new_key_and_an_older_backup(command: Command, folder: Path):
    name = json.loads(command("backup", "--json"))["name"]
    before = (folder / KEY_FILE).read_text()
    assert "new key" in command("key", "change")
    assert (folder / KEY_FILE).read_text() != before
    assert actions(folder) == ["key.changed"]
    later(folder)
    assert f"The backup {name} can be restored" in command("backup", "verify", name)
    command("restore", name, "--yes")
    assert messages(folder) == 1
    assert actions(folder) == ["backup.restored", "key.changed"]


def test_keys_move_to_the_keyring_and_are_never_shown(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring(tmp_path / "ring.json"))
    try:
        secrets = [(folder / KEY_FILE).read_text().strip(), Keys(folder).secret().hex()]
        told = command("key", "show-where")
        assert f"there      {folder / KEY_FILE}" in told
        assert "security.key_store is file" in told
        told += command("key", "move", "--to", "keyring")
        assert "Now set `security.key_store: keyring`" in told
        assert not list(folder.glob("*.key"))
        with pytest.raises(WrongKey, match="key_store to keyring"):
            command("customer", "list")
        monkeypatch.setenv("BALCAO_SECURITY__KEY_STORE", "keyring")
        told += command("customer", "list")
        assert "Maria" in told
        told += command("backup") + command("key", "change") + command("backup", "verify")
        told += command("key", "show-where", "--json")
        told += command("key", "move", "--to", "file")
        monkeypatch.setenv("BALCAO_SECURITY__KEY_STORE", "file")
        assert sorted(file.name for file in folder.glob("*.key")) == [KEY_FILE, SECRET_FILE]
        assert messages(folder) == 1
        secrets.append((folder / KEY_FILE).read_text().strip())
        assert not [one for one in secrets if one in told]
        with pytest.raises((typer.BadParameter, AssertionError)):
            command("key", "move", "--to", "elsewhere")
    finally:
        keyring.set_keyring(before)


def test_the_event_loop_is_free_while_a_copy_is_made(folder: Path):
    """The work is done in a thread: a running agent goes on reading the page."""
    from agent.storage.backup import BackupFolder

    async def beside(store: SqlStore) -> int:
        turns, done = 0, asyncio.Event()

        async def count() -> None:
            nonlocal turns
            while not done.is_set():
                turns += 1
                await asyncio.sleep(0)

        counting = asyncio.create_task(count())
        await BackupFolder(folder, Keys(folder).database(), Keys(folder).derived()).make(store)
        done.set()
        await counting
        return turns

    assert with_store(folder, beside) > 10
