"""Messages: conversations and what is found in them, one of them in bubbles, and how it stands."""

from datetime import datetime, timedelta

import pytest

from agent.contract.access import Role
from agent.contract.analysis import Sentiment, SuggestionKind
from agent.contract.desk import ConversationChange, ConversationOutcome, ConversationStatus
from agent.contract.rows import Change, Delivery, Kind, Quote
from agent.contract.stored import (
    AnalysedMessage,
    Edit,
    OfferRecord,
    Outcome,
    SuggestionRecord,
)
from tests.core.says import analysis
from tests.gui.conftest import OpenWindow
from tests.gui.messages_counter import NOON, Counter, attendants_counter, moment, says
from tests.gui.served import ServedOffice
from tests.gui.test_window import connected, user
from tests.storage.chats import row, shows


@pytest.fixture
def counter(open_window: OpenWindow, served: ServedOffice) -> Counter:
    return Counter(open_window(), served)


def test_nobody_has_written_and_nothing_is_chosen(counter: Counter) -> None:
    counter.desk.until(lambda: counter.desk.sees("Ninguém escreveu ainda"))
    assert counter.desk.sees("Escolha uma conversa")
    counter.search("nada disso")
    counter.desk.until(lambda: counter.desk.sees("Nada encontrado"))
    counter.saved(says("Ana", "oi"))
    counter.finder.clear()
    counter.until_listed("Ana")
    counter.desk.until(lambda: not counter.desk.sees("Ninguém escreveu ainda"))


def test_the_filters_of_conversations(counter: Counter) -> None:
    names = ("Ana", "Bia", "Caê")
    ids = {name: counter.saved(says(name, "oi", since=n)).conversation_id for n, name in enumerate(names)}
    won = ConversationChange(outcome=ConversationOutcome.WON, status=ConversationStatus.CLOSED)
    counter.served.do(counter.store.desk.change(ids["Bia"], won))
    counter.until_listed("Caê", "Bia", "Ana")
    counter.desk.click("Filtros")
    boxes = counter.finder.filters.boxes
    for name, text, found in (
        ("waiting", "Esperando", ["Caê", "Ana"]),
        ("waiting", "Sem espera", ["Bia"]),
        ("status", "Encerrada", ["Bia"]),
        ("outcome", "Ganha", ["Bia"]),
        ("assigned_to", "Sem atendente", ["Caê", "Bia", "Ana"]),
    ):
        counter.choose(boxes[name], text)
        counter.until_listed(*found)
        assert counter.desk.sees("Filtros (1)")
        counter.desk.click("Limpar filtros")
        counter.until_listed("Caê", "Bia", "Ana")
    counter.desk.fill(counter.finder.filters.entries["text"], "cae")
    counter.until_listed("Caê")
    counter.choose(boxes["outcome"], "Perdida")
    counter.desk.until(lambda: counter.desk.sees("Tente menos palavras"))


def test_a_search_marks_what_it_found_and_opens_it_there(counter: Counter) -> None:
    many = [f"mensagem {n}" for n in range(120)]
    saved = counter.saved(says("Ana", "Vocês entregam amanhã cedo?", *many))
    counter.saved(says("Bia", "amanhã não", since=300))
    counter.search("amanha")
    counter.until_listed("Bia", "Ana")
    cards = counter.finder.found
    assert [one.text[a:b] for _, one in cards.model.held_rows() for a, b in one.marks] == ["amanhã", "amanhã"]
    fills = [cards.canvas.itemcget(i, "fill") for i in cards.canvas.find_all()]
    assert fills.count(counter.desk.window.theme.palette.mark) == 2
    counter.open("Ana")
    number = saved.ids["Ana-0-0"]
    assert counter.view.bubbles.marked == number, "the message itself, three pages up"
    assert len(counter.texts) == 121
    counter.desk.press("<Escape>", counter.finder.entry)
    counter.until_listed("Bia", "Ana")
    assert counter.finder.list is counter.finder.conversations


def test_the_filters_of_messages_and_a_day_that_is_none(counter: Counter) -> None:
    saved = counter.saved(says("Ana", "prazo hoje", "prazo amanhã"))
    angry = analysis().model_copy(update={"sentiment": Sentiment.NEGATIVE, "intent": "delivery"})
    counter.served.do(counter.store.save_analysis(AnalysedMessage(message_id=saved.ids["Ana-0-0"], analysis=angry)))
    counter.saved(shows(row("X", "prazo nosso", me=True, **moment(9)), title="Ana", zone="UTC"))
    counter.search("prazo")
    counter.desk.until(lambda: len(counter.listed) == 3)
    counter.desk.click("Filtros")
    filters = counter.finder.search_filters
    for name, text, count in (
        ("direction", "Nós", 1), ("direction", "Cliente", 2), ("sentiment", "Negativo", 1), ("intent", "Entrega", 1),
    ):  # fmt: skip
        counter.choose(filters.boxes[name], text)
        counter.desk.until(lambda count=count: len(counter.listed) == count, f"{count} of {name}")
        counter.desk.click("Limpar filtros")
        counter.desk.until(lambda: len(counter.listed) == 3)
    counter.desk.fill(filters.entries["since"], "amanhã")
    counter.desk.until(lambda: counter.desk.sees("Escreva o dia assim"))
    counter.desk.fill(filters.entries["since"], (NOON + timedelta(days=2)).strftime("%d/%m/%Y"))
    counter.desk.until(lambda: counter.listed == [])
    assert not counter.desk.sees("Escreva o dia assim")
    counter.desk.fill(filters.entries["since"], "")
    counter.desk.fill(filters.entries["before"], (NOON + timedelta(days=2)).strftime("%Y-%m-%d"))
    counter.desk.until(lambda: len(counter.listed) == 3)


def test_older_messages_come_as_one_scrolls_up(counter: Counter) -> None:
    counter.saved(says("Ana", *[f"mensagem {n}" for n in range(100)]))
    counter.open("Ana")
    bubbles = counter.view.bubbles
    assert counter.texts == [f"mensagem {n}" for n in range(60, 100)]
    assert bubbles.at_bottom
    days = {bubble.day for number in bubbles.ids if (bubble := bubbles.bubble(number)) and bubble.day}
    here = NOON.astimezone()
    ago = (datetime.now().astimezone().date() - here.date()).days  # Two, where midnight came while the tests ran.
    assert days == {"Ontem" if ago == 1 else here.strftime("%d/%m/%Y")}
    counter.desk.press("<Home>", bubbles.canvas)
    counter.desk.until(lambda: len(counter.texts) == 80, "the page before")
    counter.desk.press("<Home>", bubbles.canvas)
    counter.desk.until(lambda: len(counter.texts) == 100)
    assert counter.texts == [f"mensagem {n}" for n in range(100)]
    with_day = [bubble.text for number in bubbles.ids if (bubble := bubbles.bubble(number)) and bubble.day]
    assert with_day == ["mensagem 0"], "one line for one day, wherever the pages were cut"
    counter.desk.press("<End>", bubbles.canvas)
    assert bubbles.at_bottom


def test_what_arrives_appears_without_moving_what_is_read(counter: Counter) -> None:
    counter.saved(says("Ana", *[f"mensagem {n}" for n in range(60)]))
    counter.saved(says("Bia", "oi", since=100))
    counter.open("Ana")
    bubbles = counter.view.bubbles
    counter.saved(says("Ana", "chegou agora", since=200))
    counter.desk.until(lambda: counter.texts[-1] == "chegou agora")
    assert bubbles.at_bottom
    assert not counter.desk.sees("Novas mensagens")
    counter.until_listed("Ana", "Bia")
    assert counter.finder.conversations.selected is not None
    assert counter.finder.conversations.selected.title == "Ana"
    counter.desk.press("<Prior>", bubbles.canvas)
    place = bubbles.canvas.canvasy(0)
    counter.saved(says("Ana", "e mais esta", since=201))
    counter.desk.until(lambda: counter.desk.sees("Novas mensagens"))
    assert bubbles.canvas.canvasy(0) == place
    counter.desk.click("Novas mensagens ↓")
    assert bubbles.at_bottom
    counter.desk.until(lambda: not counter.desk.sees("Novas mensagens"))


def test_what_changes_further_up_is_seen(counter: Counter) -> None:
    saved = counter.saved(says("Ana", *[f"mensagem {n}" for n in range(70)]))
    counter.open("Ana")
    counter.desk.press("<Home>", counter.view.bubbles.canvas)
    counter.desk.until(lambda: len(counter.texts) == 70)
    edited = row("Ana-0-3", "outro texto", edited=True, **moment(3))
    counter.saved(shows(edited, change=Change.EDITED, title="Ana", zone="UTC", window=["Ana-0-3"]))
    number = saved.ids["Ana-0-3"]
    counter.desk.until(lambda: "outro texto" in counter.texts)
    counter.view.bubbles.reveal(number)
    assert any("editada" in text for text in counter.view.bubbles.texts(number))


def test_what_is_known_of_a_message_stands_under_it(counter: Counter) -> None:
    saved = counter.saved(says("Ana", "quanto custa a entrega?"))
    number = saved.ids["Ana-0-0"]
    doubt = analysis().model_copy(update={"sentiment": Sentiment.NEGATIVE, "unsure": True, "intent": "price"})
    counter.served.do(counter.store.save_analysis(AnalysedMessage(message_id=number, analysis=doubt)))
    records = [
        SuggestionRecord(slot=0, text="Fica R$ 10.", source="Frete", tier=0, score=1, kind=SuggestionKind.CANNED),
        SuggestionRecord(slot=1, text="Depende do CEP.", source="modelo", tier=1, score=None),
    ]
    offer = OfferRecord(
        offer_id="o", message_id=number, conversation_id=saved.conversation_id, suggestions=tuple(records)
    )
    counter.served.do(counter.store.save_offer(offer))
    counter.served.do(counter.store.set_outcome("o", 0, Outcome.EDITED, distance=3, edit=Edit.NUMBERS))
    counter.open("Ana")
    bubbles = counter.view.bubbles
    said = bubbles.texts(number)
    assert {"● Negativo", "Em dúvida: Preço?"} <= set(said)
    assert "▸ 2 sugestões · editada e enviada (3 letras mudadas)" in said
    counter.desk.press("<Up>", bubbles.canvas)
    counter.desk.press("<Return>", bubbles.canvas)
    said = bubbles.texts(number)
    assert {"Fica R$ 10.", "Depende do CEP.", "mostrada · rascunho do modelo"} <= set(said)
    line = next(i for i in bubbles.canvas.find_withtag("more"))
    left, top, right, bottom = bubbles.canvas.bbox(line)
    y = (top + bottom) // 2 - int(bubbles.canvas.canvasy(0))
    bubbles.canvas.event_generate("<Button-1>", x=(left + right) // 2, y=y)
    counter.desk.until(lambda: "Fica R$ 10." not in bubbles.texts(number))
    counter.served.do(counter.store.correct(number, "delivery"))
    counter.desk.until(lambda: "Entrega (corrigida por uma pessoa)" in bubbles.texts(number))


def test_every_kind_of_message_and_every_odd_text(counter: Counter) -> None:
    long = "palavra " * 480 + "x" * 160
    rows = [
        row("A", long, **moment(0)),
        row("B", "a\u202emun\u200b\x07", author="Zé \u202eda Silva", **moment(1)),
        row("C", None, kind=Kind.VOICE, **moment(2)),
        row("D", "respondo", me=True, status=Delivery.READ, quoted=Quote(author="Zé", text="isto\naqui"), **moment(3)),
        row("E", None, kind=Kind.SYSTEM, **moment(4)),
        row("F", "ok", reactions=("👍", "❤️"), forwarded=True, truncated=True, **moment(5)),
        row("G", "{não} [é] $tcl \\ ; e nem a ; é", **moment(6)),
    ]
    saved = counter.saved(shows(*rows, title="Família 🌻 " + "muito " * 40, group=True, zone="UTC"))
    counter.desk.until(lambda: counter.listed)
    counter.desk.window.go("messages", conversation=saved.conversation_id)
    counter.desk.until(lambda: counter.view.bubbles.ids)
    bubbles, ids = counter.view.bubbles, saved.ids
    assert long in bubbles.texts(ids["A"])
    assert {"amun", "Zé da Silva"} <= set(bubbles.texts(ids["B"]))
    assert "🎤 Mensagem de voz" in bubbles.texts(ids["C"])
    said = bubbles.texts(ids["D"])
    assert "Zé\nisto aqui" in said
    assert any("✓✓ lida" in text for text in said)
    assert bubbles.texts(ids["E"]) == ["Aviso do WhatsApp"]
    said = bubbles.texts(ids["F"])
    assert "👍 ❤️" in said
    assert any(text.startswith("encaminhada · só o começo foi mostrado") for text in said)
    assert "{não} [é] $tcl \\ ; e nem a ; é" in bubbles.texts(ids["G"])
    left, _, right, _ = bubbles.canvas.bbox("all")
    assert left >= 0
    assert right <= bubbles.canvas.winfo_width(), "nothing stands beside the window"
    for theme, percent in (("dark", 200), ("light", 100)):
        counter.desk.window.choose_look(theme)
        counter.desk.window.choose_size(percent)
        counter.desk.turn(0.1)


def test_how_a_conversation_stands_is_changed_and_taken_back(counter: Counter) -> None:
    saved = counter.saved(says("Ana", "oi"))
    anna = counter.served.do(counter.store.accounts.add("joana", Role.ATTENDANT, None))
    counter.open("Ana")
    boxes = counter.view.desk.boxes
    counter.desk.until(lambda: "joana" in boxes["assigned_to"].cget("values"))

    def stands() -> tuple[str, str, int | None]:
        line = counter.served.do(counter.store.desk.conversation(saved.conversation_id))
        assert line is not None
        return line.status.value, line.outcome.value, line.assigned_to

    counter.choose(boxes["outcome"], "Ganha")
    counter.desk.until(lambda: stands() == ("open", "won", None))
    counter.desk.until(lambda: counter.notice == "Resultado de Ana: Ganha")
    counter.choose(boxes["assigned_to"], "joana")
    counter.desk.until(lambda: counter.notice == "Atendente de Ana: joana")
    assert stands() == ("open", "won", anna.id)
    counter.desk.click("Desfazer")
    counter.desk.until(lambda: counter.notice == "Desfeito: Atendente de Ana: joana")
    assert stands() == ("open", "won", None)
    counter.desk.press("<Control-z>", counter.view.bubbles.canvas)
    counter.desk.until(lambda: counter.notice == "Desfeito: Resultado de Ana: Ganha")
    assert stands() == ("open", "open", None)
    counter.desk.until(lambda: boxes["outcome"].get() == "Em aberto")
    counter.desk.until(lambda: not counter.desk.sees("Desfazer"))


def test_a_stage_is_chosen_beside_the_conversation(counter: Counter) -> None:
    saved = counter.saved(says("Ana", "oi"))
    stage = counter.served.do(counter.store.desk.add_stage("Orçamento enviado"))
    counter.open("Ana")
    box = counter.view.desk.boxes["outcome"]
    counter.desk.until(lambda: "Orçamento enviado" in box.cget("values"))
    assert list(box.cget("values")) == ["Em aberto", "Orçamento enviado", "Ganha", "Perdida", "Resolvida"]

    def stands() -> tuple[str, int | None]:
        line = counter.served.do(counter.store.desk.conversation(saved.conversation_id))
        assert line is not None
        return line.outcome.value, line.stage_id

    counter.choose(box, "Orçamento enviado")
    counter.desk.until(lambda: stands() == ("open", stage.id))
    counter.desk.until(lambda: box.instate(["!disabled"]))
    counter.choose(box, "Perdida")
    counter.desk.until(lambda: stands() == ("lost", None))
    counter.desk.until(lambda: box.instate(["!disabled"]))
    counter.desk.click("Desfazer")
    counter.desk.until(lambda: stands() == ("open", stage.id))
    counter.desk.until(lambda: box.get() == "Orçamento enviado")


def test_an_attendant_may_take_it_but_not_give_it_to_others(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(user(served, "bia", Role.ATTENDANT))
    counter = attendants_counter(open_window, served, "ana")
    counter.saved(says("Cliente", "oi"))
    counter.open("Cliente")
    box = counter.view.desk.boxes["assigned_to"]
    counter.desk.until(lambda: tuple(box.cget("values")) == ("Ninguém", "ana"))
    counter.choose(box, "ana")
    counter.desk.until(lambda: counter.notice == "Atendente de Cliente: ana")
    counter.desk.click("Filtros")
    counter.choose(counter.finder.filters.boxes["assigned_to"], "Minhas")
    counter.until_listed("Cliente")


def test_the_agent_goes_while_a_conversation_is_shown(counter: Counter, served: ServedOffice) -> None:
    counter.saved(says("Ana", "oi"))
    counter.open("Ana")
    served.stop_serving()
    counter.desk.until(lambda: counter.desk.sees("fora do ar"))
    counter.choose(counter.view.desk.boxes["outcome"], "Perdida")
    counter.desk.until(lambda: "O agente não responde" in counter.notice)
    assert counter.view.desk.boxes["outcome"].get() == "Em aberto", "what was not kept is not shown as kept"
    assert counter.texts == ["oi"]
    counter.saved(says("Ana", "voltou?", since=5))
    served.serve_again()
    connected(counter.desk)
    counter.desk.until(lambda: counter.texts == ["oi", "voltou?"])


def test_a_conversation_that_is_no_more(counter: Counter) -> None:
    counter.desk.window.go("messages", conversation=4711)
    counter.desk.until(lambda: counter.desk.sees("Esta conversa não existe mais"))
    counter.saved(says("Ana", "oi"))
    counter.open("Ana")
    assert counter.texts == ["oi"]


def test_a_customer_that_is_erased_while_they_are_shown(counter: Counter, served: ServedOffice) -> None:
    counter.saved(says("Ana", "oi"))
    counter.saved(says("Bia", "oi", since=5))
    counter.open("Ana")
    client = served.do(served.office.client(Role.ADMIN))
    assert counter.view.line is not None
    answer = served.do(client.post(f"/api/customers/{counter.view.line.customer_id}/erase"))
    assert answer.status_code == 200
    counter.desk.until(lambda: counter.desk.sees("Esta conversa não existe mais"))
    counter.until_listed("Bia")
    assert counter.desk.sees("LGPD")
