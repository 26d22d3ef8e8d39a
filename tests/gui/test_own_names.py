"""What the company calls its own intents: the same in every tab, and renewed when it is changed."""

from datetime import UTC, datetime

import httpx
import pytest

from agent.contract.analysis import INTENTS
from agent.contract.stored import AnalysedMessage
from gui.tabs.customers.tab import CustomersTab
from gui.tabs.dashboard.tab import DashboardTab
from tests.api.conftest import LOCAL_TOKEN
from tests.core.says import analysis
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.messages_counter import Counter, says
from tests.gui.served import ServedOffice
from tests.storage.chats import row, shows

OIL = "troca_de_oleo"


def called(served: ServedOffice, title: str) -> None:
    """Somebody calls it so, elsewhere."""
    answer = httpx.put(
        f"{served.address}/api/intents/{OIL}", json={"title": title, "examples": ["quero trocar o óleo"]},
        headers={"Authorization": f"Bearer {LOCAL_TOKEN}", "If-Match": "*"}, trust_env=False,
    )  # fmt: skip
    assert answer.status_code == 204, answer.text


@pytest.fixture
def counter(open_window: OpenWindow, served: ServedOffice) -> Counter:
    called(served, "Troca de óleo")
    counter = Counter(open_window(), served)
    saved = counter.saved(says("Ana", "trocam o óleo hoje?", "quanto custa o óleo?"))
    for place, intent in enumerate((OIL, "price")):
        understood(counter, saved.ids[f"Ana-0-{place}"], intent)
    return counter


def understood(counter: Counter, message: int, intent: str) -> None:
    made = analysis().model_copy(update={"intent": intent})
    counter.served.do(counter.store.save_analysis(AnalysedMessage(message_id=message, analysis=made)))


def notes(counter: Counter) -> list[str]:
    bubbles = counter.view.bubbles
    return [note.text for number in bubbles.ids if (one := bubbles.bubble(number)) for note in one.notes]


def test_a_conversation_calls_them_as_the_company_does(counter: Counter) -> None:
    counter.open("Ana")
    counter.desk.until(lambda: {"Troca de óleo", "Preço"} <= set(notes(counter)), "as it is called")
    called(counter.served, "Óleo e filtro")
    counter.desk.until(lambda: "Óleo e filtro" in notes(counter), "the new name")
    assert "Troca de óleo" not in notes(counter)


def test_messages_are_filtered_by_them(counter: Counter) -> None:
    counter.search("oleo")
    counter.desk.until(lambda: len(counter.listed) == 2)
    counter.desk.click("Filtros")
    box = counter.finder.search_filters.boxes["intent"]
    counter.desk.until(lambda: "Troca de óleo" in box.cget("values"), "among the filters")
    assert len(box.cget("values")) == len(INTENTS) + 2
    counter.choose(box, "Troca de óleo")
    counter.desk.until(lambda: len(counter.listed) == 1, "the one that is about it")
    called(counter.served, "Óleo e filtro")
    counter.desk.until(lambda: box.get() == "Óleo e filtro", "chosen under its new name")
    assert len(counter.listed) == 1
    assert counter.desk.sees("Filtros (1)")


def test_figures_and_customers_call_them_so(counter: Counter) -> None:
    desk, now = counter.desk, datetime.now(UTC)
    read = shows(row("today", "e o óleo?", date=f"{now:%Y-%m-%d}", time=f"{now:%H:%M}"), title="Bia", zone="UTC")
    change = read.changes[0].model_copy(update={"seen_ms": now.timestamp() * 1000})
    understood(counter, counter.saved(read.model_copy(update={"changes": (change,)})).ids["today"], OIL)
    desk.window.go("dashboard")
    desk.until(lambda: "dashboard" in desk.window.tabs)
    dashboard = desk.window.tabs["dashboard"]
    assert isinstance(dashboard, DashboardTab)
    desk.until(lambda: in_canvas(desk, "Troca de óleo"), "in the chart")
    desk.window.go("customers")
    desk.until(lambda: "customers" in desk.window.tabs)
    customers = desk.window.tabs["customers"]
    assert isinstance(customers, CustomersTab)
    customers.reveal(customer=1)
    desk.until(lambda: desk.sees("Troca de óleo"), "on the card")
    desk.click("Quadro")
    desk.until(lambda: in_canvas(desk, "Troca de óleo"), "on the board")
    called(counter.served, "Óleo e filtro")
    desk.until(lambda: in_canvas(desk, "Óleo e filtro"), "its new name on the board")


def test_another_language_keeps_the_companys_words(counter: Counter) -> None:
    counter.desk.until(lambda: counter.desk.window.office.words.titles, "known")
    counter.desk.window.choose_language("en")
    assert counter.desk.window.office.words.intent(OIL) == "Troca de óleo"
    assert counter.desk.window.office.words.intent("price") == "Price"


def in_canvas(desk: Driver, text: str) -> bool:
    """Whether a chart that can be seen says it."""
    canvases = [one for one in desk.all() if one.winfo_class() == "Canvas"]
    return any(
        text in str(one.itemcget(item, "text"))  # type: ignore[attr-defined]
        for one in canvases
        for item in one.find_all()  # type: ignore[attr-defined]
        if one.type(item) == "text"  # type: ignore[attr-defined]
    )
