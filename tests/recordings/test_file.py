"""The file: written whole or not at all, and opened with distrust."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.errors import BadInput
from agent.recordings import file as format_of
from agent.recordings.file import FORMAT, FRAMES, GOLDEN, MANIFEST, PAGE, Manifest, Member, open_recording, upgraded
from agent.recordings.replaying import replay, rewrite
from agent.recordings.writing import RecordingWriter, json_line
from tests.recordings.conftest import FORMAT_1, TODAY, empty_store

ABOUT = Manifest(created=TODAY, program="0.1.0", duration_s=1)


def written(path: Path, lines: int = 3) -> Path:
    writer = RecordingWriter(path)
    for number in range(lines):
        writer.add(FRAMES, {"n": number, "text": "ação 🌻"})
    return writer.finish(ABOUT, [{"k": "x"}])


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "one.balcao")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["one.balcao"]
    with open_recording(path) as recording:
        recording.verify()
        assert [line["n"] for line in recording.frames()] == [0, 1, 2]
        assert next(recording.frames())["text"] == "ação 🌻"
        assert list(recording.golden()) == [{"k": "x"}]
        assert list(recording.page()) == []
        assert recording.manifest.members[FRAMES].lines == 3


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "one.balcao")
    with pytest.raises(BadInput, match="is there already"):
        RecordingWriter(path)
    with pytest.raises(BadInput, match="no name"):
        RecordingWriter(tmp_path / "one.zip")


def test_rolling_keeps_the_end_alone(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "one.balcao", keep_s=60)
    heads = list[float]()
    writer.heads.append(lambda: heads.append(0))
    for minute in range(10):
        writer.add(FRAMES, {"minute": minute})
        writer.add(PAGE, {"minute": minute})
        writer.checkpoint(60.0 * (minute + 1))
    writer.add(FRAMES, {"minute": 10})
    assert len(list(writer.part.glob("*.z"))) <= 6
    with open_recording(writer.finish(ABOUT)) as recording:
        assert [line["minute"] for line in recording.frames()] == [9, 10]
    assert len(heads) == 10


def again(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same file with other members."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def manifest(members: dict[str, bytes], **values: Any) -> None:
    members[MANIFEST] = json.dumps({**json.loads(members[MANIFEST]), **values}).encode()


def bomb(members: dict[str, bytes]) -> None:
    members[FRAMES] = bytes(64 * 1024 * 1024)


def listed_bomb(members: dict[str, bytes]) -> None:
    bomb(members)
    about = json.loads(members[MANIFEST])
    about["members"][FRAMES]["bytes"] = len(members[FRAMES])
    members[MANIFEST] = json.dumps(about).encode()


def named(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: b"x"})


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "another byte": (lambda m: m.update({FRAMES: m[FRAMES].replace(b"0", b"9", 1)}), "sum"),
    "too new": (lambda m: manifest(m, format=FORMAT + 1), "newer Balcão"),
    "no format": (lambda m: manifest(m, format="one"), "format number"),
    "foreign": (lambda m: m.pop(MANIFEST), "no recording of Balcão"),
    "no JSON": (lambda m: m.update({MANIFEST: b"{"}), "no JSON"),
    "a list": (lambda m: m.update({MANIFEST: b"[]"}), "no object"),
    "another shape": (lambda m: manifest(m, duration_s="long"), "duration_s"),
    "unknown key": (lambda m: manifest(m, run="rm -rf"), "run"),
    "deep": (lambda m: m.update({MANIFEST: b"[" * 100_000}), "no JSON"),
    "long manifest": (lambda m: manifest(m, origin="x" * 300_000), "too long"),
    "gone": (lambda m: m.pop(FRAMES), "missing"),
    "bomb": (bomb, "unpack to"),
    "listed bomb": (listed_bomb, "unpack to"),
    "path up": (named("../../evil.jsonl"), "none of ours"),
    "root": (named("/etc/passwd"), "none of ours"),
    "backslash": (named("pictures\\..\\x.png"), "none of ours"),
    "picture path": (named("pictures/../../x.png"), "none of ours"),
    "script": (named("pictures/x.html"), "none of ours"),
    "unlisted": (named("pictures/x.png"), "does not know"),
    "many": (lambda m: [m.update({f"pictures/{n}.png": b""}) for n in range(70)] and None, "more than"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_what_is_wrong_is_said_and_nothing_is_written(tmp_path: Path, which: str) -> None:
    change, said = HOSTILE[which]
    inside = tmp_path / "in"
    inside.mkdir()
    path = again(written(inside / "one.balcao"), inside / "bad.balcao", change)
    with pytest.raises(BadInput, match=said) as told, open_recording(path) as recording:
        recording.verify()
    assert len(told.value.hint) > 5
    assert {one.name for one in tmp_path.rglob("*")} == {"in", "one.balcao", "bad.balcao"}


def test_a_layer_that_asks_for_much_memory_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "one.balcao")
    with zipfile.ZipFile(path) as archive:
        listed = archive.getinfo(FRAMES)
        assert listed.compress_type == zipfile.ZIP_LZMA
    data = bytearray(path.read_bytes())
    at = listed.header_offset + data[listed.header_offset :].index(b"\x09\x04\x05\x00") + 5
    assert data[at : at + 4] == (8 * 1024**2).to_bytes(4, "little")
    data[at : at + 4] = (1024**3).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    with open_recording(path) as recording, pytest.raises(BadInput, match="memory"):
        list(recording.frames())


def test_a_manifest_is_packed_plainly(tmp_path: Path) -> None:
    path = tmp_path / "bad.balcao"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(MANIFEST, b"{}")
    with pytest.raises(BadInput, match="manifest is packed"):
        open_recording(path)


def test_a_bomb_of_lzma_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.balcao"
    with zipfile.ZipFile(path, "w") as archive:
        data = bytes(16 * 1024**2)
        member = Member(sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), lines=1)
        archive.writestr(MANIFEST, ABOUT.model_copy(update={"members": {FRAMES: member}}).model_dump_json())
        archive.writestr(FRAMES, data, zipfile.ZIP_LZMA)
    with pytest.raises(BadInput, match="unpack to"):
        open_recording(path)


@pytest.mark.parametrize("size", [0, 1, 30, 200, 500])
def test_a_cut_file_is_no_file(tmp_path: Path, size: int) -> None:
    path = written(tmp_path / "one.balcao")
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(BadInput, match="no whole ZIP"):
        open_recording(path)


def test_every_damaged_byte_is_noticed_or_harmless(tmp_path: Path) -> None:
    whole = written(tmp_path / "one.balcao").read_bytes()
    bad = tmp_path / "bad.balcao"
    for at in range(0, len(whole), 7):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            with open_recording(bad) as recording:
                recording.verify()
                assert [line["n"] for line in recording.frames()] == [0, 1, 2]
        except BadInput:
            continue


def test_two_files_of_one_name_and_encrypted_ones_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "one.balcao")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(FRAMES, b"{}")
    with pytest.raises(BadInput, match="two files"):
        open_recording(path)
    other = written(tmp_path / "two.balcao")
    data = bytearray(other.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    other.write_bytes(bytes(data))
    with pytest.raises(BadInput, match="packed in a way"):
        open_recording(other)


def test_lines_that_are_none_are_told_with_their_number(tmp_path: Path) -> None:
    for bad, said in ((b'{"n":1}\n[1]\n', "line 2 is no object"), (b'{"n":1}\n{"n":\n', "line 2 is no JSON")):
        path = tmp_path / f"{said[-4:]}.balcao"
        format_of_lines(path, bad)
        with pytest.raises(BadInput, match=said), open_recording(path) as recording:
            list(recording.frames())


def format_of_lines(path: Path, data: bytes) -> None:
    from agent.recordings.writing import write_recording

    write_recording(path, ABOUT, {FRAMES: [data]})


async def test_a_line_that_is_none_of_ours_ends_the_replay_with_a_sentence(tmp_path: Path) -> None:
    format_of_lines(tmp_path / "x.balcao", b'{"t":0,"k":"run","v":"os.system"}\n')
    with open_recording(tmp_path / "x.balcao") as recording, pytest.raises(BadInput, match="none of ours"):
        await replay(recording, empty_store)


@pytest.mark.parametrize(
    ("layer", "kind", "change"),
    [
        (FRAMES, "start", {"at_ms": 8e15}),
        (GOLDEN, "suggestions", {"what": {"suggestions": ["x"]}}),
        (GOLDEN, "suggestions", {"what": {"suggestions": 5}}),
    ],
)
async def test_a_value_that_cannot_be_ends_it_with_a_sentence(
    tmp_path: Path, layer: str, kind: str, change: dict[str, object]
) -> None:
    path = tmp_path / "odd.balcao"
    with open_recording(FORMAT_1) as recording:
        held = [{**one, **change} if one["k"] == kind else one for one in recording.lines(layer)]
        rewrite(recording, path, recording.manifest, {layer: map(json_line, held)})
    with open_recording(path) as recording, pytest.raises(BadInput, match="none of ours"):
        await replay(recording, empty_store)


def test_there_is_no_such_file_or_no_right_to_read_it(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no recording"):
        open_recording(tmp_path / "none.balcao")
    with pytest.raises(BadInput, match="cannot be read"):
        open_recording(tmp_path)


def test_an_older_format_goes_up_step_by_step(tmp_path: Path) -> None:
    steps = {
        1: lambda raw: {**raw, "origin": raw["from"]},
        2: lambda raw: {key: value for key, value in raw.items() if key != "from"},
    }
    made = upgraded(tmp_path, {"format": 1, "from": "page"}, newest=3, steps=steps)
    assert made == {"format": 3, "origin": "page"}
    assert set(format_of.UPGRADES) == set(range(1, FORMAT)), "each older format has its step"


async def test_the_stored_file_of_format_1_can_be_replayed_for_ever() -> None:
    with zipfile.ZipFile(FORMAT_1) as archive:
        assert json.loads(archive.read(MANIFEST))["format"] == 1
    with open_recording(FORMAT_1) as recording:
        recording.verify()
        done, _ = await replay(recording, empty_store)
    # Another agent may say other things of it; the rows that it holds stay what they are.
    assert [one for one in done.differences if one.kind == "row"] == []
    assert done.facts > 20
    assert FORMAT_1.stat().st_size < 300_000


def test_a_picture_is_given_back(tmp_path: Path) -> None:
    from agent.recordings.writing import write_recording

    path = tmp_path / "one.balcao"
    write_recording(path, ABOUT, {}, {"expected.png": b"\x89PNG"})
    with open_recording(path) as recording:
        assert recording.pictures() == ["expected.png"]
        assert recording.picture("expected.png") == b"\x89PNG"
    with pytest.raises(ValueError, match="exe"):
        write_recording(path, ABOUT, {}, {"x.exe": b""})
    assert io.BytesIO(path.read_bytes()).read(2) == b"PK"
