"""Reports over the API: figures, files, who may, and what the audit log is told."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from agent.contract.access import Role
from agent.settings import Settings
from tests.api.conftest import Office, opened
from tests.clock import Clock
from tests.storage.reported_days import NOW, live

WEEK = {"period": "week", "from": "2026-11-18"}


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """Three days of a company, which the tests only read."""
    folder = tmp_path_factory.mktemp("reports")
    async with opened(Settings(profiles_dir=folder / "profiles", profile="loja"), folder, Clock()) as it:
        await live(it.store)
        it.clock.at = NOW.astimezone(UTC)
        it.store._now = it.clock
        yield it


@pytest.fixture
async def client(office: Office) -> httpx.AsyncClient:
    """A supervisor's."""
    return await office.client(Role.SUPERVISOR)


async def told(client: httpx.AsyncClient, **query: str) -> dict[str, Any]:
    answer = await client.get("/api/reports", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_figures_of_a_week_a_month_a_range_and_today(client: httpx.AsyncClient, office: Office) -> None:
    week = await told(client, **WEEK)
    assert (week["first"], week["last"], week["is_over"]) == ("2026-11-16", "2026-11-22", False)
    assert week["company"]
    assert len(week["days"]) == 3
    assert week["on_time"]["target_s"] == office.reach.settings.attendance.first_answer_minutes * 60
    days = await told(client, period="range", **{"from": "2026-11-16", "to": "2026-11-18"})
    assert {**days, "period": "", "last": "", "at": ""} == {**week, "period": "", "last": "", "at": ""}
    month = await told(client, period="month")
    assert (month["first"], month["last"], len(month["days"])) == ("2026-11-01", "2026-11-30", 18)
    today = await told(client)
    assert (today["first"], today["last"]) == ("2026-11-18", "2026-11-18")


async def test_of_one_attendant(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/reports/attendants")
    assert {"ana", "bia", "Caio"} <= set(answer.json()["attendants"])
    assert answer.json()["today"] == "2026-11-18"
    ana = await told(client, **WEEK, attendant="Ana")
    assert (ana["attendant"], ana["volume"]["conversations"], ana["attendants"]) == ("ana", 2, [])
    assert (await told(client, **WEEK, attendant="caio"))["volume"] is None


@pytest.mark.parametrize(
    ("form", "kind"),
    [("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.openxml")],
)
async def test_files(client: httpx.AsyncClient, office: Office, form: str, kind: str) -> None:
    answer = await client.get("/api/reports/file", params={**WEEK, "format": form, "language": "pt-BR"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["cache-control"] == "no-store"
    name = f'attachment; filename="relatorio-2026-11-16_2026-11-22.{form}"'
    assert answer.headers["content-disposition"] == name
    figures = await told(client, **WEEK)
    received = figures["volume"]["messages_in"]
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert f"Mensagens recebidas {received}" in " ".join(text.split())
    elif form == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.content))["Resumo"]
        assert ("Mensagens recebidas", received) in list(sheet.iter_rows(max_col=2, values_only=True))
    else:
        lines = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""), delimiter=";")
        assert ["Volume", "", "Mensagens recebidas", str(received), ""] in list(lines)
    lines = [one for one in await office.reach.audit.page(None, 10) if one.action == "report.exported"]
    expected = {"period": "week", "first": "2026-11-16", "last": "2026-11-22", "format": form}
    assert (lines[0].actor, lines[0].data) == (f"user:{office.users[Role.SUPERVISOR]}", expected)


async def test_the_audit_log_has_no_name_in_it(client: httpx.AsyncClient, office: Office) -> None:
    await told(client, **WEEK, attendant="ana")
    [line, *_] = [one for one in await office.reach.audit.page(None, 10) if one.action == "report.read"]
    assert line.data == {"period": "week", "first": "2026-11-16", "last": "2026-11-22", "whose": "attendant"}


@pytest.mark.parametrize("path", ["/api/reports", "/api/reports/attendants", "/api/reports/file?format=csv"])
async def test_attendants_and_keys_may_not(client: httpx.AsyncClient, office: Office, path: str) -> None:
    del client
    assert (await (await office.client(Role.ATTENDANT)).get(path)).status_code == 403
    assert (await (await office.client()).get(path)).status_code == 401
    assert (await (await office.client(Role.ADMIN)).get(path)).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"period": "range", "from": "2026-11-18", "to": "2026-11-16"},
        {"period": "range", "from": "2025-01-01"},
        {"from": "2026-11-19"},
        {"from": "9999-12-31", "period": "month"},
        {"period": "week", "to": "2026-11-18"},
        {"attendant": "Zoé"},
        {"attendant": " "},
    ],
)
async def test_what_cannot_be_reported_is_a_conflict(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    for path, more in (("/api/reports", {}), ("/api/reports/file", {"format": "pdf"})):
        answer = await client.get(path, params={**query, **more})
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert len(answer.json()["detail"]) > 20


@pytest.mark.parametrize(
    "query", [{"period": "year"}, {"from": "hoje"}, {"format": "docx"}, {"language": "de"}, {"attendant": "a\nb"}, {}]
)
async def test_what_is_no_report_at_all_is_invalid(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    answer = await client.get("/api/reports/file", params=query)
    assert answer.status_code == 422


@pytest.mark.parametrize("query", [{"from": "0001-01-01"}, {"from": "0001-01-01", "period": "week"}])
async def test_the_ends_of_the_calendar_are_days_like_others(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert (await told(client, **query))["volume"]["messages_in"] == 0


async def test_a_broken_replies_file_takes_no_report_away(client: httpx.AsyncClient, office: Office) -> None:
    file = office.reach.settings.replies_file
    file.write_text("business: [", "utf-8")
    assert (await told(client))["company"] == "loja"
    file.unlink()


async def test_own_intents_are_called_as_the_company_calls_them(client: httpx.AsyncClient, office: Office) -> None:
    file = office.reach.settings.profile_dir / "intents.yaml"
    file.write_text("intents: {price: {title: Quanto sai, examples: [quanto sai]}}", "utf-8")
    assert (await told(client, **WEEK))["intent_titles"] == {"price": "Quanto sai"}
    answer = await client.get("/api/reports/file", params={**WEEK, "format": "csv", "language": "en"})
    assert "What customers want,Quanto sai," in answer.text
    file.write_text("intents: [", "utf-8")
    assert (await told(client, **WEEK))["intent_titles"] == {}
    file.unlink()
