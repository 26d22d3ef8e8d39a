"""Recordings with real texts in a profile's folder, as ``import-chat`` and a crash leave them."""

import zlib
from pathlib import Path

from agent.contract.recordings import KEEPS_TEXT
from agent.recordings.chat_export import parse_export
from agent.recordings.making import imported
from agent.recordings.pseudonyms import KeptText
from tests.recordings.conftest import TODAY, Understood, empty_store


async def filmed(profile: Path, file: str, name: str, text: str) -> Path:
    """A recording of a chat: somebody of this name has written this."""
    said = f"13/07/2026 10:22 - {name}: {text}\n13/07/2026 10:23 - Loja: sim\n"
    path = profile / "recordings" / f"{file}.balcao"
    return await imported(
        parse_export(said),
        path,
        KeptText(),
        Understood(),
        empty_store,
        me="Loja",
        zone="America/Sao_Paulo",
        today=TODAY,
        keeps_text=True,
    )


def torn(profile: Path, text: str) -> Path:
    """The folder of one that was ended by a crash."""
    part = profile / "recordings" / "torn.balcao.part"
    part.mkdir(parents=True)
    (part / KEEPS_TEXT).touch()
    (part / "000001-frames.jsonl.z").write_bytes(zlib.compress(f'{{"k": "frame", "v": "{text}'.encode()))
    return part
