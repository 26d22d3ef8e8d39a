"""The page layer, whole: recorded from the stand-in page, pseudonymised, and read again by the built userscript."""

import asyncio
import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser

from agent.contract.commands import NoticeCommand
from agent.errors import BadInput
from agent.page.bridge import Bridge, with_configuration
from agent.page.replaying import About, replay_tab
from agent.page.script import script_source
from agent.recordings.audit import audit_text
from agent.recordings.file import FRAMES, PAGE, PAGE_GOLDEN, Manifest, open_recording
from agent.recordings.page_differences import RULE, page_differences
from agent.recordings.page_events import FULL
from agent.recordings.page_output import Output, PageOutput, golden_lines, golden_moments, golden_output
from agent.recordings.page_pictures import MOST_PAIRS
from agent.recordings.page_player import page_player, page_result
from agent.recordings.page_recorder import PageRecorder
from agent.recordings.page_replay import page_finished, replay_page
from agent.recordings.pseudonyms import Pseudonyms
from agent.recordings.renewing import renewed
from agent.recordings.replaying import rewrite
from agent.recordings.reports import html
from agent.recordings.writing import RecordingWriter, json_line
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import ORIGIN, StandIn
from tests.browser.conftest import chat
from tests.patience import PATIENCE_S
from tests.recordings.conftest import Understood, empty_store

pytestmark = pytest.mark.browser

GREEN, RED = (0x0B, 0x7A, 0x3B), (0xC0, 0x27, 0x1C)
PLANTED = (
    *("Quitéria", "Bragantim", "98765", "4321", "529.982.247", "52998224725", "Jacarandás", "quiteria@", "Zoroastro"),
    *("Lanchonetinha", "3AFEEDFACE", "Epaminondas", "Rosilândia", "12/05/1987"),
)
CHATS = (
    chat(
        "Quitéria Bragantim", "Oi, quanto custa?\nRua dos Jacarandás 45", "> Custa 199,90", "Meu CPF é 529.982.247-25"
    ),
    chat("+55 11 98765-4321", "Bom dia 😍", "Hoje", "> Olá!"),
    chat(
        "Turma do Zoroastro", "Fechado?", "*CPF*: 529.982.247-25", "📱: 98765-4321", "Nasci em 12/05/1987", group=True
    ),
)


@dataclass(frozen=True)
class Recorded:
    """One recording and what the agent itself saw meanwhile."""

    lines: list[dict[str, Any]]
    names: Pseudonyms
    live: Output
    golden: Output


@pytest.fixture(scope="module")
async def recorded(chromium: Browser) -> Recorded:
    """A few seconds of an attendant's day; everything that happens is awaited on the agent's side."""
    context = await chromium.new_context(
        viewport={"width": 1280, "height": 800}, locale="pt-BR", timezone_id="America/Sao_Paulo"
    )
    tab = await context.new_page()
    standin = await install(context, StandInOptions(chats=CHATS, own_name="Lanchonetinha", lateness=0))
    bridge, live = Bridge(), PageOutput()
    await bridge.attach(tab, with_configuration(script_source()))
    await tab.goto(ORIGIN, wait_until="commit")
    await standin.ready()
    names, lines = Pseudonyms(bytes(range(32))), list[dict[str, Any]]()
    recorder = PageRecorder(names, lines.append)
    following = asyncio.create_task(recorder.follow(tab))
    while not lines:  # The first whole picture has come.
        await asyncio.sleep(0.02)
    day = _Day(tab, standin, bridge, live, recorder, lines)
    await day.happens()
    await recorder.stop()
    await following
    counters = await standin.counters()
    await context.close()
    assert (counters.sends_by_agent, counters.read_receipts_by_agent, recorder.skipped) == (0, 0, 0)
    return Recorded(lines, names, live.result(), await page_result(chromium, lines))


@dataclass
class _Day:
    tab: Any
    standin: StandIn
    bridge: Bridge
    live: PageOutput
    recorder: PageRecorder
    lines: list[dict[str, Any]]

    async def happens(self) -> None:
        first, person = CHATS[0], Attendant(self.tab, self.standin)
        await self.bridge.tell(NoticeCommand(code="inserted"))
        await person.open_chat(first.title)
        await self._seen("row", f"{first.title} | {first.messages[2].id}")
        asked = await self.standin.deliver(
            first.id, "Sou a Rosilândia, quiteria@exemplo.com.br", message_id="3AFEEDFACE01"
        )
        await self._seen("row", f"{first.title} | {asked}")
        await self.standin.edit(first.id, asked, "Tem no tamanho 40? Pergunte ao Epaminondas")
        await self._seen("row", f"{first.title} | {asked}", edited=True)
        sent = await self.standin.write_from_phone(first.id, "Tem sim!")
        await self._seen("row", f"{first.title} | {sent}", status="delivered")
        await self.standin.set_status(first.id, sent, "read")
        await self._seen("row", f"{first.title} | {sent}", status="read")
        for other in CHATS[1:]:
            await person.open_chat(other.title)
            await self._seen("row", f"{other.title} | {other.messages[-1].id}")
        await self._whole(2)
        await person.open_chat(first.title)
        await self._opened(4)
        # A whole picture takes along what the page has gathered: a document that goes may lose its last second.
        await self._whole(3)
        await self.tab.reload()
        await self.standin.ready()
        await person.open_chat(CHATS[1].title)
        await self._opened(5)

    async def _whole(self, pictures: int) -> None:
        self.recorder.cut()
        async with asyncio.timeout(PATIENCE_S):
            while sum(line["event"]["type"] == FULL for line in self.lines) < pictures:
                await asyncio.sleep(0.02)

    async def _opened(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while sum(what == "opened" for what, _ in self._now()) < times:
                await asyncio.sleep(0.02)

    async def _seen(self, what: str, which: str, **fields: object) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not fields.items() <= self._now().get((what, which), {"nothing": 1}).items() or (
                (what, which) not in self._now()
            ):
                await asyncio.sleep(0.02)

    def _now(self) -> Output:
        self.live.take(frame for frame in self.bridge.taken() if frame is not None)
        return self.live.result()


def test_the_replay_reads_what_the_agent_read(recorded: Recorded) -> None:
    names, replayed = recorded.names, recorded.golden
    opened = [(chat["title"], chat["is_group"]) for (what, _), chat in replayed.items() if what == "opened"]
    met = [chat for (what, _), chat in recorded.live.items() if what == "opened"]
    assert opened == [(names.name(chat["title"]), chat["is_group"]) for chat in met]
    assert any(is_group for _, is_group in opened)
    listed = [one for (what, _), one in replayed.items() if what == "listed chat"]
    for live_one in (one for (what, _), one in recorded.live.items() if what == "listed chat"):
        (again,) = [one for one in listed if one["title"] == names.name(live_one["title"])]
        assert again["last_text"] == (live_one["last_text"] and names.text(live_one["last_text"]))
        assert again["last_author"] == (live_one["last_author"] and names.name(live_one["last_author"]))
        assert again["last_time"] == live_one["last_time"]
    rows = {row["id"]: row for (what, _), row in replayed.items() if what == "row"}
    live = [row for (what, _), row in recorded.live.items() if what == "row" and row["kind"] == "text"]
    assert len(live) >= 12
    same = ("kind", "direction", "time", "date", "status", "edited", "forwarded", "truncated")
    for row in live:
        again = rows[names.identifier(row["id"])]
        assert {field: again[field] for field in same} == {field: row[field] for field in same}
        assert again["text"] == "\n".join(names.text(line) for line in row["text"].split("\n"))
        assert again["author"] == (names.name(row["author"]) if row["author"] else None)


def test_nobody_is_named_in_the_lines(recorded: Recorded) -> None:
    written = json.dumps(recorded.lines, ensure_ascii=False).lower()
    assert [word for word in PLANTED if word.lower() in written] == []
    assert "html" in written
    assert all(part not in written for part in ("blob:http", "base64", "<script", "static.whatsapp.net", "onclick"))


async def test_every_speed_gives_the_same(chromium: Browser, recorded: Recorded) -> None:
    # As it is written to the file and read from it.
    golden = golden_output(json.loads(json.dumps(golden_lines(recorded.golden))))
    async with page_player(chromium, recorded.lines) as player:
        await player.seek(player.length_ms / 2)
        half = player.at_ms
        while player.at_ms < player.length_ms * 0.75 and not player.is_over:
            await player.step()
        assert player.at_ms > half
        await player.seek(player.length_ms / 4)
        assert player.at_ms <= player.length_ms / 4
        await player.play(speed=10)
        assert player.is_over
        assert page_differences(golden, player.output.result()) == []
        assert player.tab.missing == 0


async def test_what_follows_a_cut_is_understood_alone(chromium: Browser, recorded: Recorded) -> None:
    whole = [n for n, line in enumerate(recorded.lines) if line["event"]["type"] == FULL]
    assert [recorded.lines[n]["doc"] for n in whole] == [1, 1, 1, 2]
    rest = await page_result(chromium, recorded.lines[whole[1] - 1 :])
    opened = [chat["title"] for (what, _), chat in recorded.golden.items() if what == "opened"]
    assert [chat["title"] for (what, _), chat in rest.items() if what == "opened"] == opened[2:]
    rows = {key: row for key, row in rest.items() if key[0] == "row"}
    assert len(rows) >= 9
    for key, row in rows.items():
        assert {**row, "changes": 0} == {**recorded.golden[key], "changes": 0}


async def test_a_broken_anchor_is_named(chromium: Browser, recorded: Recorded) -> None:
    script = script_source()
    broken = script.replace('[data-testid="msg-meta"]', '[data-testid="gone-meta"]')
    assert broken != script
    found = page_differences(recorded.golden, await page_result(chromium, recorded.lines, broken))
    lost = [one for one in found if one.what == "row" and one.field == "status"]
    assert lost
    assert all("anchor meta: sign 1, " in one.cause and "now not found" in one.cause for one in lost)
    assert all(one.which in str(one) and "status" in str(one) for one in lost)
    assert any(one.what == "anchor" and one.which == "meta" for one in found)


async def saved(recorded: Recorded, path: Path, browser: Browser) -> int:
    """Write the recording to a file, with what its pages say; so many facts."""
    writer = RecordingWriter(path)
    for line in recorded.lines:
        writer.add(PAGE, line)
    facts = await page_finished(writer, browser=browser)
    writer.finish(Manifest(created=date(2026, 7, 11), program="1.0", duration_s=10))
    return facts


async def test_a_changed_rule_of_the_reader_is_found_and_can_be_accepted(
    chromium: Browser, recorded: Recorded, tmp_path: Path
) -> None:
    path = tmp_path / "day.balcao"
    assert await saved(recorded, path, chromium) == len(recorded.golden)
    with open_recording(path) as recording:
        changed = script_source().replace('"editada"', '"mudada"')
        # In a browser of its own, as the command has it.
        otherwise = await replay_page(recording, script=changed)
        assert (otherwise.layer, otherwise.facts) == ("page", len(recorded.golden))
        assert otherwise.differences
        assert {(one.kind, one.cause) for one in otherwise.differences} == {("page", RULE)}
        assert any(one.where.endswith(" edited") for one in otherwise.differences)
        golden = [{**line, "is": "else"} if line["what"] == "row" else line for line in recording.lines(PAGE_GOLDEN)]
        rewrite(recording, path, recording.manifest, {PAGE_GOLDEN: map(json_line, golden)})
    with open_recording(path) as recording:
        other = await replay_page(recording, browser=chromium)
    assert {one.cause for one in other.differences} == {RULE}
    manifest = await renewed(
        path, "the rule is right", "1.1", Understood(), empty_store, date(2026, 7, 12), browser=chromium
    )
    assert [(one.reason, one.layers) for one in manifest.history] == [("the rule is right", ("page",))]
    assert manifest.counts["golden_page"] == len(recorded.golden)
    with open_recording(path) as recording:
        again = await replay_page(recording, browser=chromium, pictures=True)
        rows = {key: at for key, at in golden_moments(recording.lines(PAGE_GOLDEN)).items() if key[0] == "row"}
    assert again.differences == ()
    assert again.pictures == {}
    assert set(rows) == {key for key in recorded.golden if key[0] == "row"}
    assert all(0 < at < 60 for at in rows.values())


async def test_both_pictures_of_a_difference_are_in_the_report(
    chromium: Browser, recorded: Recorded, tmp_path: Path
) -> None:
    path = tmp_path / "day.balcao"
    await saved(recorded, path, chromium)
    with open_recording(path) as recording:
        changed = script_source().replace('"editada"', '"mudada"')
        failed = await replay_page(recording, script=changed, browser=chromium, pictures=True)
    edited = next(one.where for one in failed.differences if one.where.endswith(" edited"))
    assert len(failed.pictures) <= MOST_PAIRS
    expected, found = failed.pictures[edited]
    then, now = (Image.open(io.BytesIO(one)).convert("RGB") for one in (expected, found))
    assert then.size == now.size
    assert then.width > 200
    assert then.height < 500
    assert _has(then, GREEN) > 400 > 9 > _has(then, RED)
    assert _has(now, RED) > 400 > 9 > _has(now, GREEN)
    page = html([failed])
    assert page.count("data:image/png;base64,") == 2 * len(failed.pictures)
    assert audit_text(page, PLANTED) == []
    shown = await chromium.new_page()
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    await shown.set_content(page)
    widths = await shown.eval_on_selector_all("img", "all => all.map(one => one.naturalWidth)")
    assert len(widths) == 2 * len(failed.pictures)
    assert min(widths) > 40
    assert [url for url in asked if not url.startswith("data:")] == []
    await shown.close()


def _has(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """How many points have this colour."""
    return sum(count for count, found in picture.getcolors(2**24) or () if found == colour)


async def test_without_a_page_there_is_nothing_to_replay(tmp_path: Path) -> None:
    path = tmp_path / "frames.balcao"
    writer = RecordingWriter(path)
    assert await page_finished(writer) == 0
    writer.add(FRAMES, {"k": "start", "t": 0})
    writer.finish(Manifest(created=date(2026, 7, 11), program="1.0", duration_s=10))
    with pytest.raises(BadInput, match="no such layer"):
        await renewed(path, "why", "1.1", Understood(), empty_store, date(2026, 7, 12), layers=("page",))
    with open_recording(path) as recording, pytest.raises(BadInput, match="no page layer"):
        await replay_page(recording)


DOES_HARM: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("script", {}, "globalThis.ran = 1; fetch('https://harm.example/1')"),
    ("img", {"src": "https://harm.example/2.png", "onerror": "globalThis.ran = 2", "alt": "x"}, ""),
    ("iframe", {"srcdoc": "<script>parent.ran = 3</script>", "src": "https://harm.example/3"}, ""),
    ("a", {"href": "javascript:globalThis.ran = 4", "autofocus": True}, "here"),
    ("svg", {"onload": "globalThis.ran = 5"}, ""),
    ("meta", {"http-equiv": "refresh", "content": "0; url=https://harm.example/6"}, ""),
    ("link", {"rel": "stylesheet", "href": "https://harm.example/7.css"}, ""),
    (
        "style",
        {"_cssText": "@import 'https://harm.example/8'; body { background: url(https://harm.example/8.png) }"},
        "",
    ),
    ("object", {"data": "https://harm.example/9"}, ""),
    ("base", {"href": "https://harm.example/"}, ""),
    ("video", {"src": "https://harm.example/10", "autoplay": True, "rr_mediaState": "played"}, ""),
    ("form", {"action": "https://harm.example/11"}, ""),
    ("div", {"style": "background: url(https://harm.example/12)", "onclick": "globalThis.ran = 12"}, "press"),
    ("body-of-harm", {}, "own element"),
    ("img", {"src": "https://pps.whatsapp.net/v/t61/face.jpg"}, ""),
)


def _harm() -> list[dict[str, Any]]:
    children = [
        {
            "type": 2,
            "id": 100 + 2 * n,
            "tagName": tag,
            "attributes": attributes,
            "isSVG": tag == "svg" or None,
            "childNodes": [{"type": 3, "id": 101 + 2 * n, "textContent": text}],
        }
        for n, (tag, attributes, text) in enumerate(DOES_HARM)
    ]
    body = {
        "type": 2,
        "id": 4,
        "tagName": "body",
        "attributes": {"onload": "globalThis.ran = 0"},
        "childNodes": children,
    }
    html = {"type": 2, "id": 3, "tagName": "html", "attributes": {}, "childNodes": [body]}
    later = {"id": 102, "attributes": {"src": "https://harm.example/13", "onerror": "globalThis.ran = 13"}}
    change = {"source": 0, "texts": [], "removes": [], "adds": [], "attributes": [later]}
    return [
        {"type": 2, "timestamp": 1_783_000_000_000, "data": {"node": {"type": 0, "id": 1, "childNodes": [html]}}},
        {"type": 3, "timestamp": 1_783_000_000_500, "data": change},
    ]


async def test_of_a_hostile_recording_nothing_is_left(chromium: Browser) -> None:
    asked: list[str] = []
    async with page_player(chromium, [{"doc": 1, "event": event} for event in _harm()]) as player:
        tab = player.tab.tab
        tab.context.on("request", lambda request: asked.append(request.url))
        await player.play()
        harmful = (
            "script, iframe, object, meta, base, [action], [onerror], [onclick], [onload], [href^=java], body-of-harm"
        )
        assert await tab.locator(harmful).count() == 0
        assert await tab.locator("img, a, svg, video, style, form").count() == 7
        assert await tab.evaluate("globalThis.ran ?? null") is None
    assert [url for url in asked if url.startswith("http") and not url.startswith(ORIGIN)] == []


async def test_even_unread_it_runs_nothing_and_gets_nothing(chromium: Browser) -> None:
    """The walk before a replay is not the only wall: here it is left out."""
    arrived: list[str] = []
    whole, change = _harm()
    async with replay_tab(chromium, About()) as replay:
        replay.tab.context.on("requestfinished", lambda request: arrived.append(request.url))
        await replay.document(whole)
        await replay.play([change])
        await replay.wait(1000)
        assert await replay.tab.evaluate("globalThis.ran ?? null") is None
        assert replay.tab.url.startswith(ORIGIN)
    assert [url for url in arrived if url.startswith("http") and not url.startswith(ORIGIN)] == []
