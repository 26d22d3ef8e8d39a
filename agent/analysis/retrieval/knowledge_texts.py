"""Knowledge in Markdown and in plain text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import BadInput

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_PARAGRAPH = re.compile(r"\n[ \t]*\n+")
_HEADING_LETTERS = 60

Part = tuple[str, str, str, tuple[str, ...]]
"""Heading, text, source and questions of a section before it is split."""


def read_text(file: Path) -> str:
    """A text file in UTF-8, or else in what Windows writes in Brazil.

    Raises:
        BadInput: it cannot be read, or is no text; the text names file and line.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).", "Check its permissions.") from error
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise BadInput(f"{file}, line {line}: this is not text.", "Save the file as text in UTF-8, or take it away.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def markdown_parts(file: Path) -> Iterator[Part]:
    """A part for each heading with a text below it; before the first heading the file's name stands for one."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    root = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(read_text(file)))
    title, blocks = _shown(file), list[str]()
    for node in root.children:
        if node.type == "heading":
            yield from _part(title, blocks, file)
            title, blocks = _inline(node) or _shown(file), []
        else:
            blocks.append(_block(node))
    yield from _part(title, blocks, file)


def text_parts(file: Path) -> Iterator[Part]:
    """A part for each heading (a short line without an end sign, alone or above its text), else for each paragraph."""
    title, blocks = _shown(file), list[str]()
    for paragraph in filter(None, (part.strip() for part in _PARAGRAPH.split(read_text(file)))):
        first, _, rest = paragraph.partition("\n")
        if len(first) <= _HEADING_LETTERS and first.rstrip()[-1] not in ".!?;,…" and not first.startswith(("-", "*")):
            yield from _part(title, blocks, file)
            title, blocks = first.strip(" \t:"), [rest] if rest.strip() else []
        else:
            blocks.append(paragraph)
    yield from _part(title, blocks, file)


def _part(title: str, blocks: list[str], file: Path) -> Iterator[Part]:
    text = "\n\n".join(filter(None, (block.strip() for block in blocks)))
    if text:
        yield title, text, file.name, ()


def _shown(file: Path) -> str:
    return file.stem.replace("-", " ").replace("_", " ").strip().capitalize()


def _block(node: "SyntaxTreeNode") -> str:
    """The plain text of a block: one line a list item or a table row."""
    match node.type:
        case "paragraph" | "heading":
            return _inline(node)
        case "fence" | "code_block":
            return node.content.strip()
        case "bullet_list" | "ordered_list":
            items = ("\n".join(filter(None, map(_block, item.children))) for item in node.children)
            return "\n".join(f"- {item}" for item in items if item)
        case "table":
            rows = [row for part in node.children for row in part.children]
            return "\n".join(": ".join(filter(None, map(_inline, row.children))) for row in rows)
        case "html_block" | "hr":
            return ""
        case _:
            return "\n\n".join(filter(None, map(_block, node.children)))


def _inline(node: "SyntaxTreeNode") -> str:
    """The words of a line of Markdown; a link's address is kept where it is not its text."""
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return ""
    text = "".join(map(_inline, node.children))
    if node.type == "link":
        target = str(node.attrs.get("href", ""))
        return text if target.removeprefix("mailto:").removeprefix("tel:") == text else f"{text} ({target})"
    return text.strip() if node.type in {"paragraph", "heading", "inline"} else text
