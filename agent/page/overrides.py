"""``profiles/<name>/selectors.override.json``: repairs the reading of a page that has changed, without a release.

The script tries each on the live page and uses it only where nothing is read worse (``userscript/src/overrides.ts``).
"""

import asyncio
import json
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from agent.contract.commands import SelectorsCommand
from agent.page.bridge import Bridge

log = structlog.get_logger(__name__)

FILE = "selectors.override.json"
LOOK_S = 2.0
_SETTLE_S = 4.0
"""A new document shows its chats after a while; on an empty one every selector would look as good as any other."""

_FORM: TypeAdapter[dict[str, tuple[str, ...]]] = TypeAdapter(dict[str, tuple[str, ...]])


def read_overrides(path: Path) -> dict[str, tuple[str, ...]]:
    """The selectors by anchor; empty where there is no file.

    Raises:
        ValueError: it is no JSON object of lists of selectors; the text says where.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    try:
        return _FORM.validate_python(json.loads(text))
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from error


async def follow_overrides(path: Path, bridge: Bridge, look_s: float = LOOK_S, settle_s: float = _SETTLE_S) -> None:
    """Hand the file to the page whenever it changes, and to each new document; until cancelled."""
    told: tuple[object, int] | None = None
    while True:
        stamp = _stamp(path)
        now = (stamp, bridge.documents)
        if bridge.documents and now != told and (stamp is not None or told is not None):
            if told is None or told[1] != bridge.documents:
                await asyncio.sleep(settle_s)
            await _hand_over(path, bridge)
        if bridge.documents:
            told = now
        await asyncio.sleep(look_s)


def _stamp(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


async def _hand_over(path: Path, bridge: Bridge) -> None:
    try:
        overrides = read_overrides(path)
    except (OSError, ValueError) as error:
        log.warning("selectors are not used", file=path.name, reason=str(error))
        return
    try:
        await bridge.tell(SelectorsCommand(overrides=overrides))
    except ConnectionError:
        log.debug("the page went away before its selectors came")
