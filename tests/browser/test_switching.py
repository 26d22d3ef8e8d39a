"""Nobody sees an answer in a chat that it was not made for, however fast chats are switched while answers stream.

Every answer bears the name of its chat, ``«Ana»``. ``switching.js`` looks before each drawing of the page whether the
card or the box of a chat bears another chat's name, and makes up answers that come too late.
"""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from agent.contract.analysis import Analysis, Question
from agent.contract.stored import StoredMessage
from agent.storage.opening import open_store
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.conftest import open_desk as open_desk  # noqa: PLC0414 - a fixture
from tests.browser.late import LATE, WATCH
from tests.core.says import analysis
from tests.storage.fresh import KEY, fresh_file
from tests.test_flow import ScriptedAnalyst

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

TITLES = ("Ana", "Bia", "Caio", "Dora", "Enzo", "Zé 🌮 Luz", "Maria da Conceição", "+55 11 90000-0012")
BLOCK = 50
SWITCHES, THOROUGH = 150, 2500
"""In each generation."""

DRIVE = """async (plan) => {
  for (const [chat, wait] of plan) {
    globalThis.__standin.openChat(chat);
    await new Promise((done) => setTimeout(done, wait));
  }
}"""


class Streaming(ScriptedAnalyst):
    """Replies and drafts that bear their chat's name, after a while that chance decides."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__("ready")
        self._chance = chance

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        await asyncio.sleep(self._chance.choice((0, 0, 0.01, 0.05)))
        return analysis(f"Resposta para «{question.text}»", f"Outra para «{question.text}»")

    async def draft(
        self, turns: Sequence[StoredMessage], analysis: Analysis, *, patient: bool = False
    ) -> AsyncGenerator[str]:
        text = ""
        for _ in range(12):
            await asyncio.sleep(self._chance.uniform(0.001, 0.04))
            text += f"Rascunho para «{turns[-1].text}» "
            yield text


async def hands(desk: Desk, chance: random.Random, over: asyncio.Event) -> None:
    """What the person presses and clicks meanwhile, wherever the card is just then."""
    press = desk.tab.keyboard.press
    while not over.is_set():
        await asyncio.sleep(chance.uniform(0, 0.12))
        what = chance.random()
        if what < 0.6:
            await press(f"Alt+Digit{chance.randint(1, 3)}")
        elif what < 0.8:
            await desk.tab.mouse.click(chance.randint(950, 1270), chance.randint(70, 700))
        elif what < 0.9:
            await press("Control+a")
            await press("Backspace")
        else:
            await press("Escape")


async def switch(desk: Desk, seed: int) -> None:
    """A block of switches: some faster than a frame, some slow enough for a draft to end."""
    chance = random.Random(seed)  # noqa: S311 (moments, not secrets)
    ids = [title.casefold().replace(" ", "-") for title in TITLES]
    waits = [chance.choice((0, 5, 20, 60, 200, 600, 900)) * chance.random() for _ in range(BLOCK)]
    plan = [[chance.choice(ids), wait] for wait in waits]
    over = asyncio.Event()
    person = asyncio.create_task(hands(desk, chance, over))
    await desk.tab.evaluate(DRIVE, plan)
    over.set()
    await person
    wrong = await desk.page.bridge.call("() => globalThis.__seen.wrong")
    assert wrong == [], f"seed {seed}"


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_no_answer_is_shown_or_inserted_in_a_foreign_chat(
    open_desk: OpenDesk, generation: str, tmp_path: Path, thorough: bool
) -> None:
    switches = THOROUGH if thorough else SWITCHES
    # The customer's words are the chat's name: the answers to them bear it.
    chats = [chat(title, "> Olá!", title) for title in TITLES]
    analyst = Streaming(random.Random(1))  # noqa: S311 (moments, not secrets)
    # In a file: a draft that is stopped while it reads takes its connection with it, and a store in memory too.
    await fresh_file(tmp_path / "data.db")
    store = await open_store(tmp_path / "data.db", KEY)
    desk = await open_desk(analyst=analyst, store=store, generation=generation, chats=chats, lateness=0)
    await desk.page.bridge.call(LATE)
    await desk.page.bridge.call(WATCH)
    for number in range(switches // BLOCK):
        await switch(desk, number)
    seen = await desk.page.bridge.call("() => ({ ...globalThis.__seen, tokens: globalThis.__seen.tokens.length })")
    print(json.dumps({"generation": generation, **seen}))
    assert seen["tokens"] > switches // 2, "hardly any switch was noticed"
    assert min(seen["answers"], seen["drafts"], seen["inserted"], seen["stale"]) > 0, "nothing was there to be wrong"
    assert desk.page.bridge.unreadable == 0
