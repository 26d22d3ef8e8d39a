"""A screen that exists in memory alone (Xvfb), and what is on it: read from its file, with no other program."""

import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

SIZE = (1400, 900)
SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 (where X has its sockets, on every system)

_PAINTED_COLOURS = 40
"""A window with letters in it has more: their edges are smooth. An empty one has one or two."""

_COLOUR_ENTRY = 12
_OFFSETS = struct.Struct(">25I")
"""The header of an XWD file: its length first; the lines' bytes are the 13th word, the colours' number the 20th."""


class Screen:
    """One screen."""

    def __init__(self, display: str, file: Path) -> None:
        self.display = display
        self._file = file

    def picture(self) -> Image.Image:
        """What is on it now."""
        held = self._file.read_bytes()
        header = _OFFSETS.unpack_from(held)
        begin, line = header[0] + header[19] * _COLOUR_ENTRY, header[12]
        return Image.frombytes("RGB", SIZE, held[begin : begin + line * SIZE[1]], "raw", "BGRX", line)

    def painted_after(self, running: "subprocess.Popen[bytes]", at_most_s: float = 90) -> float | None:
        """Seconds until there is something to read on it; None: the program ended before, or it took too long."""
        began = time.monotonic()
        while (passed := time.monotonic() - began) < at_most_s and running.poll() is None:
            colours = self.picture().resize((SIZE[0] // 2, SIZE[1] // 2), Image.Resampling.NEAREST).getcolors(100_000)
            if colours is None or len(colours) > _PAINTED_COLOURS:
                return passed
            time.sleep(0.05)
        return None


@contextmanager
def screen() -> Iterator[Screen]:
    """A new one, on a display that nobody has."""
    with tempfile.TemporaryDirectory() as folder:
        number, told = os.pipe()
        command = ["Xvfb", "-displayfd", str(told), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", folder, "-ac"]
        with subprocess.Popen(
            [*command, "-nolisten", "tcp"], pass_fds=(told,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            os.close(told)
            try:
                with os.fdopen(number) as answer:
                    display = f":{answer.readline().strip()}"
                yield Screen(display, Path(folder) / "Xvfb_screen0")
            finally:
                server.terminate()
