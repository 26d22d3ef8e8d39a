"""Stores what another system hands over, as if a page had shown it.

Its session gets a prefix that no profile's name can have. Otherwise a system with a key for a single chat could write
into the chats that the page reads: a message of an id that is already known counts as a newer reading of it, and would
replace its words. And what the flow took up after a restart would not be what its page had shown.
"""

from datetime import timedelta

from agent.api.reach import Reach
from agent.contract.capture import Captured, CapturedIds, CapturedMessage, CaptureRequest
from agent.contract.rows import Change, OpenChat, Row, RowChange
from agent.contract.stored import RowBatch
from agent.storage.phone import canonical
from agent.storage.repositories.messages import API_SESSIONS

_LATE = timedelta(minutes=10)
"""Handed over later than this after it was written, a message is history, and no moment is taken from its arrival."""


async def capture(reach: Reach, request: CaptureRequest) -> Captured:
    """Store the messages in one transaction; the analysis follows in the background.

    One after the other, each put in its place by its own moment: a page shows its rows without gaps, so that rows
    shown together are taken as neighbours, and another system may leave out what lies between two of them.
    """
    session, phone = f"{API_SESSIONS}{request.session}", None
    if not request.chat.is_group:
        phone = canonical(request.chat.phone)
    chat = OpenChat(token=0, title=request.chat.title, is_group=request.chat.is_group, phone=phone)
    found: list[CapturedIds] = []
    conversation_id: int | None = None
    erased = tuple(one.id for one in request.messages if reach.forgetting.ledger.is_message(session, one.id))
    async with reach.store.together():
        for message in request.messages:
            if message.id in erased:  # A system that hands over everything again does not bring a person back.
                continue
            batch = RowBatch(
                session=session, chat=chat, changes=(_change(reach, message),), window=(message.id,), zone="UTC"
            )
            saved = await reach.store.save(batch)
            conversation_id = saved.conversation_id
            ids = CapturedIds(id=message.id, message_id=saved.ids[message.id], is_new=bool(saved.inserted))
            found.append(ids)
    reach.understanding.wake()
    return Captured(session=session, conversation_id=conversation_id, phone=phone, messages=tuple(found), erased=erased)


def _change(reach: Reach, message: CapturedMessage) -> RowChange:
    now, at = reach.now(), message.at
    row = Row(
        id=message.id,
        kind=message.kind,
        direction=message.direction,
        author=message.author,
        text=message.text,
        date=at.date().isoformat() if at else None,
        time=f"{at.hour:02}:{at.minute:02}" if at else None,
    )
    is_old = at is not None and now - at > _LATE
    change = Change.BASELINE if is_old or at is None else Change.NEW
    return RowChange(change=change, row=row, seen_ms=now.timestamp() * 1000)
