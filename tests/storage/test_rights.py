"""Whatever the umask: nobody else can read what is made in a profile. In a process of its own, since a umask is one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.diagnosis import diagnose
from agent.settings import Settings
from agent.storage.rights import open_to_others
from tests.storage.killing import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps no rights in a file's mode")

RUN = """
import asyncio, logging, os, sys
from datetime import UTC, datetime
from pathlib import Path

os.umask(int(sys.argv[2], 8))
import structlog
from agent.analysis.reading.own_intents import Versions
from agent.api.local_token import make_local_token
from agent.contract.audit import AuditEntry
from agent.page.profile import leave_no_orphans, locked_profile
from agent.settings import Settings
from agent.storage.audit import AUDIT_HEAD
from agent.storage.backup import BackupFolder
from agent.storage.key import DATABASE_FILE, keys_of
from agent.storage.key_change import change_key
from agent.storage.opening import open_store
from agent.storage.restoring import forget_again_by_ledger, restore
from agent.telemetry import logs
from tests.storage.chats import row, shows

settings = Settings(profiles_dir=Path(sys.argv[1]), profile="loja")
folder = settings.profile_dir

async def store_and_copy():
    store = await open_store(folder / DATABASE_FILE, keys_of(settings).database())
    await store.save(shows(row("A", "oi"), title="Maria"))
    log = store.audit(keys_of(settings).derived().key("audit"), folder / AUDIT_HEAD)
    await log.append(AuditEntry(actor="command", action="test"))
    copies = BackupFolder(folder, keys_of(settings).database(), keys_of(settings).derived())
    made = await copies.prove(store, (await copies.make(store)).name)
    assert (folder / "data.db-wal").exists() and (folder / "data.db-shm").exists()
    walk("while it is open")
    await store.close()
    return copies.file(made.name)

def walk(when):
    for path in [folder, *folder.rglob("*")]:
        mode = path.lstat().st_mode & 0o777
        wanted = 0o700 if path.is_dir() else 0o600
        if mode & ~wanted:
            print(when, path.relative_to(folder), oct(mode))

logs.configure("info", settings.log_file, open(os.devnull, "w"))
logs.FILE_BYTES = 2000
logs.configure("info", settings.log_file, open(os.devnull, "w"))
for n in range(60):
    structlog.get_logger("test").info("a line to fill the file", n=n)
assert len(list(settings.log_file.parent.iterdir())) > 2, "nothing was rotated"
with locked_profile(folder):
    leave_no_orphans(folder / "browser")
    make_local_token(folder)
    Versions(folder / "intents").use(None)
    copy = asyncio.run(store_and_copy())
    change_key(keys_of(settings))
    asyncio.run(restore(keys_of(settings), copy, forget_again_by_ledger(keys_of(settings))))
    (folder / DATABASE_FILE).write_bytes(b"damaged" * 1000)
    asyncio.run(restore(keys_of(settings), copy, forget_again_by_ledger(keys_of(settings))))
walk("at the end")
print("files", sum(path.is_file() for path in folder.rglob("*")))
"""


@pytest.mark.parametrize("umask", ["022", "000", "077"])
def test_nothing_in_a_profile_is_wider_than_its_owner(tmp_path: Path, umask: str):
    command = [sys.executable, "-c", RUN, str(tmp_path), umask]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *wider, last = [line for line in done.stdout.splitlines() if not line.startswith("20")]
    assert wider == []
    assert int(last.split()[1]) > 12
    assert open_to_others(tmp_path / "loja") == []


def test_doctor_says_what_is_wider(tmp_path: Path):
    settings = Settings(profiles_dir=tmp_path, profile="loja")
    folder = settings.profile_dir
    (folder / "logs").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    (folder / "logs" / "agent.log").touch(mode=0o600)
    (folder / "replies.yaml").write_text("replies: []\n")

    def rights():
        return next(one for one in diagnose(settings) if one.what == "Rights")

    assert rights().ok
    (folder / "logs" / "agent.log").chmod(0o640)
    assert not rights().ok
    assert "loja/logs/agent.log" in rights().detail
    assert "chmod -R go-rwx" in rights().detail
    (folder / "logs" / "agent.log").chmod(0o600)
    folder.chmod(0o755)
    assert open_to_others(folder) == [folder]
    (folder / "elsewhere").symlink_to("/")
    assert open_to_others(folder) == [folder]
