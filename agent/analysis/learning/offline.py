"""Compares rankings with what was really sent: each choice is foretold by what was known before it, then learned."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from agent.analysis.learning.ranking import Parameters, Ranking
from agent.contract.learning import Choice, Evaluation, Score

UNLEARNED = Parameters(strength=0.0)
"""The order of the search alone."""

CANDIDATES: Mapping[str, Parameters] = {
    "bold": replace(Parameters(), intent=0.4, both=0.7, half_life_days=30.0),
    "cautious": replace(Parameters(), intent=0.12, attendant=0.05, both=0.2),
    "shared": replace(Parameters(), intent=0.4, attendant=0.0, both=0.0, style=0.0),
    "unlearned": UNLEARNED,
}
"""Rankings to try in shadow: learns faster and forgets sooner; learns slower; all attendants as one; not at all."""


def evaluate(
    choices: Sequence[Choice],
    first: datetime,
    at: datetime,
    contestants: Mapping[str, Parameters],
    texts: Mapping[str, str],
) -> Evaluation | None:
    """How well each set of parameters foretold the choices from ``first`` on; None when there are none.

    Args:
        choices: oldest first; those before ``first`` are only learned.
        first: begin of the days that count.
        at: when the evaluation was made.
        contestants: parameters by name.
        texts: the replies' texts by id.
    """
    counted = [choice for choice in choices if choice.at >= first and choice.chosen is not None]
    if not counted:
        return None
    scores = {name: score(choices, first, parameters, texts) for name, parameters in contestants.items()}
    return Evaluation(at=at, first=counted[0].at, last=counted[-1].at, scores=scores)


def score(choices: Sequence[Choice], first: datetime, parameters: Parameters, texts: Mapping[str, str]) -> Score:
    """How well one set of parameters foretold the choices from ``first`` on."""
    ranking = Ranking(parameters, texts)
    places: list[int] = []
    for choice in choices:
        if choice.at >= first and choice.chosen is not None:
            order = ranking.order(choice)
            places.append(order.index(choice.chosen) + 1 if choice.chosen in order else 0)
        if parameters.strength:
            ranking.learn(choice)
    if not places:
        return Score(cards=0, top1=0.0, mrr=0.0)
    top1 = sum(place == 1 for place in places) / len(places)
    mrr = sum(1 / place for place in places if place) / len(places)
    return Score(cards=len(places), top1=round(top1, 4), mrr=round(mrr, 4))
