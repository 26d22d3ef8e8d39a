"""The law of the window: whatever changes in the office, the events say which parts are out of date.

So a window that asks for exactly those again shows what a window that asks for everything would show.
"""

import ast
import random
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.contract.access import Role
from agent.contract.health import Health, SessionHealth
from agent.contract.stored import StoredEvent
from agent.settings import Settings
from agent.settings.schema import SecuritySettings
from gui.parts import CHANGES, Part, changed_by
from gui.snapshot import RECENT, Snapshot
from gui.tabs.ai.tab import AiTab
from gui.tabs.base import Tab
from gui.tabs.customers.tab import CustomersTab
from gui.tabs.dashboard.tab import DashboardTab
from gui.tabs.messages.tab import MessagesTab
from gui.tabs.system.tab import SystemTab
from gui.words import keys
from tests.api.conftest import Office, healthy, office  # noqa: F401 (a fixture)
from tests.gui.doings import Doings
from tests.structure.sources import ROOT

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KINDS = sorted({*CHANGES, "something.new"})

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

FOLLOWED: dict[str, Part] = {
    "/api/metrics/dashboard": Part.FIGURES,
    "/api/sessions": Part.SESSIONS,
    "/api/health": Part.SESSIONS,
    "/api/conversations": Part.CONVERSATIONS,
    "/api/conversations/{}": Part.CONVERSATIONS,
    "/api/waiting": Part.CONVERSATIONS,
    "/api/stages": Part.CONVERSATIONS,
    "/api/conversations/{}/messages": Part.MESSAGES,
    "/api/messages": Part.MESSAGES,
    "/api/messages/{}": Part.MESSAGES,
    "/api/customers": Part.CUSTOMERS,
    "/api/customers/{}": Part.CUSTOMERS,
    "/api/customers/{}/consents": Part.PRIVACY,
    "/api/erasures": Part.PRIVACY,
    "/api/replies": Part.REPLIES,
    "/api/proposals": Part.PROPOSALS,
    "/api/learning": Part.LEARNING,
    "/api/intents": Part.INTENTS,
    "/api/intent-titles": Part.INTENTS,
    "/api/knowledge": Part.KNOWLEDGE,
    "/api/knowledge/{}": Part.KNOWLEDGE,
    "/api/models": Part.MODELS,
    "/api/backups": Part.BACKUPS,
    "/api/users": Part.USERS,
    "/api/webhooks": Part.WEBHOOKS,
    "/api/alerts": Part.ALERTS,
}
"""What the window reads, and the part that it belongs to. ``{}``: of each one in the list above it."""

ASKED = {
    "/api/auth/me": "who sits here",
    "/api/settings": "when its section is turned to",
    "/api/keys": "when its section is turned to",
    "/api/audit": "when its section is turned to: looking is a line of it",
    "/api/audit/verify": "when somebody wants to know",
    "/api/logs": "every few seconds",
    "/api/monitor": "every few seconds",
    "/api/recordings": "every few seconds",
    "/api/jobs": "every few seconds",
    "/api/webhooks/{}/deliveries": "every few seconds",
    "/api/recordings/{}/file": "to be kept as a file",
    "/api/conversations/{}/export": "likewise",
    "/api/customers/{}/connector": "of another system, when somebody wants to know",
}
"""What no event tells of, and when it is asked for."""

CLOCKED = {"at", "longest_s", "last_login_at", "last_event", "free_memory", "free_disk"}
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


async def everything(client: httpx.AsyncClient) -> dict[Part, dict[str, Any]]:
    found: dict[Part, dict[str, Any]] = {part: {} for part in Part}

    async def get(path: str, part: Part) -> Any:
        answer = await client.get(path, params={"text": "oi"} if path == "/api/messages" else None)
        assert answer.status_code == 200, (path, answer.text)
        said = still(answer.json())
        if said:
            found[part][path] = said
        return said

    each: dict[str, list[Any]] = {}
    for path, part in FOLLOWED.items():
        above, of_each, _ = path.partition("/{}")
        if not of_each:
            answer = await get(path, part)
            each[path] = answer.get("items") or answer.get("messages") if isinstance(answer, dict) else []
        for one in each[above] or () if of_each else ():
            await get(path.format(next(one[name] for name in ("id", "message_id", "name") if name in one)), part)
    return found


def counted(office: Office, doings: Doings) -> None:  # noqa: F811
    """Health as the agent counts it, of the session and the model that are told of here."""

    async def health() -> Health:
        counts, session = await office.store.counts(), office.session.state
        said = session.model_dump(include=set(SessionHealth.model_fields))
        return healthy().model_copy(
            update={
                "session": SessionHealth(**said),
                "model": doings.model,
                "messages": counts.messages_in + counts.messages_out,
                "unfinished": counts.unfinished,
                "last_event": counts.last_event,
            }
        )

    object.__setattr__(office.reach, "health", health)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, datetime.now(UTC).date().toordinal()], ids=["always", "today"])
async def test_what_changed_was_said_to_have_changed(office: Office, seed: int) -> None:  # noqa: F811
    client = await office.client(Role.ADMIN)
    doings = Doings(office, client, random.Random(seed))  # noqa: S311 (no secret)
    counted(office, doings)
    before, number, seen = await everything(client), await office.store.last_event(), set[str]()
    for what in doings.all():
        await what()
        after = await everything(client)
        told = await office.store.events_after(number)
        seen.update(event.kind for event in told)
        state = Snapshot(number, stale=frozenset()).after_all(told)
        changed = {part for part in Part if before[part] != after[part]}
        assert changed <= state.stale, (seed, what, differences(before, after), [event.kind for event in told])
        before, number = after, state.number
    assert seen == set(CHANGES), "every kind is brought about here"


def differences(before: dict[Part, dict[str, Any]], after: dict[Part, dict[str, Any]]) -> list[str]:
    pairs = [(path, before[part].get(path), after[part].get(path)) for part in Part for path in after[part]]
    return [f"{path}: {was} -> {now}" for path, was, now in pairs if was != now]


# What the tabs and their sections read

GUI = ROOT / "gui"
SHOWN = sorted({GUI / "status.py", *(GUI / "tabs").rglob("*.py")} - {GUI / "tabs" / "places.py"})
ROOMS: dict[str, type[Tab]] = {"dashboard": DashboardTab, "messages": MessagesTab, "customers": CustomersTab}
"""Tabs that are one thing; the others have sections, each with parts of its own."""
STAYS = {
    ("backups.py", Part.SESSIONS): "the profile's name, in a command to be copied",
    ("recent.py", Part.CONVERSATIONS): "whose an event was, as they were called then",
}


def reads(file: Path) -> set[str]:
    """The routes of which a file of the window takes what it shows."""
    found = set[str]()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            path = node.args[0]
            pieces = path.values if isinstance(path, ast.JoinedStr) else [path]
            said = "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in pieces)
            if node.func.attr in {"get", "listed", "seen", "file"} and said.startswith("/api/"):
                found.add(said)
    return found


def followed(file: Path) -> frozenset[Part]:
    """The parts with which what a file shows is asked for again."""
    inside = file.relative_to(ROOT).with_suffix("").parts
    if inside[2:] and inside[2] in ROOMS:
        return ROOMS[inside[2]].parts
    module = import_module(".".join(inside))
    kinds = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]
    return frozenset(part for kind in kinds for part in getattr(kind, "parts", ()))


@pytest.mark.parametrize("file", SHOWN, ids=lambda file: str(file.relative_to(GUI)))
def test_what_is_shown_is_asked_for_again_when_it_has_changed(file: Path) -> None:
    wanted = {FOLLOWED[route] for route in reads(file) - ASKED.keys()}
    assert {part for part in wanted if (file.name, part) not in STAYS} <= followed(file), reads(file)


@pytest.mark.parametrize("tab", [AiTab, SystemTab], ids=lambda tab: tab.name)
def test_a_tab_has_the_parts_of_its_sections(tab: type[Tab]) -> None:
    sections = set((GUI / "tabs" / tab.name).glob("*.py")) - {GUI / "tabs" / tab.name / "tab.py"}
    assert frozenset[Part]().union(*map(followed, sections)) == tab.parts
