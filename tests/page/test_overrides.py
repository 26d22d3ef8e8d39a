"""A profile's own selectors repair a page that has changed, while the agent runs; bad ones are refused."""

import asyncio
from pathlib import Path

import pytest

from agent.contract.life import LifeLevel
from agent.page.overrides import FILE, follow_overrides, read_overrides
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.conftest import open_desk as open_desk  # noqa: PLC0414 - a fixture
from tests.patience import PATIENCE_S

RENAMED = """() => {
  const rename = () => {
    const title = document.querySelector('[data-testid="conversation-info-header-chat-title"]');
    if (!title) return;
    for (let part = title; part && part.id !== "main"; part = part.parentElement)
      for (const { name } of [...part.attributes]) if (name !== "class") part.removeAttribute(name);
    title.setAttribute("data-new", "title");
  };
  rename();
  setInterval(rename, 20);
}"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"chat_title": "h1"}', "chat_title"),
        ("[1]", "the file"),
        ('{"a": [\n oops]}', "line 2"),
        ('{"a": [1]}', "a.0"),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / FILE
    assert read_overrides(file) == {}
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=says):
        read_overrides(file)


async def _level(desk: Desk, level: LifeLevel, *anchors: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while desk.life is None or (desk.life.level, desk.life.anchors) != (level, anchors):
            await asyncio.sleep(0.05)


@pytest.mark.browser
async def test_an_override_repairs_a_broken_anchor_while_the_agent_runs(
    open_desk: OpenDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = await open_desk(chats=[chat("Ana", "oi")])
    file = tmp_path / FILE
    following = asyncio.create_task(follow_overrides(file, desk.page.bridge, look_s=0.1, settle_s=0.1))
    await desk.attendant.open_chat("Ana")
    await _level(desk, LifeLevel.LIVE)
    await desk.tab.evaluate(RENAMED)
    await _level(desk, LifeLevel.BLIND, "chat_title")
    file.write_text('{"chat_title": ["#main [data-new=title]"], "message": ["#nothing"]}', "utf-8")
    await _level(desk, LifeLevel.LIVE)
    await desk.standin.deliver("ana", "alguém aí?")
    await desk.captured(2)
    following.cancel()
    told = capsys.readouterr().out
    assert "anchor=message" in told
    assert "anchors=chat_title" in told
