"""The first tab: how long suggestions take, alerts, whose events those are, and whose computer the foot tells of."""

import tkinter as tk
from datetime import UTC, datetime

from agent.contract.access import Role
from agent.contract.desk import ConversationChange, ConversationOutcome, ConversationStatus
from agent.contract.monitor import Figures, Monitor
from agent.contract.stored import OfferRecord, StoredEvent, SuggestionRecord
from gui.kit.charts import Bars, Share
from gui.kit.plots import Columns, Lines, Series, scale
from gui.snapshot import Connection
from gui.tabs.dashboard.tab import DashboardTab
from gui.tabs.dashboard.telling import told
from gui.tabs.system.tab import SystemTab
from gui.theme import Theme
from gui.words import LANGUAGES, Words
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.gui.test_system_monitor import reads
from tests.gui.test_window import connected, status
from tests.storage.chats import row, shows


def dashboard(desk: Driver) -> DashboardTab:
    desk.until(lambda: "dashboard" in desk.window.tabs and desk.window.office.connection is Connection.LIVE)
    tab = desk.window.tabs["dashboard"]
    assert isinstance(tab, DashboardTab)
    return tab


def happened(tab: DashboardTab) -> list[str]:
    return [str(tab.recent.list.item(line, "values")[1]) for line in tab.recent.list.get_children()]


async def painted(served: ServedOffice, *times_ms: float) -> None:
    """A message of Ana's, and cards for it that took so long."""
    store = served.office.store
    saved = await store.save(shows(row("a1", "quanto custa?"), title="Ana Souza"))
    one = SuggestionRecord(slot=0, text="Olá!", source="Saudação", tier=0, score=0.5)
    for n, ms in enumerate(times_ms):
        ids = {"message_id": saved.ids["a1"], "conversation_id": saved.conversation_id}
        await store.save_offer(OfferRecord(offer_id=f"c{n}", suggestions=(one,), **ids))
        await store.painted(f"c{n}", ms)


def test_how_long_suggestions_take_is_shown_as_they_come(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    tab = dashboard(desk)
    desk.until(lambda: desk.sees("Nenhuma sugestão medida hoje"))
    assert tab.figures["latency"].value == "–"
    served.do(painted(served, 80, 90, 100, 1400))
    desk.until(lambda: tab.figures["latency"].value == "90 ms", "by its events alone")
    assert desk.sees("p95: 1,4 s")
    desk.until(lambda: desk.sees("Metade em até (p50)") and not desk.sees("Nenhuma sugestão medida hoje"))
    hour, wide = datetime.now().astimezone().hour, tab.speed.winfo_width() - tab.speed._left
    x = round(tab.speed._left + (hour + 0.5) * wide / 24)
    tab.speed.event_generate("<Motion>", x=x, y=40)
    assert desk.sees(f"{hour}h: p50 90 ms, p95 1,4 s, 4 medidas")


def test_alerts_come_and_go_and_lead_to_the_monitor(open_window: OpenWindow, served: ServedOffice) -> None:
    served.token_file.write_text(served.do(served.office.token(Role.ATTENDANT)))
    desk = open_window()
    tab = dashboard(desk)
    desk.until(lambda: desk.sees("Nenhum alerta"))
    served.do(reads(served, 97, seconds=60))
    desk.until(lambda: any("Processador no limite: 97 % > 80 %" in one for one in desk.texts(tab.alerts)))
    assert not desk.sees("Nenhum alerta")
    desk.click(tab.alerts.lines[0])
    desk.until(lambda: "system" in desk.window.tabs and desk.window.tabs["system"].seen)
    system = desk.window.tabs["system"]
    assert isinstance(system, SystemTab)
    assert system.sections is not None
    assert system.sections.shown == "monitor"
    desk.window.go("dashboard")
    served.do(reads(served, 10, seconds=60))
    desk.until(lambda: desk.sees("Nenhum alerta"))


def test_events_say_whose_they_are_and_what_changed(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    tab = dashboard(desk)
    served.do(painted(served))
    desk.until(lambda: happened(tab)[:1] == ["Ana Souza · Mensagem recebida"])

    async def decided() -> None:
        for status_, outcome in (("pending", "open"), ("pending", "won")):
            change = ConversationChange(status=ConversationStatus(status_), outcome=ConversationOutcome(outcome))
            await served.office.store.desk.change(1, change)

    served.do(decided())
    expected = ["Ana Souza · Resultado: Ganha", "Ana Souza · Situação: Pendente", "Ana Souza · Mensagem recebida"]
    desk.until(lambda: happened(tab) == expected)


def test_the_same_thing_again_counts_up(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    tab = dashboard(desk)
    served.do(painted(served))

    async def three() -> None:
        for n in range(3):
            await served.office.store.desk.tag(1, f"t{n}")

    served.do(three())
    desk.until(lambda: happened(tab) and happened(tab)[0].startswith("Ana Souza · 3 × Cliente"))


def test_nobody_who_was_erased_is_named(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    tab = dashboard(desk)
    served.do(painted(served))
    desk.until(lambda: any("Ana Souza" in one for one in happened(tab)))
    api = desk.window.office.api
    api.send("POST", "/api/customers/1/erase", {"confirm": "1", "reason": "asked"})
    desk.until(lambda: happened(tab)[:1] == ["Cliente apagado (LGPD)"] and not desk.sees("Ana Souza"))


def test_the_foot_tells_of_the_agents_machine(open_window: OpenWindow, served: ServedOffice) -> None:
    """Red while an alert is open, and not at every peak."""
    desk = open_window()
    connected(desk)
    foot = desk.window.status
    assert foot is not None
    served.do(reads(served, 20, seconds=30))
    one = Figures(at=datetime.now(UTC), cpu_percent=100, memory_percent=50, disk_percent=40, disk_free_mb=1, agent_mb=1)
    served.office.reach.watch.take(one)
    desk.until(lambda: status(desk, "machine") == "CPU 100 % · memória 50 %")
    assert foot._labels["machine"][1] == "calm"
    served.do(reads(served, 97, seconds=60))
    desk.until(lambda: status(desk, "machine") == "CPU 97 % · memória 50 %")
    desk.until(lambda: foot._labels["machine"][1] == "bad")
    desk.window.office.api._http.base_url = "https://loja.example"
    foot.fill_machine(Monitor(every_s=5, figures=(one,), alerts=()))
    assert status(desk, "machine") == "Servidor: CPU 100 % · memória 50 %"


def test_the_foot_says_nothing_of_a_machine_that_does_not_answer(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    connected(desk)
    served.do(reads(served, 20, seconds=30))
    desk.until(lambda: status(desk, "machine") == "CPU 20 % · memória 50 %")
    served.stop_serving()
    desk.until(lambda: "fora do ar" in status(desk, "connection"))
    assert status(desk, "machine") == ""


def test_every_change_has_words_in_every_language() -> None:
    data = {"status": "closed", "outcome": "lost", "stage_id": 3, "assigned_to": None, "follow_up_at": None}
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    event = StoredEvent(number=1, at=at, kind="conversation.updated", conversation_id=1, message_id=None, data=data)
    assert told(event, Words("pt-BR")) == (
        "Situação: Encerrada · Resultado: Perdida · Mudou de etapa · Sem atendente · Lembrete removido"
    )
    for language in LANGUAGES:
        assert told(event, Words(language)).count(" · ") == 4


def drawn(chart: tk.Canvas, kind: str) -> list[int]:
    return [one for one in chart.find_all() if chart.type(one) == kind and chart.itemcget(one, "state") != "hidden"]


def test_nothing_is_drawn_of_nothing(root: tk.Tk) -> None:
    theme = Theme(root, "light", 100)
    bars, share = Bars(root, theme, empty="nada"), Share(root, theme, empty="nada")
    for chart in (bars, share):
        chart.pack(fill="x")
    root.geometry("400x400")
    root.update()
    bars.show([("Ignoradas", 0, "0", "calm"), ("Usadas", 3, "3", "good")])
    share.show([("Positivo", 2, "100 %", "good"), ("Negativo", 0, "0 %", "bad")])
    assert len(drawn(bars, "rectangle")) == 3, "two grounds and one bar"
    assert len(drawn(share, "rectangle")) == 3, "two marks and one part"
    bars.show([("Ignoradas", 0, "0", "calm")])
    share.show([("Positivo", 0, "", "good")])
    assert len(drawn(bars, "rectangle")) == 1
    assert [share.itemcget(one, "text") for one in drawn(share, "text")] == ["nada"]
    weeks = Lines(root, theme, written=str, empty="nada")
    weeks.pack(fill="x")
    root.update()
    assert drawn(weeks, "text") == [], "nobody knows yet whether there is something"
    weeks.show([], [])
    assert [weeks.itemcget(one, "text") for one in drawn(weeks, "text")] == ["nada"]


def test_a_chart_has_a_legend_and_an_axis_and_breaks_off_where_nothing_is_known(root: tk.Tk) -> None:
    theme = Theme(root, "light", 100)
    columns = Columns(root, theme, written="{:.0f}".format, least_step=1)
    lines = Lines(root, theme, written="{:.0f} ms".format)
    for chart in (columns, lines):
        chart.pack(fill="x")
    root.geometry("400x500")
    root.update()
    hours = [f"{n}h" for n in range(4)]
    columns.show(hours, (Series("Recebidas", [3, 0, 1, 0], "accent"), Series("Enviadas", [4, 0, 0, 0], "calm")))
    texts = [columns.itemcget(one, "text") for one in drawn(columns, "text")]
    assert set(texts) == {"0", "5", "10", "0h", "3h", "Recebidas", "Enviadas"}
    assert len(drawn(columns, "rectangle")) == 2 + 3, "two marks of the legend, three columns that have a value"
    lines.show(hours, (Series("p50", [80, None, 90, 120], "accent"),))
    assert len(drawn(lines, "oval")) == 3
    axis = [one for one in drawn(lines, "line") if lines.gettags(one)[0].startswith("axis")]
    assert len(drawn(lines, "line")) - len(axis) == 1
    assert len(axis) == 3


def test_an_axis_ends_at_a_round_number() -> None:
    assert [scale(most, 1) for most in (0, 1, 2, 7, 10, 11)] == [(1, 1), (1, 1), (2, 1), (10, 5), (10, 5), (20, 10)]
    assert scale(87.3) == (100, 50)
    assert scale(1400) == (2000, 1000)
