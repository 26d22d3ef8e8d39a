"""A report as PDF, read back by pypdf."""

import io

import pytest
from pypdf import PdfReader

from agent.contract.report import Report, ReportLanguage
from agent.reports.pdf_charts import _runs, _step, shortened
from agent.reports.pdf_file import as_pdf
from agent.reports.pdf_letters import drawable
from tests.reports.made import COMPANY, LONG, month, nothing, unknown


def pages(report: Report, language: ReportLanguage = "pt-BR") -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(as_pdf(report, language))).pages]


def test_figures_charts_and_tables_stand_there_with_accents() -> None:
    found = pages(month())
    whole = " ".join(found)
    for text in (
        COMPANY, "Relatório de atendimento", "01/10/2026 a 31/10/2026", "Toda a empresa",
        "Mensagens recebidas 4.231", "Primeira resposta (mediana) 2 min 24 s", "Dentro da meta 87,1 %",
        "Taxa de conversão 35,3 %", "Mensagens por dia", "Humor dos clientes", "Reclamação", "garantia extra",
        "04/10/2026 3 0 2 – – – 0 0", "ana 1.600 1.440 266", "Sem atendente", "America/Sao_Paulo",
    ):  # fmt: skip
        assert text in whole, text
    for number, text in enumerate(found, 1):
        assert f"Página {number} de {len(found)}" in text
        assert "Gerado em 01/11/2026 06:30" in text
    assert all(COMPANY in text for text in found)


def test_the_document_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(as_pdf(month(), "pt-BR")))
    assert reader.metadata is not None
    assert reader.metadata.title == "Relatório de atendimento · 01/10/2026 a 31/10/2026"
    assert as_pdf(month(), "en") == as_pdf(month(), "en")


def test_own_intents_are_called_as_the_company_calls_them() -> None:
    report = month(intent_titles={"garantia_extra": "Garantia <b>& extensão</b> 😀 " + "longa " * 8})
    whole = " ".join(pages(report))
    assert "Garantia <b>& extensão</b> ?" in whole
    assert "garantia extra" not in whole


def test_long_and_odd_names_wrap_and_hurt_nothing() -> None:
    odd = "<b>Zoë</b> & \u202eŁukasz 😀 " + "x" * 90
    people = tuple(month().attendants[0].model_copy(update={"attendant": name}) for name in (odd, LONG))
    whole = " ".join(pages(month(attendants=people, company=odd, attendant=odd)))
    assert "<b>Zoë</b> & Lukasz ?" in whole
    assert "Vasconcelos" in whole
    assert "\u202e" not in whole


@pytest.mark.parametrize(("language", "says"), [("pt-BR", "sem dados"), ("en", "not known"), ("es", "sin datos")])
def test_what_nobody_knows_is_said_and_not_drawn(language: ReportLanguage, says: str) -> None:
    told = " ".join(pages(unknown(), language))
    assert says in told
    assert "Mensagens por dia" not in told
    empty = " ".join(pages(nothing(), language))
    assert says in empty


def test_a_gap_in_a_line_stays_a_gap() -> None:
    assert _runs([1, 2, None, None, 3]) == [[1, 2, None, None, None], [None, None, None, None, 3]]
    assert _runs([None, None]) == []


def test_axes_have_round_steps_and_names_fit() -> None:
    assert [_step(most) for most in (0, 3, 7, 38, 200, 4231)] == [1, 1, 2, 10, 50, 2000]
    assert shortened("abc", 100, 8) == "abc"
    assert shortened("abcdefghijklmnop", 30, 8).endswith("…")
    assert drawable("São João Łódź 日本") == "São João Lódz ??"


def test_a_year_of_days_has_room() -> None:
    days = tuple(one for _ in range(12) for one in month().days)
    found = pages(month(days=days))
    assert len(found) > 8
    assert found[-1].endswith(f"Página {len(found)} de {len(found)}")
