"""``python -m agent analyse``: one text, or every row of a CSV file."""

import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.analysis.columns import read_column
from agent.analysis.reader import Reader
from agent.analysis.retrieval.replies import load_replies
from agent.contract.analysis import Analysis, Question
from agent.errors import BadInput


def analyse_text(text: str, replies: Path) -> Analysis:
    """Analyse one message with the replies of a file (the neutral ones where there is none)."""
    return Reader(load_replies(replies)).analyse(Question(text=text), _now())


def analyse_file(file: Path, text_column: str, out: Path | None, replies: Path) -> int:
    """Analyse every row of a CSV file, one JSON object a line, in order; returns how many.

    Args:
        file: CSV with a header line; comma, semicolon or tab between columns.
        text_column: Name of the column that holds the message.
        out: File to write; None for standard output.
        replies: The business's replies file.

    Raises:
        BadInput: the file or its column cannot be used, or ``out`` cannot be written.
    """
    texts = read_column(file, text_column)
    reader = Reader(load_replies(replies))
    console = Console(stderr=True)
    with ExitStack() as opened:
        try:
            target = opened.enter_context(out.open("w", encoding="utf-8")) if out else sys.stdout
        except OSError as error:
            raise BadInput(f"{out} cannot be written ({error.strerror}).", "Choose another file for --out.") from error
        for text in track(texts, "Analysing", console=console, disable=not console.is_terminal):
            target.write(reader.analyse(Question(text=text), _now()).model_dump_json() + "\n")
    return len(texts)


def show(found: Analysis) -> None:
    """Print one analysis for a person."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("Sentiment", f"{found.sentiment} ({found.sentiment_score:+.2f})")
    table.add_row("Intent", f"{found.intent} ({found.confidence_scores['intent']:.0%})")
    for number, reply in enumerate(found.suggested_responses, 1):
        table.add_row(f"Reply {number}", f"{reply.text}\n[dim]{reply.source}, {reply.score:.0%}[/]")
    table.add_row("Model", found.model_version)
    Console().print(table)


def _now() -> datetime:
    return datetime.now().astimezone()
