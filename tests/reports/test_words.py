"""The words of reports: three languages, none missing, none left over, and as the window calls the same things."""

import re
from string import Formatter
from typing import get_args

import pytest

from agent.contract.analysis import Sentiment
from agent.contract.report import ReportLanguage
from agent.contract.rows import Direction, Kind
from agent.reports.wording import Wording
from agent.reports.words import TEXTS
from gui.words import Words
from tests.reports.made import month
from tests.structure.sources import texts

LANGUAGES: tuple[ReportLanguage, ...] = get_args(ReportLanguage)
SOURCES = "\n".join(text for path, text in texts("agent/reports/", suffixes=(".py",)) if not path.endswith("words.py"))


def test_every_word_is_used() -> None:
    literal = set(re.findall(r"[a-z][a-z0-9_]+", SOURCES)) | {one.value for one in Sentiment}
    made_of_parts = ("first_", "all_", "note_", "intent.", "chart_", "column.", "direction.", "kind.")
    left = {key for key in TEXTS["en"] if key not in literal and not key.startswith(made_of_parts)}
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_with_the_same_values(language: ReportLanguage) -> None:
    def values(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert TEXTS[language].keys() == TEXTS["en"].keys()
    assert [
        key for key, text in TEXTS[language].items() if not text.strip() or values(text) != values(TEXTS["en"][key])
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_intents_and_moods_are_called_as_in_the_window(language: ReportLanguage) -> None:
    window, words = Words(language), Wording(language)
    named = [key.removeprefix("intent.") for key in TEXTS[language] if key.startswith("intent.")]
    assert len(named) > 20
    assert [name for name in named if words.intent(name) != window.label("intent", name)] == []
    assert [one for one in Sentiment if words(one.value) != window.label("sentiment", one.value)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_side_of_a_message_has_its_word(language: ReportLanguage) -> None:
    kinds, sides = {f"kind.{one.value}" for one in Kind}, {f"direction.{one.value}" for one in Direction}
    assert {key for key in TEXTS[language] if key.startswith("kind.")} == kinds
    assert {key for key in TEXTS[language] if key.startswith("direction.")} == sides
    window, words = Words(language), Wording(language)
    assert [words(f"direction.{one.value}") for one in Direction] == [
        window(f"messages.direction_{one.value}") for one in Direction
    ]


def test_figures_are_written_as_the_language_writes_them() -> None:
    here, there = Wording("pt-BR"), Wording("en")
    assert (here.number(4231), there.number(4231)) == ("4.231", "4,231")
    assert (here.share(0.8707), there.share(0.8707)) == ("87,1 %", "87.1%")
    assert [here.duration(one) for one in (0, 59.4, 60, 143.5, 3600, 90061)] == [
        "0 s", "59 s", "1 min", "2 min 24 s", "1 h 00 min", "25 h 01 min",
    ]  # fmt: skip
    assert here.days(month()) == "01/10/2026 a 31/10/2026"
    assert there.days(month(is_over=False)) == "2026-10-01 to 2026-10-31 (not over yet)"
    assert here.moment(month().at, "America/Sao_Paulo") == "01/11/2026 06:30"


def test_own_intents_are_called_as_the_company_calls_them() -> None:
    words = Wording("en", {"troca_de_oleo": "Troca de óleo", "price": "Quanto\u202e sai"})
    assert [words.intent(one) for one in ("troca_de_oleo", "price", "stock", "garantia_extra")] == [
        "Troca de óleo", "Quanto  sai", "Stock", "garantia extra",
    ]  # fmt: skip
