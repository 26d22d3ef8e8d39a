"""The log by the API: nothing lost and nothing twice over rotations, within bounds, and no words of people."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from agent.contract.access import Role
from agent.contract.rows import Direction, Kind, Row
from agent.telemetry import log_file, logs
from tests.api.conftest import NOW, Office
from tests.telemetry.own_logs import own_logs

PHRASE = "frase plantada que ninguém pode ler"


def line(number: int, **more: object) -> str:
    at = (NOW + timedelta(seconds=number)).isoformat()
    values = {"n": number, "event": "tick", "level": "info", "logger": "agent.flow", "timestamp": at, **more}
    return json.dumps(values, ensure_ascii=False) + "\n"


def add(path: Path, *lines: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.writelines(lines)


def rotate(path: Path) -> None:
    for number in range(logs.OLD_FILES, 0, -1):
        old = path.with_name(f"{path.name}.{number - 1}") if number > 1 else path
        if old.exists():
            old.replace(path.with_name(f"{path.name}.{number}"))


@pytest.fixture
def file(office: Office) -> Path:
    return office.reach.settings.log_file


async def page(client: httpx.AsyncClient, **asked: Any) -> dict[str, Any]:
    answer = await client.get("/api/logs", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def numbers(told: dict[str, Any]) -> list[int]:
    return [one["data"]["n"] for one in told["items"]]


async def test_there_may_be_no_log(office: Office) -> None:
    assert await page(await office.client(Role.ADMIN)) == {"items": [], "cursor": None, "newest": None}


async def test_the_newest_lines_come_first_and_a_torn_one_waits(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    add(file, *(line(n) for n in range(5)), line(5)[:-7])
    told = await page(client)
    assert numbers(told) == [4, 3, 2, 1, 0]
    assert told["items"][0] == {
        "at": (NOW + timedelta(seconds=4)).isoformat().replace("+00:00", "Z"),
        "level": "info",
        "logger": "agent.flow",
        "event": "tick",
        "data": {"n": 4},
    }


async def test_pages_go_on_where_they_were_although_the_log_is_rotated(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    seen: list[int] = []
    cursor: dict[str, str] = {}
    written = 0
    for n in range(300):
        add(file, line(n))
        written += 1
        if n % 70 == 69:
            rotate(file)
    while True:
        told = await page(client, limit=23, **cursor)
        seen += numbers(told)
        if told["cursor"] is None:
            break
        cursor = {"cursor": told["cursor"]}
        add(file, line(written))
        written += 1
        if len(seen) in (46, 138):
            rotate(file)
    gone = 140  # The two oldest files were removed meanwhile.
    assert seen == list(range(299, gone - 1, -1))


async def test_what_was_written_since_comes_once_although_the_log_is_rotated(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    add(file, *(line(n) for n in range(10)))
    newest = (await page(client))["newest"]
    assert numbers(await page(client, after=newest)) == []
    seen: list[int] = []
    for n in range(10, 200):
        add(file, line(n))
        if n % 60 == 0:
            rotate(file)
        if n % 25 == 0:
            told = await page(client, after=newest, limit=200)
            seen, newest = seen + numbers(told), told["newest"]
    for _ in range(20):
        told = await page(client, after=newest, limit=5)
        seen, newest = seen + numbers(told), told["newest"]
    assert seen == list(range(10, 200))


async def test_a_line_may_end_anywhere_in_a_block(office: Office, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(file, *(line(n, event="á" * (n % 37)) for n in range(200)))
    for block in (1, 7, 64, 150, 1000, 10**6):
        monkeypatch.setattr(log_file, "BLOCK", block)
        with log_file.LogFile(file, 4) as opened:
            back = [one.values["n"] for one in opened.before(None) if one.values]
            start = [one.begin for one in opened.before(None)][-1]
            forth = [one.values["n"] for one in opened.after(start) if one.values]
        assert back == list(range(199, -1, -1))
        assert forth == list(range(200))


async def test_only_so_much_is_read_for_one_page(office: Office, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "BUDGET", 20_000)
    monkeypatch.setattr(log_file, "BLOCK", 4_000)
    add(file, line(0, event="rare"), *(line(n) for n in range(1, 1000)))
    client = await office.client(Role.ADMIN)
    told = await page(client, event="RARE")
    assert (told["items"], told["cursor"] is None) == ([], False)
    pages = 1
    while told["cursor"] is not None and not told["items"]:
        told = await page(client, event="RARE", cursor=told["cursor"])
        pages += 1
    assert numbers(told) == [0]
    assert 3 < pages < 20


async def test_lines_are_filtered(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    add(
        file,
        line(0, level="debug"),
        line(1, level="warning", logger="agent.page.bridge", event="unreadable frame"),
        line(2, level="error", logger="agent.pager"),
        "no JSON at all\n",
        '{"event": "half a character: \\ud800", "level": "info", "logger": "x", "timestamp": "2026-11-22T12:00:00Z"}\n',
        '{"event": "no time"}\n',
        "[" * 10_000 + "\n",
        line(7),
    )
    assert len((await page(client))["items"]) == 8
    assert numbers(await page(client, level="warning")) == [2, 1]
    assert numbers(await page(client, logger="agent.page")) == [1]
    assert numbers(await page(client, event="FRAME")) == [1]
    assert numbers(await page(client, since=(NOW + timedelta(seconds=2)).isoformat())) == [7, 2]
    assert numbers(await page(client, since="0001-01-01T00:00:00+00:00", level="error")) == [2]
    unreadable = [one for one in (await page(client))["items"] if one["at"] is None]
    assert len(unreadable) == 4
    assert all(one["data"] == {} for one in unreadable)


async def test_a_file_that_is_met_under_two_names_is_read_once(office: Office, file: Path) -> None:
    add(file, line(1), line(2))
    file.with_name("agent.log.1").hardlink_to(file)
    assert numbers(await page(await office.client(Role.ADMIN))) == [2, 1]


@pytest.mark.parametrize(
    "asked",
    [
        {"cursor": "x"},
        {"cursor": "../../etc/passwd.0"},
        {"after": "x.-1"},
        {"cursor": "a.99999999999999999999"},
        {"level": "loud"},
        {"since": "2026-01-01T00:00:00"},
        {"since": "0.5"},
        {"logger": "../x"},
        {"limit": 0},
        {"limit": 201},
    ],
)
async def test_what_is_no_good_question_is_refused(office: Office, file: Path, asked: dict[str, Any]) -> None:
    add(file, line(1))
    client = await office.client(Role.ADMIN)
    assert (await client.get("/api/logs", params=asked)).status_code == 422


async def test_a_place_in_a_file_that_is_gone_leads_to_nothing_older(office: Office, file: Path) -> None:
    add(file, line(1))
    client = await office.client(Role.ADMIN)
    assert (await page(client, cursor="0123456789abcdef.400"))["items"] == []
    assert numbers(await page(client, after="0123456789abcdef.400")) == [1]


@pytest.fixture
def real_log(file: Path) -> Iterator[Path]:
    with own_logs():
        logs.configure("debug", file)
        yield file


async def test_no_words_of_people_are_found_in_it(office: Office, real_log: Path) -> None:
    log = structlog.get_logger("agent.test")
    row = Row(id="3EB0", kind=Kind.TEXT, direction=Direction.IN, author=PHRASE, text=PHRASE)
    log.info("captured", rows=[row], text=PHRASE, answer={"draft": PHRASE, "count": 3})
    try:
        int(PHRASE)
    except ValueError:
        log.exception("analysis failed", message_id=7)
    client = await office.client(Role.ADMIN)
    supervisor = await office.client(Role.SUPERVISOR)
    await client.post("/api/analysis/generate", json={"text": PHRASE, "customer": PHRASE, "draft": True})
    await client.post("/api/analysis/generate", json={"text": [PHRASE]})
    await client.post("/api/replies/preview", json={"text": PHRASE, "customer": PHRASE})
    await supervisor.post("/api/replies", json={"title": PHRASE, "text": PHRASE})
    await client.patch("/api/settings", json={"attendant": PHRASE})
    await client.get("/api/replies", params={"q": PHRASE})
    await client.get(f"/api/replies/{PHRASE}")
    answer = await client.get("/api/logs", params={"limit": 200})
    assert "captured" in answer.text
    assert "analysis failed" in answer.text
    assert [one["data"]["message_id"] for one in answer.json()["items"] if one["event"] == "analysis failed"] == [7]
    assert "planta" not in answer.text
    assert "planta" not in real_log.read_text("utf-8")  # noqa: ASYNC240 (a small file, in a test)


async def test_only_administrators_read_it(office: Office, file: Path) -> None:
    add(file, line(1))
    assert (await (await office.client(Role.SUPERVISOR)).get("/api/logs")).status_code == 403
