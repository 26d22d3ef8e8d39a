"""Makes the pictures of the documents: the real agent's card on the stand-in page, in both themes."""

import argparse
import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from agent.compose import build
from agent.runtime import Agent
from agent.settings import Settings, load
from agent.telemetry import logs
from simulator.attendant import Attendant
from simulator.demo import Demo
from simulator.standin import StandIn
from simulator.world import Theme

THEMES: tuple[Theme, ...] = ("light", "dark")
CHAT, QUESTION = "ana_beatriz", "Oi! Tenho um casamento no sábado e não sei o que vestir. Me ajuda? 🌸"
_CARD_S = 90.0
_STILL_S = 3.0
_PAINT_S = 0.6


class _Pictures(Demo):
    """A demo that stops at one question instead of playing the whole afternoon."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        super().__init__(settings, "loja-de-roupas", 0)
        self._folder = folder

    async def take(self) -> list[Path]:
        """Run the agent until both pictures are made."""
        self._standin = asyncio.get_running_loop().create_future()
        agent, over = build(self.settings, self._serve), asyncio.Event()
        running = asyncio.create_task(agent.run(over))
        try:
            return await self._shoot(agent)
        finally:
            over.set()
            with suppress(asyncio.CancelledError):
                await running

    async def _shoot(self, agent: Agent) -> list[Path]:
        standin, page = await self.opened()
        await self.wait_for_model(agent)
        title = next(chat.shown_title for chat in self.scenario.chats if chat.id == CHAT)
        await self._fill_the_list(standin)
        await Attendant(page, standin).open_chat(title)
        await self._card_is_complete(agent, await standin.deliver(CHAT, QUESTION))
        made = []
        for theme in THEMES:
            await standin.set_theme(theme)
            await asyncio.sleep(_PAINT_S)
            made.append(self._folder / f"overlay-{theme}.png")
            await page.screenshot(path=made[-1])
        return made

    async def _fill_the_list(self, standin: StandIn) -> None:
        """One message for each other chat, so that the list looks like an afternoon."""
        done = {CHAT}
        for index, item in enumerate(self.scenario.script):
            if item.chat not in done:
                done.add(item.chat)
                await standin.add(self.scenario.message(index, time.time() * 1000))

    async def _card_is_complete(self, agent: Agent, wa_id: str) -> None:
        """Until the card for this message has its draft, or there will be none, and nothing has changed for a while."""
        last: object = None
        async with asyncio.timeout(_CARD_S):
            while True:
                offer = agent.flow.state.offer if agent.flow else None
                shown = offer if offer and offer.wa_id == wa_id else None
                complete = shown and (shown.draft_slot is None or len(shown.suggestions) > shown.draft_slot)
                if complete and shown == last:
                    return
                last = shown
                await asyncio.sleep(_STILL_S)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(prog="scripts/pictures", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parents[1] / "docs" / "pictures")
    folder = parser.parse_args(arguments).folder
    logs.configure("warning")
    settings = load(None, {"profile": "pictures", "browser.headless": True, "api.enabled": False})
    for path in asyncio.run(_Pictures(settings, folder).take()):
        print(path)


if __name__ == "__main__":
    main()
