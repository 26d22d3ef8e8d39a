"""A recording, made a scenario, played on the stand-in: the agent captures what the recording holds."""

import asyncio
from pathlib import Path

import pytest

from agent.contract.desk import ConversationQuery
from agent.contract.rows import OpenChat
from agent.recordings.file import open_recording
from agent.settings import Settings
from simulator.afternoon import Afternoon
from simulator.demo import Demo
from simulator.from_recording import scenario_of
from simulator.player import Player
from simulator.scenario import Scenario
from simulator.scenario_file import read_scenario, write_scenario
from tests.browser.conftest import Desk, OpenDesk
from tests.recordings.made_session import MadeSession, changed, row

pytestmark = pytest.mark.browser

ANA = OpenChat(token=1, title="Ana <b>Beatriz</b>", is_group=False)
BIA = OpenChat(token=2, title="+55 11 90000-0031", is_group=False, phone="+5511900000031")
TURMA = OpenChat(token=3, title="Turma do 3º andar 🍕", is_group=True)
SPEED = 20.0
HTML = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script> R$ 1 & 2'

Said = tuple[str, str, str | None, str | None]
EXPECTED: dict[str, list[Said]] = {
    ANA.title: [
        ("in", "text", "oi, tudo bem?", None),
        ("out", "text", "Olá! Tudo 😊", None),
        ("in", "text", "quanto custam dois vestidos?", None),
        ("out", "text", "R$ 129,90 cada\nà vista R$ 240", None),
        ("in", "deleted", None, None),
        ("in", "image", "esse aqui ó", None),
        ("in", "text", HTML, None),
        ("out", "text", "Separei para você, até sábado", None),
    ],
    BIA.title: [
        ("in", "text", "boa tarde 👩‍🍳", None),
        ("in", "voice", None, None),
        ("out", "text", "Boa tarde, Bia!", None),
    ],
    TURMA.title: [
        ("in", "text", "bora pedir?", "Davi"),
        ("in", "text", "sim!", "Eva"),
        ("out", "document", None, None),
        ("in", "sticker", None, "Davi"),
        ("in", "text", "portuguesa\nsem cebola", "Eva"),
    ],
}


def recorded(path: Path) -> Path:
    """An attendant who goes from chat to chat."""
    session = MadeSession()
    ours = {"direction": "out", "author": "Forno da Vila"}
    price = row(3, "quanto custa um vestido?")
    wrong = row(5, "meu CPF é 123")
    session.rows(
        1, ANA, "baseline", row(1, "oi, tudo bem?", ago=90), row(2, "Olá! Tudo 😊", ago=88, status="read", **ours)
    )
    session.rows(4, ANA, "new", price)
    session.rows(9, ANA, "new", row(4, "R$ 129,90 cada\nà vista R$ 240", **ours), wrong)
    session.rows(12, ANA, "edited", changed(price, text="quanto custam dois vestidos?", edited=True))
    session.rows(14, ANA, "deleted", changed(wrong, kind="deleted", text=None))
    session.rows(20, BIA, "baseline", row(11, "boa tarde 👩‍🍳", author="Bia"), row(12, kind="voice", author="Bia"))
    session.rows(24, BIA, "new", row(13, "Boa tarde, Bia!", **ours))
    session.rows(30, TURMA, "baseline", row(21, "bora pedir?", author="Davi", ago=3))
    quoted = {"author": "Davi", "text": "bora pedir?"}
    session.rows(33, TURMA, "new", row(22, "sim!", author="Eva", quoted=quoted))
    session.rows(36, TURMA, "new", row(23, kind="document", file_name="cardapio.pdf", status="delivered", **ours))
    session.rows(
        38, TURMA, "new", row(24, kind="sticker", author="Davi"), row(25, "portuguesa\nsem cebola", author="Eva")
    )
    session.rows(50, ANA, "baseline", row(6, "esse aqui ó", kind="image"), row(7, HTML))
    last = row(8, "Separei para você, até sexta", **ours)
    session.rows(54, ANA, "new", last)
    session.rows(58, ANA, "edited", changed(last, text="Separei para você, até sábado", edited=True))
    return session.write(path)


def made(folder: Path) -> Scenario:
    with open_recording(recorded(folder / "monday.balcao")) as recording:
        done = scenario_of(recording, "Loja", "pizzaria")
    write_scenario(done.scenario, folder / "monday.yaml", [])
    return read_scenario(folder / "monday.yaml")


async def captured(desk: Desk) -> dict[str, list[Said]]:
    """What the agent stored, without the notices of the page, and without what it had read before it was taken back."""
    page = await desk.store.desk.conversations(ConversationQuery())
    chats: dict[str, list[Said]] = {}
    for conversation in page.items:
        stored = await desk.stored(conversation.id)
        group = conversation.title == TURMA.title
        chats[conversation.title] = [
            (
                one.direction.value,
                one.kind.value,
                None if one.kind == "deleted" else one.text,
                one.author if group and one.direction == "in" else None,
            )
            for one in stored
            if one.kind != "system"
        ]
    return chats


async def test_what_was_recorded_is_played_and_captured_again(open_desk: OpenDesk, tmp_path: Path) -> None:
    scenario = made(tmp_path)
    desk = await open_desk(scenario=scenario)
    player = Player(scenario, desk.standin, speed=SPEED, attendant=desk.attendant)
    assert await player.play() == len(scenario.script)
    await Afternoon(desk.attendant, desk.standin, lambda *_: None).look_into_every_chat()
    await desk.quiet(2)
    found = await captured(desk)
    for title, messages in EXPECTED.items():
        assert found.pop(title) == messages
    assert found == {}
    counters = await desk.standin.counters()
    typed = [item.text for item in scenario.script if item.sender == "attendant"]
    assert [send.text for send in counters.send_log] == typed
    assert (len(typed), counters.sends_by_attendant, counters.sends_by_agent) == (3, 3, 0)
    assert await desk.tab.evaluate("() => globalThis.ran") is None


async def test_a_play_that_was_cut_off_goes_on(open_desk: OpenDesk, tmp_path: Path) -> None:
    scenario = made(tmp_path)
    desk = await open_desk(scenario=scenario)
    seen, sixth = list[str](), asyncio.Event()

    def on_message(message_id: str) -> None:
        seen.append(message_id)
        if len(seen) == 6:
            sixth.set()

    first = Player(scenario, desk.standin, speed=SPEED, attendant=desk.attendant, on_message=on_message)
    running = asyncio.create_task(first.play())
    await sixth.wait()
    running.cancel()
    await asyncio.wait({running})
    await Player(scenario, desk.standin, speed=SPEED, attendant=desk.attendant).play()
    for title, messages in EXPECTED.items():
        shown = (await desk.standin.snapshot()).chat(title).messages
        assert [one.text or None for one in shown if one.kind != "system"] == [text for _, _, text, _ in messages]


@pytest.mark.slow
async def test_the_demo_plays_it_and_the_company_that_answers_is_not_the_agent(tmp_path: Path) -> None:
    scenario = made(tmp_path)
    settings = Settings(
        profiles_dir=tmp_path / "profiles", profile="demo", browser={"headless": True}, model={"drafts": False},
        api={"enabled": False},
    )  # fmt: skip
    demo = Demo(settings, scenario, speed=SPEED)
    assert demo.seconds == pytest.approx(scenario.seconds / SPEED)
    report = await demo.run()
    assert report is not None
    incoming = sum(said[0] == "in" for messages in EXPECTED.values() for said in messages)
    assert (report["messages_written_by_customers"], report["messages_captured"]) == (incoming, incoming)
    assert (report["sends_by_attendant"], report["sends_by_agent"], report["read_receipts_by_agent"]) == (3, 0, 0)
    assert report["replies_inserted"] == 0
