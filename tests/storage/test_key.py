"""The key is made once, kept to its owner, and never replaced."""

import os
import stat

import pytest

from agent.errors import DiskFull, WrongKey
from agent.storage.key import DATABASE_FILE, KEY_FILE, database_key

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows keeps no rights in a file's mode")


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_a_key_and_later_ones_read_it(tmp_path):
    profile = tmp_path / "profiles" / "loja"
    key = database_key(profile)
    assert len(bytes.fromhex(key)) == 32
    assert database_key(profile) == key
    assert [file.name for file in profile.iterdir()] == [KEY_FILE]


def test_two_profiles_have_two_keys(tmp_path):
    assert database_key(tmp_path / "a") != database_key(tmp_path / "b")


@posix_only
def test_only_the_owner_can_read_it(tmp_path):
    profile = tmp_path / "profiles" / "loja"
    database_key(profile)
    assert rights(profile / KEY_FILE) == 0o600
    assert rights(profile) == rights(profile.parent) == 0o700


@posix_only
def test_a_folder_that_others_can_enter_is_closed(tmp_path):
    profile = tmp_path / "loja"
    profile.mkdir(mode=0o755)
    database_key(profile)
    assert rights(profile) == 0o700


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    database_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(mode)
    with pytest.raises(WrongKey, match="chmod 600"):
        database_key(tmp_path)


def test_no_new_key_is_made_beside_a_database(tmp_path):
    (tmp_path / DATABASE_FILE).write_bytes(b"x")
    with pytest.raises(WrongKey, match=KEY_FILE):
        database_key(tmp_path)
    assert not (tmp_path / KEY_FILE).exists()


@pytest.mark.parametrize("content", [b"", b"abc", b"g" * 64, b"\xff\xfe", b"a" * 65])
def test_a_file_that_holds_no_key_is_refused_and_kept(tmp_path, content):
    path = tmp_path / KEY_FILE
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(WrongKey):
        database_key(tmp_path)
    assert path.read_bytes() == content


def test_of_two_processes_that_make_a_key_the_first_one_wins(tmp_path):
    def beaten_to_it() -> str:
        database_key(tmp_path, make=lambda: "1" * 64)
        return "2" * 64

    assert database_key(tmp_path, make=beaten_to_it) == "1" * 64
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]


def test_no_room_for_the_key(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        database_key(tmp_path)
    assert list(tmp_path.iterdir()) == []
