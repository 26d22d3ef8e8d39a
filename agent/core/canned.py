"""Canned replies from the list behind ``/``."""

from agent.contract.analysis import Turn
from agent.contract.commands import InsertCommand, NoticeCommand
from agent.contract.rows import Direction
from agent.contract.wishes import CannedFrame, NewReplyFrame
from agent.core.effects import Effect, Put, Serve, Tell
from agent.core.errands import AddReply, CountReply, FillReply, ListReplies
from agent.core.events import ReplyFilled
from agent.core.offers import Step
from agent.core.state import Conversation, State

CONTEXT = 12
"""So many of the last texts may hold a variable's value."""


def greet(_state: State) -> tuple[Effect, ...]:
    """The page does not know the replies yet."""
    return (Serve(ListReplies()),)


def chosen(state: State, wish: CannedFrame) -> Step:
    """A reply is wanted in the box: its variables are filled first."""
    conversation = state.open
    if conversation is None or conversation.chat.token != wish.chat_token:
        return state, (Tell(NoticeCommand(code="wrong_chat")),)
    chat = conversation.chat
    fill = FillReply(
        chat_token=chat.token,
        conversation_id=conversation.conversation_id,
        customer=None if chat.is_group else chat.title,
        context=_said(conversation),
        reply_id=wish.reply_id,
        typed=wish.typed,
    )
    return state, (Serve(fill),)


def filled(state: State, event: ReplyFilled) -> Step:
    """It goes into the box of the chat that it was wanted for, if that is still open."""
    conversation = state.open
    if conversation is None or conversation.chat.token != event.chat_token:
        return state, (Tell(NoticeCommand(code="wrong_chat")),)
    command = InsertCommand(
        chat_token=event.chat_token,
        chat_title=conversation.chat.title,
        text=event.text,
        where="cursor",
        over=event.typed,
        select=f"{{{event.missing[0]}}}" if event.missing else None,
    )
    return state, (Put("canned", command), Serve(CountReply(event.reply_id)))


def added(state: State, wish: NewReplyFrame) -> Step:
    """A sent message becomes a canned reply, as the person has written it down.

    Only one of ours that stands in the open chat: a customer's words are no reply of the company.
    """
    conversation = state.open
    here = conversation is not None and conversation.chat.token == wish.chat_token
    sent = conversation.rows.get(wish.wa_id) if conversation is not None and here else None
    if sent is None or sent.row.direction is not Direction.OUT or not sent.row.text:
        return state, (Tell(NoticeCommand(code="reply_not_ours")),)
    return state, (Serve(AddReply(wish.text, wish.title, wish.shortcut, wish.intents)),)


def _said(conversation: Conversation) -> tuple[Turn, ...]:
    rows = [conversation.rows[one].row for one in conversation.order if one in conversation.rows]
    sides = {Direction.IN: False, Direction.OUT: True}
    turns = [Turn(out=sides[row.direction], text=row.text) for row in rows if row.text and row.direction in sides]
    return tuple(turns[-CONTEXT:])
