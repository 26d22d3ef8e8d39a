"""How well the rules tell what they are to tell: docs/care.md has the figures, these are their floors."""

import re
from pathlib import Path

import pytest

from tests.shield.labelled import HARMLESS, labelled, said, score

PAGE = Path(__file__).parents[2] / "docs" / "care.md"
LABELS = ("pix_changed", "code_asked", "lookalike", "dangerous_file")


def test_the_set_is_large_and_half_of_it_is_harmless():
    texts = [one.text for one in labelled()]
    assert len(texts) == len(set(texts)) >= 150
    assert 0.45 <= sum(one.label == HARMLESS for one in labelled()) / len(texts) <= 0.65


@pytest.mark.parametrize("label", LABELS)
def test_each_kind_is_told_and_little_else_is(label):
    tuned = score("tuned", label)
    assert tuned.precision >= 0.97, tuned
    assert tuned.recall >= 0.9, tuned


def test_messages_that_the_rules_were_not_made_with():
    fresh = score("fresh")
    assert fresh.precision >= 0.9, fresh
    assert fresh.recall >= 0.7, fresh


def test_the_page_has_the_figures_of_now():
    text = PAGE.read_text("utf-8")
    for part in ("tuned", "fresh"):
        found = score(part)
        wanted = f"| {part} | {found.right + found.missed} | {found.precision:.2f} | {found.recall:.2f} |"
        assert re.sub(r" +", " ", wanted) in text, wanted


def test_a_rule_that_says_everything_would_be_noticed():
    assert not any(said(text) for text in ("oi", "obrigado!", "quanto custa o frete?"))
