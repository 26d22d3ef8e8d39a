"""Canned replies in the window: found, written, seen as a customer would, taken back; learned ones decided on."""

from datetime import UTC, datetime

from agent.analysis.retrieval.replies import load_replies
from agent.contract.learning import ProposalState, ProposedReply
from gui.kit.forms import Line, Lines
from gui.tabs.ai.learned import LearnedReplies
from gui.tabs.ai.replies import Replies
from tests.gui.ai_desk import names, section, told, type_into
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.people import attendant_comes_in
from tests.gui.served import ServedOffice
from tests.gui.test_window import connected

WRITTEN = """\
business: {hours: 9h às 18h}
replies:
  - {id: oi, title: Boas-vindas, shortcut: /oi, text: "{saudacao}, {nome}!"}
  - {id: preco, title: Preço, text: Depende do modelo.}
"""


def opened(open_window: OpenWindow, served: ServedOffice) -> tuple[Driver, Replies]:
    served.settings.replies_file.write_text(WRITTEN, "utf-8")
    desk = open_window(tab="ai")
    found = section(desk, "replies", Replies)
    desk.until(lambda: "oi" in found.listing.list.get_children(), "the list")
    return desk, found


def texts(served: ServedOffice) -> dict[str, str]:
    return {one.title: one.text for one in load_replies(served.settings.replies_file).replies}


def write(desk: Driver, section: Replies, name: str, text: str) -> None:
    field = section.fields[name]
    if isinstance(field, Line):
        desk.fill(field.entry, text)
    else:
        assert isinstance(field, Lines)
        type_into(desk, field.text, text)


def take_back(desk: Driver, replies: Replies) -> None:
    """By the keyboard."""
    desk.press("<Control-z>", replies.listing.list)


def test_one_is_found_changed_and_taken_back(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, replies = opened(open_window, served)
    desk.fill(replies.search.entry, "depende")  # type: ignore[attr-defined]
    desk.until(lambda: replies.listing.list.get_children() == ("preco",), "found")
    replies.listing.choose("preco")
    write(desk, replies, "text", "Custa R$ 90.")
    desk.click("Salvar")
    desk.until(lambda: texts(served)["Preço"] == "Custa R$ 90.", "saved")
    desk.until(lambda: replies.edits.line.text == "Resposta “Preço” salva")
    take_back(desk, replies)
    desk.until(lambda: texts(served)["Preço"] == "Depende do modelo.", "taken back")
    desk.until(lambda: replies.edits.line.text == "Desfeito: Resposta “Preço” salva")
    desk.until(lambda: replies.fields["text"].read() == "Depende do modelo.", "and shown so")


def test_the_preview_is_as_the_customer_gets_it(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, replies = opened(open_window, served)
    replies.listing.choose("oi")
    desk.until(lambda: "Ana" in str(replies.preview.cget("text")), "a name in it")
    write(desk, replies, "text", "Abrimos {hours}. {nada}")
    desk.until(lambda: "Abrimos 9h às 18h." in str(replies.preview.cget("text")), "a fact in it")
    assert str(replies.unknown.cget("text")) == "Não existe: {nada}"
    desk.click("Salvar")
    desk.until(lambda: "não tem" in replies.fields["text"].fault, "told at the field")
    desk.click("Descartar")
    desk.until(lambda: "Ana" in str(replies.preview.cget("text")))
    assert texts(served)["Boas-vindas"] == "{saudacao}, {nome}!"


def test_a_new_one_is_looked_at_while_one_types(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, replies = opened(open_window, served)
    desk.click("Nova resposta")
    write(desk, replies, "shortcut", "sem barra")
    assert "Há um sinal" in replies.fields["shortcut"].fault
    desk.click("Salvar")
    assert "Preencha" in replies.fields["title"].fault
    assert "Preencha" in replies.fields["text"].fault
    for name, text in (("title", "Prazo"), ("shortcut", "/oi"), ("text", "Até 5 dias.")):
        write(desk, replies, name, text)
    desk.click("Salvar")
    desk.until(lambda: "já usa este atalho" in replies.fields["shortcut"].fault, "taken")
    write(desk, replies, "shortcut", "/prazo")
    desk.click("Salvar")
    desk.until(lambda: texts(served).get("Prazo") == "Até 5 dias.", "added")
    desk.until(lambda: "prazo" in replies.listing.list.get_children())


def test_one_is_deleted_once_that_was_asked_and_brought_back(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, replies = opened(open_window, served)
    replies.listing.choose("preco")
    desk.click("Excluir")
    desk.until(lambda: desk.sees("Excluir “Preço”?"), "asked")
    desk.click("Excluir")
    desk.until(lambda: "Preço" not in texts(served), "gone")
    desk.until(lambda: replies.edits.line.text == "Resposta “Preço” excluída")
    take_back(desk, replies)
    desk.until(lambda: texts(served).get("Preço") == "Depende do modelo.", "back")


def test_a_list_that_somebody_else_changed_is_read_again(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, replies = opened(open_window, served)
    replies.listing.choose("preco")
    write(desk, replies, "text", "Custa R$ 90.")
    served.settings.replies_file.write_text(WRITTEN.replace("Depende", "Hoje depende"), "utf-8")
    before = replies.version
    desk.click("Salvar")
    desk.until(lambda: "Outra pessoa mudou a lista" in replies.edits.line.text)
    assert texts(served)["Preço"] == "Hoje depende do modelo."
    desk.until(lambda: replies.version != before, "read again")
    desk.click("Salvar")
    desk.until(lambda: texts(served)["Preço"] == "Custa R$ 90.", "once it was read")


def test_an_attendant_reads_and_changes_nothing(open_window: OpenWindow, served: ServedOffice) -> None:
    served.settings.replies_file.write_text(WRITTEN, "utf-8")
    desk = attendant_comes_in(open_window, served, "ana", tab="ai")
    connected(desk)
    replies = section(desk, "replies", Replies)
    assert names(desk) == ("playground", "replies")
    desk.until(lambda: "oi" in replies.listing.list.get_children())
    replies.listing.choose("oi")
    desk.turn(0.1)
    assert not desk.sees("Salvar")
    assert not desk.sees("Nova resposta")


async def proposed(served: ServedOffice) -> None:
    one = ProposedReply(
        text="Oi {nome}, ele passa amanhã.", title="Visita", shortcut="/visita", intent="scheduling", sent_by="Bia",
        sent_at=datetime.now(UTC), messages=(), customers=3,
    )  # fmt: skip
    await served.office.store.learning.propose([one])


def test_a_proposal_is_approved_in_other_words_and_taken_back(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window(tab="ai")
    learned = section(desk, "learned", LearnedReplies)
    desk.until(lambda: desk.sees("Nada espera por você"), "an empty place that says so")
    served.do(proposed(served))
    learned.refresh()
    desk.until(lambda: desk.sees("Enviada por último por Bia"), "where it comes from")
    title = learned.fields["title"]
    assert isinstance(title, Line)
    desk.fill(title.entry, "Visita do técnico")
    desk.click("Aprovar")
    told(desk, "“Visita do técnico” já pode ser sugerida")
    stored = served.do(served.office.store.learning.proposals(ProposalState.APPROVED))
    assert [one.title for one in stored] == ["Visita do técnico"]
    learned.which.choose("approved")
    desk.until(lambda: learned.listing.list.get_children() and not learned.reopen.instate(["disabled"]))
    desk.click("Decidir de novo")
    told(desk, "espera por uma decisão")
    learned.which.choose("proposed")
    desk.until(lambda: not learned.reject.instate(["disabled"]))
    desk.click("Recusar")
    told(desk, "não será proposta de novo")
    assert served.do(served.office.store.learning.proposals(ProposalState.REJECTED))
