"""The structure dump holds no word of anybody: checked line by line, whatever a page may say."""

import json
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.contract.checkup import PageCheck
from agent.contract.frames import PageState
from agent.contract.rows import Anchor
from agent.page.structure import MOST_LINES, checked, dump, write_dump
from tests.structure.sources import ROOT

WORDS = json.loads((ROOT / "userscript" / "markup-words.json").read_text("utf-8"))
KNOWN = frozenset(" ".join(line for part in ("tags", "names", "values") for line in WORDS[part]).split())
REGISTRY = json.loads((ROOT / "userscript" / "selectors.json").read_text("utf-8"))


def words(line: str) -> list[str]:
    """The words of a line, but for what cannot be anybody's: counts and the small numbers of tab stops."""
    bare = re.sub(r" x \d+( more)?$| data-tab=\"\d{1,2}\"|^ *h[1-6]\b", "", line)
    runs = re.findall(r"[^\W_]+", bare)
    return [word.lower() for run in runs for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|[^A-Za-z]+", run)]


@pytest.mark.parametrize(
    "line",
    [
        "html dir lang",
        '   div role="row" data-testid="list-item-*" style x 23',
        '  span dir="auto" title (text)',
        ' div data-testid="conv-msg-*" data-id tabindex x 5 more',
        ' div data-tab="10" contenteditable="true" aria-label',
        " * data-* *",
        ' h3 data-testid="chat*Row" (text) x 2',
    ],
)
def test_what_the_page_made_well_stays_as_it_is(line: str) -> None:
    assert checked([line]) == ((line,), 0)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('span title="Ana"', "span title"),
        ('div data-testid="chat-Ana"', 'div data-testid="chat-*"'),
        ('div data-tab="21"', 'div data-tab="*"'),
        ('div data-tab="110"', 'div data-tab="*"'),
        ("ana (text)", "* (text)"),
        ("div data-ana=", "*"),
        ("div Oi, tudo bem?", "div * * *"),
        ("Ana Beatriz", "*"),
        ('div role="row\nAna"', "*"),
        ("div (Ana)", "div *"),
        ("div x 2 5511", "div x * *"),
        ("", "*"),
        ("x" * 601, "*"),
        (f'div data-testid="{"chat-" * 90}"', None),
    ],
)
def test_what_does_not_fit_is_masked_and_counted(line: str, shown: str | None) -> None:
    found = checked([line])
    assert found.lines[0] == (shown or line)
    assert (found.masked > 0) is (shown is not None)


@given(st.lists(st.text()))
def test_no_line_that_anything_could_send_has_an_unlisted_word(lines: list[str]) -> None:
    shown = checked(lines).lines
    assert len(shown) == len(lines)
    assert not {word for line in shown for word in words(line)} - KNOWN


names = st.sampled_from(["role", "id", "data-testid", "title", "data-tab", "data-ana", "class", "data-icon"])


@given(st.sampled_from(["div", "ana", "span"]), st.lists(st.tuples(names, st.text(max_size=30)), max_size=5), st.text())
def test_no_attribute_can_carry_one(tag: str, attributes: list[tuple[str, str]], said: str) -> None:
    line = tag + "".join(f' {name}="{value}"' for name, value in attributes) + said
    assert not {word for shown in checked([line]).lines for word in words(shown)} - KNOWN


def test_a_dump_is_bounded() -> None:
    assert len(checked(["div"] * (MOST_LINES + 5)).lines) == MOST_LINES


def check(*lines: str, **parts: object) -> PageCheck:
    base = {"screen": PageState.READY, "chat_open": True, "lang": "pt-BR", "needed": (), "masked": 2, "cut": False}
    anchors = {"ready": Anchor(rank=0, matches=1), "text": Anchor(rank=None, matches=0)}
    return PageCheck.model_validate({**base, "anchors": anchors, "signs": {}, "structure": lines, **parts})


def test_the_file_says_what_was_looked_at_and_is_its_owners_alone(tmp_path: Path) -> None:
    now = datetime(2026, 7, 11, 10, 32, tzinfo=UTC)
    odd = {"Fernanda": Anchor(rank=0, matches=1)}
    write_dump(tmp_path, check("html", anchors=odd), {"balcao": "0.1.0"}, now)
    file = write_dump(tmp_path, check("html", " body Fernanda"), {"balcao": "0.1.0"}, now)
    assert file.name == "structure-2026-07-11.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text("utf-8")
    for line in ("balcao: 0.1.0", "screen: ready", "ready: sign 1, 1 found", "text: none", "html", " body *"):
        assert line in text.splitlines()
    assert "2 in the page, 1 afterwards" in text
    assert "Fernanda" not in dump(check(anchors=odd, lang="Fernanda"), {})


def test_the_list_has_the_words_of_every_selector() -> None:
    """Support must be able to see the signs that the reader looks for."""
    css = [each["css"] for anchor in REGISTRY["anchors"] for each in anchor["alternatives"]]
    shown = r"\[(?:data-testid|data-icon|role|type)[~^*$|]?=[\"']([^\"']*)[\"']"
    values = [value for one in css for value in re.findall(shown, one) + re.findall(r"#([\w-]+)", one)]
    wanted = {word.lower() for value in values for word in re.findall(r"[A-Za-z]+", value)}
    assert len(wanted) > 80
    assert not wanted - KNOWN
