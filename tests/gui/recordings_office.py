"""An office whose agent can be recorded and has recordings: the stored ones."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from agent.flow import Flow
from agent.ports import Page
from agent.recordings.desk import FOLDER, RecordingDesk
from agent.recordings.screening import Screening
from tests.gui.served import ServedOffice
from tests.recordings.conftest import STORED, Understood, empty_store

DEMO, CHAT = "demo.balcao", "format-1.balcao"


@dataclass
class _Closed:
    flow: Flow | None = None
    page: Page | None = None


def with_recordings(served: ServedOffice, *names: str, browser: Path | None = None) -> RecordingDesk:
    """Give the office a desk, with these of the stored recordings; without ``browser`` no page can be shown."""
    folder = served.settings.profile_dir / FOLDER
    folder.mkdir(mode=0o700)
    for name in names:
        shutil.copy(STORED / name, folder / name)
    screening = None if browser is None else Screening(browser)
    desk = RecordingDesk(served.settings.profile_dir, _Closed(), Understood(), empty_store, screening=screening)
    served.office.reach = replace(served.office.reach, recordings=desk)
    served.stop_serving()
    served.serve_again()
    return desk
