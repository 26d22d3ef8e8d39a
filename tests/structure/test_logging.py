"""Log events are fixed words with values beside them: only values by name can be kept out of the log."""

import ast

import pytest

from tests.structure.sources import texts

LOGGERS = {"log", "_log", "logger", "_logger", "LOG", "_LOG"}
METHODS = {"debug", "info", "warning", "error", "exception", "critical"}
AGENT = dict(texts("agent/", suffixes=(".py",)))


def built_events(text: str) -> list[str]:
    """``line: call`` for every log call whose event is not a plain string, and every ``print``."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        logs = (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in METHODS
            and ast.unparse(node.func.value).rpartition(".")[2] in LOGGERS
        )
        prints = isinstance(node.func, ast.Name) and node.func.id == "print"
        fixed = len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
        if prints or (logs and not fixed):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize("path", sorted(AGENT))
def test_events_are_fixed_words(path):
    assert built_events(AGENT[path]) == []


@pytest.mark.parametrize(
    "call",
    [
        'log.info(f"got {text}")',
        'log.warning("got %s", text)',
        "self._log.error(text)",
        "log.debug('a' + text)",
        "print(text)",
    ],
)
def test_a_text_inside_an_event_is_noticed(call):
    assert built_events(call)


@pytest.mark.parametrize(
    "call", ['log.info("captured", count=3)', 'math.log.info("x")', "console.print(text)", "bar.info(text)"]
)
def test_other_calls_are_left_alone(call):
    assert built_events(call) == []
