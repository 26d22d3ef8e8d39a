"""Rows made up by the thousand: what the built script reads of them is what was written.

Each chat is shown by the stand-in at once and read as in production: the script in its isolated world sends frames.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from playwright.async_api import Browser, Page

from agent.contract.frames import AnyFrame
from agent.contract.rows import OpenChat, Row
from agent.page.bridge import Bridge, with_configuration
from agent.page.script import script_source
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import StandIn
from simulator.world import ChatSeed, Clock, Generation, Language
from tests.browser.made_chats import FORMS, NOW, OURS, Made, Plan, Setting, make_chat, plans, without_outdated_kinds
from tests.browser.shown import differences, expected_rows

pytestmark = pytest.mark.browser

CHATS, THOROUGH = 6, 13
"""For each generation, of some forty rows each."""
FEWEST_ROWS_A_CHAT = 30
PATIENCE_S = 15.0
"""For one chat, on a machine that is busy; a wrong reading waits it out, a right one does not."""

FIRST = ChatSeed(id="first", title="Primeira conversa")
"""Never opened: without a chat the list is not there to wait for."""

SHIFT = f"""(() => {{
  const shift = {NOW.timestamp() * 1000:.0f} - Date.now();
  const Real = Date;
  globalThis.Date = class extends Real {{
    constructor(...given) {{ if (given.length > 0) super(...given); else super(Real.now() + shift); }}
    static now() {{ return Real.now() + shift; }}
  }};
  const origin = performance.timeOrigin;
  Object.defineProperty(performance, "timeOrigin", {{ value: origin + shift }});
}})();
"""
"""Sets the clock of the page and of the script, so that "today" is the same day in every run."""


class Reading:
    """What the script has sent of the open chat."""

    def __init__(self, standin: StandIn, bridge: Bridge, tab: Page) -> None:
        self.standin = standin
        self.tab = tab
        self.compared = 0
        self.chat: OpenChat | None = None
        self.rows: dict[str, Row] = {}
        self._window: tuple[str, ...] = ()
        self._changed = asyncio.Event()
        self._setting: Setting | None = None
        self.bridge = bridge

    async def follow(self) -> None:
        """Keep what the frames say."""
        async for frame in self.bridge.frames():
            assert frame is not None, "a frame was lost"
            self._take(frame)
            self._changed.set()

    def _take(self, frame: AnyFrame) -> None:
        assert frame.kind != "fault", frame
        if frame.kind == "chat":
            self.chat, self.rows, self._window = frame.chat, {}, ()
        if frame.kind == "rows":
            self.rows |= {change.row.id: change.row for change in frame.changes}
            self._window = frame.window

    async def compare(self, made: Made, setting: Setting) -> list[str]:
        """Show a chat on such a page and read it. Returns what was read otherwise than it was written."""
        if setting != self._setting:
            await self.standin.set_generation(setting.generation)
            await self.standin.set_language(setting.language, setting.clock)
            self._setting = setting
        seed = made.seed
        await self.standin.add_chat(seed)
        styles = await self.standin.row_styles(seed.id)
        expected = expected_rows(made, styles, setting)
        ids = [row.id for row in expected]
        wrong: list[str] = ["nothing was read"]
        await self.standin.show_chat(seed.id)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while wrong:
                    self._changed.clear()
                    if self.chat is None or self.chat.title != seed.title or list(self._window[1:]) != ids:
                        wrong = [f"rows {len(self._window)} of {len(ids)} in {self.chat}"]
                    else:
                        wrong = self._wrong(expected, seed.group)
                    if wrong:
                        await self._changed.wait()
        except TimeoutError:
            return [f"{setting}, {seed.title!r}", *wrong, await self._markup(wrong[0].split()[0])]
        assert self.chat is not None
        assert self.chat.is_group == seed.group
        assert self.bridge.unreadable == 0, self.bridge.last_error
        self.compared += len(expected)
        return []

    def _wrong(self, expected: list[Row], group: bool) -> list[str]:
        return [f"{row.id} {row.kind} {difference}" for row in expected for difference in self._differences(row, group)]

    def _differences(self, expected: Row, group: bool) -> list[str]:
        read = self.rows.get(expected.id)
        return differences(read, expected, group) if read else ["was not read"]

    async def _markup(self, row_id: str) -> str:
        row = self.tab.locator(f'#main [data-id*="{row_id}"]')
        return str(await row.first.evaluate("row => row.outerHTML")) if await row.count() else f"no row {row_id}"


@pytest.fixture
async def reading(chromium: Browser) -> AsyncIterator[Reading]:
    """One page for all the chats of a test. At its end enough rows have been compared, and nothing was sent."""
    context = await chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="pt-BR", timezone_id="America/Sao_Paulo"
    )
    tab = await context.new_page()
    standin = await install(context, StandInOptions(own_name=OURS, lateness=0, whole=True, chats=(FIRST,)))
    await tab.add_init_script(SHIFT)
    bridge = Bridge()
    await bridge.attach(tab, SHIFT + with_configuration(script_source(), overlay=False))
    await standin.open(tab)
    await standin.ready()
    one = Reading(standin, bridge, tab)
    following = asyncio.create_task(one.follow())
    yield one
    counters = await standin.counters()
    bridge.end()
    await following
    await context.close()
    assert (counters.sends, len(counters.read_receipts)) == (0, 0)


PAGES: tuple[tuple[Language, Clock], ...] = (
    ("pt-BR", "24h"), ("en", "12h"), ("es", "12h"), ("pt-BR", "12h"), ("en", "24h"), ("es", "24h"),
)  # fmt: skip


@pytest.mark.parametrize("generation", ["2026", "2025", "2023", "mixed"])
async def test_every_row_is_read_as_it_was_written(reading: Reading, generation: Generation, thorough: bool) -> None:
    chats = THOROUGH if thorough else CHATS
    drawn: list[Plan] = []

    @settings(
        max_examples=chats,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(plans())
    def draw(plan: Plan) -> None:
        drawn.append(plan)

    draw()
    wrong: list[str] = []
    for number, plan in enumerate(drawn):
        # In turn, so that no form of a chat, language or clock is left to chance.
        made = make_chat(plan, FORMS[number % len(FORMS)], f"{generation}-{number}")
        setting = Setting(generation, *PAGES[number % len(PAGES)])
        wrong += await reading.compare(without_outdated_kinds(made, generation), setting)
    assert not wrong, "\n".join(wrong)
    assert reading.compared >= chats * FEWEST_ROWS_A_CHAT
