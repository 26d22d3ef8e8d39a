"""Tests can fail: each one asserts something, and nothing that is always so."""

import ast
from collections.abc import Iterable
from typing import TypeGuard

import pytest

from tests.structure.sources import texts

ALL = dict(texts("tests/", suffixes=(".py",)))
TESTS = {path: text for path, text in ALL.items() if path.rpartition("/")[2].startswith("test_")}
ASSERTING = ("assert", "expect", "raises", "warns", "check", "fail")


def empty_tests(text: str, asserting: frozenset[str] = frozenset()) -> list[str]:
    """Names of the tests that cannot fail, and lines of assertions about constants.

    ``asserting``: names of functions that assert for a test which calls them.
    """
    found, tree = [], ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        if _is_function(node) and node.name.startswith("test_") and not _can_fail(node, asserting):
            found.append(node.name)
    return found


def asserting_functions(sources: Iterable[str]) -> frozenset[str]:
    """Names of all functions and methods, tests left out, that assert something themselves."""
    functions = (node for text in sources for node in ast.walk(ast.parse(text)) if _is_function(node))
    return frozenset(
        node.name for node in functions if not node.name.startswith("test_") and _can_fail(node, frozenset())
    )


def _is_function(node: ast.AST) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _can_fail(function: ast.AST, asserting: frozenset[str]) -> bool:
    return any(_asserts(node, asserting) for node in ast.walk(function))


def _asserts(node: ast.AST, asserting: frozenset[str]) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.BinOp):  # The machine's tests read as ``>> event << effect``.
        return isinstance(node.op, ast.LShift)
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).rpartition(".")[2]
        return called in asserting or called.lstrip("_").startswith(ASSERTING)
    return False


ASSERTING_FUNCTIONS = asserting_functions(ALL.values())


@pytest.mark.parametrize("path", sorted(TESTS))
def test_every_test_can_fail(path):
    assert empty_tests(TESTS[path], ASSERTING_FUNCTIONS) == []


@pytest.mark.parametrize("body", ["pass", "run()", "assert True", "assert 1", "assert False", "x = 1 + 1"])
def test_a_test_that_cannot_fail_or_cannot_pass_is_noticed(body):
    assert empty_tests(f"def test_it():\n    {body}\n")


@pytest.mark.parametrize(
    "body", ["assert run() == 1", "with pytest.raises(OSError):\n        run()", "expect(page)", "said() << Save()"]
)
def test_a_real_test_is_left_alone(body):
    assert empty_tests(f"async def test_it():\n    {body}\n") == []


def test_a_function_of_the_tests_may_assert_for_them():
    text = "def refused():\n    assert run()\n\n\ndef test_it():\n    refused()\n\n\ndef opened():\n    run()\n"
    assert asserting_functions([text]) == {"refused"}
    assert empty_tests(text, asserting_functions([text])) == []
    assert empty_tests("def test_it():\n    opened()\n", asserting_functions([text])) == ["test_it"]
