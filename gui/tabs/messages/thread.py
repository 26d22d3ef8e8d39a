"""The messages of one conversation that have been read so far, and what a newer reading changes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.contract.history import MessageCard, MessagePage


@dataclass(frozen=True, slots=True)
class Changes:
    """What a newer reading brought."""

    added: tuple[MessageCard, ...] = ()
    """At the end."""
    changed: tuple[MessageCard, ...] = ()
    gone: frozenset[int] = frozenset()
    anew: bool = False
    """Nothing of it was known: show everything anew."""


class Thread:
    """The oldest first, without a gap."""

    def __init__(self) -> None:
        self.messages: tuple[MessageCard, ...] = ()
        self.cursor: str | None = None
        """For those before them."""

    def begin(self, pages: Sequence[MessagePage]) -> None:
        """These pages, the newest first, and nothing else."""
        self.messages = tuple(card for page in reversed(pages) for card in reversed(page.items))
        self.cursor = pages[-1].cursor if pages else None

    def older(self, page: MessagePage) -> tuple[MessageCard, ...]:
        """Take what came before; what of it is new here."""
        known = {card.id for card in self.messages}
        new = tuple(card for card in reversed(page.items) if card.id not in known)
        self.messages = new + self.messages
        self.cursor = page.cursor
        return new

    def newer(self, page: MessagePage, singles: Iterable[MessageCard] = ()) -> Changes:
        """Take the newest page as it is now, and single messages from further up."""
        newest = tuple(reversed(page.items))
        known = {card.id: at for at, card in enumerate(self.messages)}
        from_here = next((known[card.id] for card in newest if card.id in known), None)
        if from_here is None:
            self.messages, self.cursor = newest, page.cursor
            return Changes(anew=True)
        ids = {card.id for card in newest}
        tail = [card.id for card in self.messages[from_here:]]
        stays = [number for number in tail if number in ids]
        if [card.id for card in newest][: len(stays)] != stays:
            # Something came in between: an older row was read late, or messages were moved here.
            self.messages, self.cursor = newest, page.cursor
            return Changes(anew=True)
        before = {card.id: card for card in self.messages}
        one_by_one = {card.id: card for card in singles if card.id in before and card.id not in ids}
        head = tuple(one_by_one.get(card.id, card) for card in self.messages[:from_here])
        self.messages = head + newest
        changed = [card for card in (*one_by_one.values(), *newest) if card.id in before and before[card.id] != card]
        return Changes(newest[len(stays) :], tuple(changed), frozenset(tail) - ids)
