"""The person stops the capture, and lets it go on."""

from dataclasses import replace

from agent.contract.commands import PauseCommand
from agent.contract.wishes import PauseFrame
from agent.core import offers, records
from agent.core.effects import Announce, Effect, Tell
from agent.core.offers import Step
from agent.core.state import State


def greet(state: State) -> tuple[Effect, ...]:
    """A new document begins to read at once, unless it is told."""
    return (Tell(PauseCommand(on=True)),) if state.paused else ()


def wanted(state: State, wish: PauseFrame) -> Step:
    """Nothing is read while it is paused, and nothing is suggested. Going on, the page reads everything again.

    The page is told in any case: it may think otherwise, when something was lost on the way.
    """
    told = Tell(PauseCommand(on=wish.on))
    if wish.on == state.paused:
        return state, (told,)
    if not wish.on:
        state = replace(state, paused=False)
        return state, (told, *records.ask(state), Announce("capture.resumed", {}))
    state, effects = offers.withdraw(state)
    if state.open is not None:
        state = replace(state, open=replace(state.open, asked=None))
    return replace(state, paused=True), (told, *effects, Announce("capture.paused", {}))
