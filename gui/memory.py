"""What the window remembers of itself, in a file of the person's own: place, theme, language, the last server."""

import json
import os
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gui.theme import ThemeName
from gui.words import Language


class Remembered(BaseModel):
    """Everything that stays from one day to the next. Nothing of customers, and no password or token."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal[1] = 1
    geometry: str | None = None
    """As Tk writes it."""
    zoomed: bool = False
    tab: str = "dashboard"
    language: Language | None = None
    """None: as the agent is set."""
    theme: ThemeName = "system"
    percent: int = 100
    server: str | None = None
    """Address of the last server that somebody signed in to."""
    name: str | None = None
    """Their sign-in name there."""
    sections: dict[str, str] = Field(default_factory=dict)
    """Which section of a tab was looked at last, by the tab's first one."""
    notify: bool = True
    """Whether alerts also appear on the desktop."""


class Memory:
    """The file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_config_path("balcao", appauthor=False) / "window.json"
        self.now = self._read()

    def keep(self, **changes: object) -> None:
        """Write something down. A folder that cannot be written is no reason to disturb anybody."""
        self.now = Remembered.model_validate({**self.now.model_dump(), **changes})
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft.write_text(self.now.model_dump_json(indent=2), "utf-8")
            draft.replace(self.path)
        except OSError:
            return

    def _read(self) -> Remembered:
        try:
            return Remembered.model_validate(json.loads(self.path.read_text("utf-8")))
        except (OSError, ValueError, ValidationError):
            return Remembered()
