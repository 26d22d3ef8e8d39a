"""Answers for a chat of before, one of each kind that names a chat, as JavaScript that makes them for a token."""

from pathlib import Path

from tests.page import telling
from tests.page.telling import Words

_TOKEN, _NAME = 987_654_321, "NOME"
_WORDS = Words(f"«{_NAME}»", f"Texto para «{_NAME}»", f"Mais para «{_NAME}»")


def _templates() -> str:
    told = (
        telling.awaiting(_TOKEN, _WORDS, offer_id="late"),
        telling.draft(_WORDS, offer_id="late"),
        telling.record(_TOKEN, _WORDS),
        telling.customer(_TOKEN, _WORDS),
        telling.care(_TOKEN, _WORDS),
        telling.task(_TOKEN, _WORDS),
    )
    return "[" + ",".join(command.model_dump_json() for command in told) + "]"


LATE = f"""() => {{
  const template = JSON.stringify({_templates()});
  globalThis.__late = (token, name) => JSON.parse(template.replaceAll("{_TOKEN}", token).replaceAll("{_NAME}", name));
}}"""

WATCH = (Path(__file__).parent / "switching.js").read_text("utf-8")
