"""Users, attempts, signings-in and keys, on each database."""

import asyncio
from datetime import timedelta

import pytest

from agent.contract.access import Role, Scope
from agent.storage.repositories.attempts import LockRule
from agent.storage.repositories.families import Entry
from agent.storage.store import SqlStore
from tests.clock import Clock

RULE = LockRule(after=3, first=timedelta(minutes=15))
MONTH = timedelta(days=30)


@pytest.fixture
def clock(store: SqlStore) -> Clock:
    """The store's."""
    store._now = clock = Clock()
    return clock


async def test_a_user_is_added_found_and_changed(store: SqlStore, clock: Clock) -> None:
    ana = await store.accounts.add("ana", Role.ATTENDANT, "hash")
    bia = await store.accounts.add("bia", Role.ADMIN, None, once_until=clock.at)
    assert await store.accounts.listed() == [ana, bia]
    assert await store.accounts.listed(after=ana.id, limit=1) == [bia]
    assert (bia.password_once, ana.password_once, ana.created_at) == (True, False, clock.at)
    with pytest.raises(ValueError, match="taken"):
        await store.accounts.add("ana", Role.ADMIN, None)
    changed = await store.accounts.change(ana.id, role=Role.ADMIN, disabled=True)
    assert changed is not None
    assert (changed.role, changed.disabled_at) == (Role.ADMIN, clock.at)
    assert await store.accounts.change(99, role=Role.ADMIN) is None
    assert await store.accounts.credential(name="nobody") is None


async def test_one_administrator_always_stays(store: SqlStore) -> None:
    first = await store.accounts.add("ana", Role.ADMIN, None)
    with pytest.raises(ValueError, match="administrator"):
        await store.accounts.change(first.id, disabled=True)
    second = await store.accounts.add("bia", Role.ADMIN, None)
    changes = [store.accounts.change(user.id, role=Role.ATTENDANT) for user in (first, second)]
    done = await asyncio.gather(*changes, return_exceptions=True)
    assert [type(one) for one in done].count(ValueError) == 1


async def test_a_disabled_administrator_may_lose_the_role(store: SqlStore) -> None:
    first, _ = await store.accounts.add("ana", Role.ADMIN, None), await store.accounts.add("bia", Role.ADMIN, None)
    await store.accounts.change(first.id, disabled=True)
    changed = await store.accounts.change(first.id, role=Role.ATTENDANT)
    assert changed is not None
    assert changed.role is Role.ATTENDANT


async def test_of_many_attempts_at_once_only_so_many_are_judged(store: SqlStore, clock: Clock) -> None:
    attempts = await asyncio.gather(*(store.accounts.count_attempt("m", RULE) for _ in range(10)))
    assert [one.locked_until for one in attempts].count(None) == 3
    assert [one.locks_until for one in attempts if one.locks_until] == [clock.at + RULE.first]
    assert await store.accounts.locks(["m", "other"]) == {"m": clock.at + RULE.first}
    await store.accounts.unlock("m")
    assert await store.accounts.locks(["m"]) == {}
    assert (await store.accounts.count_attempt("m", RULE)).locks_until is None


async def test_an_attempt_that_was_none_is_forgiven_and_its_lock_with_it(store: SqlStore, clock: Clock) -> None:
    for _ in range(3):
        await store.accounts.count_attempt("m", RULE)
    clock.at += RULE.first
    again = await store.accounts.count_attempt("m", RULE)
    assert (again.locked_until, again.locks_until) == (None, clock.at + 2 * RULE.first)
    await store.accounts.forgive_attempt("m")
    assert await store.accounts.count_attempt("m", RULE) == again


async def test_a_week_without_an_attempt_is_forgotten(store: SqlStore, clock: Clock) -> None:
    for _ in range(2):
        await store.accounts.count_attempt("m", RULE)
    clock.at += timedelta(days=7, seconds=1)
    assert (await store.accounts.count_attempt("m", RULE)).locks_until is None


def test_a_lock_doubles_up_to_a_day_and_is_never_shorter_than_the_first() -> None:
    assert [RULE.lasts(failures) for failures in (2, 3, 4, 5)] == [
        None, timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=60)
    ]  # fmt: skip
    assert RULE.lasts(10_000) == timedelta(days=1)
    assert LockRule(3, timedelta(days=1)).lasts(4) == timedelta(days=1)


async def test_a_sign_in_is_good_until_it_ends(store: SqlStore, clock: Clock) -> None:
    user = await store.accounts.add("ana", Role.ATTENDANT, "hash")
    assert await store.families.begin(Entry(user.id, "hash"), "f", "d1", MONTH)
    assert await store.families.who(user.id, "f") is not None
    assert await store.families.who(user.id, "g") is None
    other = await store.accounts.add("bia", Role.ATTENDANT, "hash")
    assert await store.families.who(other.id, "f") is None
    clock.at += MONTH
    assert await store.families.who(user.id, "f") is None


@pytest.mark.parametrize(
    "entry", [Entry(1, "another hash"), Entry(1, None), Entry(2, "hash"), Entry(1, "hash", step=7)]
)
async def test_nobody_is_let_in_by_what_is_not_so_any_more(store: SqlStore, clock: Clock, entry: Entry) -> None:
    user = await store.accounts.add("ana", Role.ATTENDANT, "hash")
    entry = entry._replace(user_id=user.id if entry.user_id == 1 else 10**9)
    assert await store.accounts.take_step(user.id, 7)
    assert not await store.families.begin(entry, "f", "d1", MONTH)
    assert await store.families.who(user.id, "f") is None
    found = await store.accounts.user(user.id)
    assert found is not None
    assert found.last_login_at is None


async def test_a_code_is_taken_once_even_at_once(store: SqlStore) -> None:
    user = await store.accounts.add("ana", Role.ATTENDANT, "hash")
    taken = await asyncio.gather(*(store.accounts.take_step(user.id, 7) for _ in range(10)))
    assert sorted(taken) == [False] * 9 + [True]
    assert not await store.accounts.take_step(user.id, 6)
    assert await store.accounts.take_step(user.id, 8)


async def test_a_refresh_token_is_good_once_even_at_once(store: SqlStore, clock: Clock) -> None:
    user = await store.accounts.add("ana", Role.ATTENDANT, "hash")
    await store.families.begin(Entry(user.id, "hash"), "f", "d", MONTH)
    renewed = await asyncio.gather(*(store.families.renew("d", f"next {number}") for number in range(20)))
    outcomes = [one.outcome for one in renewed]
    assert (outcomes.count("ok"), outcomes.count("reused"), outcomes.count("ended")) == (1, 1, 18)
    assert await store.families.who(user.id, "f") is None
    assert (await store.families.renew("never given", "x")).outcome == "unknown"


async def test_what_is_over_is_forgotten(store: SqlStore, clock: Clock) -> None:
    user = await store.accounts.add("ana", Role.ATTENDANT, "hash")
    await store.families.begin(Entry(user.id, "hash"), "f", "d", MONTH)
    clock.at += MONTH
    assert (await store.families.renew("d", "e")).outcome == "ended"
    await store.families.begin(Entry(user.id, "hash"), "g", "d2", MONTH)
    assert (await store.families.renew("d", "e")).outcome == "unknown"
    assert (await store.families.renew("d2", "e2")).outcome == "ok"


async def test_another_password_ends_all_sign_ins_but_one(store: SqlStore, clock: Clock) -> None:
    user = await store.accounts.add("ana", Role.ATTENDANT, "hash")
    for family in ("f", "g", "h"):
        await store.families.begin(Entry(user.id, "hash"), family, f"of {family}", MONTH)
    await store.accounts.set_password(user.id, "another", but="g")
    alive = [family for family in ("f", "g", "h") if await store.families.who(user.id, family)]
    assert alive == ["g"]


async def test_a_second_factor_counts_once_confirmed_and_not_if_another_was_begun(store: SqlStore) -> None:
    user = await store.accounts.add("ana", Role.ADMIN, "hash")
    await store.accounts.begin_second_factor(user.id, "one")
    await store.accounts.begin_second_factor(user.id, "two")
    assert not await store.accounts.confirm_second_factor(user.id, "one", step=5)
    assert await store.accounts.confirm_second_factor(user.id, "two", step=5)
    assert not await store.accounts.take_step(user.id, 5)
    found = await store.accounts.user(user.id)
    assert found is not None
    assert found.second_factor
    await store.accounts.remove_second_factor(user.id)
    credential = await store.accounts.credential(user_id=user.id)
    assert credential is not None
    assert (credential.totp_secret, credential.totp_step) == (None, 5)


async def test_a_key_is_good_until_it_is_revoked_or_runs_out(store: SqlStore, clock: Clock) -> None:
    scopes = frozenset({Scope.ANALYSIS, Scope.EVENTS_READ})
    one = await store.api_keys.add("CRM", scopes, "user:1", hint="bk_12345", digest="d1", days=1)
    two = await store.api_keys.add("ERP", scopes, "command", hint="bk_67890", digest="d2", days=None)
    assert one.scopes == (Scope.ANALYSIS, Scope.EVENTS_READ)
    assert await store.api_keys.use("d1") == one
    assert await store.api_keys.use("d3") is None
    clock.at += timedelta(days=1)
    assert await store.api_keys.use("d1") is None
    assert await store.api_keys.use("d2") == two
    assert await store.api_keys.revoke(two.id)
    assert not await store.api_keys.revoke(two.id)
    assert await store.api_keys.use("d2") is None
    assert [key.id for key in await store.api_keys.listed()] == [two.id, one.id]
    assert [key.id for key in await store.api_keys.listed(before=two.id, limit=5)] == [one.id]
