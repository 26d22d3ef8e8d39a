"""Takes words, numbers or whole chats out of a finished recording, in both layers and everything that came of them."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from agent.contract.analysis import Analysis, Question
from agent.errors import BadInput
from agent.recordings.answers import RecordedAnswers, Understands, named, named_text
from agent.recordings.audit import audit_text
from agent.recordings.chats_out import ChatsOut
from agent.recordings.editing import (
    Bench,
    Draft,
    Edited,
    changed,
    checksum,
    read_frames,
    recorded_answers,
    renamed,
    walked,
    write_edited,
)
from agent.recordings.facts import Answer
from agent.recordings.file import PAGE, Manifest, Recording, open_recording
from agent.recordings.frames import replaced
from agent.recordings.lines import Line
from agent.recordings.page_events import PageEvents
from agent.recordings.pseudonyms import KEY_BYTES
from agent.recordings.replaying import golden_of
from agent.recordings.sought import Redaction

_AT_ONCE = 500


async def redacted(
    recording: Recording, path: Path, words: Sequence[str], chats: Sequence[str], bench: Bench
) -> Edited:
    """A new recording without these words and chats.

    Args:
        recording: an open one.
        path: the new file.
        words: words, names of several words, numbers; in any case, with or without accents, in any spelling.
        chats: titles of chats that go as a whole, and their titles wherever else they stand.
        bench: what its golden result is made with.

    Raises:
        BadInput: a word is too short, there is no such chat, or a word would still stand in the new file.
    """
    recording.verify()
    # A title of signs alone is no word that could stand elsewhere.
    sought = [*words, *(title for title in chats if any(c.isalnum() for c in title))]
    if not words and not chats:
        raise BadInput("Nothing was named that is to go.", "Name a word, or a chat with --chat TITLE.")
    names = Redaction(sought, os.urandom(KEY_BYTES))
    given = read_frames(recording)
    out = ChatsOut(chats)
    lines = out.left(given) if chats else given
    answers = await _answers(recording, lines, names, bench) if given else None
    frames = renamed(lines, names)
    page = [] if chats else walked(recording.page(), PageEvents(names))
    reason = f"{len(words)} words and {len(chats)} chats taken out of the recording with SHA-256 "
    manifest = changed(_told(recording.manifest, names), reason + checksum(recording.path), bench.today)
    if not names.replaced and not out.gone:
        _check(recording.path, sought)
        raise BadInput("Nothing of it stands in the recording.", "Look at the spelling; numbers are found in any.")
    notes = [f"{names.replaced} different texts were changed."]
    if chats:
        notes.append(f"{out.gone} lines of the frame layer were left out or shortened.")
    if chats and recording.has(PAGE):
        notes.append("The page shows all chats side by side: the page layer was left out.")
    if recording.pictures():
        notes.append("Pictures of comparisons were left out: they show what was readable.")
    notes.append("The golden result was renewed.")
    draft = Draft(manifest, frames, page, answers, tuple(notes))
    return await write_edited(draft, path, bench, lambda made: _check(made, sought))


def _check(path: Path, sought: Sequence[str]) -> None:
    """The audit: what stands in a value of the file; names of fields and plain numbers are nobody's words.

    Raises:
        BadInput: something that is to go still stands there.
    """
    with open_recording(path) as recording:
        for member in (*recording.manifest.members, None):
            for text in _texts(recording, member):
                for leak in audit_text(text, sought):
                    where = "its manifest" if member is None else member
                    raise BadInput(
                        f"Word {leak.known + 1} of those to be replaced would still stand in {where}: "
                        "it is a word of the page or of the format, or it is put together from pieces.",
                        "Nothing was written. Name a name's words one by one, or take out the whole chat with --chat.",
                    )


def _texts(recording: Recording, member: str | None) -> Iterator[str]:
    if member is None:
        yield "\n".join(_strings(recording.manifest.model_dump(mode="json", exclude={"members"})))
        return
    held = list[str]()
    for number, line in enumerate(recording.lines(member), 1):
        held += _strings(line)
        if number % _AT_ONCE == 0:
            yield "\n".join(held)
            held.clear()
    yield "\n".join(held)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _told(manifest: Manifest, names: Redaction) -> Manifest:
    history = tuple(one.model_copy(update={"reason": names.text(one.reason)}) for one in manifest.history)
    return manifest.model_copy(update={"history": history})


class _Noted:
    """Notes each question with its answer."""

    def __init__(self, asked: Understands) -> None:
        self._asked = asked
        self.answers = list[tuple[Question, Analysis]]()

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        answer = await self._asked.analyse(question, limit)
        self.answers.append((question, answer))
        return answer


async def _answers(recording: Recording, lines: list[Line], names: Redaction, bench: Bench) -> RecordedAnswers:
    """The recorded answers under the names that their questions have without the words."""
    noted = _Noted(recorded_answers(recording))
    await golden_of(lambda: lines, noted, bench.open_store)
    asked = ((replaced(question, names), answer) for question, answer in noted.answers)
    return RecordedAnswers(Answer(q=named(one), text=named_text(one.text), v=answer) for one, answer in asked)
