"""A new key for the database: nothing of the old one is left, and a kill at any moment leaves one that opens."""

import sys
from pathlib import Path

import pytest

from agent.contract.search import MessageSearch
from agent.errors import BadInput, CorruptDatabase, DiskFull, ProfileLocked, WrongKey
from agent.storage import copying, key_change
from agent.storage.copying import check_database, opens
from agent.storage.key import DATABASE_FILE, KEY_FILE, NEXT_KEY_FILE, REKEYED, KeyFiles, Keys
from agent.storage.key_change import change_key, settle_key
from agent.storage.opening import open_store
from tests.storage.chats import row, shows
from tests.storage.killing import killer

pytestmark = pytest.mark.slow


@pytest.fixture
async def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "loja"
    store = await open_store(folder / DATABASE_FILE, Keys(folder).database())
    await store.save(shows(*(row(f"M{n}", "Quanto custa? " * 40) for n in range(100)), title="Maria"))
    await store.close()
    return folder


def files(profile: Path) -> set[str]:
    return {file.name for file in profile.iterdir()}


def messages(profile: Path) -> int:
    return check_database(profile / DATABASE_FILE, Keys(profile).database()).messages


async def test_the_database_opens_with_the_new_key_alone(profile: Path):
    old, bytes_before = Keys(profile).database(), (profile / DATABASE_FILE).read_bytes()
    change_key(Keys(profile))
    new, bytes_after = Keys(profile).database(), (profile / DATABASE_FILE).read_bytes()
    assert new != old
    assert not opens(profile / DATABASE_FILE, old)
    assert messages(profile) == 100
    assert files(profile) == {DATABASE_FILE, KEY_FILE}
    # Every page is another one: the key, and the salt that is made of it.
    pages = range(0, len(bytes_after), 4096)
    assert not {bytes_before[at : at + 4096] for at in pages} & {bytes_after[at : at + 4096] for at in pages}
    store = await open_store(profile / DATABASE_FILE, new)
    found = await store.search.messages(MessageSearch(words="quant cust"))
    assert len(found.messages) == 50
    await store.save(shows(row("N", "oi"), title="Bia"))
    assert (await store.counts()).messages_in == 101
    await store.close()


def test_without_a_database_there_is_nothing_to_change(tmp_path: Path):
    with pytest.raises(BadInput):
        change_key(Keys(tmp_path / "leer"))


def test_no_room_changes_nothing(profile: Path, monkeypatch: pytest.MonkeyPatch):
    key = Keys(profile).database()
    monkeypatch.setattr(copying, "SPARE", 10**18)
    with pytest.raises(DiskFull):
        change_key(Keys(profile))
    assert files(profile) == {DATABASE_FILE, KEY_FILE}
    assert Keys(profile).database() == key
    assert messages(profile) == 100


def test_a_wrong_key_or_a_damaged_database_is_left_as_it_is(profile: Path):
    database, key = profile / DATABASE_FILE, Keys(profile).database()
    KeyFiles(profile).put(KEY_FILE, "1" * 64)
    with pytest.raises(WrongKey):
        change_key(Keys(profile))
    KeyFiles(profile).put(KEY_FILE, key)
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    with pytest.raises(CorruptDatabase):
        change_key(Keys(profile))
    assert database.read_bytes() == data
    assert files(profile) - {"data.db-wal", "data.db-shm"} == {DATABASE_FILE, KEY_FILE}
    assert Keys(profile).database() == key


async def test_a_database_that_somebody_has_open_keeps_its_key(profile: Path):
    key = Keys(profile).database()
    store = await open_store(profile / DATABASE_FILE, key)
    await store.counts()
    with pytest.raises(ProfileLocked):
        change_key(Keys(profile))
    await store.save(shows(row("N", "oi"), title="Bia"))
    await store.close()
    assert Keys(profile).database() == key
    assert messages(profile) == 101


class Killed(BaseException):
    """Stands for the end of the process at one step."""


STEPS = ("put next", "copied", "swapped", "put", "removed")


@pytest.mark.parametrize("step", STEPS)
def test_cut_short_after_each_step_the_key_that_is_there_opens_it(
    profile: Path, step: str, monkeypatch: pytest.MonkeyPatch
):
    done: list[str] = []

    def dies_after(name: str, work):
        def until(*given):
            result = work(*given)
            done.append(name)
            if name == step:
                raise Killed
            return result

        return until

    keys = Keys(profile)
    put, remove = keys.place.put, keys.place.remove
    monkeypatch.setattr(
        keys.place, "put", lambda name, key: dies_after("put" if name == KEY_FILE else "put next", put)(name, key)
    )
    monkeypatch.setattr(keys.place, "remove", dies_after("removed", remove))
    monkeypatch.setattr(key_change, "_copied", dies_after("copied", key_change._copied))
    monkeypatch.setattr(key_change, "swap", dies_after("swapped", key_change.swap))
    with pytest.raises(Killed):
        change_key(keys)
    assert done[-1] == step
    old_or_new = Keys(profile).database()
    assert opens(profile / DATABASE_FILE, old_or_new)
    assert Keys(profile).database() == old_or_new  # looking changes nothing
    settle_key(Keys(profile))
    assert files(profile) == {DATABASE_FILE, KEY_FILE}
    assert Keys(profile).database() == old_or_new
    assert messages(profile) == 100


WORK = """
import sys
from pathlib import Path
from agent.storage.key import Keys
from agent.storage.key_change import change_key
def work():
    change_key(Keys(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_kill_9_at_many_moments(profile: Path):
    cut_short = 0
    with killer(WORK, profile) as process:
        took = process.work()
        for step in range(25):
            process.work(kill_after_s=took * step / 24)
            cut_short += bool(files(profile) & {NEXT_KEY_FILE, REKEYED})
            assert messages(profile) == 100
    assert cut_short, "no kill came in the middle: the test looks at nothing"
    settle_key(Keys(profile))
    assert files(profile) - {"data.db-wal", "data.db-shm", "data.db-journal"} == {DATABASE_FILE, KEY_FILE}
    assert messages(profile) == 100
