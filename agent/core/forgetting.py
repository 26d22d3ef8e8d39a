"""Conversations that are not what they were: erased, made anonymous, merged or split while the page shows them."""

from dataclasses import replace

from agent.contract.commands import ReadCommand
from agent.core import care, customer, offers, queue, records
from agent.core.effects import Effect, Tell
from agent.core.events import Forgotten
from agent.core.offers import Step
from agent.core.state import State


def forget(state: State, gone: Forgotten) -> Step:
    """Keep nothing of them; what the page still shows is read anew, as far as it may be known."""
    conversation, effects = state.open, tuple[Effect, ...]()
    if conversation is not None and (
        conversation.conversation_id in gone.conversation_ids
        or conversation.chat.title in gone.titles
        or not gone.message_ids.isdisjoint(conversation.ids.values())
    ):
        state, effects = offers.withdraw(state)
        state = replace(state, open=None)
        effects += (*records.take_away(state, conversation), *customer.take_away(conversation))
        effects += (*care.take_away(conversation), Tell(ReadCommand()))
    listed = {key: chat for key, chat in state.listed.items() if chat.preview.title not in gone.titles}
    previews = tuple(one for one in state.previews if one.title not in gone.titles)
    refused = {key: said for key, said in state.refused.items() if key not in gone.conversation_ids}
    state, told = queue.changed(replace(state, listed=listed, previews=previews, refused=refused))
    return state, (*effects, *told)
