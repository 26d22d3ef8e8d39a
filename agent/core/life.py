"""Judges from what the page said, and when, whether messages are being captured. No clock: times are arguments."""

from dataclasses import dataclass, field, replace

from agent.contract.frames import PULSE_S, AnyFrame, HelloFrame, PageNotice, PageState, PulseFrame, StateFrame
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.wishes import PauseFrame
from agent.core import canary
from agent.core.canary import Canary

SILENT_S = 4 * PULSE_S
"""Without a pulse for so long, the script does not answer: one late pulse is a busy page, four are none."""

PATIENCE_S = {
    PageState.UNKNOWN: 15.0,
    PageState.BOOTSTRAP: 45.0,
    PageState.SYNCING: 300.0,
}
"""How long these screens may stand before they count as a fault; syncing anew with each step of its progress.

A page that is loading shows no screen that is known for a moment; a large account takes minutes to be synchronised.
"""

CONNECTING_S = 20.0
"""WhatsApp says "connecting" for a moment after each sleep of the computer."""

PERSISTS = 2
"""A part that is not found in so many pulses in a row is broken: in one alone the page was drawing."""

REMEMBERED_S = 60.0
"""How long something that has passed (missed rows, a lost frame) still shows."""

LATE_S = 5.0
"""A pulse later than this: page or computer stood still."""

BEHIND_S = 20.0
"""For so long the chat list may tell of a message that was not read: its row comes a moment later."""

LAG_S = 1.0
"""The agent's own loop came round so late."""

JUMP_S = 5.0
"""The clock moved by so much against the time that has passed."""

_WRITING = frozenset({"composer"})
"""Anchors without which messages are still read."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one session's life. Times are seconds of a clock that never jumps."""

    began: float
    pulse: float | None = None
    """When the last pulse came."""
    screen: PageState = PageState.UNKNOWN
    screen_since: float = 0.0
    progress: int | None = None
    notices: tuple[PageNotice, ...] = ()
    connecting_since: float | None = None
    online: bool = True
    broken: tuple[tuple[str, int], ...] = ()
    """Anchors without a match, and for how many pulses in a row."""
    worn: tuple[str, ...] = ()
    missed_at: float | None = None
    lost_at: float | None = None
    slow_at: float | None = None
    jumped_at: float | None = None
    canary: Canary = field(default_factory=Canary)
    paused: bool = False
    """The person has stopped the capture: what is not read then is no fault."""
    behind_since: float | None = None
    """Since when the chat list tells of a message of the open chat that was not read."""


def began(at: float) -> Signs:
    """A session whose page is being opened."""
    return Signs(began=at, screen_since=at)


def heard(signs: Signs, frame: AnyFrame, at: float) -> Signs:
    """The page said something. Any frame proves the channel; only a pulse proves the looking."""
    if isinstance(frame, PauseFrame):  # What was known before says nothing of what comes after.
        return replace(signs, paused=frame.on, canary=Canary(token=signs.canary.token), behind_since=None)
    watched = canary.heard(signs.canary, frame)
    behind_since = (at if signs.behind_since is None else signs.behind_since) if watched.is_behind else None
    return replace(_noted(signs, frame, at), canary=watched, behind_since=behind_since)


def _noted(signs: Signs, frame: AnyFrame, at: float) -> Signs:
    match frame:
        case HelloFrame():
            return replace(
                began(at),
                paused=signs.paused,
                missed_at=signs.missed_at,
                lost_at=signs.lost_at,
                jumped_at=signs.jumped_at,
            )
        case StateFrame(state=state, notices=notices, progress=progress):
            moved = state is not signs.screen or progress != signs.progress
            connecting = PageNotice.CONNECTING in notices
            return replace(
                signs,
                screen=state,
                screen_since=at if moved else signs.screen_since,
                progress=progress,
                notices=notices,
                connecting_since=(signs.connecting_since or at) if connecting else None,
            )
        case PulseFrame():
            before = dict(signs.broken)
            return replace(
                signs,
                pulse=at,
                online=frame.online,
                paused=frame.paused,
                broken=tuple((name, before.get(name, 0) + 1) for name in frame.broken),
                worn=frame.worn,
                missed_at=at if frame.missed else signs.missed_at,
                slow_at=at if frame.late_ms > LATE_S * 1000 else signs.slow_at,
            )
        case _:
            return signs


def lost(signs: Signs, at: float) -> Signs:
    """Frames were lost on the way, and are read again."""
    return replace(signs, lost_at=at)


def turned(signs: Signs, at: float, *, lag_s: float, jump_s: float) -> Signs:
    """The agent's own loop came round.

    Args:
        signs: So far.
        at: Now.
        lag_s: How much later than planned.
        jump_s: How far the computer's clock has moved against the time that has passed.
    """
    if lag_s > LAG_S:
        signs = replace(signs, slow_at=at)
    return replace(signs, jumped_at=at) if abs(jump_s) > JUMP_S else signs


def judge(signs: Signs, at: float) -> Life:
    """The verdict: the gravest thing that is known."""
    return _blind(signs, at) or _starting(signs) or _degraded(signs, at) or Life(level=LifeLevel.LIVE)


def _blind(signs: Signs, at: float) -> Life | None:
    if at - (signs.began if signs.pulse is None else signs.pulse) > SILENT_S:
        return _life(LifeLevel.BLIND, LifeReason.SILENT)
    if signs.screen is not PageState.READY:
        if at - signs.screen_since < PATIENCE_S.get(signs.screen, 0.0):
            return None
        return Life(level=LifeLevel.BLIND, reason=LifeReason.SCREEN, screen=signs.screen.value)
    if signs.paused:
        return _life(LifeLevel.BLIND, LifeReason.PAUSED)
    if PageNotice.RELOAD in signs.notices:
        return _life(LifeLevel.BLIND, LifeReason.RELOAD)
    waited = signs.connecting_since is not None and at - signs.connecting_since > CONNECTING_S
    if PageNotice.OFFLINE in signs.notices or not signs.online or waited:
        return _life(LifeLevel.BLIND, LifeReason.OFFLINE)
    if gone := tuple(name for name in _broken(signs) if name not in _WRITING):
        return Life(level=LifeLevel.BLIND, reason=LifeReason.ANCHORS, anchors=gone)
    if signs.behind_since is not None and at - signs.behind_since > BEHIND_S:
        return _life(LifeLevel.BLIND, LifeReason.BEHIND)
    return None


def _starting(signs: Signs) -> Life | None:
    if signs.screen is PageState.READY and signs.pulse is not None:
        return None
    return _life(LifeLevel.DEGRADED, LifeReason.STARTING)


def _degraded(signs: Signs, at: float) -> Life | None:
    if gone := tuple(name for name in _broken(signs) if name in _WRITING):
        return Life(level=LifeLevel.DEGRADED, reason=LifeReason.COMPOSER, anchors=gone)
    if signs.worn:
        return Life(level=LifeLevel.DEGRADED, reason=LifeReason.WORN, anchors=signs.worn)
    for when, reason in (
        (signs.missed_at, LifeReason.MISSED),
        (signs.lost_at, LifeReason.LOST),
        (signs.slow_at, LifeReason.SLOW),
        (signs.jumped_at, LifeReason.CLOCK),
    ):
        if when is not None and at - when <= REMEMBERED_S:
            return _life(LifeLevel.DEGRADED, reason)
    if PageNotice.RESTRICTED in signs.notices:
        return _life(LifeLevel.DEGRADED, LifeReason.RESTRICTED)
    if PageNotice.UPDATE in signs.notices:
        return _life(LifeLevel.DEGRADED, LifeReason.UPDATE)
    return None


def _broken(signs: Signs) -> list[str]:
    return [name for name, pulses in signs.broken if pulses >= PERSISTS]


def _life(level: LifeLevel, reason: LifeReason) -> Life:
    return Life(level=level, reason=reason)
