"""What the model has read of each chat, kept outside its memory within a budget; the one used longest ago gives way."""

from collections import OrderedDict
from collections.abc import Collection, Sequence

from agent.analysis.drafting.llama import Kept
from agent.contract.stored import StoredMessage

FIRST_TURNS = 3
"""So many turns before the message are read of a chat that the model has not met: on two processors each further token
costs 20 to 30 ms before the first word of the draft."""

_KEPT_WINDOWS = 500
"""Chats whose window is remembered. It is a few messages each, and far smaller than the states."""


class ChatMemory:
    """States by conversation. Not for several threads at once."""

    def __init__(self, budget: int) -> None:
        """``budget``: bytes; 0 keeps nothing."""
        self._budget = budget
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._windows: OrderedDict[int, tuple[StoredMessage, ...]] = OrderedDict()
        self.used = 0
        """Bytes of all states."""

    def put(self, conversation: int, kept: Kept | None) -> None:
        """Keep a state, instead of an older one of the chat; one that is larger than the budget is not kept."""
        self._drop(conversation)
        if kept is None or len(kept.data) > self._budget:
            return
        self._kept[conversation] = kept
        self.used += len(kept.data)
        while self.used > self._budget:
            self._drop(next(iter(self._kept)))

    def take(self, conversation: int) -> Kept | None:
        """The chat's state, which is handed over: it is in the model's memory from now on."""
        kept = self._kept.get(conversation)
        self._drop(conversation)
        return kept

    def forget(self, conversations: Collection[int]) -> None:
        """Keep nothing of these chats."""
        for one in conversations:
            self._drop(one)
            self._windows.pop(one, None)

    def forget_states(self) -> None:
        """The fixed part has grown: no state fits behind it any more."""
        self._kept.clear()
        self.used = 0

    def window(self, conversation: int, turns: Sequence[StoredMessage]) -> tuple[StoredMessage, ...]:
        """The turns as the model should read them: from where an earlier prompt of the chat began, else the last few.

        The store gives the last messages only, so that its list begins one message later with each new one; a prompt
        that did so too would be evaluated anew each time.
        """
        known, turns = self._windows.get(conversation, ()), tuple(turns)
        if not known or not turns:
            return turns[-FIRST_TURNS:]
        for n, turn in enumerate(turns):
            if turn.id == known[0].id:
                return turns[n:]
        for n, turn in enumerate(known):
            if turn.id == turns[0].id:
                return known[:n] + turns
        return turns[-FIRST_TURNS:]

    def remember_window(self, conversation: int, turns: tuple[StoredMessage, ...]) -> None:
        """These turns were read."""
        self._windows[conversation] = turns
        self._windows.move_to_end(conversation)
        if len(self._windows) > _KEPT_WINDOWS:
            self._windows.popitem(last=False)

    def _drop(self, conversation: int) -> None:
        kept = self._kept.pop(conversation, None)
        if kept is not None:
            self.used -= len(kept.data)
