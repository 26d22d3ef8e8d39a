"""What a person may correct an intent to, in the order in which they will look for it."""

from collections.abc import Mapping

from agent.contract.analysis import IntentChoice

LIKELY = 3
"""So many stand on top of the list in the card."""


def intent_choices(intents: Mapping[str, float], titles: Mapping[str, str]) -> tuple[IntentChoice, ...]:
    """The likeliest intents and all of the business's own, likeliest first.

    Args:
        intents: Probability of every intent.
        titles: The business's own intents, and what it calls them.
    """
    ranked = sorted({**dict.fromkeys(titles, 0.0), **intents}.items(), key=lambda item: -item[1])
    return tuple(
        IntentChoice(name=name, title=titles.get(name))
        for place, (name, _) in enumerate(ranked)
        if place < LIKELY or name in titles
    )
