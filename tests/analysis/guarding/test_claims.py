"""What a draft states of the world although nobody who may know has said so is refused."""

import pytest

from agent.analysis.guarding.claims import affirmed, events_in, ordinary_stems, stems, unknown_event
from agent.analysis.guarding.guard import Guard
from tests.analysis.suite import sources


def drafted(slug: str, asked: str, draft: str, *ours: str) -> tuple[str | None, str | None]:
    guard = Guard([asked], ours, sources=sources(slug), names=["Bruno"])
    return guard.finish(draft, cut=False), guard.refusal


@pytest.mark.parametrize(
    ("asked", "draft"),
    [
        ("e aí, o doutor respondeu?", "Ele respondeu, Bruno. O resultado está pronto."),
        ("dou dipirona antes de sair?", "Não precisa. O médico já aplicou a dipirona no dia da consulta."),
        ("então já marca meu retorno com ela", "Sim, já marcou."),
        ("tá bom. terça 9h30 tem?", "Agora já está marcado, Bruno!"),
        ("e se eu consultar amanhã cedo, tem vaga?", "Sim, tem vaga amanhã cedo, Bruno."),
        ("já passou da hora", "O link foi reenviado agora mesmo pela médica."),
        ("cadê?", "Acabei de falar com a recepção, fique tranquilo."),
        ("is it ready?", "Your results are ready, you can come now."),
    ],
)
def test_what_only_a_person_there_can_know_is_refused(asked, draft):
    shown, refusal = drafted("clinica", asked, draft)
    assert shown is None
    assert refusal in ("event", "settled", "sent")


@pytest.mark.parametrize(
    ("asked", "draft", "ours"),
    [
        ("desmarca a de amanhã", "Isso, já desmarquei a consulta de amanhã.", ["Já desmarquei a de amanhã às 8h."]),
        ("o resultado saiu?", "Vou ver se o resultado já saiu e te aviso.", []),
        ("o resultado saiu?", "Assim que o médico avaliou, ele aparece no portal do paciente.", []),
        ("fiz ontem", "Você já fez o cadastro completo, Bruno?", []),
        ("obrigada!!", "Que bom que gostou, Bruno! Até a próxima.", []),
        ("errei o nome", "Entendi, anotei aqui a correção do nome.", []),
    ],
)
def test_what_is_asked_open_or_was_said_by_us_passes(asked, draft, ours):
    assert drafted("clinica", asked, draft, *ours) == (draft, None)


@pytest.mark.parametrize(
    ("slug", "asked", "draft"),
    [
        ("clinica", "vocês aceitam bitcoin?", "Aceitamos bitcoin, sim!"),
        ("pizzaria", "tem pizza de sushi?", "Temos pizza de sushi, sim."),
        ("pizzaria", "entregam em Marte?", "Entregamos em Marte, sim!"),
        ("farmacia", "esse chá emagrece?", "Sim, esse chá emagrece de verdade."),
        ("oficina-mecanica", "consertam avião?", "Consertamos avião também."),
        ("escola-de-idiomas", "tem curso de russo?", "Temos curso de russo, sim, com professor nativo."),
        ("loja-de-roupas", "vendem em dólar?", "Pode pagar em dólar, sim."),
    ],
)
def test_what_only_the_customer_named_is_not_affirmed(slug, asked, draft):
    assert drafted(slug, asked, draft) == (None, "claim")


@pytest.mark.parametrize(
    ("slug", "asked", "draft"),
    [
        ("pizzaria", "tem calabresa grande?", "Temos calabresa grande, sim!"),
        ("pizzaria", "entregam em Marte?", "Não entregamos em Marte, Bruno."),
        ("pizzaria", "entregam em Marte?", "Vou conferir se entregamos em Marte e já te respondo."),
        ("pizzaria", "tem pizza de sushi?", "Você quer uma pizza de sushi?"),
        ("pizzaria", "do you have sushi?", "Yes, we have pizza, I will check the sushi for you."),
    ],
)
def test_what_the_business_says_or_will_look_up_passes(slug, asked, draft):
    assert drafted(slug, asked, draft) == (draft, None)


def test_a_claim_is_not_shown_before_its_sentence_ends():
    guard = Guard(["o resultado saiu?"], sources=sources("clinica"), names=["Bruno"])
    begun = "Vou conferir isso agora, Bruno. O médico respondeu"
    assert guard.grow(f"{begun} tudo sobre") == "Vou conferir isso agora, Bruno."
    assert guard.grow(f"{begun} para você? ") == f"{begun} para você?"
    assert guard.refusal is None


def test_an_event_is_known_only_of_the_same_thing():
    known = events_in("Já desmarquei a consulta de amanhã.")
    assert unknown_event("Desmarquei a consulta, Ana.", known) is None
    assert unknown_event("Desmarquei o exame de sangue.", known) == "desmarquei"
    assert unknown_event("Remarquei a consulta.", known) == "remarquei"
    assert unknown_event("Seu Dirceu, sou eu quem vou.", ()) is None


def test_names_numbers_and_ordinary_words_are_no_claims():
    assert stems("A Marina mora no 12, ok") == {"mora"}
    assert {"pode", "valor"} <= ordinary_stems()
    assert affirmed("Temos isso pelo valor, Marina.", stems("Marina tem isso? qual o valor"), []) is None
