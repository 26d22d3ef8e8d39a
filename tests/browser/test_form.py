"""The card as each person likes it: place, size, theme, language and keys, by mouse and by keyboard, and remembered."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from agent.contract.commands import PreferencesCommand
from agent.contract.workplace import Preferences
from agent.counter.habits import Habits
from agent.flow import Flow
from agent.telemetry.measurements import Measurements
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import card, click, has, until

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

GENERATIONS = pytest.mark.parametrize("generation", ["2026", "2025"])
SEEN = Preferences(tour_seen=True)
SETTINGS, CLOSE = "[data-tool=settings]", ".form-title .tool"
IN_BOX = "() => document.activeElement === document.querySelector('#main footer [contenteditable=true]')"


async def focused(desk: Desk) -> str:
    """What in the card has the focus, by its name; empty: nothing."""
    name = "root => root.activeElement?.getAttribute('aria-label') || root.activeElement?.textContent || ''"
    return str(await card(desk, name))


async def kept(desk: Desk) -> Preferences:
    return await desk.store.habits.preferences("loja", "")


async def remembered(desk: Desk, **wanted: object) -> None:
    async def are() -> bool:
        now = await kept(desk)
        return all(getattr(now, name) == value for name, value in wanted.items())

    await until(are, f"kept: {wanted}")


async def sit_down(open_desk: OpenDesk, generation: str = "2026", preferences: Preferences = SEEN) -> Desk:
    """An attendant whose card is as ``preferences`` say, with a chat open and suggestions for it."""
    desk = await open_desk(
        generation=generation,
        lateness=0,
        chats=[chat("Ana", "oi"), chat("Bia", "olá")],
        workers=lambda store: [Habits(store.habits)],
    )
    await until(lambda: desk.flow.state.page.value == "ready", "ready")
    await desk.store.habits.keep_preferences("loja", "", preferences)
    await desk.tab.reload()
    await desk.standin.ready()
    await until(lambda: told(desk, preferences), "the card is as it was kept")
    await desk.opens("Ana")
    await desk.card()
    return desk


async def told(desk: Desk, preferences: Preferences) -> bool:
    scale = await card(desk, "root => root?.host.style.getPropertyValue('--scale') ?? null")
    side = await card(desk, "root => root?.querySelector('.card')?.dataset.side ?? null")
    place = {"bar": "bottom"}.get(preferences.place, preferences.place)
    return bool(scale) and side == place and float(scale) * 100 == preferences.scale


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    across = one["x"] < other["x"] + other["width"] - 0.5 and other["x"] < one["x"] + one["width"] - 0.5
    down = one["y"] < other["y"] + other["height"] - 0.5 and other["y"] < one["y"] + one["height"] - 0.5
    return bool(across and down)


@pytest.mark.parametrize(
    ("generation", "place"), [("2026", "right"), ("2026", "left"), ("2026", "bar"), ("2025", "left")]
)
async def test_it_covers_nothing_at_any_place_and_size(open_desk: OpenDesk, generation: str, place: str) -> None:
    desk = await sit_down(open_desk, generation, SEEN.model_copy(update={"place": place}))
    for scale in (100, 150, 200):
        for width, height in ((1280, 720), (1920, 1080), (1024, 576), (853, 480), (640, 360)):
            await desk.tab.set_viewport_size({"width": width, "height": height})
            wanted = SEEN.model_copy(update={"place": place, "scale": scale})
            await desk.store.habits.keep_preferences("loja", "", wanted)
            await show_preferences(desk)
            box = """root => { const box = root.host.getBoundingClientRect();
              return { x: box.x, y: box.y, width: box.width, height: box.height }; }"""

            async def settled(box: str = box) -> bool:
                here = await card(desk, box)
                parts = [await desk.tab.locator(part).bounding_box() for part in ("#app", "#main", "#side")]
                return not any(part is None or overlap(here, part) for part in parts)

            await until(settled, f"{place} {scale} % at {width}x{height}")
            here = await card(desk, box)
            assert here["width"] == width or here["width"] <= width * 0.45 + 1
            assert (here["x"] == 0) if place == "left" or here["width"] == width else here["x"] + here["width"] == width
            inside = await card(
                desk,
                """root => { const card = root.querySelector(".card").getBoundingClientRect(),
                     host = root.host.getBoundingClientRect();
                   return Math.abs(card.width - host.width) < 1 && Math.abs(card.height - host.height) < 1; }""",
            )
            assert inside, "the card fills its place, however large it is drawn"


async def show_preferences(desk: Desk) -> None:
    """As after a start: the agent says what it has kept."""
    await desk.page.bridge.tell(PreferencesCommand(preferences=await kept(desk)))


async def test_every_wish_is_remembered_over_a_restart(open_desk: OpenDesk) -> None:
    desk = await sit_down(open_desk)
    stored = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
    before = await desk.tab.evaluate(stored)
    await click(desk, SETTINGS)
    await click(desk, "[data-value=left]")
    await click(desk, "[data-value=contrast]")
    await click(desk, "[data-value=es]")
    await click(desk, "fieldset.row .button:last-child")
    await click(desk, "[data-switch=slash]")
    wanted = {"place": "left", "theme": "contrast", "language": "es", "scale": 125, "slash": False}
    await remembered(desk, **wanted)
    assert await desk.tab.evaluate(stored) == before, "nothing is kept where the page could read it"
    # The agent starts anew on the same database, and the page is another document.
    flow = Flow(
        desk.flow.state, desk.page, desk.analyst, desk.store, Measurements(), workers=[Habits(desk.store.habits)]
    )
    again = asyncio.create_task(flow.run())
    try:
        await desk.tab.reload()
        await desk.standin.ready()
        await until(lambda: told(desk, Preferences.model_validate(wanted)), "as before")
        assert await card(desk, "root => root.querySelector('.card').dataset.theme") == "contrast"
        assert await card(desk, "root => root.querySelector('.card').lang") == "es"
        assert not await has(desk, "[data-sheet=tour]")
    finally:
        again.cancel()
        await asyncio.gather(again, return_exceptions=True)


@GENERATIONS
async def test_the_keyboard_alone_reaches_everything_and_comes_back(open_desk: OpenDesk, generation: str) -> None:
    desk = await sit_down(open_desk, generation)
    await desk.tab.locator("#main footer [contenteditable=true]").focus()
    await desk.tab.keyboard.type("meu rascunho")
    keys = desk.tab.keyboard
    await keys.press("Alt+b")
    first = await focused(desk)
    assert first
    names = []
    for _ in range(60):
        names.append(await focused(desk))
        outline = "root => getComputedStyle(root.activeElement).outlineStyle"
        assert await card(desk, outline) == "solid", f"the focus is seen on {names[-1]}"
        await keys.press("Tab")
        if await focused(desk) == first:
            break
    for name in ("Ajustes", "Recolher", "Captura: "):
        assert any(one.startswith(name) for one in names), names
    await keys.press("Shift+Tab")
    assert await focused(desk) == names[-1]
    # To the settings: Enter opens, Tab stays in the sheet and the head, Space presses, Esc closes, Esc leaves.
    while await focused(desk) != "Ajustes":
        await keys.press("Tab")
    await keys.press("Enter")
    await until(lambda: has(desk, "[data-sheet=menu]"), "the menu")
    while await focused(desk) != "Esquerda":
        await keys.press("Tab")
    await keys.press("Space")
    await remembered(desk, place="left")
    await keys.press("Escape")
    await until(lambda: lacks(desk, ".sheet"), "closed")
    assert await focused(desk), "the focus stays in the card"
    await keys.press("Escape")
    assert await desk.tab.evaluate(IN_BOX)
    await keys.type("!")
    box = desk.tab.locator("#main footer [contenteditable=true]")
    assert (await box.inner_text()).strip() == "meu rascunho!"


async def lacks(desk: Desk, selector: str) -> bool:
    return not await has(desk, selector)


async def test_arrows_go_along_the_tabs(open_desk: OpenDesk) -> None:
    desk = await sit_down(open_desk)
    await desk.tab.keyboard.press("Alt+b")
    tabs = await card(desk, "root => [...root.querySelectorAll('[role=tab]')].map(tab => tab.dataset.tab)")
    while await card(desk, "root => root.activeElement?.role ?? null") != "tab":
        await desk.tab.keyboard.press("Tab")
    now = "root => root.activeElement.dataset.tab"
    assert await card(desk, now) == "replies"
    for name in (*tabs[1:], tabs[0]):
        await desk.tab.keyboard.press("ArrowRight")
        assert await card(desk, now) == name
    await desk.tab.keyboard.press("End")
    await desk.tab.keyboard.press("Enter")
    await until(lambda: has(desk, f"[data-panel={tabs[-1]}]"), "its panel")
    await desk.tab.keyboard.press("Tab")
    assert await card(desk, "root => root.activeElement?.role ?? null") != "tab", "one stop for all tabs"


@GENERATIONS
async def test_a_key_can_be_another_and_whatsapps_are_refused(open_desk: OpenDesk, generation: str) -> None:
    desk = await sit_down(open_desk, generation)
    box = desk.tab.locator("#main footer [contenteditable=true]")
    await box.focus()
    await desk.tab.keyboard.press("Alt+Shift+/")
    await until(lambda: has(desk, "[data-sheet=keys]"), "the keys")
    await click(desk, "[data-action=pick1] .button")
    await desk.tab.keyboard.press("Alt+k")
    await until(lambda: has(desk, ".form-refused"), "said why not")
    await desk.tab.keyboard.press("Alt+q")
    await remembered(desk, shortcuts={"pick1": "Alt+Q"})
    await click(desk, CLOSE)
    await box.focus()
    await desk.tab.keyboard.press("Alt+1")
    assert (await box.inner_text()).strip() == ""
    await desk.tab.keyboard.press("Alt+q")
    await until(lambda: inserted(desk), "inserted by the new key")
    await desk.tab.keyboard.type(" ?")
    assert (await box.inner_text()).strip().endswith("?"), "a bare question mark is the page's"


async def inserted(desk: Desk) -> bool:
    return "Resposta para oi" in await desk.tab.locator("#main footer [contenteditable=true]").inner_text()


async def test_the_tour_greets_who_is_new_and_is_over_for_good(open_desk: OpenDesk) -> None:
    desk = await open_desk(lateness=0, chats=[chat("Ana", "oi")], workers=lambda store: [Habits(store.habits)])
    await until(lambda: has(desk, "[data-sheet=tour]"), "the tour")
    await desk.opens("Ana")
    await desk.card()
    await until(lambda: has(desk, "[data-slot]"), "suggestions come first")
    assert await lacks(desk, "[data-sheet=tour]")
    await desk.tab.locator("#main footer [contenteditable=true]").focus()
    await desk.tab.keyboard.press("Escape")
    await until(lambda: has(desk, "[data-sheet=tour]"), "back when there is nothing to use")
    for _ in range(4):
        await click(desk, ".form-foot [data-main]")
    await remembered(desk, tour_seen=True)
    assert await lacks(desk, ".sheet")
    await desk.tab.reload()
    await desk.standin.ready()
    await until(lambda: has(desk, ".capture"), "the card")
    await desk.quiet(0.5)
    assert await lacks(desk, ".sheet")


async def test_nothing_takes_the_focus_and_a_draft_survives_every_wish(open_desk: OpenDesk) -> None:
    desk = await sit_down(open_desk)
    box = desk.tab.locator("#main footer [contenteditable=true]")
    await box.focus()
    await desk.tab.keyboard.type("olá, já vejo")
    for selector in (SETTINGS, "[data-value=bar]", "[data-value=left]", "[data-value=dark]", "[data-value=en]", CLOSE):
        await click(desk, selector)
        assert await desk.tab.evaluate(IN_BOX), selector
    await click(desk, "[data-tool=fold]")
    await click(desk, "[data-tool=fold]")
    await click(desk, ".capture")
    await click(desk, CLOSE)
    assert await desk.tab.evaluate(IN_BOX)
    await desk.tab.keyboard.type("!")
    assert (await box.inner_text()).strip() == "olá, já vejo!"


async def test_a_low_window_opens_the_card_when_asked(open_desk: OpenDesk) -> None:
    desk = await sit_down(open_desk)
    await desk.tab.set_viewport_size({"width": 640, "height": 360})
    mode = "root => root.querySelector('.card').dataset.mode"
    await until(lambda: is_mode(desk, "bar"), "a bar")
    assert await lacks(desk, "[data-slot]")
    await click(desk, "[data-tool=fold]")
    await until(lambda: is_mode(desk, "strip"), "opened")
    assert await has(desk, "[data-slot]")
    await click(desk, "[data-tool=fold]")
    assert await card(desk, mode) == "bar"


async def is_mode(desk: Desk, mode: str) -> bool:
    return bool(await card(desk, "(root, mode) => root?.querySelector('.card')?.dataset.mode === mode", mode))
