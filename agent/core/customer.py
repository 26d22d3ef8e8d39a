"""The open chat's customer, as a card that can be changed."""

from dataclasses import replace

from agent.contract.commands import CustomerCommand
from agent.contract.wishes import EditFrame
from agent.core.effects import Effect, Serve, Tell
from agent.core.errands import EditCustomer, RefreshCustomer, ShowCustomer
from agent.core.offers import Step
from agent.core.state import Conversation, State


def show(state: State, *, again: bool = False, anyway: bool = False) -> Step:
    """Tell the page who it is, once that is known.

    Args:
        state: now.
        again: something may have changed since it was told. Read once at a time: a burst of messages asks once more.
        anyway: also where an answer is still awaited, which may have been lost.
    """
    conversation = state.open
    if conversation is None or conversation.conversation_id is None:
        return state, ()
    if again and conversation.customer and not anyway:
        return replace(state, open=replace(conversation, customer="stale")), ()
    kind = RefreshCustomer if again else ShowCustomer
    errand = kind(conversation.chat.token, conversation.conversation_id, state.attendant)
    return replace(state, open=replace(conversation, customer="asked")), (Serve(errand),)


def understood(state: State, conversation_id: int) -> Step:
    """A message of a conversation was understood: if it is the open one, its mood and intents are others now."""
    here = state.open is not None and state.open.conversation_id == conversation_id
    return show(state, again=True) if here else (state, ())


def told(state: State, command: CustomerCommand) -> Step:
    """Pass on what was read, if its chat is still open and was not forgotten since."""
    conversation, view = state.open, command.customer
    if conversation is None or conversation.chat.token != command.chat_token:
        return state, ()
    if view is not None and view.conversation_id != conversation.conversation_id:
        return state, ()
    if command.edit_id is not None:
        return state, (Tell(command),)
    state = replace(state, open=replace(conversation, customer=""))
    state, more = show(state, again=True) if conversation.customer == "stale" else (state, ())
    return state, (Tell(command), *more)


def take_away(conversation: Conversation) -> tuple[Effect, ...]:
    """What is shown of a chat's customer is not to be known any more."""
    return (Tell(CustomerCommand(chat_token=conversation.chat.token, customer=None)),)


def edited(state: State, wish: EditFrame) -> Step:
    """Change it in the store; the page is told what came of it."""
    if wish.conversation_id is not None:
        done = _serve(state, wish, wish.conversation_id, reminder=state.session)
        state, shown = show(state, again=True)
        return state, (done, *shown)
    conversation = state.open
    if conversation is None or conversation.chat.token != wish.chat_token or conversation.conversation_id is None:
        gone = CustomerCommand(chat_token=wish.chat_token, customer=None, edit_id=wish.edit_id, failed="gone")
        return state, (Tell(gone),)
    return state, (_serve(state, wish, conversation.conversation_id),)


def _serve(state: State, wish: EditFrame, conversation_id: int, reminder: str | None = None) -> Serve:
    edit = EditCustomer(
        chat_token=wish.chat_token,
        conversation_id=conversation_id,
        edit_id=wish.edit_id,
        edit=wish.edit,
        attendant=state.attendant,
        reminder=reminder,
    )
    return Serve(edit)
