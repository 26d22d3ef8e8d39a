"""docs/states.md names every state, every bar and every reason; the pulse has one rhythm on both sides."""

import re

import pytest

from agent.contract.frames import PULSE_S, PageNotice, PageState
from agent.contract.life import LifeReason
from tests.structure.sources import ROOT

DOC = (ROOT / "docs" / "states.md").read_text("utf-8")


def rows(heading: str) -> set[str]:
    """The names in the first column of the table that begins with ``heading``."""
    table = DOC.partition(f"| {heading} |")[2].partition("\n\n")[0]
    firsts = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    return {name for first in firsts for name in re.findall(r"`(\w+)`", first)}


@pytest.mark.parametrize(
    ("heading", "names"),
    [("reason", set(LifeReason)), ("state", set(PageState)), ("over the chats", set(PageNotice))],
)
def test_every_state_has_its_row(heading, names):
    assert rows(heading) == {name.value for name in names}


def test_both_sides_have_the_same_pulse():
    source = (ROOT / "userscript" / "src" / "pulse.ts").read_text("utf-8")
    assert f"PULSE_MS = {int(PULSE_S * 1000):_};" in source
