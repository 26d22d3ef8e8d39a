"""Who waits, on the card: a click shows where somebody is in the page's list, and the person opens them."""

import asyncio
import time

import pytest

from simulator.world import ChatSeed, Message
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import card, click, until
from tests.patience import PATIENCE_S

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

GENERATIONS = pytest.mark.parametrize("generation", ["2026", "2025"])
DRAFT = "Oi, Carlos! Já vou ver isso"


def waiting(title: str, minutes: float, text: str = "Oi, tudo bem?", *, key: str | None = None) -> ChatSeed:
    """Somebody who wrote so many minutes ago and was not read."""
    key = key or title.casefold().replace(" ", "-")
    at = (time.time() - minutes * 60) * 1000
    said = Message(id=f"3A{abs(hash(key)) % 16**16:016X}", chat=key, direction="in", text=text, at=at)
    return ChatSeed(id=key, title=title, unread=1, messages=(said,))


def many(count: int = 44) -> list[ChatSeed]:
    """The newest stands at the top of the page's list, and at the bottom of ours."""
    return [waiting(f"Cliente {n:02}", n + 1, f"Pergunta {n}") for n in range(count)]


async def names(desk: Desk) -> list[str]:
    return list(await card(desk, "root => [...root.querySelectorAll('.queue-name')].map(name => name.textContent)"))


async def said(desk: Desk, code: str) -> str:
    """What the card says of pointing, once it is that."""
    await until(
        lambda: card(desk, "(root, code) => root.querySelector(`.queue-say[data-code=${code}]`) !== null", code)
    )
    return str(await card(desk, "root => root.querySelector('.queue-say').textContent"))


async def point_at(desk: Desk, title: str, which: int = 0) -> None:
    listed = await names(desk)
    at = [n for n, name in enumerate(listed) if name == title][which]
    await click(desk, ".queue-line", at)


async def ringed(desk: Desk) -> list[str] | None:
    """Title and last words of the row under the ring; None where there is no ring."""
    box = await desk.page.bridge.call(
        """() => {
          const host = globalThis.allRoots.at(-1).host;
          const { x, y, width, height } = host.getBoundingClientRect();
          return host.hidden || !width ? null : [x, y, width, height];
        }"""
    )
    if box is None:
        return None
    found: list[str] | None = await desk.tab.evaluate(
        """([x, y, width, height]) => {
          const row = document.elementFromPoint(x + width / 2, y + height / 2).closest("[role=row], [role=listitem]");
          const shown = row.getBoundingClientRect();
          const pane = document.querySelector("#pane-side").getBoundingClientRect();
          const whole = shown.top >= pane.top - 1 && shown.bottom <= pane.bottom + 1;
          if (!whole || Math.abs(shown.top - y) > 2 || Math.abs(shown.height - height) > 2) return null;
          return [...row.querySelectorAll("span[title]")].map(span => span.title.replace(/[\\u202a\\u202c]/g, ""));
        }""",
        box,
    )
    return found


async def with_draft(desk: Desk) -> None:
    await desk.opens("Carlos")
    await desk.attendant.composer.click()
    await desk.tab.keyboard.type(DRAFT)


async def assert_untouched(desk: Desk, *, focus_in_box: bool = True) -> None:
    """Carlos is open with what was typed; nobody else was opened or read."""
    assert await desk.attendant.open_title() == "Carlos"
    assert await desk.attendant.composer.inner_text() == DRAFT
    if focus_in_box:
        assert await desk.tab.evaluate("() => document.activeElement.closest('#main footer') !== null")
    counters = await desk.standin.counters()
    assert {receipt.title for receipt in counters.read_receipts} <= {"Carlos"}
    assert counters.sends == 0
    snapshot = await desk.standin.snapshot()
    assert all(one.unread == 1 for one in snapshot.chats if one.title != "Carlos")


@GENERATIONS
async def test_a_click_points_at_a_row_out_of_sight_and_opens_nothing(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(generation=generation, chats=[*many(), chat("Carlos", "oi", id="carlos")])
    await with_draft(desk)
    await click(desk, "[data-tab=queue]")
    # To open Carlos the attendant has scrolled through the whole list.
    await until(lambda: _count(desk, 44))
    assert (await names(desk))[0] == "Cliente 43"
    await desk.tab.locator("#pane-side").evaluate("pane => pane.scrollTo(0, 0)")
    await point_at(desk, "Cliente 43")
    assert await until(lambda: ringed(desk)) == ["Cliente 43", "Pergunta 43"]
    assert "Cliente 43" in await said(desk, "found")
    await assert_untouched(desk)
    await point_at(desk, "Cliente 01")
    await _until_ringed(desk, ["Cliente 01", "Pergunta 1"])
    await assert_untouched(desk)
    # The capture goes on.
    await desk.standin.deliver("cliente-30", "Alguém aí?")
    await until(lambda: _says(desk, "Alguém aí?"))


async def _until_ringed(desk: Desk, row: list[str]) -> None:
    async def rings() -> bool:
        return await ringed(desk) == row

    await until(rings)


async def _says(desk: Desk, text: str) -> bool:
    return bool(await card(desk, "(root, text) => root.querySelector('.queue-lines').textContent.includes(text)", text))


@GENERATIONS
async def test_by_keyboard_too(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(generation=generation, chats=[*many(8), chat("Carlos", "oi", id="carlos")])
    await with_draft(desk)
    await click(desk, "[data-tab=queue]")
    await until(lambda: names(desk))
    await card(desk, "root => root.querySelector('.queue-line').focus()")
    await desk.tab.keyboard.press("ArrowDown")
    await desk.tab.keyboard.press("ArrowDown")
    await desk.tab.keyboard.press("ArrowUp")
    await desk.tab.keyboard.press("Enter")
    await _until_ringed(desk, ["Cliente 06", "Pergunta 6"])
    await assert_untouched(desk, focus_in_box=False)
    assert await card(desk, "root => root.activeElement.querySelector('.queue-name').textContent") == "Cliente 06"
    await desk.tab.keyboard.press("Escape")
    await assert_untouched(desk)


@GENERATIONS
async def test_twins_are_told_apart_by_their_words(open_desk: OpenDesk, generation: str) -> None:
    twins = [
        waiting("Maria", 2.5, "Cadê o vestido?", key="maria-1"),
        waiting("Maria", 6.5, "Quero trocar", key="maria-2"),
    ]
    desk = await open_desk(generation=generation, chats=[*many(6), *twins, chat("Carlos", "oi", id="carlos")])
    await with_draft(desk)
    await click(desk, "[data-tab=queue]")
    await until(lambda: _count(desk, 8))
    lines = await card(
        desk,
        """root => [...root.querySelectorAll('.queue-line')].map(line =>
          [line.querySelector('.queue-name').textContent, line.querySelector('.queue-words').textContent])""",
    )
    marias = [line for line in lines if line[0] == "Maria"]
    assert sorted(words for _, words in marias) == ["Cadê o vestido?", "Quero trocar"]
    for which, line in enumerate(marias):
        await point_at(desk, "Maria", which)
        await _until_ringed(desk, line)
    await assert_untouched(desk)


async def _count(desk: Desk, count: int) -> bool:
    return len(await names(desk)) == count


async def test_results_of_a_search_are_no_list_to_look_through(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[*many(8), chat("Carlos", "oi", id="carlos")])
    await desk.opens("Carlos")
    await click(desk, "[data-tab=queue]")
    await until(lambda: _count(desk, 8))
    await desk.tab.locator("#side input").click()
    await desk.tab.keyboard.type("Carlos")
    await point_at(desk, "Cliente 03")
    assert await said(desk, "search") == "Limpe a busca do WhatsApp para achar Cliente 03."
    assert await desk.tab.evaluate("() => document.activeElement.closest('#side') !== null")


async def test_who_is_not_in_the_list_any_more_is_said(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[*many(40), chat("Carlos", "oi", id="carlos")])
    await desk.opens("Carlos")
    await click(desk, "[data-tab=queue]")
    await until(lambda: _shows(desk, "Cliente 03"))
    await desk.tab.locator("#pane-side").evaluate("pane => pane.scrollTo(0, 1000)")
    await asyncio.wait_for(desk.standin.rename("cliente-03", "Outro nome"), PATIENCE_S)
    await point_at(desk, "Cliente 03")
    assert await said(desk, "missing") == "Role a lista até Cliente 03."
    assert await desk.tab.evaluate("() => document.querySelector('#pane-side').scrollTop") == 1000
    assert await ringed(desk) is None


async def _shows(desk: Desk, name: str) -> bool:
    return name in await names(desk)


async def test_a_click_of_a_script_does_nothing(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[*many(4)])
    await click(desk, "[data-tab=queue]")
    await until(lambda: _count(desk, 4))
    await card(desk, "root => root.querySelector('.queue-line').click()")
    assert await card(desk, "root => root.querySelector('.queue-say').dataset.code") == "hint"


async def test_the_badge_counts_and_the_answered_leave(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[*many(4), chat("Carlos", "> Até logo", id="carlos")])
    badge = (
        "root => { const badge = root.querySelector('[data-tab=queue] .tab-badge'); return badge?.textContent ?? ''; }"
    )

    async def counts(number: str) -> bool:
        return bool(await card(desk, badge) == number)

    await until(lambda: counts("4"))
    await desk.standin.deliver("carlos", "Que absurdo, cadê meu pedido?")
    await until(lambda: counts("5"))
    await desk.standin.write_from_phone("carlos", "Já saiu!")
    await until(lambda: counts("4"))
