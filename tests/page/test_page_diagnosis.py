"""``doctor --page`` on the stand-in, in a browser of its own, as a person would start it."""

import asyncio
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError
from rich.console import Console

from agent.errors import ProfileLocked
from agent.page.profile import locked_profile
from agent.page_diagnosis import TEXTS, PageDiagnosis, diagnose_page, show_page
from agent.settings import Settings
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import StandIn
from tests.browser.conftest import chat
from tests.patience import PATIENCE_S

CHATS = (chat("Fernanda Albuquerque", *(f"quero a jaqueta {n}" for n in range(6))), chat("Belarmino", "> oi"))

NO_SEARCH = """setInterval(() => {
  const box = document.querySelector("#side input");
  for (const name of ["role", "data-tab"]) box?.removeAttribute(name);
  box?.closest("[data-testid]")?.removeAttribute("data-testid");
}, 10);"""


def settings(folder: Path, **parts: object) -> Settings:
    browser = {"headless": True}
    return Settings.model_validate({"profiles_dir": str(folder), "profile": "loja", "browser": browser, **parts})


class Doctor:
    """The doctor at work on a stand-in."""

    def __init__(self, folder: Path, **options: object) -> None:
        self.settings = settings(folder)
        self.said: list[str] = []
        self.standin: StandIn | None = None
        self.script = ""
        self._options = StandInOptions.model_validate({"chats": CHATS, "lateness": 0, **options})

    async def _serve(self, context: BrowserContext) -> None:
        await context.add_init_script(self.script)
        self.standin = await install(context, self._options)

    async def look(self, **times: float) -> PageDiagnosis:
        waits = {"wait_s": 20.0, "settle_s": 0.3, **times}
        return await diagnose_page(self.settings, self.said.append, prepare=self._serve, **waits)


def printed(found: PageDiagnosis, language: str = "en") -> str:
    console = Console(width=300, record=True, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    show_page(found, language, 20, console)
    return console.export_text()


@pytest.mark.browser
async def test_without_an_open_chat_the_list_is_looked_at_and_the_file_written(tmp_path: Path) -> None:
    doctor = Doctor(tmp_path)
    found = await doctor.look()
    assert (found.ready, found.check.chat_open, found.missing) == (True, False, 0)
    assert found.file.parent == tmp_path / "loja"
    assert stat.S_IMODE(found.file.stat().st_mode) == 0o600
    text = found.file.read_text("utf-8")
    assert 'id="pane-side"' in text
    assert "screen: ready" in text
    assert "browser: " in text
    for word in ("Fernanda", "Albuquerque", "jaqueta", "Belarmino"):
        assert word not in text
    told = printed(found)
    assert "8 of 8 parts by their best sign, 0 by an older one, 0 not found." in told
    assert "No chat is open" in told
    assert str(found.file) in told
    assert "Nenhuma" not in told
    assert "Sem conversa aberta" in printed(found, "pt-BR")


@pytest.mark.browser
async def test_a_chat_that_the_person_opens_is_looked_at_and_none_is_opened_for_them(tmp_path: Path) -> None:
    doctor = Doctor(tmp_path)
    looking = asyncio.create_task(doctor.look(chat_s=PATIENCE_S))
    async with asyncio.timeout(PATIENCE_S):
        while len(doctor.said) < 2:
            await asyncio.sleep(0.05)
    assert doctor.said[1] == TEXTS["pt-BR"]["open_a_chat"]
    assert doctor.standin is not None
    counters = await doctor.standin.counters()
    assert counters.read_receipts == ()
    page = doctor.standin.page
    assert page is not None
    with suppress(PlaywrightError):  # The tab is closed as soon as the chat was looked at.
        await Attendant(page, doctor.standin).open_chat("Fernanda Albuquerque")
    found = await looking
    assert found.check.chat_open
    assert {"composer", "message", "text"} <= {part.part for part in found.parts}
    assert [(part.part, part.sign) for part in found.parts if part.sign != 1] == []
    assert "jaqueta" not in found.file.read_text("utf-8")
    json = found.as_json()
    assert (json["best"], json["worn"], json["missing"]) == (len(found.parts), 0, 0)


@pytest.mark.browser
async def test_where_no_chats_appear_it_says_where_the_page_stood(tmp_path: Path) -> None:
    doctor = Doctor(tmp_path, start="qr")
    found = await doctor.look(wait_s=2)
    assert (found.ready, found.parts) == (False, ())
    assert "The page stood at: a code to scan with the phone." in printed(found)
    text = found.file.read_text("utf-8")
    assert "screen: qr" in text
    assert 'data-testid="link-device-qr-code"' in text
    assert "2@" not in text


@pytest.mark.browser
async def test_what_is_worn_or_missing_is_named(tmp_path: Path) -> None:
    doctor = Doctor(tmp_path, generation="2025")
    found = await doctor.look()
    worn = {part.part for part in found.parts if part.sign is not None and part.sign > 1}
    assert "chat_row" in worn
    assert f"{len(worn)} by an older one" in printed(found)


@pytest.mark.browser
async def test_a_part_that_is_gone_is_missing(tmp_path: Path) -> None:
    doctor = Doctor(tmp_path)
    doctor.script = NO_SEARCH
    found = await doctor.look()
    assert [part.part for part in found.parts if part.sign is None] == ["search"]
    assert found.missing == 1
    assert "7 of 8 parts by their best sign, 0 by an older one, 1 not found." in printed(found)
    assert "search: none" in found.file.read_text("utf-8")


async def test_a_profile_at_work_is_left_alone(tmp_path: Path) -> None:
    doctor = Doctor(tmp_path)
    with locked_profile(tmp_path / "loja"), pytest.raises(ProfileLocked, match="already in use by process"):
        await doctor.look()
    assert doctor.standin is None


def test_both_languages_say_the_same_things() -> None:
    assert TEXTS["pt-BR"].keys() == TEXTS["en"].keys()
