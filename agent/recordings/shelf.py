"""The recordings of a profile that are finished: which there are, and what one of them tells."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from agent.contract.recordings import RecordingDetails, RecordingFile, RecordingPart, RecordingRenewal
from agent.errors import BadInput
from agent.recordings.file import ENDING, FRAMES, PAGE, Recording, open_recording
from agent.recordings.timeline import length_s, timeline


class RecordingShelf:
    """One folder. A name is compared with what lies there, and never made a path of."""

    def __init__(self, folder: Path) -> None:
        """``folder`` need not be there yet."""
        self._folder = folder

    def files(self) -> list[RecordingFile]:
        """All of them, the newest first; what cannot be opened is left out."""
        found = []
        for path in self._paths():
            with suppress(BadInput, OSError), open_recording(path) as recording:
                found.append(_file(recording))
        return sorted(found, key=lambda one: (one.written_at, one.name), reverse=True)

    def path(self, name: str) -> Path:
        """Where one lies.

        Raises:
            LookupError: there is none of this name.
        """
        for path in self._paths():
            if path.name == name:
                return path
        raise LookupError(name)

    def details(self, name: str) -> RecordingDetails:
        """What one holds; every byte of it is read.

        Raises:
            LookupError: there is none of this name.
            BadInput: it is damaged, or of a newer Balcão.
        """
        with open_recording(self.path(name)) as recording:
            recording.verify()
            about, told = recording.manifest, timeline(recording)
            return RecordingDetails(
                file=_file(recording),
                program=about.program,
                zone=about.zone,
                page_generation=about.page_generation,
                parts=tuple(
                    RecordingPart(name=name, bytes=one.bytes, lines=one.lines) for name, one in about.members.items()
                ),
                history=tuple(
                    RecordingRenewal(day=one.day, reason=one.reason, program=one.program) for one in about.history
                ),
                seconds=told.seconds,
                page_from_s=told.page_from_s,
                marks=told.marks,
                left_out=told.left_out,
            )

    def remove(self, name: str) -> None:
        """Remove one for good.

        Raises:
            LookupError: there is none of this name.
            OSError: it cannot be removed.
        """
        self.path(name).unlink(missing_ok=True)

    def _paths(self) -> list[Path]:
        return [path for path in self._folder.glob(f"*{ENDING}") if path.is_file() and not path.is_symlink()]


def _file(recording: Recording) -> RecordingFile:
    about, stat = recording.manifest, recording.path.stat()
    return RecordingFile(
        name=recording.path.name,
        bytes=stat.st_size,
        date=about.created,
        seconds=length_s(recording),
        messages=about.counts.get("messages", 0),
        page=recording.has(PAGE),
        frames=recording.has(FRAMES),
        written_at=datetime.fromtimestamp(stat.st_mtime, UTC),
        origin=about.origin,
        keeps_text=about.keeps_text,
    )
