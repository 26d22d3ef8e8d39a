"""The card as a person has it: what is to be seen in it, waiting until it is there, and a click on it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Desk
from tests.patience import PATIENCE_S

_MIDDLE = """(root, selector, at) => {
  const part = root?.querySelectorAll(selector)[at];
  part?.scrollIntoView({ block: "nearest" });
  const box = part?.getBoundingClientRect();
  return box && box.width > 0 ? [box.left + box.width / 2, box.top + box.height / 2] : null;
}"""


async def until(fact: Callable[[], Any], what: object = "it", seconds: float = PATIENCE_S) -> Any:
    """Wait until ``fact``, which may have to be awaited, gives something; and that."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                found = fact()
                if asyncio.iscoroutine(found):
                    found = await found
                if found:
                    return found
                await asyncio.sleep(0.02)
    except TimeoutError:
        pytest.fail(f"not in time: {what}")


async def card(desk: Desk, function: str, *arguments: object) -> Any:
    """Run ``(root, ...arguments) => value`` over the card's closed root."""
    return await desk.page.bridge.call(f"(...values) => ({function})(globalThis.cardRoot, ...values)", *arguments)


async def has(desk: Desk, selector: str) -> bool:
    return bool(await card(desk, "(root, selector) => root?.querySelector(selector) != null", selector))


async def click(desk: Desk, selector: str, at: int = 0) -> None:
    """The person scrolls to a part of the card, one of several alike, and clicks on it."""
    x, y = await until(lambda: card(desk, _MIDDLE, selector, at), selector)
    await desk.tab.mouse.click(x, y)
