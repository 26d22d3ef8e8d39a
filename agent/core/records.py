"""What another system knows of the open chat's customer: asked on opening, shown in its own chat only."""

from agent.contract.commands import RecordCommand
from agent.contract.connector import CustomerRecord
from agent.core.effects import Effect, LookUp, Tell
from agent.core.state import Conversation, State


def ask(state: State) -> tuple[Effect, ...]:
    """The question for the chat that was just opened or stored, where it has one customer and a system is there."""
    conversation = state.open
    if not state.connected or state.paused or conversation is None or conversation.chat.is_group:
        return ()
    chat = conversation.chat
    if chat.phone is None and conversation.conversation_id is None:  # Asked again once it is stored.
        return ()
    return (LookUp(chat.token, chat.phone, conversation.conversation_id),)


def take_away(state: State, conversation: Conversation) -> tuple[Effect, ...]:
    """What is shown of a chat's customer is not to be known any more."""
    return (Tell(RecordCommand(chat_token=conversation.chat.token, source="")),) if state.connected else ()


def show(state: State, token: int, source: str, record: CustomerRecord | None = None) -> tuple[Effect, ...]:
    """The record, or the room for it, if the chat that it was asked for is still open."""
    if state.open is None or state.open.chat.token != token:
        return ()
    return (Tell(RecordCommand(chat_token=token, source=source, fields=record.fields if record else ())),)
