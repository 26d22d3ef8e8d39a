"""A restore that was asked for is carried out at the next start, or said to have failed; never half, never for ever."""

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from agent.storage import copying, restore_order
from agent.storage.audit import AUDIT_HEAD
from agent.storage.key import Keys
from agent.storage.restore_order import FILE, RestoreOrders
from tests.storage.chats import row, shows
from tests.storage.killing import killer
from tests.storage.test_restore import LATER, everything, flip, folder_of, messages, opened


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "loja"


@pytest.fixture
async def copy(profile: Path) -> Path:
    """A copy with A and B; the database beside it has C too."""
    store = await opened(profile)
    await store.save(shows(row("A", "oi"), row("B", "tudo bem?"), title="Maria"))
    made = await folder_of(profile).make(store)
    await store.save(shows(row("C", "depois"), title="Bia"))
    await store.close()
    return folder_of(profile).file(made.name)


def orders_of(profile: Path, after: timedelta = timedelta()) -> RestoreOrders:
    return RestoreOrders(profile, Keys(profile).derived, lambda: LATER + after)


async def ordered(profile: Path, name: str) -> None:
    store = await opened(profile)
    orders_of(profile).give(name, "user:7", await store.last_event())
    await store.close()


async def starts(profile: Path, after: timedelta = timedelta()) -> tuple[list[str], list[tuple[str, str, dict]]]:
    """As the agent does it: the last events, and the lines of the audit log."""
    keys, orders = Keys(profile), orders_of(profile, after)
    done = await orders.carry_out(keys)
    store = await opened(profile)
    audit = store.audit(keys.derived().key("audit"), profile / AUDIT_HEAD)
    if done is not None:
        await orders.tell(done, store, audit)
    kinds = [event.kind for event in await store.events_after(0, 1000)]
    lines = [(line.actor, line.action, line.data) for line in await audit.page()]
    assert (await audit.verify()).intact
    await store.close()
    return kinds, lines


async def test_what_was_ordered_is_done_once_and_told(profile: Path, copy: Path) -> None:
    await ordered(profile, copy.stem)
    assert (profile / FILE).stat().st_mode & 0o777 == 0o600
    kinds, lines = await starts(profile)
    assert await messages(profile) == ["A", "B"]
    assert kinds[-1] == "backup.restored"
    assert lines == [("user:7", "backup.restored", {"backup": copy.stem})]
    assert [one.messages for one in folder_of(profile).listed()] == [3, 2], "what was there is kept beside it"
    assert not (profile / FILE).exists()
    again, _ = await starts(profile)
    assert again == kinds, "the next start restores nothing"


async def test_nobody_else_can_give_an_order(profile: Path, copy: Path) -> None:
    await ordered(profile, copy.stem)
    given = json.loads((profile / FILE).read_text())
    for forged in (
        {**given, "name": "20200101T000000Z"},
        {**given, "tries": -5},
        {**given, "name": "../../other/backups/20261122T030000Z"},
        {**given, "seal": ""},
        {},
    ):
        (profile / FILE).write_text(json.dumps(forged))
        kinds, lines = await starts(profile)
        assert "backup.restored" not in kinds
        assert lines == []
        assert not (profile / FILE).exists(), "it is cleared"
    (profile / FILE).write_bytes(b"\xff" * 100_000)
    assert (await starts(profile))[1] == []
    assert await messages(profile) == ["A", "B", "C"]


def harmed(copy: Path) -> str:
    flip(copy)
    return "CorruptDatabase"


def gone(copy: Path) -> str:
    copy.unlink()
    return "Missing"


def strange(copy: Path) -> str:
    side = copy.with_suffix(".json")
    side.write_text(json.dumps(json.loads(side.read_text()) | {"messages": 99}))
    return "WrongKey"


@pytest.mark.parametrize("harm", [harmed, gone, strange])
async def test_a_copy_that_cannot_be_restored_leaves_all_as_it_was(profile: Path, copy: Path, harm) -> None:
    await ordered(profile, copy.stem)
    fault = harm(copy)
    kinds, lines = await starts(profile)
    assert await messages(profile) == ["A", "B", "C"]
    assert kinds[-1] == "backup.failed"
    assert lines == [("user:7", "backup.restore_failed", {"backup": copy.stem, "fault": fault})]
    assert not (profile / FILE).exists()


async def test_no_room(profile: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await ordered(profile, copy.stem)
    before = everything(profile)
    monkeypatch.setattr(copying, "SPARE", 10**18)
    _, lines = await starts(profile)
    assert lines[0][2]["fault"] == "DiskFull"
    assert set(everything(profile)) == {*before, AUDIT_HEAD} - {FILE}


async def test_an_order_that_lay_there_for_long_is_none_any_more(profile: Path, copy: Path) -> None:
    await ordered(profile, copy.stem)
    _, lines = await starts(profile, timedelta(hours=2))
    assert lines[0][2]["fault"] == "TooLate"
    assert await messages(profile) == ["A", "B", "C"]


async def test_what_fails_after_the_last_step_is_told_as_what_it_is(
    profile: Path,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await ordered(profile, copy.stem)

    async def too_late_to_fail(*given: object) -> None:
        await restored(*given)
        raise OSError("the disk is gone")

    restored = restore_order.restore
    monkeypatch.setattr(restore_order, "restore", too_late_to_fail)
    kinds, lines = await starts(profile)
    assert kinds[-1] == "backup.restored"
    assert lines[0][1] == "backup.restored"
    assert await messages(profile) == ["A", "B"]


async def test_a_restore_that_ends_the_agent_each_time_is_not_tried_for_ever(
    profile: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def falls(*_given: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(restore_order, "restore", falls)
    await ordered(profile, copy.stem)
    for _ in range(restore_order.TRIES):
        with pytest.raises(asyncio.CancelledError):
            await orders_of(profile).carry_out(Keys(profile))
        assert (profile / FILE).exists(), "the order stays"
    _, lines = await starts(profile)
    assert lines[0][2]["fault"] == "Interrupted"
    assert await messages(profile) == ["A", "B", "C"]


WORK = """
import asyncio, sys
from pathlib import Path
import structlog
from agent.storage.key import Keys
from agent.storage.restore_order import RestoreOrders
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
keys = Keys(Path(sys.argv[1]))
def work():
    asyncio.run(RestoreOrders(keys.profile, keys.derived).carry_out(keys))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
async def test_killed_at_any_moment_the_next_start_carries_it_out(profile: Path, copy: Path) -> None:
    orders = RestoreOrders(profile, Keys(profile).derived)
    with killer(WORK, profile) as process:
        orders.give(copy.stem, "user:7", 0)
        took = process.work()
        for step in range(3):
            store = await opened(profile)
            await store.save(shows(row("C", "depois"), title="Bia"))
            orders.give(copy.stem, "user:7", await store.last_event())
            await store.close()
            process.work(kill_after_s=took * step / 3)
            assert await messages(profile) in (["A", "B"], ["A", "B", "C"])
            done = await orders.carry_out(Keys(profile))
            assert done is not None
            assert done.fault is None
            assert await messages(profile) == ["A", "B"]
