"""Sentences as people write them: what is found in each, and that nothing else is."""

import re
from pathlib import Path

import pytest

from agent.identifiers import Style, find_identifiers, kinds_in, mask_identifiers

_MARKED = re.compile(r"<([a-z_]+\??)\|([^>]*)>")


def read() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each sentence, and the (kind, words) that are marked in it."""
    lines = (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines()
    marked = [line for line in lines if line and not line.startswith("# ")]
    return [(_MARKED.sub(r"\2", line), _MARKED.findall(line)) for line in marked]


SENTENCES = read()


def test_there_are_enough_of_both():
    positive = sum(1 for _, found in SENTENCES if found)
    assert positive >= 75
    assert len(SENTENCES) - positive >= 75


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:60] for text, _ in SENTENCES])
def test_each_sentence(text, expected):
    found = find_identifiers(text)
    assert [(one.kind.value, text[one.start : one.end]) for one in found] == expected
    assert kinds_in(text) == {one.kind for one in found}
    for style in Style:
        masked = mask_identifiers(text, style)
        assert (masked != text) == bool(expected)
        assert mask_identifiers(masked, style) == masked
        assert not any(words in masked for _, words in expected)
