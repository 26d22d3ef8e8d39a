"""Makes what happens now the golden result of a recording, in both of its layers, for a reason that is kept."""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from playwright.async_api import Browser

from agent.errors import BadInput
from agent.recordings import facts
from agent.recordings.answers import Understands
from agent.recordings.file import FRAMES, GOLDEN, PAGE, PAGE_GOLDEN, Layer, Manifest, Renewal, open_recording
from agent.recordings.page_replay import page_golden
from agent.recordings.play import OpenStore
from agent.recordings.replaying import frame_lines, golden_counts, golden_of, rewrite
from agent.recordings.writing import json_line

BOTH: tuple[Layer, ...] = ("frames", "page")


async def renewed(
    path: Path,
    reason: str,
    program: str,
    understands: Understands,
    open_store: OpenStore,
    today: date,
    *,
    layers: Collection[Layer] = BOTH,
    executable: Path | None = None,
    browser: Browser | None = None,
) -> Manifest:
    """Make today's result the golden one; the reason goes into the manifest's history.

    Both layers are read before anything is written: the file has both new results, or what it had.

    Args:
        path: the recording; it is replaced whole.
        reason: why.
        program: this version.
        understands: the analysis.
        open_store: makes an empty store.
        today: the day of the renewal.
        layers: which of them, as far as the recording has them.
        executable: the browser for the page layer; the system's own by default.
        browser: one that is open already, instead.

    Raises:
        BadInput: no reason was given, the recording has none of these layers, or it cannot be used.
        BrowserMissing: there is no browser for the page layer.
    """
    if not reason.strip():
        raise BadInput("A golden result is renewed for a reason.", 'Say it: --accept --reason "..."')
    with open_recording(path) as recording:
        made, counts = dict[str, Iterable[bytes]](), dict[str, int]()
        if "frames" in layers and recording.has(FRAMES):
            golden = await golden_of(lambda: frame_lines(recording), understands, open_store)
            made[GOLDEN] = [json_line(facts.to_json(line)) for line in golden]
            counts |= golden_counts(golden)
        if "page" in layers and recording.has(PAGE):
            read = await page_golden(recording.page(), executable=executable, browser=browser)
            made[PAGE_GOLDEN] = [json_line(line) for line in read]
            counts["golden_page"] = len(read)
        if not made:
            raise BadInput(f"{path} has no such layer.", "`inspect-recording` says what it has.")
        members: dict[Layer, str] = {"frames": GOLDEN, "page": PAGE_GOLDEN}
        done = tuple(layer for layer, member in members.items() if member in made)
        entry = Renewal(day=today, reason=reason.strip()[:500], program=program, layers=done)
        manifest = recording.manifest
        stay = {name: n for name, n in manifest.counts.items() if not _is_of(name, made)}
        changed = {"history": (*manifest.history, entry), "counts": {**stay, **counts}}
        rewrite(recording, path, manifest.model_copy(update=changed), made)
    with open_recording(path) as recording:
        return recording.manifest


def _is_of(count: str, made: Collection[str]) -> bool:
    """Whether a count is of a golden result that is made anew."""
    if count == "golden_page":
        return PAGE_GOLDEN in made
    return count.startswith("golden_") and GOLDEN in made
