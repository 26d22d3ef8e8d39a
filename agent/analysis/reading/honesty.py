"""Makes probabilities honest: of a hundred answers with 80 %, eighty are right."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from agent.analysis.reading.weights import Floats, log_softmax

Labels = npt.NDArray[np.intp]

_NEAR, _ENOUGH = 0.05, 20
"""How close to a probability an answer must be, and how many such there must be, to say how often it is right."""


def temperature_of(unseen: Floats, y: Labels) -> float:
    """What to divide scores by so that their softmax is the most honest: the smallest log loss on unseen rows."""
    rows = np.arange(len(y))
    return float(
        minimize_scalar(lambda t: -log_softmax(unseen / t)[rows, y].mean(), bounds=(0.02, 10.0), method="bounded").x
    )


def unsure_below(probabilities: Floats, y: Labels) -> float:
    """The probability around which the likeliest class is right as often as wrong; from unseen rows."""
    best = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == y
    for threshold in np.arange(0.8, 0.1, -0.01):
        near = np.abs(best - threshold) < _NEAR
        if near.sum() >= _ENOUGH and right[near].mean() < 0.5:
            return round(float(threshold), 2)
    return 0.1
