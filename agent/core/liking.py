"""How the person who sits here likes the card."""

from agent.contract.wishes import PreferencesFrame
from agent.core.effects import Effect, Serve
from agent.core.errands import KeepPreferences, ShowPreferences
from agent.core.offers import Step
from agent.core.state import State


def greet(state: State) -> tuple[Effect, ...]:
    """A new document has the usual ones."""
    return (Serve(ShowPreferences(state.session, state.attendant)),)


def liked(state: State, wish: PreferencesFrame) -> Step:
    """Remember it."""
    return state, (Serve(KeepPreferences(state.session, state.attendant, wish.preferences)),)
