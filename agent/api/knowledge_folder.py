"""The knowledge base's files for the API: looked at, added and removed, each whole or not at all."""

import base64
import binascii
import re
import secrets
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from agent.analysis.retrieval.knowledge import Passage, load_knowledge
from agent.api.problems import Code, Fault, Refused, Why
from agent.contract.knowledge import ENDINGS, KnowledgeBase, KnowledgeFile, NewKnowledge
from agent.errors import BadInput

_MOST = 200
"""Files."""

_LINE = re.compile(r", line ([0-9]+)")


class KnowledgeFolder:
    """One for the application; every method takes its time and belongs into a thread."""

    def __init__(self, path: Path, taken_up: Callable[[Sequence[Passage]], None] = lambda _: None) -> None:
        """``path``: folder or one file, it need not be there. ``taken_up``: told of each change; returns at once."""
        self._path, self._taken_up = path, taken_up
        self._changing = threading.Lock()

    def listed(self) -> KnowledgeBase:
        """All files, and how much can be read in each."""
        return KnowledgeBase(
            items=tuple(self._told(name, file) for name, file in self._files().items()),
            editable=not self._path.is_file(),
        )

    def text(self, name: str) -> str | None:
        """A file's text; None for a PDF. ``Refused``: there is none of that name, or it is no text."""
        file = self._file(name)
        if file.suffix.lower() == ".pdf":
            return None
        try:
            return file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(Code.CONFLICT) from error

    def put(self, name: str, new: NewKnowledge) -> KnowledgeFile:
        """Add a file, or replace it. ``Refused``: nothing can be read in it, or the knowledge base is one file."""
        content = _content(name, new)
        with self._changing:
            if self._path.is_file():
                raise Refused(Code.CONFLICT)
            files = self._files()
            if name not in files and len(files) >= _MOST:
                raise Refused(Code.CONFLICT, Why("full", most=_MOST))
            self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = self._path / name
            # Hidden, so that nobody reads it as knowledge before it is known to be some.
            draft = self._path / f".{secrets.token_hex(4)}{file.suffix}"
            try:
                draft.touch(0o600)
                draft.write_bytes(content)
                if not _passages(draft):
                    raise Refused(Code.CONFLICT, faults=[Fault(where="body", what="nothing can be read in it")])
                draft.replace(file)
            except BadInput as error:
                at = _LINE.search(str(error))
                said = Why("unfit_line", file=name, line=at[1]) if at else Why("unfit_file", file=name)
                raise Refused(Code.CONFLICT, said, faults=[Fault(where="body.text", what="format")]) from error
            except OSError as error:
                raise Refused(Code.UNAVAILABLE) from error
            finally:
                draft.unlink(missing_ok=True)
        self._changed()
        return self._told(name, file)

    def remove(self, name: str) -> None:
        """Remove a file. ``Refused``: there is none of that name."""
        with self._changing:
            if self._path.is_file():
                raise Refused(Code.CONFLICT)
            self._file(name).unlink(missing_ok=True)
        self._changed()

    def _files(self) -> dict[str, Path]:
        """By name as people read it. What is not in here, no name can reach."""
        if self._path.is_file():
            return {self._path.name: self._path}
        found = (one for one in self._path.rglob("*") if one.is_file() and one.suffix.lower() in ENDINGS)
        named = {one.relative_to(self._path).as_posix(): one for one in found if not one.name.startswith(".")}
        return dict(sorted(named.items()))

    def _file(self, name: str) -> Path:
        try:
            return self._files()[name]
        except KeyError as error:
            raise Refused(Code.NOT_FOUND) from error

    @staticmethod
    def _told(name: str, file: Path) -> KnowledgeFile:
        try:
            passages, fault = len(_passages(file)), None
        except BadInput as error:
            passages, fault = 0, str(error).replace(str(file), name)
        return KnowledgeFile(name=name, size=file.stat().st_size, passages=passages, fault=fault)

    def _changed(self) -> None:
        try:
            self._taken_up(load_knowledge(self._path))
        except BadInput:  # Another file was broken by hand: the list says so, and what was known goes on.
            return


def _passages(file: Path) -> Sequence[Passage]:
    return load_knowledge(file)


def _content(name: str, new: NewKnowledge) -> bytes:
    if name.endswith(".pdf") != (new.content is not None) or (new.text is None) == (new.content is None):
        where = "body.content" if name.endswith(".pdf") else "body.text"
        raise Refused(Code.CONFLICT, faults=[Fault(where=where, what="missing")])
    if new.content is None:
        return (new.text or "").encode()
    try:
        return base64.b64decode(new.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Code.CONFLICT, faults=[Fault(where="body.content", what="base64")]) from error
