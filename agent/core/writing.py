"""Rewriting what the person writes, and explaining the conversation, on demand."""

from dataclasses import replace

from agent.contract.commands import InsertCommand, NoticeCommand, TaskCommand
from agent.contract.wishes import AskFrame, StopFrame, UseFrame
from agent.core.effects import Put, Serve, Tell
from agent.core.errands import StopWriting, Write
from agent.core.offers import Step
from agent.core.state import State


def asked(state: State, wish: AskFrame) -> Step:
    """Begin, if the chat is still open."""
    conversation = state.open
    if conversation is None or conversation.chat.token != wish.chat_token:
        return state, (Tell(NoticeCommand(code="stale")),)
    write = Write(
        ask_id=wish.ask_id,
        chat_token=wish.chat_token,
        conversation_id=conversation.conversation_id,
        task=wish.task,
        text=wish.text,
        language=wish.language,
    )
    return replace(state, writes=True), (Serve(write),)


def stopped(state: State, wish: StopFrame) -> Step:
    """Nobody wants it any more."""
    return replace(state, writes=False), (Serve(StopWriting(wish.ask_id)),)


def left(before: State, step: Step) -> Step:
    """The step; where it led to another chat, or to none, what was asked for in the one before ends."""
    state, effects = step
    if not before.writes or _token(before) == _token(state):
        return step
    return replace(state, writes=False), (Serve(StopWriting(None)), *effects)


def served(state: State, command: TaskCommand) -> Step:
    """How far the model has come. Nothing of it goes to another chat."""
    return state, (Tell(command),) if _token(state) == command.chat_token else ()


def _token(state: State) -> int | None:
    return None if state.open is None else state.open.chat.token


def used(state: State, wish: UseFrame) -> Step:
    """Into the box, over exactly what the person had there."""
    conversation = state.open
    if conversation is None or conversation.chat.token != wish.chat_token:
        return state, (Tell(NoticeCommand(code="stale")),)
    command = InsertCommand(
        chat_token=wish.chat_token,
        chat_title=conversation.chat.title,
        text=wish.text,
        where="over" if wish.over else "empty",
        over=wish.over,
    )
    return state, (Put("task", command),)
