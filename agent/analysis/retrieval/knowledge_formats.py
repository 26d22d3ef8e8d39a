"""Knowledge in tables of questions and answers, and in PDF files."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import structlog

from agent.analysis.retrieval.knowledge_texts import Part, read_text
from agent.errors import BadInput

log = structlog.get_logger(__name__)

_QUESTION = frozenset({"pergunta", "perguntas", "question", "questions", "q", "duvida", "dúvida"})
_HYPHEN = re.compile(r"(?<=\w)-\n(?=[a-zà-ú])")
_WRAPPED = re.compile(r"[ \t]*\n(?!\s*(?:\n|[-•*]\s))[ \t]*")
_BULLET = re.compile(r"^[•*][ \t]*", re.MULTILINE)


def table_parts(file: Path) -> Iterator[Part]:
    """Two columns, question and answer, with or without a header line; an answer may have several questions.

    Raises:
        BadInput: a line has not both; the text names file and line.
    """
    text = read_text(file)
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    answers: dict[str, list[str]] = {}
    start = 1
    try:
        for row in rows:
            line, start = start, rows.line_num + 1
            cells = [cell.strip() for cell in row]
            if not any(cells) or (line == 1 and cells[0].casefold() in _QUESTION):
                continue
            if len(cells) < 2 or not cells[0] or not cells[1] or any(cells[2:]):
                raise BadInput(
                    f"{file}, line {line}: a question and its answer are needed, in two columns.",
                    f"Correct the line; a text that holds {separator!r} needs quotes.",
                )
            answers.setdefault(cells[1], []).append(cells[0])
    except csv.Error as error:
        raise BadInput(f"{file}, line {start}: {error}.", "Correct the line, or its quotes.") from error
    for answer, questions in answers.items():
        yield questions[0], answer, file.name, tuple(questions)


def pdf_parts(file: Path) -> Iterator[Part]:
    """A part a page, its first line as the heading. A file that cannot be read is logged and has no parts."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            log.warning("knowledge file left out", file=file.name, reason="it is locked with a password")
            return
        pages = [_flowing(page.extract_text()) for page in reader.pages]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # A damaged PDF fails in pypdf in many ways; none of them may take the other files away.
        log.warning("knowledge file left out", file=file.name, reason=f"it cannot be read: {type(error).__name__}")
        return
    if not any(pages):
        log.warning("knowledge file left out", file=file.name, reason="it holds pictures of text, and no text")
    for number, page in enumerate(pages, 1):
        heading, _, rest = page.partition("\n")
        if len(heading) <= 60 and rest.strip():
            yield heading.strip(), rest, f"{file.name}, página {number}", ()
        elif page:
            yield file.stem, page, f"{file.name}, página {number}", ()


def _flowing(page: str) -> str:
    """A page's lines put together to paragraphs; the first line stays alone, it may be the heading."""
    lines = page.strip().replace("\r", "")
    first, _, rest = lines.partition("\n")
    joined = _WRAPPED.sub(" ", _HYPHEN.sub("", rest.strip()))
    return f"{first.strip()}\n{_BULLET.sub('- ', joined)}".strip()
