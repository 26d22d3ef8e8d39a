"""One profile, one process."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from agent.errors import DiskFull, ProfileLocked
from agent.page.profile import leave_no_orphans, locked_profile

HOLD = """
import sys, time
from pathlib import Path
from agent.page.profile import locked_profile
with locked_profile(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_locked_profile_names_its_owner_and_a_killed_owner_frees_it(tmp_path: Path) -> None:
    folder = tmp_path / "loja"
    owner = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    assert owner.stdout.readline().strip() == "held"
    with (
        pytest.raises(ProfileLocked, match=rf"'loja' is already in use by process {owner.pid} \(python.*Close"),
        locked_profile(folder),
    ):
        pass
    owner.kill()
    owner.wait()
    with locked_profile(folder):
        assert (folder.stat().st_mode & 0o777) == 0o700


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskFull, match="cannot be written"), locked_profile(tmp_path / "file" / "loja"):
        pass


def _pretend_browser(user_data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    code = "import time; time.sleep(60)"
    return subprocess.Popen([sys.executable, "-c", code, f"--user-data-dir={user_data}", *arguments])


def test_a_browser_left_by_a_killed_agent_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.page.profile._LEAVE_S", 0.2)
    left = _pretend_browser(tmp_path, "--remote-debugging-pipe")
    (tmp_path / "SingletonLock").symlink_to(f"host-{left.pid}")
    time.sleep(0.3)
    leave_no_orphans(tmp_path)
    left.wait(timeout=5)
    assert not psutil.pid_exists(left.pid)
    assert not os.path.lexists(tmp_path / "SingletonLock")


def test_a_browser_that_a_person_opened_is_left_alone_and_named(tmp_path: Path) -> None:
    persons = _pretend_browser(tmp_path)
    try:
        time.sleep(0.3)
        with pytest.raises(ProfileLocked, match=f"process {persons.pid}"):
            leave_no_orphans(tmp_path)
        assert persons.poll() is None
    finally:
        persons.kill()
        persons.wait()


def test_the_browser_of_another_profile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.page.profile._LEAVE_S", 0.2)
    left = _pretend_browser(tmp_path / "loja", "--remote-debugging-pipe")
    others = _pretend_browser(tmp_path / "loja2", "--remote-debugging-pipe")
    try:
        time.sleep(0.3)
        with locked_profile(tmp_path / "loja"), locked_profile(tmp_path / "loja2"):
            leave_no_orphans(tmp_path / "loja")
        left.wait(timeout=5)
        assert others.poll() is None
    finally:
        others.kill()
        others.wait()


def test_a_helper_for_crash_reports_is_ended_with_its_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.page.profile._LEAVE_S", 0.2)
    code = "import time; time.sleep(60)"
    arguments = ["--type=crashpad-handler", f"--database={tmp_path / 'Crashpad'}"]
    helper = subprocess.Popen([sys.executable, "-c", code, *arguments])
    time.sleep(0.3)
    leave_no_orphans(tmp_path)
    helper.wait(timeout=5)
    assert not psutil.pid_exists(helper.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_profile_by_another_name_of_its_folder_is_known(tmp_path: Path) -> None:
    (tmp_path / "loja").mkdir()
    (tmp_path / "atalho").symlink_to(tmp_path / "loja")
    persons = _pretend_browser(tmp_path / "atalho")
    try:
        time.sleep(0.3)
        with pytest.raises(ProfileLocked, match=f"process {persons.pid}"):
            leave_no_orphans(tmp_path / "loja")
    finally:
        persons.kill()
        persons.wait()


def test_marks_of_a_process_that_is_no_more_do_not_keep_anybody_out(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / "SingletonLock").symlink_to(f"another-host-{gone.pid}")
    (tmp_path / "agent.owner").write_text(f'{{"pid": {gone.pid}}}')
    with locked_profile(tmp_path):
        leave_no_orphans(tmp_path)
    assert not os.path.lexists(tmp_path / "SingletonLock")
