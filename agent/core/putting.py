"""Texts of no card that were put into the box."""

from agent.contract.commands import InsertCode, NoticeCommand
from agent.core.effects import Tell
from agent.core.events import PutEnded
from agent.core.offers import Step
from agent.core.state import State


def ended(state: State, event: PutEnded) -> Step:
    """The person is told how it ended."""
    code = event.result.code
    told = "not_copied" if event.result.copy_failed else code.value
    if code is InsertCode.INSERTED and event.command.select is not None:
        told = "fill_in"
    return state, (Tell(NoticeCommand(code=told)),)
