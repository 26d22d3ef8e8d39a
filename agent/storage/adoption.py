"""What became of cards: how far the attendants take up what is suggested. Pure."""

from collections import Counter
from collections.abc import Collection

from agent.contract.metrics import SuggestionFigures
from agent.contract.stored import Outcome

Card = Counter[Outcome]
"""How many suggestions of one card came to what."""

_INSERTED = (Outcome.INSERTED, Outcome.SENT, Outcome.EDITED)
_PICKED = (*_INSERTED, Outcome.PICKED, Outcome.FAILED)
_USED = (Outcome.SENT, Outcome.EDITED)


def is_used(card: Card) -> bool:
    """Whether one of its suggestions was sent, as it was or edited."""
    return any(card[outcome] for outcome in _USED)


def adoption(cards: Collection[Card]) -> SuggestionFigures:
    """Each card counts once in each line that fits."""

    def having(*outcomes: Outcome) -> int:
        return sum(any(card[outcome] for outcome in outcomes) for card in cards)

    counted = {
        "picked": having(*_PICKED),
        "inserted": having(*_INSERTED),
        "sent": having(Outcome.SENT),
        "edited": having(Outcome.EDITED),
        "ignored": sum(bool(card[Outcome.IGNORED]) and not is_used(card) for card in cards),
    }
    total = sum(cards, Counter[Outcome]())
    shares = {**counted, "used": having(*_USED)}
    rates = {name: round(count / len(cards), 4) for name, count in shares.items()} if cards else {}
    return SuggestionFigures(
        cards=len(cards), suggestions={outcome: total[outcome] for outcome in Outcome}, **counted, rates=rates
    )
