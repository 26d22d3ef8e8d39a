"""The channel into the page, in a real browser."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page as Tab
from playwright.async_api import Route

from agent.contract.commands import EchoCommand
from agent.contract.frames import HelloFrame, StateFrame
from agent.page.bridge import Bridge
from agent.page.browser import open_browser

pytestmark = pytest.mark.browser

URL = "https://web.whatsapp.com/"
PAGE = "<html id=whatsapp-web lang=pt-BR><body>oi<iframe src='about:blank'></iframe></body></html>"
SCRIPT = """
if (window === window.top) {
  let seq = 0;
  const send = (frame) => balcaoSend(JSON.stringify({ v: 1, seq: ++seq, at_ms: Date.now(), ...frame }));
  globalThis.balcao = {
    command: async (json) => {
      const command = JSON.parse(json);
      if (command.nonce === 13) { balcaoSend('{"kind": "echo", "secret": "Maria"}'); seq++; return; }
      if (command.nonce === 14) throw new Error("broken");
      if (command.nonce >= 20) send({ kind: "state", state: "syncing", progress: command.nonce });
      else send({ kind: "echo", nonce: command.nonce });
    },
  };
  send({ kind: "hello", script: "test", lang: document.documentElement?.lang ?? null });
}
"""


class Open:
    def __init__(self, tab: Tab, bridge: Bridge) -> None:
        self.tab, self.bridge, self.frames = tab, bridge, bridge.frames()


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Open]:
    async def page(route: Route) -> None:
        await route.fulfill(body=PAGE, content_type="text/html")

    async with open_browser(tmp_path, headless=True) as context:
        await context.route(f"{URL}**", page)
        bridge = Bridge()
        await bridge.attach(context.pages[0], SCRIPT)
        await context.pages[0].goto(URL, wait_until="commit")
        yield Open(context.pages[0], bridge)


async def told(opened: Open, *nonces: int) -> list[int]:
    """Has the script send one state frame a nonce; the numbers come back as progress."""
    for nonce in nonces:
        await opened.bridge.tell(EchoCommand(nonce=nonce))
    frames = [await anext(opened.frames) for _ in nonces]
    return [frame.progress or 0 for frame in frames if isinstance(frame, StateFrame)]


async def test_frames_come_in_order_and_a_new_document_says_hello_again(opened: Open) -> None:
    assert isinstance(await anext(opened.frames), HelloFrame)
    assert await told(opened, *range(20, 120)) == list(range(20, 120))
    await opened.tab.reload()
    assert isinstance(await anext(opened.frames), HelloFrame)
    assert await told(opened, 20) == [20]


async def test_an_echo_goes_there_and_back_and_is_no_frame_for_the_core(opened: Open) -> None:
    await anext(opened.frames)
    assert 0 < await opened.bridge.echo() < 5
    assert await told(opened, 20) == [20]


async def test_the_page_sees_neither_the_script_nor_the_channel(opened: Open) -> None:
    await anext(opened.frames)
    assert await opened.tab.evaluate("() => [typeof window.balcao, typeof window.balcaoSend]") == ["undefined"] * 2


async def test_a_frame_that_cannot_be_read_is_counted_said_and_never_quoted(opened: Open) -> None:
    await anext(opened.frames)
    await opened.bridge.tell(EchoCommand(nonce=13))
    assert await anext(opened.frames) is None
    assert opened.bridge.unreadable == 1
    assert "Maria" not in str(opened.bridge.last_error)


async def test_a_gap_in_the_numbers_is_said_once(opened: Open) -> None:
    await anext(opened.frames)
    await opened.bridge.tell(EchoCommand(nonce=13))
    await opened.bridge.tell(EchoCommand(nonce=21))
    # That something is missing is said when nothing else waits: before the next frame, or after it.
    frames = [await anext(opened.frames) for _ in range(2)]
    assert [frame.progress for frame in frames if isinstance(frame, StateFrame)] == [21]
    assert frames.count(None) == 1


async def test_commands_fail_plainly_when_the_script_or_the_page_is_gone(opened: Open) -> None:
    await anext(opened.frames)
    with pytest.raises(ConnectionError, match="script in the page failed"):
        await opened.bridge.tell(EchoCommand(nonce=14))
    # A browser without a tab would be waited for: headless, it does not end by itself.
    await opened.tab.context.new_page()
    await opened.tab.close()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(opened.frames), 5)
    with pytest.raises(ConnectionError):
        await opened.bridge.tell(EchoCommand(nonce=1))
