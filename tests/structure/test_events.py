"""docs/events.md names every kind of event that the code can append, and no other; its example is run by a test."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from agent.contract.learning import ProposalState
from agent.contract.privacy import ErasureKind
from agent.contract.stored import Outcome
from tests.structure.sources import ROOT, texts

KIND = re.compile(r"[a-z]+\.[a-z_]+")
APPENDERS = {"Told", "announce", "Announce"}
MADE_OF: dict[str, type[StrEnum]] = {"suggestion": Outcome, "proposal": ProposalState, "customer": ErasureKind}
"""Kinds that are put together, by what they begin with."""


def kinds(source: str) -> set[str]:
    """Of the events that a module appends.

    Where the kind is a variable, it is each text of the module that looks like one. So is a constant that holds one.
    """
    tree = ast.parse(source)
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in APPENDERS and node.args:
            found.update(_said(node.args[0], tree))
    return found


def constants(source: str) -> set[str]:
    """Texts that look like kinds and have a name of their own in a module."""
    assigned = [node.value for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return {kind for node in assigned if (kind := _kind(node)) is not None}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _said(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(kind)):
            yield kind
        case ast.IfExp(body=one, orelse=other):
            yield from (*_said(one, tree), *_said(other, tree))
        case ast.JoinedStr(values=[ast.Constant(value=str(begin)), _]):
            yield from (begin + word.value for word in MADE_OF[begin.rstrip(".")])
        case ast.Name():
            yield from (found for one in ast.walk(tree) if (found := _kind(one)) is not None)
        case _:
            raise AssertionError(f"not understood: {ast.unparse(node)}")


def _kind(node: ast.AST) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) and KIND.fullmatch(value) else None


def in_the_code() -> set[str]:
    found, named = set[str](), set[str]()
    for path, text in texts("agent/", suffixes=(".py",)):
        if path != "agent/flow.py":  # It passes on what the core announces.
            found |= kinds(text)
        if path.startswith("agent/storage/"):
            named |= constants(text)
    families = {kind.partition(".")[0] for kind in found}
    return found | {one for one in named if one.partition(".")[0] in families}


def test_the_document_names_every_kind_and_no_other() -> None:
    document = (ROOT / "docs" / "events.md").read_text("utf-8")
    table = document.partition("## Kinds")[2]
    named = set(re.findall(r"`([a-z]+\.[a-z_]+)`", "".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE))))
    found = in_the_code()
    assert len(found) > 30
    assert named == found, f"not told: {sorted(found - named)}; told of nothing: {sorted(named - found)}"


def test_the_scan_finds_each_way_to_name_a_kind() -> None:
    assert kinds('Told("a.b", 1, 2, {})') == {"a.b"}
    assert kinds('await store.announce("a.b" if x else "c.d", {})') == {"a.b", "c.d"}
    assert kinds('Told(f"suggestion.{outcome.value}", 1, 2, {})') == {f"suggestion.{one.value}" for one in Outcome}
    assert kinds('one = ("a.b", "Not a kind.")\nevents.Told(kind, 1, 2, {})') == {"a.b"}
    assert kinds('print("a.b")') == set()
    assert constants('A = "a.b"\nB = "a"') == {"a.b"}
    with pytest.raises(AssertionError, match="not understood"):
        kinds("Told(kind_of(x), 1, 2, {})")
