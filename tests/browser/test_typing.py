"""A customer begins to write: the model reads the conversation before it is asked to answer."""

import asyncio

import pytest

from simulator.world import Writing
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.patience import PATIENCE_S
from tests.test_flow import ScriptedAnalyst

pytestmark = pytest.mark.browser


async def read_ahead(desk: Desk, more_than: int = 0) -> list[str | None]:
    async with asyncio.timeout(PATIENCE_S):
        while len(desk.analyst.read_ahead) <= more_than:
            await asyncio.sleep(0.02)
    return desk.analyst.read_ahead[-1]


@pytest.mark.parametrize(("generation", "language", "how"), [("2026", "pt-BR", "typing"), ("2025", "en", "recording")])
async def test_typing_lets_the_model_read_ahead(
    open_desk: OpenDesk, generation: str, language: str, how: Writing
) -> None:
    texts = ("quanto custa?", "> R$ 89,90")
    desk = await open_desk(
        analyst=ScriptedAnalyst("ready"),
        chats=[chat("Ana", *texts), chat("Clube", *texts, group=True, members=("Carla", "Davi"))],
        generation=generation,
        language=language,
    )
    for title, author in (("Ana", None), ("Clube", "Carla")):
        before = len(desk.analyst.read_ahead)
        await desk.opens(title)
        assert await read_ahead(desk, before) == ["quanto custa?", "R$ 89,90"]
        await desk.quiet(0.8)
        opening = len(desk.analyst.read_ahead)
        assert opening == before + 1, "a chat that is opened is a reason too, but one only"
        await desk.standin.set_writing(title, how, author=author)
        assert await read_ahead(desk, opening) == ["quanto custa?", "R$ 89,90"]
        opened = desk.flow.state.open
        assert opened is not None
        assert opened.chat.is_group == (author is not None), "who types stands where the members stood"
