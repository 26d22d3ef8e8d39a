"""Finds code that could send a message, click for the person, or bring foreign text into the page as markup."""

import ast
import re
from collections.abc import Iterator

CLICKS = {
    "check",
    "click",
    "dblclick",
    "dispatch_event",
    "drag_to",
    "press_sequentially",
    "set_checked",
    "tap",
    "type",
    "uncheck",
}
"""Playwright's methods that act like a hand. ``fill`` and synthetic paste never send; ``type`` does at a newline."""

KEYS = {"down", "press"}
"""Playwright's methods for a key: harmless for Escape, a sent message for Enter."""

ACTING_TEXT = re.compile(
    r"""\.click\s*\(|new\s+(Keyboard|Mouse|Pointer|Touch)Event|\.submit\s*\(|requestSubmit|\bInput\.(dispatch|synth|ime)
        |require\s*\(\s*["']WA|(?<!\.key\ ===\ )["']Enter["']""",
    re.VERBOSE,
)
"""The same in JavaScript or in Chrome's own protocol, and the page's own modules, which can send.

To ask whether a person pressed Enter (``key.key === "Enter"``) is no way to send: it is how the card keeps that key
from the message box.
"""

MARKUP_AND_NETWORK = re.compile(
    r"""\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|WebSocket|EventSource|XMLHttpRequest|sendBeacon
        |importScripts|DOMParser|createContextualFragment)\b|document\.write|\bfetch\s*\(|\beval\s*\(|new\s+Function\b""",
    re.VERBOSE,
)


def python_sendings(text: str) -> list[str]:
    """``line: what`` for every such call, or such JavaScript inside a string, of a Python file."""
    tree = ast.parse(text)
    found = [f"{node.lineno}: {what}" for node in ast.walk(tree) for what in _acts(node)]
    documentation = {id(node) for node in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            found += [f"{node.lineno}: {match.group()}" for match in ACTING_TEXT.finditer(node.value)]
    return found


def script_sendings(text: str) -> list[str]:
    """What a TypeScript file has that could send."""
    return [match.group() for match in ACTING_TEXT.finditer(without_comments(text))]


def markup_and_network(text: str) -> list[str]:
    """What a TypeScript file has that parses markup, evaluates text or opens a connection."""
    return [match.group() for match in MARKUP_AND_NETWORK.finditer(without_comments(text))]


def without_comments(text: str) -> str:
    """JavaScript or TypeScript without its comments; strings and templates stay."""
    token = r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/"""
    return re.sub(token, lambda match: match.group(1) or " ", text, flags=re.DOTALL)


def _acts(node: ast.AST) -> Iterator[str]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    name = node.func.attr
    if name in CLICKS:
        yield f".{name}("
    if name in KEYS:
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.args]
        if any(not isinstance(key, str) or "Enter" in key for key in keys):
            yield f".{name}({ast.unparse(node.args[0])})"


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Strings that stand alone: documentation of a module, a class, a function or a value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
