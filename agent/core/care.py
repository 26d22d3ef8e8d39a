"""Cautions about the open chat and about replies: what a person should look at twice. ``docs/care.md``."""

from dataclasses import replace

from agent.contract.commands import CareCommand
from agent.contract.stored import SavedBatch
from agent.core.cautions import after
from agent.core.effects import Announce, Effect, Tell
from agent.core.offers import Step
from agent.core.state import Conversation, State


def look(state: State) -> Step:
    """What is to be said of the open chat, if it is not what was said last."""
    conversation = state.open
    if conversation is None:
        return state, ()
    before = conversation.cautions
    rows = {wa_id: seen.row for wa_id, seen in conversation.rows.items()}
    cautions = after(before, rows, conversation.order, state.company)
    state = replace(state, open=replace(conversation, cautions=cautions))
    if cautions.told == before.told:
        return state, ()
    return state, (Tell(CareCommand(chat_token=conversation.chat.token, cares=cautions.told)),)


def raised(state: State, saved: SavedBatch) -> Step:
    """Tell who listens of cautions about messages that were stored or have changed just now; of each once."""
    conversation = state.open
    if conversation is None or not conversation.cautions.told:
        return state, ()
    stored = {message.wa_id: message for message in (*saved.inserted, *saved.updated)}
    new = [
        (care.code, message)
        for care in conversation.cautions.told
        if (message := stored.get(care.wa_id or "")) and (message.id, care.code) not in state.raised
    ]
    told = tuple(
        Announce("care.raised", {"code": code.value}, message.conversation_id, message.id) for code, message in new
    )
    return replace(state, raised=state.raised | {(message.id, code) for code, message in new}), told


def take_away(conversation: Conversation) -> tuple[Effect, ...]:
    """What is shown of a chat is not to be known any more."""
    if not conversation.cautions.told:
        return ()
    return (Tell(CareCommand(chat_token=conversation.chat.token, cares=())),)
