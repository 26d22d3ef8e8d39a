"""Cautions about the open chat: when they are told, and when they go."""

from typing import Any

import pytest

from agent.contract.analysis import Analysis, SuggestedResponse, SuggestionKind
from agent.contract.cares import CareCode
from agent.contract.commands import CareCommand, OfferCommand
from agent.contract.rows import Change, Direction, Kind, Row
from agent.contract.workplace import Care
from agent.core.cautions import MOST, cares_of, shown
from agent.core.effects import Analyse, Announce, Tell
from agent.core.events import Analysed, DraftEnded, DraftGrew, Forgotten
from agent.shield import Company
from tests.core.says import ANA, BIA, Session, analysis, row

ASKS = "me passa o código que chegou por sms"
KEY, OTHER = "chave pix: caixa@loja.example", "faz no pix caixa2@loja.example"
CPF = "529.982.247-25"


def ours(wa_id: str, text: str) -> Row:
    return row(wa_id, text, Direction.OUT)


def file(wa_id: str, name: str | None) -> Row:
    return Row(id=wa_id, kind=Kind.DOCUMENT, direction=Direction.IN, file_name=name)


def told(page: Session) -> list[CareCommand]:
    return [e.command for e in page.take() if isinstance(e, Tell) and isinstance(e.command, CareCommand)]


def cares(page: Session) -> list[tuple[str, str | None]]:
    """Of the last command: code and message."""
    commands = told(page)
    return [(care.code.value, care.wa_id) for care in commands[-1].cares] if commands else []


def with_company(**own: Any) -> Session:
    page = Session()
    page.state = type(page.state)(session="test", run="r", company=Company.read(**own))
    return page


def test_a_harmless_chat_says_nothing() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", "oi, qual a chave pix?"), ours("a2", KEY), row("a3", "paguei, obrigada!"))
    assert told(page) == []


def test_a_message_is_told_once_with_its_words() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", ASKS))
    (command,) = told(page)
    assert command == CareCommand(chat_token=ANA.token, cares=(Care(code=CareCode.CODE_ASKED, wa_id="a1", shown=ASKS),))
    page.shows(ANA, row("a2", "alô?"))
    assert told(page) == []


def test_rows_that_stood_there_when_the_chat_was_opened_count() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", ASKS), change=Change.BASELINE)
    assert cares(page) == [("code_asked", "a1")]


def test_an_edit_and_a_deletion_take_it_away() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", ASKS), row("a2", "mudou a chave pix"))
    assert cares(page) == [("code_asked", "a1"), ("pix_changed", "a2")]
    page.shows(ANA, row("a1", "deixa pra lá"), change=Change.EDITED)
    assert cares(page) == [("pix_changed", "a2")]
    page.shows(ANA, row("a2", None, kind=Kind.DELETED), change=Change.DELETED)
    (command,) = told(page)
    assert command.cares == ()


def test_an_edit_can_bring_one() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", "oi"))
    page.shows(ANA, row("a1", ASKS), change=Change.EDITED)
    assert cares(page) == [("code_asked", "a1")]


def test_another_chat_has_its_own() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", ASKS))
    page.opens(BIA).shows(BIA, row("b1", "oi"))
    assert {command.chat_token for command in told(page)} == {ANA.token}
    page.shows(BIA, row("b2", "instala o anydesk"))
    (command,) = told(page)
    assert (command.chat_token, command.cares[0].wa_id) == (BIA.token, "b2")


def test_our_own_words_are_no_sign_and_of_unknown_ones_only_links_and_files() -> None:
    page = Session()
    nobody = row("u1", f"{ASKS} e veja https://itau.com.br.conta.xyz", Direction.UNKNOWN)
    page.opens(ANA).shows(ANA, ours("o1", ASKS), nobody)
    assert cares(page) == [("lookalike", "u1")]


@pytest.mark.parametrize(
    ("name", "expected"), [("nota.pdf.exe", [("dangerous_file", "a1")]), ("nota.pdf", []), (None, [])]
)
def test_a_document_counts_by_its_name(name: str | None, expected: list[tuple[str, str]]) -> None:
    page = Session()
    page.opens(ANA).shows(ANA, file("a1", name))
    assert cares(page) == expected


def test_their_second_key_is_another_one() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", KEY), row("a2", "certo, chave pix caixa@loja.example"))
    assert cares(page) == []
    page.shows(ANA, row("a3", OTHER))
    (command,) = told(page)
    assert command.cares == (Care(code=CareCode.PIX_CHANGED, wa_id="a3", shown="PIX: c***@loja.example"),)


def test_a_payment_to_another_key_than_ours_is_told_and_a_key_for_a_refund_is_not() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, ours("o1", KEY), row("a1", "fiz o pix na chave 11 90000-0012, segue comprovante"))
    assert cares(page) == [("pix_changed", "a1")]
    page = Session()
    page.opens(ANA).shows(ANA, ours("o1", KEY), row("a1", "pode estornar, minha chave pix é 11 90000-0012"))
    page.shows(ANA, ours("o2", "confirmo: pix 11 90000-0012"))
    assert cares(page) == []


def test_ours_must_be_the_companys() -> None:
    page = with_company(pix_keys=["caixa@loja.example"])
    page.opens(ANA).shows(ANA, ours("o1", KEY))
    assert cares(page) == []
    page.shows(ANA, ours("o2", OTHER))
    assert cares(page) == [("pix_changed", "o2")]


def test_older_messages_that_are_loaded_later_come_first() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a3", OTHER), change=Change.BASELINE)
    assert cares(page) == []
    page.shows(ANA, row("a1", KEY), change=Change.HISTORY)
    assert cares(page) == [("pix_changed", "a3")]


def test_the_most_serious_comes_first_and_not_more_than_can_be_read() -> None:
    page = Session()
    many = [row(f"a{n}", f"veja https://itau.com.br.conta{n}.xyz") for n in range(MOST + 5)]
    page.opens(ANA).shows(ANA, *many, file("f1", "nota.zip"), row("k1", "mudou a chave pix"), row("c1", ASKS))
    found = cares(page)
    assert found[:3] == [("code_asked", "c1"), ("pix_changed", "k1"), ("dangerous_file", "f1")]
    assert found[3] == ("lookalike", f"a{MOST + 4}")
    assert len(found) == MOST


def test_listeners_are_told_of_each_once_and_of_no_word() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", ASKS))
    raised = [e for e in page.take() if isinstance(e, Announce)]
    assert raised == [Announce("care.raised", {"code": "code_asked"}, ANA.token, 1)]
    page.shows(ANA, row("a2", "oi"), row("a3", "nota"))
    page.opens(None).opens(ANA).shows(ANA, row("a1", ASKS), change=Change.BASELINE)
    assert [e for e in page.take() if isinstance(e, Announce)] == []


def test_what_was_erased_is_said_no_more() -> None:
    page = Session()
    page.opens(ANA).shows(ANA, row("a1", ASKS))
    page.take()
    page >> Forgotten(
        conversation_ids=frozenset({ANA.token}), message_ids=frozenset(), offer_ids=frozenset(), titles=frozenset()
    )
    (command,) = told(page)
    assert command.cares == ()


def test_what_is_shown_is_short_masked_and_harmless() -> None:
    assert shown(f"pix \u202e{CPF}\n\u200bagora") == "pix ***.***.***-25 agora"
    assert len(shown("a" * 1000)) == 120


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (SuggestionKind.CANNED, ()),
        (SuggestionKind.PASSAGE, ()),
        (SuggestionKind.LEARNED, (CareCode.UNKNOWN_NUMBER, CareCode.PERSONAL_NUMBER)),
        (SuggestionKind.DRAFT, (CareCode.UNKNOWN_NUMBER, CareCode.PERSONAL_NUMBER)),
    ],
)
def test_a_cpf_in_a_reply(kind: SuggestionKind, expected: tuple[CareCode, ...]) -> None:
    found = (CareCode.UNKNOWN_NUMBER,)
    assert cares_of(f"o CPF é {CPF}", kind, found, Company()) == expected
    assert cares_of("o cartão é 4111 1111 1111 1111", kind, found, Company()) == expected
    assert CareCode.PERSONAL_NUMBER not in cares_of(f"o CPF é {CPF}", kind, found, Company.read([CPF]))


def test_a_card_carries_what_was_found_and_a_draft_too() -> None:
    page = Session(drafts=True)
    page.opens(ANA).shows(ANA, row("a1", "quanto custa?"))
    ask = page.one(Analyse)
    hit = SuggestedResponse(
        text="Custa R$ 70", source="x", score=0.9, kind=SuggestionKind.LEARNED, cares=(CareCode.UNKNOWN_NUMBER,)
    )
    understood: Analysis = analysis().model_copy(update={"suggested_responses": (hit,)})
    page >> Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, understood)
    offers = [e.command for e in page.take() if isinstance(e, Tell) and isinstance(e.command, OfferCommand)]
    assert offers[0].suggestions[0].cares == (CareCode.UNKNOWN_NUMBER,)
    page >> DraftGrew(offers[0].offer_id, f"Anotei seu CPF {CPF}.") >> DraftEnded(offers[0].offer_id)
    drafts = [e.command for e in page.take() if isinstance(e, Tell) and e.command.kind == "draft"]
    assert [draft.cares for draft in drafts] == [(CareCode.PERSONAL_NUMBER,)] * 2
