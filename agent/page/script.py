"""The built userscript, and the two scripts that record a page and replay it."""

from functools import cache
from pathlib import Path
from typing import Literal

_BUILT = Path(__file__).parents[2] / "userscript" / "dist"


@cache
def built_script(name: Literal["balcao", "record", "replay"]) -> str:
    """Source of a built script. Raises ``FileNotFoundError`` when it was not built."""
    return (_BUILT / f"{name}.js").read_text(encoding="utf-8")


def script_source() -> str:
    """Source of the script that runs inside the page. Raises ``FileNotFoundError`` when it was not built."""
    return built_script("balcao")
