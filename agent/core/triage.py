"""Who waits, in chats that nobody has opened: what the chat list alone tells. Pure; times are those of the frames."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from agent.contract.analysis import Analysis, Question
from agent.contract.frames import ChatsFrame
from agent.contract.rows import ChatPreview, Direction
from agent.contract.triage import ListedChat, Mood
from agent.core.effects import Effect, Glance, SaveListed
from agent.core.moments import moment
from agent.core.state import State


class Key(NamedTuple):
    """Which row of the list. Titles are not unique."""

    title: str
    twin: int


def waits(preview: ChatPreview) -> bool:
    """Whether somebody has not been answered. In a group, only what is unread asks for an answer."""
    if preview.unread != 0:
        return True
    return preview.last_direction is Direction.IN and preview.last_author is None


def look(state: State, frame: ChatsFrame) -> tuple[State, tuple[Effect, ...]]:
    """Take over what the list shows. Rows that are scrolled away stay as they were."""
    known = state.listed
    shown = _keyed(frame.chats)
    beside = {*_keyed(state.previews)}
    changed: list[ListedChat] = []
    glances: list[Effect] = []
    for key, preview in shown.items():
        before = known.get(key)
        chat = ListedChat(
            preview=preview,
            twin=key.twin,
            waits=waits(preview),
            waits_since=_since(before, preview, frame.at_ms, state.zone, seen_before=key in beside),
            mood=before.mood if before and _says(before.preview) == _says(preview) else None,
        )
        if chat == before:
            continue
        changed.append(chat)
        if chat.mood is None and (text := _says(preview)) is not None and not preview.is_open:
            # While the chat was open, its card was understood instead.
            asked = before is not None and not before.preview.is_open and _says(before.preview) == text
            glances += [] if asked else [Glance(key.title, key.twin, Question(text=text))]
    if not changed and frame.chats == state.previews:
        return state, ()
    listed = dict(known)
    listed.update({Key(chat.preview.title, chat.twin): chat for chat in changed})
    state = replace(state, previews=frame.chats, listed=listed)
    saved: tuple[Effect, ...] = (SaveListed(state.session, tuple(changed), state.zone),) if changed else ()
    return state, (*saved, *glances)


def understood(state: State, title: str, twin: int, text: str, analysis: Analysis) -> tuple[State, tuple[Effect, ...]]:
    """A chat's last words were understood; nothing happens when it says something else by now."""
    key = Key(title, twin)
    chat = state.listed.get(key)
    if chat is None or _says(chat.preview) != text:
        return state, ()
    mood = Mood(sentiment=analysis.sentiment, sentiment_score=analysis.sentiment_score, intent=analysis.intent)
    chat = chat.model_copy(update={"mood": mood})
    return replace(state, listed={**state.listed, key: chat}), (SaveListed(state.session, (chat,), state.zone),)


def _keyed(previews: tuple[ChatPreview, ...]) -> Mapping[Key, ChatPreview]:
    twins: Counter[str] = Counter()
    keyed = {}
    for preview in previews:
        keyed[Key(preview.title, twins[preview.title])] = preview
        twins[preview.title] += 1
    return keyed


def _says(preview: ChatPreview) -> str | None:
    """The customer's last words; None where the last message is ours, or none of words."""
    theirs = preview.last_direction is Direction.IN and not preview.last_media
    return preview.last_text if theirs and waits(preview) else None


def _since(
    before: ListedChat | None, preview: ChatPreview, at_ms: float, zone: str | None, *, seen_before: bool
) -> datetime | None:
    if not waits(preview):
        return None
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    if before is not None and before.waits:
        if before.waits_since is None and _written(before.preview) != _written(preview):
            # They wrote again. The list shows the later clock alone now: the wait goes on from the earlier one.
            return moment(before.preview.last_date, before.preview.last_clock, zone, at)
        return before.waits_since
    # Seen a moment ago and not waiting: it began just now. Otherwise the store takes the clock that the list shows.
    return at if before is not None and seen_before else None


def _written(preview: ChatPreview) -> tuple[str | None, ...]:
    return preview.last_text, preview.last_date, preview.last_clock
