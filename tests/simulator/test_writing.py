"""A customer is seen writing before their message comes."""

import itertools

import pytest
from playwright.async_api import expect

from simulator.journal import Journal
from simulator.player import Player
from simulator.scenario import load_named
from simulator.standin import StandIn
from simulator.world import ChatSeed, Message, Writing
from tests.conftest import OpenStandIn

CHATS = (ChatSeed(id="ana", title="Ana"), ChatSeed(id="clube", title="Clube", group=True, members=("Carla", "Davi")))


@pytest.mark.browser
@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_the_header_says_so_until_the_message_comes(open_standin: OpenStandIn, generation: str) -> None:
    standin, page = await open_standin(chats=CHATS, generation=generation)
    line = page.locator("#main header [title].selectable-text")
    await page.locator('#pane-side span[title*="Ana"]').first.click()
    await standin.set_writing("ana", "recording")
    await expect(line).to_have_text("gravando áudio…")
    await standin.deliver("ana", kind="voice", seconds=4)
    await expect(line).to_have_count(0)
    await page.locator('#pane-side span[title*="Clube"]').first.click()
    await standin.set_writing("clube", author="Carla")
    await expect(line).to_have_text("Carla está digitando…")
    await standin.set_writing("clube", None)
    await expect(line).to_have_text("Carla, Davi, Você")


class Heard(StandIn):
    """Writes down what the player asks for, with no page."""

    def __init__(self) -> None:
        self.journal = Journal()
        self.heard: list[tuple[str, str, str | None]] = []

    async def add(self, message: Message) -> str:
        self.heard.append((message.chat, "message", message.author))
        return message.id

    async def set_writing(self, chat: str, how: Writing | None = "typing", *, author: str | None = None) -> None:
        self.heard.append((chat, str(how), author))


async def test_the_player_announces_texts_and_voice_notes_of_customers_only() -> None:
    scenario = load_named("loja-de-roupas")
    standin = Heard()
    await Player(scenario, standin, speed=scenario.seconds / 2).play()
    script = [item for item in scenario.script if item.sender == "customer" and item.kind in ("text", "voice")]
    announced = [event for event in standin.heard if event[1] != "message"]
    assert 0 < len(announced) <= len(script)
    for chat in {chat for chat, _, _ in announced}:
        events = [(what, author) for name, what, author in standin.heard if name == chat]
        for (what, author), (then, by) in itertools.pairwise(events):
            if what != "message":
                assert (then, by) == ("message", author), "what is announced comes next in that chat"
