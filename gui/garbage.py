"""Python's collector of cycles, in Tk's thread only.

The collector runs in whichever thread happens to allocate. What it takes apart there may belong to Tk, which another
thread must not touch: seen as an abort of the whole process. So it is switched off for as long as there is a window,
and asked from the window's loop.
"""

import gc


class Garbage:
    """Collects when the window's loop asks it to."""

    def __init__(self) -> None:
        gc.collect()
        gc.freeze()  # What is there at the start stays: modules need not be looked through each time.
        gc.disable()
        self._limits = gc.get_threshold()

    def turn(self) -> None:
        """What the collector would have done by itself by now."""
        counts = gc.get_count()
        due = [generation for generation in range(3) if counts[generation] > self._limits[generation]]
        if due:
            gc.collect(due[-1])

    def close(self) -> None:
        """Leave it as it was."""
        gc.collect()
        gc.unfreeze()
        gc.enable()
