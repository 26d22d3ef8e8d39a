"""Where a conversation stands: open, in a stage of the company's own, or won, lost, resolved."""

from collections.abc import Sequence

from agent.contract.desk import ConversationChange, ConversationLine, ConversationOutcome
from agent.contract.stages import Stage
from gui.link.api import Api
from gui.link.errors import Refused

Place = ConversationOutcome | int
"""What a column is for; a number: that of a stage."""

OPEN = ConversationOutcome.OPEN
_MOST = 200
"""In one page of the API."""


def places(stages: Sequence[Stage]) -> list[Place]:
    """All of them, in their order: the stages stand between open and what comes of a conversation."""
    decided = [outcome for outcome in ConversationOutcome if outcome is not OPEN]
    return [OPEN, *(stage.id for stage in stages), *decided]


def place_of(line: ConversationLine) -> Place:
    """Where it stands."""
    return line.outcome if line.stage_id is None else line.stage_id


def put(line: ConversationLine, to: Place) -> ConversationLine:
    """The same, standing there."""
    stage = to if not isinstance(to, ConversationOutcome) else None
    return line.model_copy(update={"outcome": OPEN if stage is not None else to, "stage_id": stage})


def change_to(to: Place) -> ConversationChange:
    """What puts a conversation there."""
    if not isinstance(to, ConversationOutcome):
        return ConversationChange(stage_id=to)
    return ConversationChange(outcome=to, stage_id=None) if to is OPEN else ConversationChange(outcome=to)


def column(api: Api, place: Place, wanted: int) -> tuple[list[ConversationLine], bool]:
    """The newest of a place, so many or a few more; and whether there are others."""
    lines, cursor = list[ConversationLine](), None
    asked: dict[str, object] = {"stage": "none"} if place is OPEN else {"outcome": place}
    if not isinstance(place, ConversationOutcome):
        asked = {"stage": place}
    while len(lines) < wanted:
        limit = min(wanted - len(lines), _MOST)
        try:
            page = api.listed("/api/conversations", ConversationLine, **asked, limit=limit, cursor=cursor)
        except Refused as refused:
            if refused.status == 409 and cursor is not None:  # Conversations were joined: that list is no more.
                return lines, True
            raise
        lines += page.items
        cursor = page.cursor
        if cursor is None:
            return lines, False
    return lines, True
