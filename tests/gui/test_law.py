"""The law of the window: whatever changes in the office, the events say which parts are out of date.

So a window that asks for exactly those again shows what a window that asks for everything would show.
"""

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.contract.access import Role
from agent.contract.stored import StoredEvent
from agent.settings import Settings
from agent.settings.schema import SecuritySettings
from gui.parts import CHANGES, Part, changed_by
from gui.snapshot import RECENT, Snapshot
from gui.words import keys
from tests.api.conftest import Office, office  # noqa: F401 (a fixture)
from tests.gui.doings import Doings
from tests.structure.sources import ROOT

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KINDS = sorted({*CHANGES, "something.new"})
ELSEWHERE = {
    "backup.failed", "backup.restored", "care.raised", "intents.changed", "knowledge.changed", "offer.grown",
    "proposal.approved", "proposal.made", "proposal.proposed", "proposal.rejected", "ranking.changed", "webhook.dead",
    "webhook.test",
}  # fmt: skip
"""Kinds that need a model, a learner, a receiver or a disk that fails; the tests of their rooms bring them about."""

events = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(KINDS)), max_size=40).map(
    lambda steps: [
        StoredEvent(number=sum(step for step, _ in steps[: i + 1]), at=AT, kind=kind, conversation_id=None,
                    message_id=None, data={})
        for i, (_, kind) in enumerate(steps)
    ]
)  # fmt: skip


@given(events, st.data())
def test_a_stream_that_breaks_off_and_repeats_itself_comes_to_the_same(
    told: list[StoredEvent], data: st.DataObject
) -> None:
    begin = Snapshot(0, stale=frozenset())
    whole = begin.after_all(told)
    resumed, at = begin, 0
    while at < len(told):
        back = data.draw(st.integers(0, at))
        at = data.draw(st.integers(at, len(told)))
        resumed = resumed.after_all(told[back:at])
        if at == back:
            resumed = resumed.after_all(told[at : at + 1])
            at += 1
    assert resumed == whole


@given(events)
def test_what_is_kept_is_the_newest_and_bounded(told: list[StoredEvent]) -> None:
    state = Snapshot(0).after_all(told * 1)
    assert list(state.recent) == told[::-1][:RECENT]
    assert state.number == (told[-1].number if told else 0)
    assert state.fetched(*Part).stale == frozenset()


def documented() -> set[str]:
    text = (ROOT / "docs" / "events.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `") and "." in line.split("|")[1]]
    return {kind.strip(" `") for row in rows for kind in row.split(",")}


def test_every_kind_of_event_has_its_parts_and_its_words() -> None:
    assert documented() == set(CHANGES)
    assert {f"event.{kind}" for kind in CHANGES} <= keys()
    assert changed_by("something.new") == frozenset(Part), "a kind of tomorrow: everything"


# The office, as somebody would see it who asked for everything

ADMIN_LISTS: dict[Part, tuple[str, ...]] = {
    Part.FIGURES: ("/api/metrics/dashboard",),
    Part.CONVERSATIONS: ("/api/conversations", "/api/waiting", "/api/stages"),
    Part.CUSTOMERS: ("/api/customers",),
    Part.REPLIES: ("/api/replies",),
    Part.BACKUPS: ("/api/backups",),
    Part.USERS: ("/api/users",),
    Part.WEBHOOKS: ("/api/webhooks",),
    Part.PRIVACY: ("/api/erasures",),
    Part.ALERTS: ("/api/alerts",),
    Part.LEARNING: ("/api/proposals",),
}
CLOCKED = {"at", "longest_s", "last_login_at"}
"""What goes on by itself."""


def still(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: still(one) for name, one in value.items() if name not in CLOCKED}
    return [still(one) for one in value] if isinstance(value, list) else value


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Nobody who asks for everything again and again is too fast."""
    security = SecuritySettings(requests_a_minute=1_000_000)
    return Settings(profiles_dir=tmp_path / "profiles", profile="loja", security=security)


async def everything(client: httpx.AsyncClient) -> dict[Part, Any]:
    async def get(path: str) -> Any:
        answer = await client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        return still(answer.json())

    found: dict[Part, Any] = {part: [await get(path) for path in paths] for part, paths in ADMIN_LISTS.items()}
    conversations = [line["id"] for line in found[Part.CONVERSATIONS][0]["items"]]
    found[Part.MESSAGES] = [await get(f"/api/conversations/{one}/messages") for one in conversations]
    customers = [line["id"] for line in found[Part.CUSTOMERS][0]["items"]]
    found[Part.CUSTOMERS] += [await get(f"/api/customers/{one}") for one in customers]
    consents = [await get(f"/api/customers/{one}/consents") for one in customers]
    found[Part.PRIVACY] += [one for one in consents if one]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
async def test_what_changed_was_said_to_have_changed(office: Office, seed: int) -> None:  # noqa: F811
    client = await office.client(Role.ADMIN)
    doings = Doings(office, client, random.Random(seed))  # noqa: S311 (no secret)
    before, number, seen = await everything(client), await office.store.last_event(), set[str]()
    for what in doings.all():
        await what()
        after = await everything(client)
        told = await office.store.events_after(number)
        seen.update(event.kind for event in told)
        state = Snapshot(number, stale=frozenset()).after_all(told)
        changed = {part for part in before if before[part] != after[part]}
        assert changed <= state.stale, (what, [event.kind for event in told])
        before, number = after, state.number
    assert set(CHANGES) - seen == ELSEWHERE, "every kind is brought about here, but for those of which it is said"
