"""What a person can do from wherever in the window: pause, stop, start a session, see its page, back up."""

import tkinter as tk
from collections.abc import Callable

from agent.contract.access import Role
from agent.contract.backups import Backup
from agent.contract.sessions import SessionState
from gui.kit.dialogs import confirm
from gui.link.api import part
from gui.office import Office
from gui.snapshot import level_of


def steered(office: Office, session: SessionState | None, do: Callable[[SessionState], object]) -> None:
    """Do something with the session, or say why not."""
    if not office.may(Role.SUPERVISOR):
        office.say(office.words("frame.not_allowed"), "warn")
    elif session is None:
        office.say(office.words("frame.no_session"), "warn")
    else:
        do(session)


def is_closed(session: SessionState) -> bool:
    """Whether somebody has stopped it."""
    return level_of(session) in ("stopping", "stopped")


def is_paused(session: SessionState) -> bool:
    """Whether somebody has stopped the capture."""
    return level_of(session) == "paused"


def turn_label(office: Office, session: SessionState | None) -> str:
    """What the button that stops or starts it says."""
    return office.words("frame.start" if session is not None and is_closed(session) else "frame.stop")


def pause_label(office: Office, session: SessionState | None) -> str:
    """What the button that stops the capture or lets it go on says."""
    return office.words("frame.resume" if session is not None and is_paused(session) else "frame.pause")


def pause_or_resume(office: Office, session: SessionState, owner: tk.Misc) -> None:
    """Stop the capture, or let it go on: what the session does not do now."""
    paused = is_paused(session)
    _ask(office, session, "resume" if paused else "pause", owner, "frame.resumed" if paused else "frame.paused")


def stop_or_start(office: Office, session: SessionState, owner: tk.Misc) -> None:
    """Open its browser, or close it after a question: nothing is captured then."""
    words = office.words
    if is_closed(session):
        _ask(office, session, "start", owner, "frame.starting")
        return
    confirm(
        office, words("frame.stop_ask", name=session.name), words("frame.stop_text"), yes=words("frame.stop"),
        then=lambda: _ask(office, session, "stop", owner, "frame.stopping"),
    )  # fmt: skip


def show_page(office: Office, session: SessionState, owner: tk.Misc) -> None:
    """Bring its window to the front, at the screen of the agent."""
    _ask(office, session, "show", owner, "frame.shown")


def back_up(office: Office, owner: tk.Misc, ended: Callable[[], None] = lambda: None) -> None:
    """Make a copy of the database now; ``ended`` is called afterwards, also where there is none."""
    office.say(office.words("frame.backing_up"), "calm")

    def made(copy: Backup) -> None:
        office.say(office.words("frame.backed_up", n=office.number(copy.messages)))
        ended()

    def failed(error: Exception) -> None:
        office.complain(error)
        ended()

    office.ask(lambda api: api.write("POST", "/api/backups", Backup), made, owner=owner, failed=failed)


def _ask(office: Office, session: SessionState, what: str, owner: tk.Misc, said: str) -> None:
    path = f"/api/sessions/{part(session.name)}/{what}"
    office.ask(lambda api: api.send("POST", path), lambda _: office.say(office.words(said), "calm"), owner=owner)
