"""The built userscript."""

from functools import cache
from pathlib import Path

_BUILT = Path(__file__).parents[2] / "userscript" / "dist" / "balcao.js"


@cache
def script_source() -> str:
    """Source of the script that runs inside the page. Raises ``FileNotFoundError`` when it was not built."""
    return _BUILT.read_text(encoding="utf-8")
