"""Scenarios are checked when they are read, and played in their own time."""

import asyncio
from pathlib import Path

import pytest
from pydantic import ValidationError

from simulator.player import Player
from simulator.scenario import load, load_all, load_named
from tests.conftest import OpenStandIn

HEAD = """
business: Loja
slug: loja
own_name: Loja
replies: loja
chats:
  - {id: ana, title: Ana, history: [{from: customer, text: oi, minutes_ago: 90}]}
  - {id: turma, title: Turma, group: true, members: [Bia]}
  - {id: ze, phone: "+55 11 90000-0001", push_name: Zé}
script:
"""


def write(folder: Path, script: str) -> Path:
    path = folder / "loja.yaml"
    path.write_text(HEAD + script, encoding="utf-8")
    return path


def test_all_scenarios_load_and_their_ids_are_their_own() -> None:
    scenarios = load_all()
    assert len(scenarios) >= 6
    ids: set[str] = set()
    count = 0
    for scenario in scenarios:
        for seed in scenario.seeds(0):
            ids.update(message.id for message in seed.messages)
            count += len(seed.messages)
        ids.update(scenario.message(index, 0).id for index in range(len(scenario.script)))
        count += len(scenario.script)
    assert len(ids) == count


def test_history_is_counted_back_and_unsaved_contacts_are_titled_by_number(tmp_path: Path) -> None:
    scenario = load(write(tmp_path, "  - {at: 1, chat: ana, text: oi}\n"))
    ana, turma, ze = scenario.seeds(started_ms=90 * 60_000)
    assert ana.messages[0].at == 0
    assert (turma.group, turma.members) == (True, ("Bia",))
    assert (ze.title, ze.push_name) == ("+55 11 90000-0001", "Zé")
    assert scenario.seconds == 1


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("  - {at: 1, chat: eva, text: oi}", "unknown chat: eva"),
        ("  - {at: 1, chat: turma, text: oi}", "needs an author"),
        ("  - {at: 1, chat: ana}", "a text needs a text"),
        ("  - {at: 1, chat: ana, kind: voice}", "needs seconds"),
        ("  - {at: 1, chat: ana, kind: document}", "needs a name"),
        ("  - {at: 1, chat: ana, txt: oi}", "Extra inputs"),
        ("  - {at: 2, chat: ana, text: oi}\n  - {at: 1, chat: ana, text: oi}", "not in order"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, script: str, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        load(write(tmp_path, script))


@pytest.mark.browser
async def test_a_played_scenario_is_on_the_page_once(open_standin: OpenStandIn) -> None:
    scenario = load_named("pizzaria")
    standin, _ = await open_standin(scenario=scenario)
    seen: list[str] = []
    fifth = asyncio.Event()

    def on_message(message_id: str) -> None:
        seen.append(message_id)
        if len(seen) == 5:
            fifth.set()

    player = Player(scenario, standin, speed=300, on_message=on_message)
    assert player.seconds == scenario.seconds / 300
    running = asyncio.create_task(player.play())
    await fifth.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    rest = await Player(scenario, standin, speed=5000).play()
    assert len(seen) + rest in (len(scenario.script), len(scenario.script) - 1), "the one cut off may be delivered"
    snapshot = await standin.snapshot()
    written = [message.id for chat in snapshot.chats for message in chat.messages]
    for index in range(len(scenario.script)):
        assert written.count(scenario.message(index, 0).id) == 1
    assert sum(chat.unread for chat in snapshot.chats) == len(scenario.script)
