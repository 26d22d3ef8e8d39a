"""Made-up histories with merges, splits and joins; then somebody is erased, and a backup of any moment is restored.

Of whoever was that person when they were erased, nothing is left in any file; of everybody else, everything.
"""

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agent.errors import BadInput
from agent.storage.forgetting import Forgetting
from agent.storage.key import DATABASE_FILE, Derived
from agent.storage.ledger import forget_again
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from tests.storage.chats import table
from tests.storage.contacts import Opened, Renamed, World, contacts, names, openings
from tests.storage.plainly import everything

pytestmark = pytest.mark.slow

KEY = "ab" * 32
SECRETS = Derived(b"s" * 32)
SESSION = "sessao"

which = st.integers(0, 30)
hands = st.one_of(
    st.tuples(st.just("merge"), which, which, st.booleans()),
    st.tuples(st.just("split"), which),
    st.tuples(st.just("part"), which),
    st.just(("backup",)),
)
histories = st.lists(
    openings | openings | st.builds(Renamed, st.integers(0, 2), names) | hands, min_size=8, max_size=20
)
seen = Counter[str]()


class History:
    """One profile, in a folder of its own."""

    def __init__(self, profile: Path, world: World) -> None:
        self.profile, self.world = profile, world
        self.backups: list[tuple[Path, set[str]]] = []

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.store.close()

    async def open(self) -> SqlStore:
        self.store = await open_store(self.profile / DATABASE_FILE, KEY)
        return self.store

    async def play(self, step: object) -> None:
        if isinstance(step, Renamed):
            list(self.world.play([step]))
        elif isinstance(step, Opened):
            await self.store.save(self.world.batch(step))
        else:
            assert isinstance(step, tuple)
            with suppress(BadInput):
                await self.by_hand(*step)
                seen[step[0]] += 1

    async def by_hand(self, what: str, *drawn: int) -> None:
        people, customers = self.store.people, [one["id"] for one in await table(self.store, "customers")]
        messages = [one["id"] for one in await table(self.store, "messages")]
        if what == "backup":
            await self.backup()
        elif customers and what == "merge":
            one, other, same_chat = drawn
            kept, merged = (customers[n % len(customers)] for n in (one, other))
            await people.merge(kept, merged, same_chat=bool(same_chat))
        elif customers and what == "part":
            await people.part(customers[drawn[0] % len(customers)])
        elif messages and what == "split":
            message = messages[drawn[0] % len(messages)]
            for person in await people.listed():
                if any(said.id == message for said in await people.said(person.id, 100)):
                    await people.split(person.id, message)
                    return

    async def backup(self) -> None:
        held = await self.messages()
        await self.store.close()
        path = self.profile.parent / f"backup-{len(self.backups)}.db"
        shutil.copy(self.profile / DATABASE_FILE, path)
        self.backups.append((path, held))
        await self.open()

    async def restore(self, path: Path) -> None:
        await self.store.close()
        shutil.copy(path, self.profile / DATABASE_FILE)
        await forget_again(await self.open(), self.profile, SECRETS)

    async def messages(self) -> set[str]:
        return {one["wa_id"] for one in await table(self.store, "messages")}

    async def theirs(self, customer: int) -> set[str]:
        ids = {said.id for said in await self.store.people.said(customer, 1000)}
        return {one["wa_id"] for one in await table(self.store, "messages") if one["id"] in ids}

    def found(self, wanted: set[str]) -> set[str]:
        there = everything(self.profile, KEY)
        return {one for one in wanted if one.encode() in there}


async def check(made: list, history: list, erased: int, *, anonymise: bool, profile: Path) -> None:
    world = World.of(SESSION, made, [step for step in history if isinstance(step, Opened | Renamed)])
    async with History(profile, world) as lived:
        await lived.backup()
        for step in history:
            await lived.play(step)
        await lived.backup()
        people = await lived.store.people.listed()
        if not people:
            return
        person = people[erased % len(people)]
        gone, before = await lived.theirs(person.id), await lived.messages()
        stayed = [one for one in await table(lived.store, "messages") if one["wa_id"] not in gone]
        forgetting = Forgetting(lived.store, profile, SECRETS)
        await (forgetting.anonymise if anonymise else forgetting.erase)(person.id, "command")
        seen["gone"] += len(gone)
        seen["left"] += len(stayed)
        assert lived.found(gone) == set()
        left = [one for one in await table(lived.store, "messages") if not one["wa_id"].startswith("anonymous-")]
        assert left == stayed
        assert await lived.messages() >= before - gone

        for path, held in lived.backups:
            await lived.restore(path)
            assert lived.found(gone) == set()
            kept = {one for one in await lived.messages() if not one.startswith("anonymous-")}
            assert kept == held - gone
            hidden = sum(one.startswith("anonymous-") for one in await lived.messages())
            assert hidden == (len(held & gone) if anonymise else 0)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(contacts, histories, which, st.booleans())
def look(made: list, history: list, erased: int, anonymise: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "loja"
        profile.mkdir()
        asyncio.run(check(made, history, erased, anonymise=anonymise, profile=profile))


def test_nothing_of_the_person_is_left_and_nothing_of_others_is_gone():
    look()
    assert {"merge", "split", "part", "backup", "gone", "left"} <= set(seen), seen
    assert min(seen.values()) >= 3, seen
