"""The business's knowledge base: passages from Markdown, plain text, CSV files of questions and answers, and PDF."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from agent.analysis.retrieval.knowledge_formats import pdf_parts, table_parts
from agent.analysis.retrieval.knowledge_texts import Part, markdown_parts, text_parts
from agent.contract.base import Value
from agent.errors import BadInput

LONGEST = 800
"""Letters of a passage; a longer section is split at its paragraphs. Whole, it would drown a question's few words."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n+")


class Passage(Value):
    """A part of the knowledge base that stands for itself."""

    id: str
    """Slug of the heading; the later ones of several alike end in ``-2``, ``-3``, ..."""
    title: str
    """The heading, as the business wrote it."""
    text: str
    """Without markup; paragraphs are divided by an empty line."""
    source: str
    """Name of the file, with the page for a PDF."""
    examples: tuple[str, ...] = ()
    """Questions that it answers, where the file names them."""


def slug(heading: str) -> str:
    """``Área de entrega`` -> ``area-de-entrega``: lower case, no accents, hyphens between words."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"[^\W_]+", letters))


def load_knowledge(path: Path) -> tuple[Passage, ...]:
    """The passages of one file, or of all files of a folder and its folders, in the order of their names.

    Files of other kinds and hidden ones are passed over, and so is a PDF that cannot be read: that is logged, and the
    others still count.

    Returns:
        None at all where there is no such file or folder.

    Raises:
        BadInput: a file cannot be used; the text names it, and the line where there is one.
    """
    readers: Mapping[str, Callable[[Path], Iterable[Part]]] = {
        ".md": markdown_parts,
        ".markdown": markdown_parts,
        ".txt": text_parts,
        ".csv": table_parts,
        ".pdf": pdf_parts,
    }
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    elif path.is_file():
        if path.suffix.lower() not in readers:
            raise BadInput(f"{path} is no knowledge base.", f"Use a folder, or one of {', '.join(readers)}.")
        files = [path]
    else:
        files = []
    parts = [part for file in files if (read := readers.get(file.suffix.lower())) for part in read(file)]
    return tuple(_numbered(parts))


def _numbered(parts: Iterable[Part]) -> Iterator[Passage]:
    seen: set[str] = set()
    for title, text, source, examples in parts:
        for piece in split(text):
            name = base = slug(title) or "trecho"
            count = 1
            while name in seen:
                count += 1
                name = f"{base}-{count}"
            seen.add(name)
            yield Passage(id=name, title=title, text=piece, source=source, examples=examples)


def split(text: str) -> list[str]:
    """Paragraphs put together to passages of at most ``LONGEST`` letters; a longer paragraph stays whole."""
    pieces: list[str] = []
    for paragraph in filter(None, (part.strip() for part in _PARAGRAPH.split(text))):
        if pieces and len(pieces[-1]) + 2 + len(paragraph) <= LONGEST:
            pieces[-1] += f"\n\n{paragraph}"
        else:
            pieces.append(paragraph)
    return pieces
