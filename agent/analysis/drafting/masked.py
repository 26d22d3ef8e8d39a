"""A writer whose model does not learn the customers' CPF, cards, telephone numbers and the like.

The guard still judges a draft by what was really written; a mask that the model copies into a draft is refused there.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from agent.analysis.drafting.assignment import Assignment
from agent.analysis.drafting.llama import Ended
from agent.analysis.drafting.placeholders import Placeholders
from agent.analysis.drafting.writer import Stopped, Writer
from agent.contract.stored import StoredMessage
from agent.identifiers import find_identifiers, mask_identifiers
from agent.identifiers.masks import Style

_BRAZIL, _AREA_END = "+55", 5


class MaskedWriter:
    """Hands everything on to another writer, with labels (``[CPF]``) in the place of identifiers."""

    def __init__(self, writer: Writer, public: Iterable[str]) -> None:
        """``public``: texts that the business tells everybody; the numbers and addresses in them are not masked."""
        self._writer = writer
        self._own = own_identifiers(public)

    @property
    def name(self) -> str | None:
        """For a person."""
        return self._writer.name

    @name.setter
    def name(self, name: str | None) -> None:
        self._writer.name = name

    def open(self, stopped: Stopped) -> None:
        """Get ready."""
        self._writer.open(stopped)

    @property
    def learning(self) -> bool:
        """Whether there is more of the fixed part to read."""
        return self._writer.learning

    def learn(self, stopped: Stopped) -> None:
        """Read a little more of the fixed part: the business's own texts, which are not masked."""
        self._writer.learn(stopped)

    def read(self, turns: Sequence[StoredMessage], stopped: Stopped) -> None:
        """Read a conversation, masked."""
        self._writer.read(self._masked(turns), stopped)

    def write(
        self, turns: Sequence[StoredMessage], hints: Sequence[str], stopped: Stopped
    ) -> Iterator[tuple[str, Ended | None]]:
        """Stream the reply to the last turn of the masked conversation."""
        return self._writer.write(self._masked(turns), [_mask(hint, self._own) for hint in hints], stopped)

    def compose(self, wanted: Assignment, stopped: Stopped) -> Generator[tuple[str, Ended | None]]:
        """Stream what becomes of a text. Identifiers stay here: a sign goes in the place of each."""
        signs = Placeholders(wanted.text, self._own)
        return signs.restored(self._writer.compose(replace(wanted, text=signs.text), stopped))

    def forget(self, conversations: Collection[int]) -> None:
        """Keep nothing of these conversations."""
        self._writer.forget(conversations)

    def close(self) -> None:
        """Free everything."""
        self._writer.close()

    def _masked(self, turns: Sequence[StoredMessage]) -> list[StoredMessage]:
        return [self._one(turn) for turn in turns]

    def _one(self, turn: StoredMessage) -> StoredMessage:
        text = turn.text and _mask(turn.text, self._own)
        return turn if text == turn.text else turn.model_copy(update={"text": text})


def own_identifiers(public: Iterable[str]) -> frozenset[str]:
    """The values of all identifiers in a business's texts; telephone numbers with and without their area."""
    values = {found.value for text in public for found in find_identifiers(text)}
    return frozenset(values | {value[_AREA_END:] for value in values if value.startswith(_BRAZIL)})


@lru_cache(maxsize=2048)
def _mask(text: str, own: frozenset[str]) -> str:
    """A conversation's turns are read anew with each message of it."""
    return mask_identifiers(text, Style.LABEL, own)
