"""The ledger: it tells nobody whom it is about, shows when it was altered, and finds whoever a backup brings back."""

import os
import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from agent.contract.privacy import ErasureKind
from agent.errors import BalcaoError
from agent.storage.forgetting import Forgetting
from agent.storage.key import Derived
from agent.storage.ledger import FILE, Ledger, forget_again
from agent.storage.opening import open_store
from agent.storage.repositories.subject import Known
from tests.storage.chats import order, row, shows, table

KEY = "ab" * 32
SECRETS = Derived(b"s" * 32)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOMEBODY = Known(
    customers=((1, NOW),), conversations=((1, NOW),), messages=(("loja", "A"),), listed=(("loja", "Ana", "oi"),)
)


def test_it_knows_who_is_gone_and_says_so_to_nobody(tmp_path):
    ledger = Ledger(tmp_path, SECRETS)
    assert ledger.empty
    assert ledger.add(ErasureKind.ERASED, SOMEBODY, NOW) == 1
    ledger.finish(1, NOW)
    again = Ledger(tmp_path, SECRETS)
    for one in (ledger, again):
        assert one.is_message("loja", "A")
        assert not one.is_message("outra", "A")
        assert one.is_row("loja", "Ana", "oi")
        assert not one.is_row("loja", "Ana", "oi!")
        assert not one.is_row("loja", "Ana", None)
        assert not one.pending
        assert [line.number for line in one.due(0)] == [1]
        assert list(one.due(1)) == []
    text = (tmp_path / FILE).read_text("ascii")
    assert "Ana" not in text
    assert "loja" not in text
    assert os.name != "posix" or (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    other = Ledger(tmp_path / "elsewhere", Derived(b"t" * 32))
    assert other.message("loja", "A") != ledger.message("loja", "A")


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [lines[0].replace(b"erased", b"anonymised"), *lines[1:]],
        lambda lines: [lines[0], lines[2]],
    ],
)
def test_an_altered_line_is_noticed(tmp_path, change):
    ledger = Ledger(tmp_path, SECRETS)
    for _ in range(3):
        ledger.add(ErasureKind.ERASED, SOMEBODY, NOW)
    path = tmp_path / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))
    with pytest.raises(BalcaoError, match="was altered"):
        Ledger(tmp_path, SECRETS)


def test_another_secret_is_noticed(tmp_path):
    Ledger(tmp_path, SECRETS).add(ErasureKind.ERASED, SOMEBODY, NOW)
    with pytest.raises(BalcaoError, match=r"secrets\.key"):
        Ledger(tmp_path, Derived(b"t" * 32))


def test_a_line_that_a_crash_cut_short_is_passed_over(tmp_path):
    Ledger(tmp_path, SECRETS).add(ErasureKind.ERASED, SOMEBODY, NOW)
    path = tmp_path / FILE
    whole = path.read_bytes()
    Ledger(tmp_path, SECRETS).add(ErasureKind.ERASED, SOMEBODY, NOW)
    path.write_bytes(path.read_bytes()[:-40])
    ledger = Ledger(tmp_path, SECRETS)
    assert ledger.last == 1
    assert ledger.add(ErasureKind.ERASED, SOMEBODY, NOW) == 2
    assert path.read_bytes().startswith(whole)
    assert Ledger(tmp_path, SECRETS).last == 2


@pytest.fixture
async def files(tmp_path):
    """A store in a file, and how to put back what it was."""
    profile = tmp_path / "loja"
    profile.mkdir()

    class Files:
        folder = profile
        store = None

        async def open(self):
            self.store = await open_store(profile / "data.db", KEY)
            return self.store

        async def backup(self):
            await self.store.close()
            shutil.copy(profile / "data.db", tmp_path / "backup.db")
            return await self.open()

        async def restore(self):
            await self.store.close()
            shutil.copy(tmp_path / "backup.db", profile / "data.db")
            store = await self.open()
            assert await forget_again(store, profile, SECRETS) > 0
            assert await forget_again(store, profile, SECRETS) == 0
            return store

        async def erase(self, wanted):
            (person,) = await self.store.people.find(wanted)
            await Forgetting(self.store, profile, SECRETS).erase(person.id, "command")

    found = Files()
    await found.open()
    yield found
    await found.store.close()


async def people(store):
    return {one["name"] for one in await table(store, "customers")}


async def messages(store):
    return {one["wa_id"] for one in await table(store, "messages")}


async def test_who_was_merged_after_the_backup_is_gone_with_both_lines(files):
    await files.store.save(shows(row("A", "oi"), title="Ana"))
    await files.store.save(shows(row("B", "oi"), title="Ana antiga"))
    await files.store.save(shows(row("C", "oi"), title="Bia"))
    store = await files.backup()
    await store.people.merge(1, 2, same_chat=True)
    await files.erase("Ana")
    store = await files.restore()
    assert await people(store) == {"Bia"}
    assert await messages(store) == {"C"}


async def test_of_a_chat_that_was_split_after_the_backup_the_other_half_stays(files):
    await files.store.save(shows(*[row(one, "oi") for one in "ABCD"], title="Ana", phone="+5511911112222"))
    store = await files.backup()
    done = await store.people.split(1, 3)
    await store.privacy.scrub()
    await files.erase("1")
    assert await messages(store) == {"C", "D"}
    store = await files.restore()
    assert await messages(store) == {"C", "D"}
    (left,) = await table(store, "customers")
    assert (left["name"], left["phone"]) == ("Ana", None)
    assert done.split_id
    assert await order(store, (await table(store, "conversations"))[0]["id"]) == "C D"


async def test_the_half_that_was_split_off_goes_and_the_first_stays(files):
    await files.store.save(shows(*[row(one, "oi") for one in "ABCD"], title="Ana"))
    store = await files.backup()
    done = await store.people.split(1, 3)
    await files.erase(str(done.split_id))
    store = await files.restore()
    assert await messages(store) == {"A", "B"}
    assert [one["id"] for one in await table(store, "customers")] == [1]


async def test_who_was_parted_again_after_the_backup_stays(files):
    await files.store.save(shows(row("A", "oi"), title="Ana"))
    await files.store.save(shows(row("B", "olá"), title="Bia"))
    await files.store.people.merge(1, 2, same_chat=True)
    store = await files.backup()
    await store.people.part(2)
    await files.erase("1")
    store = await files.restore()
    assert await people(store) == {"Bia"}
    assert await messages(store) == {"B"}


async def test_a_number_that_was_given_again_is_another_persons(files):
    await files.store.save(shows(row("A", "oi"), title="Ana"))
    store = await files.backup()
    await files.erase("Ana")
    await store.save(shows(row("N", "oi"), title="Nova"))
    assert [(one["id"], one["name"]) for one in await table(store, "customers")] == [(1, "Nova")]
    assert await forget_again(store, files.folder, SECRETS) == 0
    assert await people(store) == {"Nova"}
    await files.store.close()
    await files.open()
    assert await forget_again(files.store, files.folder, SECRETS) == 0
    assert await people(files.store) == {"Nova"}


async def test_two_restores_of_one_backup(files):
    await files.store.save(shows(row("A", "oi"), title="Ana"))
    await files.store.save(shows(row("B", "oi"), title="Bia"))
    await files.backup()
    await files.erase("Ana")
    await files.restore()
    await files.erase("Bia")
    store = await files.restore()
    assert await messages(store) == set()


async def test_who_was_anonymised_is_so_again_and_who_was_erased_after_is_gone(files):
    await files.store.save(shows(row("A", "segredo"), title="Ana"))
    await files.store.save(shows(row("B", "outro segredo"), title="Bia"))
    store = await files.backup()
    forgetting = Forgetting(store, files.folder, SECRETS)
    await forgetting.anonymise(1, "command")
    await forgetting.anonymise(2, "command")
    await forgetting.erase(2, "command")
    store = await files.restore()
    (line,) = await table(store, "messages")
    assert (line["text"], line["wa_id"][:10]) == (None, "anonymous-")
    assert [one["id"] for one in await table(store, "customers")] == [1]


async def test_what_a_crash_cut_short_is_carried_out_at_the_next_opening(files, monkeypatch):
    await files.store.save(shows(row("A", "oi"), title="Ana"))

    async def crash(*_):
        raise OSError("the power is gone")

    forgetting = Forgetting(files.store, files.folder, SECRETS)
    monkeypatch.setattr("agent.storage.repositories.erasing.remove", crash)
    with pytest.raises(OSError, match="power"):
        await forgetting.erase(1, "command")
    monkeypatch.undo()
    assert await people(files.store) == {"Ana"}
    assert await forget_again(files.store, files.folder, SECRETS) == 1
    assert await people(files.store) == set()
    assert not Ledger(files.folder, SECRETS).pending


async def test_nothing_to_do_costs_one_query(files):
    await files.store.save(shows(row("A", "oi"), title="Ana"))
    await files.store.save(shows(row("B", "oi"), title="Bia"))
    await files.erase("Ana")
    seen = []
    engine = files.store._database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert await forget_again(files.store, files.folder, SECRETS) == 0
    assert len(seen) == 1


async def test_who_had_the_number_of_an_erased_person_before_them_stays(files):
    await files.store.save(shows(row("Z", "oi"), title="Zeca"))
    store = await files.backup()
    await store.save(shows(row("Z", "oi"), title="Zeca", group=True))  # A group is no customer: the number is free.
    await store.save(shows(row("A", "oi"), title="Ana"))
    assert [(one["id"], one["name"]) for one in await table(store, "customers")] == [(1, "Ana")]
    await files.erase("Ana")
    await files.store.close()
    shutil.copy(files.folder.parent / "backup.db", files.folder / "data.db")
    store = await files.open()
    assert await forget_again(store, files.folder, SECRETS) == 0
    assert await people(store) == {"Zeca"}
