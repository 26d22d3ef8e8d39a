"""What is exported of a person, as files: JSON for programs, HTML for people, CSV for a table of the messages."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from agent.contract.export import Export
from agent.telemetry.redaction import PRIVATE_KEYS

_WORDS = {
    "in": "cliente",
    "out": "empresa",
    "positive": "positivo",
    "neutral": "neutro",
    "negative": "negativo",
    "consent": "consentimento",
    "contract": "contrato",
    "legal_obligation": "obrigação legal",
    "legitimate_interest": "legítimo interesse",
    "credit_protection": "proteção do crédito",
    "proceedings": "exercício de direitos em processo",
    "open": "em aberto",
    "pending": "pendente",
    "closed": "encerrada",
    "won": "ganho",
    "lost": "perdido",
    "resolved": "resolvido",
    "shown": "mostrada",
    "picked": "escolhida",
    "inserted": "posta na caixa",
    "sent": "enviada",
    "edited": "enviada com mudanças",
    "ignored": "não usada",
    "dismissed": "fechada",
    "failed": "falhou",
    "proposed": "proposta",
    "approved": "aprovada",
    "rejected": "recusada",
}
_MASKED = PRIVATE_KEYS | {"wa_id", "file", "tags", "extra"}
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With which a spreadsheet begins a formula."""

_COLUMNS = ("chat", "date", "time", "direction", "author", "kind", "text", "sentiment", "intent")


def as_json(export: Export) -> bytes:
    """UTF-8; ``docs/privacy.md`` and the OpenAPI document describe it."""
    return export.model_dump_json(indent=1).encode()


def as_html(export: Export) -> bytes:
    """One page that needs nothing else: no script, nothing is loaded, all that people wrote is escaped."""
    return _ENVIRONMENT.get_template("export.html").render(export=export).encode()


def as_csv(export: Export) -> bytes:
    """The messages, for a spreadsheet: nothing that a person wrote is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for chat in export.chats:
        for one in chat.messages:
            analysis = one.analysis
            understood = (analysis.sentiment.value, analysis.intent) if analysis else (None, None)
            cells = (chat.title, one.date, one.time, one.direction.value, one.author, one.kind.value, one.text)
            writer.writerow(map(harmless, (*cells, *understood)))
    return out.getvalue().encode("utf-8-sig")  # without the mark at the beginning, Excel takes it for Latin 1


def harmless(cell: str | None) -> str:
    """A cell that a spreadsheet shows and does not work out."""
    text = cell or ""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULAS) else text


def masked(export: Export, mask: Callable[[str], str]) -> Export:
    """The same with identifiers masked, wherever a person's words or numbers may stand."""
    return Export.model_validate({**_masked(export.model_dump(), mask, private=False), "masked": True})


def _masked(value: object, mask: Callable[[str], str], *, private: bool) -> dict[str, object]:
    if isinstance(value, dict):
        return {key: _masked(one, mask, private=private or key in _MASKED) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(one, mask, private=private) for one in value]  # type: ignore[return-value]
    is_text = isinstance(value, str) and not isinstance(value, StrEnum)
    return mask(value) if private and is_text else value  # type: ignore[arg-type, return-value]


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone():%d/%m/%Y %H:%M}"


def _word(value: str) -> str:
    return _WORDS.get(str(value), str(value))


def _environment(filters: Iterable[tuple[str, Callable[..., str]]]) -> Environment:
    folder = FileSystemLoader(Path(__file__).with_name("templates"))
    made = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters.update(filters)
    return made


_ENVIRONMENT = _environment([("moment", _moment), ("word", _word)])
