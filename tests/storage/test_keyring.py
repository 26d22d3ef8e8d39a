"""Keys in a keyring: the same promises as in files, and the way from one to the other loses none."""

from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from agent.errors import BalcaoError, WrongKey
from agent.settings import Settings
from agent.storage.copying import check_database
from agent.storage.key import DATABASE_FILE, ID_FILE, KEY_FILE, NEXT_KEY_FILE, SECRET_FILE, Keys, keys_of
from agent.storage.key_change import change_key, move_keys, settle_key
from agent.storage.opening import open_store
from tests.storage.keyring_file import FileKeyring


@pytest.fixture
def ring(tmp_path: Path):
    before = keyring.get_keyring()
    ring = FileKeyring(tmp_path / "ring.json")
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profiles" / "loja"


async def make_database(keys: Keys) -> None:
    await (await open_store(keys.profile / DATABASE_FILE, keys.database())).close()
    keys.secret()


def key_files(profile: Path) -> set[str]:
    return {file.name for file in profile.glob("*.key*")}


def test_the_settings_say_where_the_keys_are(ring: FileKeyring, profile: Path):
    settings = Settings(profiles_dir=profile.parent, profile="loja", security={"key_store": "keyring"})
    key = keys_of(settings).database()
    secret = keys_of(settings).secret()
    assert (keys_of(settings).database(), keys_of(settings).secret()) == (key, secret)
    assert key != secret.hex()
    assert key_files(profile) == set()
    own_name = (profile / ID_FILE).read_text().strip()
    assert ring.names() == [f"balcao {own_name}/{KEY_FILE}", f"balcao {own_name}/{SECRET_FILE}"]


def test_the_first_of_two_processes_wins(ring: FileKeyring, profile: Path):
    def beaten_to_it() -> str:
        Keys(profile, "keyring").database(lambda: "1" * 64)
        return "2" * 64

    assert Keys(profile, "keyring").database(beaten_to_it) == "1" * 64


def test_two_profiles_have_two_keys_and_a_moved_folder_keeps_its_own(ring: FileKeyring, profile: Path):
    key = Keys(profile, "keyring").database()
    assert Keys(profile.with_name("outra"), "keyring").database() != key
    profile.rename(profile.with_name("novo-nome"))
    assert Keys(profile.with_name("novo-nome"), "keyring").database() == key


async def test_no_new_key_is_made_beside_a_database(ring: FileKeyring, profile: Path):
    await make_database(Keys(profile, "keyring"))
    ring.file.unlink()
    with pytest.raises(WrongKey, match="missing"):
        Keys(profile, "keyring").database()
    assert ring.names() == []


async def test_keys_go_into_the_keyring_and_back(ring: FileKeyring, profile: Path):
    files, ringed = Keys(profile), Keys(profile, "keyring")
    await make_database(files)
    key, secret = files.database(), files.secret()
    assert sorted(move_keys(files, "keyring")) == [KEY_FILE, SECRET_FILE]
    assert key_files(profile) == set()
    assert (ringed.database(), ringed.secret()) == (key, secret)
    assert move_keys(files, "keyring") == []
    with pytest.raises(WrongKey, match=r"security\.key_store to keyring"):
        files.database()
    with pytest.raises(WrongKey, match="key move --to file"):
        files.secret()
    assert sorted(move_keys(ringed, "file")) == [KEY_FILE, SECRET_FILE]
    assert ring.names() == []
    assert (files.database(), files.secret()) == (key, secret)
    with pytest.raises(WrongKey, match=r"security\.key_store to file"):
        ringed.database()


async def test_a_move_that_was_cut_short_is_finished_by_the_next_one(ring: FileKeyring, profile: Path):
    files, ringed = Keys(profile), Keys(profile, "keyring")
    await make_database(files)
    key = files.database()
    ringed.place.put(KEY_FILE, key)  # written there, and killed before it was removed here
    assert files.database() == ringed.database() == key
    move_keys(files, "keyring")
    assert key_files(profile) == set()
    assert ringed.database() == key


async def test_another_key_in_the_keyring_is_not_written_over(ring: FileKeyring, profile: Path):
    files, ringed = Keys(profile), Keys(profile, "keyring")
    await make_database(files)
    ringed.place.put(KEY_FILE, "1" * 64)
    with pytest.raises(WrongKey, match="Another key"):
        move_keys(files, "keyring")
    assert key_files(profile) == {KEY_FILE, SECRET_FILE}
    assert ringed.place.get(KEY_FILE) == "1" * 64


async def test_a_keyring_that_keeps_nothing_gets_no_key(ring: FileKeyring, profile: Path):
    files = Keys(profile)
    await make_database(files)
    ring.forgetful = True
    with pytest.raises(BalcaoError, match="was not kept"):
        move_keys(files, "keyring")
    assert key_files(profile) == {KEY_FILE, SECRET_FILE}
    with pytest.raises(WrongKey, match="was not kept"):
        Keys(profile.with_name("outra"), "keyring").database()


async def test_a_locked_keyring_is_said_and_its_own_words_hold_no_key(ring: FileKeyring, profile: Path):
    keys = Keys(profile, "keyring")
    await make_database(keys)
    ring.locked = True
    with pytest.raises(BalcaoError, match="is locked") as caught:
        keys.database()
    assert "security.key_store to file" in caught.value.hint


def test_no_keyring_at_all(profile: Path):
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        with pytest.raises(BalcaoError, match="keyring of the operating system cannot be used"):
            Keys(profile, "keyring").database()
        assert len(Keys(profile.with_name("outra")).database()) == 64  # files need none
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize("step", ["before the swap", "after the swap", None])
async def test_the_database_gets_a_new_key_in_the_keyring(ring: FileKeyring, profile: Path, step, monkeypatch):
    keys = Keys(profile, "keyring")
    await make_database(keys)
    old = keys.database()
    if step is None:
        change_key(keys)
    else:

        class Killed(BaseException):
            pass

        def dies(new: Path, database: Path) -> None:
            if step == "after the swap":
                new.replace(database)
            raise Killed

        monkeypatch.setattr("agent.storage.key_change.swap", dies)
        with pytest.raises(Killed):
            change_key(keys)
        assert keys.place.get(NEXT_KEY_FILE) is not None
    key = keys.database()
    assert (key == old) == (step == "before the swap")
    check_database(profile / DATABASE_FILE, key)
    settle_key(keys)
    assert keys.place.get(KEY_FILE) == key
    assert keys.place.get(NEXT_KEY_FILE) is None
    assert key_files(profile) == set()
