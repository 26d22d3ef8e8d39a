"""Errors that a person can act on. Everything else is a builtin exception."""


class BalcaoError(Exception):
    """Ends a command with one sentence that says what to do, and exit code ``code``. No stack trace is shown."""

    code = 1

    def __init__(self, what: str, hint: str) -> None:
        """``what`` happened and ``hint``: what to do about it. Both are shown to the person."""
        super().__init__(f"{what} {hint}")
        self.what = what
        self.hint = hint


class BadSettings(BalcaoError):
    """config.yaml, the environment or an argument cannot be used."""

    code = 2


class BrowserMissing(BalcaoError):
    """No Chrome or Chromium was found."""

    code = 3


class DisplayMissing(BalcaoError):
    """A window was asked for where there is no display."""

    code = 4


class ModelMissing(BalcaoError):
    """The model was asked for by name and is not there."""

    code = 5


class PortInUse(BalcaoError):
    """Another program listens on the port."""

    code = 6


class ProfileLocked(BalcaoError):
    """Another process uses the profile; the text names it."""

    code = 7


class WrongKey(BalcaoError):
    """The database cannot be opened with this key."""

    code = 8


class CorruptDatabase(BalcaoError):
    """The database file is damaged."""

    code = 9


class DiskFull(BalcaoError):
    """There is no room left to write."""

    code = 10


class BadInput(BalcaoError):
    """A file or text given to a command cannot be used."""

    code = 11


def actionable(error: BaseException) -> BalcaoError | None:
    """The first error that a person can act on, also from inside a group of errors; None when there is none."""
    if isinstance(error, BalcaoError):
        return error
    if isinstance(error, BaseExceptionGroup):
        return next((found for inner in error.exceptions if (found := actionable(inner))), None)
    return None
