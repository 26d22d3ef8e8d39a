"""Starts and stops the recording of a running session; one at a time."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import structlog

import agent
from agent.contract.recordings import RecordingFailure, RecordingState, RecordingWanted
from agent.core.effects import Effect
from agent.core.events import Event
from agent.core.state import State
from agent.errors import actionable
from agent.flow import Flow
from agent.page.session import WhatsAppPage
from agent.ports import Page
from agent.recordings.answers import Understands
from agent.recordings.file import ENDING, PAGE
from agent.recordings.making import PageGolden, finished
from agent.recordings.page_recorder import PageRecorder
from agent.recordings.play import OpenStore
from agent.recordings.pseudonyms import KeptText, Pseudonyms
from agent.recordings.recorder import Recorder
from agent.recordings.screening import Screening
from agent.recordings.shelf import RecordingShelf

log = structlog.get_logger(__name__)

FOLDER = "recordings"
_PAGE_ENDS_S = 5.0


class Session(Protocol):
    """The running session."""

    flow: Flow | None
    page: Page | None


class RecordingDesk:
    """The recordings of one profile."""

    def __init__(
        self,
        folder: Path,
        session: Session,
        understands: Understands,
        open_store: OpenStore,
        *,
        page_golden: PageGolden | None = None,
        screening: Screening | None = None,
        origin: str = "page",
    ) -> None:
        """Nothing is recorded before ``start``.

        Args:
            folder: the profile's.
            session: what is recorded.
            understands: the analysis, for the golden result.
            open_store: makes an empty store, for the same.
            page_golden: reads a page layer again; None: recordings have no page layer.
            screening: shows the page of a recording; None: nobody can see it.
            origin: what the recordings are of; see ``Manifest``.
        """
        self._folder = folder / FOLDER
        self.shelf, self.screening = RecordingShelf(self._folder), screening
        self._session, self._understands, self._open_store = session, understands, open_store
        self._page_golden, self._origin = page_golden, origin
        self._recorder: Recorder | None = None
        self._page: PageRecorder | None = None
        self._following: asyncio.Task[None] | None = None
        self._tasks = set[asyncio.Task[None]]()
        self._finishing: asyncio.Task[Path | None] | None = None
        self._path: Path | None = None
        self._started: datetime | None = None
        self._error: str | None = None
        self._failure: RecordingFailure | None = None

    def start(
        self, wanted: RecordingWanted, path: Path | None = None, *, keep_text: bool = False
    ) -> RecordingState | None:
        """Begin. None: it goes on already, or the last one is still being written.

        Args:
            wanted: how to record.
            path: the file to be; one in the profile's folder by default.
            keep_text: somebody at this machine has typed the consent: names and texts stay as they are.

        Raises:
            BadInput: there is such a file already.
            OSError: nothing can be written there.
        """
        if self._recorder is not None or (self._finishing is not None and not self._finishing.done()):
            return None
        now = datetime.now(UTC)
        path = path or self._folder / f"{now:%Y%m%d-%H%M%S}{ENDING}"
        keep_s = wanted.keep_minutes * 60.0 if wanted.keep_minutes else None
        flow = self._session.flow
        limit = flow.state.limit if flow is not None else 3
        names = KeptText() if keep_text else Pseudonyms.fresh()
        self._recorder = recorder = Recorder(path, names, keep_s=keep_s, limit=limit)
        self._path, self._started, self._error, self._failure, self._following = path, now, None, None, None
        if wanted.page and self._page_golden is not None:
            self._page = PageRecorder(recorder.names, lambda line: self._write_page(recorder, line))
            recorder.writer.heads.append(self._page.cut)
        if flow is not None:
            self.joins(flow)
            recorder.begin(flow.state)
        log.info("recording", file=path.name, keep_minutes=wanted.keep_minutes, keeps_text=keep_text)
        return self.state

    def joins(self, flow: Flow) -> None:
        """A session has begun, or is there when a recording begins."""
        flow.witness = self.saw
        if self._recorder is None:
            return
        self._recorder.read_again = flow.read_again
        follows = self._following is not None and not self._following.done()
        if self._page is not None and not follows and isinstance(page := self._session.page, WhatsAppPage):
            self._following = self._keep(self._follow(self._page, page), "page layer")

    def saw(self, state: State, event: Event, effects: Sequence[Effect]) -> None:
        """See ``flow.Witness``: what cannot be written ends the recording, never the session."""
        if self._recorder is None:
            return
        try:
            self._recorder.saw(state, event, effects)
        except Exception as error:  # noqa: BLE001 (who watches never ends what is watched)
            self._give_up(self._recorder, error)

    def stop(self) -> bool:
        """End the recording; its file is made meanwhile. False: there is none."""
        if self._recorder is None:
            return False
        recorder, self._recorder = self._recorder, None
        page, self._page = self._page, None
        self._finishing = asyncio.create_task(self._finish(recorder, page, self._following), name="recording")
        return True

    async def done(self) -> Path | None:
        """The file of the recording that was stopped last, once it is there; None where nothing came of it."""
        return await self._finishing if self._finishing is not None else None

    async def close(self) -> None:
        """End what still goes on, and wait for its file."""
        self.stop()
        if self.screening is not None:
            await self.screening.close()
        await self.done()

    @property
    def state(self) -> RecordingState:
        """How it stands."""
        finishing = self._finishing is not None and not self._finishing.done()
        return RecordingState(
            state="recording" if self._recorder else "finishing" if finishing else "idle",
            name=self._path and self._path.name,
            started_at=self._started if self._recorder else None,
            seconds=round(self._recorder.at_s, 1) if self._recorder else 0.0,
            messages=self._recorder.counts["messages"] if self._recorder else 0,
            keeps_text=self._recorder is not None and self._recorder.keeps_text,
            failure=self._failure,
            last_error=self._error,
        )

    async def _follow(self, recorder: PageRecorder, page: WhatsAppPage) -> None:
        try:
            await recorder.follow(page.tab)
        except ConnectionError as error:
            log.warning("the page went away before it was recorded", reason=str(error))
        except Exception:
            log.exception("the recording of the page ended")

    def _write_page(self, recorder: Recorder, line: dict[str, Any]) -> None:
        try:
            recorder.writer.add(PAGE, line)
        except Exception as error:  # noqa: BLE001 (likewise)
            self._give_up(recorder, error)

    async def _finish(
        self, recorder: Recorder, page: PageRecorder | None, following: asyncio.Task[None] | None
    ) -> Path | None:
        try:
            if page is not None:
                await page.stop()
                if following is not None:
                    await asyncio.wait({following}, timeout=_PAGE_ENDS_S)
                recorder.counts["page_events"] = page.events
                if page.overran:
                    recorder.counts["page_overran"] = 1
            manifest = recorder.manifest(program=agent.__version__, origin=self._origin)
            path = await finished(
                recorder.writer, manifest, self._understands, self._open_store, page_golden=self._page_golden
            )
        except Exception as error:
            found = actionable(error)
            self._error = str(found) if found else f"The file could not be made ({type(error).__name__})."
            self._failure = RecordingFailure.UNWRITABLE if isinstance(error, OSError) else RecordingFailure.UNFINISHED
            log.exception("a recording was not finished", part=recorder.writer.part.name)
            return None
        log.info("recorded", file=path.name, messages=manifest.counts.get("messages", 0))
        return path

    def _give_up(self, recorder: Recorder, error: Exception) -> None:
        """It cannot go on: what was written is left for ``recover``. Whatever it still gives is nobody's."""
        if recorder is not self._recorder:
            return
        self._recorder = None
        page, self._page = self._page, None
        recorder.writer.leave()
        if isinstance(error, OSError):
            self._failure, why = RecordingFailure.UNWRITABLE, error.strerror or type(error).__name__
            self._error = f"It could not be written ({why})."
            log.warning("the recording ended: it cannot be written", reason=why, left=recorder.writer.part.name)
        else:
            self._failure, self._error = RecordingFailure.DAMAGED, f"It failed ({type(error).__name__})."
            log.error("the recording ended", exc_info=error, left=recorder.writer.part.name)
        if page is not None:
            self._keep(page.stop(), "page layer ends")

    def _keep(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
