"""Words and chats that are taken out of a finished recording: gone in every spelling, and the rest as it was."""

import os
import random
import unicodedata
from pathlib import Path

import pytest

from agent.errors import BadInput
from agent.recordings.audit import audit, audit_text
from agent.recordings.file import open_recording
from agent.recordings.lines import FrameLine, from_json
from agent.recordings.merging import merged
from agent.recordings.pseudonyms import KEY_BYTES
from agent.recordings.redacting import redacted
from agent.recordings.sought import Redaction
from tests.recordings.test_editing import BENCH, afternoon, chat_of, files_in, rows, same  # noqa: F401 (a fixture)

KNOWN = (
    *("Clientes VIP", "João", "Maria das Dores", "Quitéria", "Zé", "+55 11 98765-4321", "529.982.247-25"),
    *("4512", "pix@loja.com", "AB12345", "123.456"),
)


def spellings(known: str, chance: random.Random) -> str:
    """As somebody may have written it."""
    if sum(c.isdigit() for c in known) >= 6 and not any(c.isalpha() for c in known):
        digits = "".join(c for c in known if c.isdigit())
        if digits.startswith("55"):
            digits = chance.choice([digits, digits[2:], digits[5:]])
        if len(digits) <= 8:
            return digits
        return "".join(c + chance.choice(["", "", " ", "-", ".", ") "]) for c in digits[:-1]) + digits[-1]
    changes = [str, str.upper, str.lower, str.title, lambda s: unicodedata.normalize("NFD", s)]
    return chance.choice([*changes, lambda s: s.replace(" ", ", "), lambda s: s.replace("ã", "a").replace("é", "e")])(
        known
    )


def test_every_spelling_that_the_audit_finds_is_replaced() -> None:
    chance = random.Random(8)  # noqa: S311 (a test that is the same each time)
    for _ in range(40):
        names = Redaction(KNOWN, os.urandom(KEY_BYTES))
        for _ in range(40):
            parts = [spellings(one, chance) for one in chance.sample(KNOWN, 3)]
            text = f"oi, {parts[0]}! às 10:22\n{parts[1]} 🌻 (ver {parts[2]}) R$ 129,90"
            assert audit_text(text, KNOWN), text
            cleaned = names.text(text)
            assert audit_text(cleaned, KNOWN) == [], (text, cleaned)
            assert len(cleaned) == len(text)
            assert [c.isdigit() for c in cleaned] == [c.isdigit() for c in text]
            assert cleaned.startswith("oi, ")
            assert "às 10:22\n" in cleaned
            assert cleaned.endswith(") R$ 129,90")


def test_the_same_is_always_replaced_by_the_same() -> None:
    names = Redaction(KNOWN, os.urandom(KEY_BYTES))
    assert names.text("Quitéria").lower() == names.text("QUITÉRIA").lower() != "quitéria"
    whole, short = names.text("+55 11 98765-4321"), names.text("98765-4321")
    assert whole.endswith(short)
    assert whole.startswith("+55 ")
    assert names.text("clientes de sempre, joana") == "clientes de sempre, joana"
    assert names.replaced == 4


@pytest.mark.parametrize("word", ["a", "", "--", "12", "🌸"])
def test_what_would_be_found_everywhere_is_refused(word: str) -> None:
    with pytest.raises(BadInput, match="too short"):
        Redaction([word], os.urandom(KEY_BYTES))


async def test_a_title_and_a_number_are_gone_and_the_rest_stays(
    afternoon: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    words = ["clientes vip", "mãe", "QUANTO"]
    assert {leak.known for leak in audit(afternoon, words)} == {0, 1, 2}
    with open_recording(afternoon) as whole:
        made = await redacted(whole, tmp_path / "clean.balcao", words, [], BENCH)
        before = list(whole.frames())
        facts = [fact for fact in whole.golden() if fact["k"] == "understood"]
    assert audit(made.path, words) == []
    with await same(made.path) as clean:
        after = list(clean.frames())
        assert [(one["t"], one["k"]) for one in after] == [(one["t"], one["k"]) for one in before]
        assert [len(text or "") for text in _texts(after)] == [len(text or "") for text in _texts(before)]
        # Whoever understood the messages then has understood these.
        assert [fact["what"] for fact in clean.golden() if fact["k"] == "understood"] == [one["what"] for one in facts]
        assert "quanto" not in clean.manifest.model_dump_json().lower()
        assert "3 words" in clean.manifest.history[-1].reason


def _texts(lines: list[dict]) -> list[str | None]:
    told = dict[str, str | None]()
    for raw in lines:
        line = from_json(raw)
        if isinstance(line, FrameLine) and line.v.kind == "rows":
            told |= {one.row.id: one.row.text for one in line.v.changes}
    return list(told.values())


async def test_a_number_in_a_recording_with_real_texts(tmp_path: Path) -> None:
    path = await chat_of(tmp_path, "real.balcao", "+55 11 98765-4321", keep=True)
    known = ["11987654321", "Pindorama, 4512", "Genoveva"]
    with open_recording(path) as recording:
        made = await redacted(recording, tmp_path / "clean.balcao", known, [], BENCH)
        titles = {line["v"]["chat"]["title"] for line in recording.frames() if line.get("v", {}).get("kind") == "rows"}
    assert titles == {"+55 11 98765-4321"}
    with await same(made.path) as clean:
        found = {line["v"]["chat"]["title"] for line in clean.frames() if line.get("v", {}).get("kind") == "rows"}
        assert len(found) == 1
        assert found.pop().startswith("+55 ")
        assert clean.manifest.keeps_text
    assert audit(made.path, known) == []


async def test_a_word_of_the_format_cannot_be_replaced(recorded: Path, tmp_path: Path) -> None:
    with open_recording(recorded) as recording:
        for word in ("saudacao", "inserted"):
            with pytest.raises(BadInput, match="would still stand in"):
                await redacted(recording, tmp_path / "x.balcao", [word], [], BENCH)
        with pytest.raises(BadInput, match="Nothing of it stands"):
            await redacted(recording, tmp_path / "x.balcao", ["Wolfgang"], [], BENCH)
        with pytest.raises(BadInput, match="Nothing was named"):
            await redacted(recording, tmp_path / "x.balcao", [], [], BENCH)
        # It stands in a text and as a word of the format: nothing appears, under any name.
        with pytest.raises(BadInput, match="would still stand in"):
            await redacted(recording, tmp_path / "x.balcao", ["azul", "other"], [], BENCH)
    assert files_in(tmp_path) == {recorded.name}


async def test_a_chat_is_gone_with_everything_that_was_done_in_it(tmp_path: Path) -> None:
    one = await chat_of(tmp_path, "one.balcao", "Genoveva Fulgêncio", keep=True)
    other = await chat_of(tmp_path, "other.balcao", "Zoroastro Bragantim", keep=True, day="13")
    with open_recording(one) as first, open_recording(other) as second:
        await merged([first, second], tmp_path / "both.balcao", BENCH)
    with open_recording(tmp_path / "both.balcao") as both, open_recording(one) as first:
        made = await redacted(both, tmp_path / "left.balcao", [], ["zoroastro BRAGANTIM"], BENCH)
        left_rows, cards = rows(first), [fact["key"] for fact in first.golden() if fact["k"] == "suggestions"]
        with pytest.raises(BadInput, match="no chat with the title"):
            await redacted(both, tmp_path / "x.balcao", [], ["Zoroastro"], BENCH)
    assert audit(made.path, ["Zoroastro", "Bragantim"]) == []
    with await same(made.path) as left:
        assert rows(left) == left_rows
        assert [fact["key"] for fact in left.golden() if fact["k"] == "suggestions"] == cards


async def test_a_chat_of_an_afternoon_is_gone(afternoon: Path, tmp_path: Path) -> None:  # noqa: F811
    with open_recording(afternoon) as whole:
        shown = [line["v"] for line in whole.frames() if line.get("v", {}).get("kind") == "rows"]
        title = next(frame["chat"]["title"] for frame in shown if frame["chat"]["is_group"])
        theirs = {one["row"]["id"] for frame in shown if frame["chat"]["title"] == title for one in frame["changes"]}
        made = await redacted(whole, tmp_path / "left.balcao", [], [title], BENCH)
        everybody = rows(whole)
    with await same(made.path) as left:
        assert rows(left).keys() == everybody.keys() - theirs
        assert not [fact for fact in left.golden() if fact.get("key") in theirs]
        lists = [line["v"]["chats"] for line in left.frames() if line.get("v", {}).get("kind") == "chats"]
        assert title not in {chat["title"] for chats in lists for chat in chats}
