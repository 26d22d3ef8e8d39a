"""How well a business is understood of which not one example was learned: the honest figure for a new customer."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.metrics import accuracy_score
from threadpoolctl import threadpool_limits

from agent.analysis.examples import Example
from agent.analysis.reading.encoder import Encoder
from agent.analysis.reading.features import Signs
from agent.analysis.reading.normalise import normalise
from agent.analysis.reading.scoring import share
from agent.analysis.reading.training import VECTOR_SHARE, learner

_TOLERANCE = 1e-2
"""Half the time of the training's, the same figures."""


def leave_one_business_out(examples: Sequence[Example], encoder: Encoder | None = None) -> dict[str, float]:
    """Accuracy of the intents for each business, learned from all the others, and their ``mean``."""
    folded = [normalise(example.text) for example in examples]
    vectors = np.zeros((len(folded), 0)) if encoder is None else encoder.encode([example.text for example in examples])
    labels = np.array([example.intent for example in examples])
    owners = np.array([example.business for example in examples])
    signs = Signs()
    signs.fit(folded)  # How rare a word is, is the one thing taken from the business's texts; it moves no label.
    near = csr_matrix((vectors - vectors.mean(axis=0)) * VECTOR_SHARE)
    x = hstack([signs.transform(folded), near], format="csr").astype(np.float64)
    found: dict[str, float] = {}
    with threadpool_limits(limits=1):
        for business in sorted(set(owners)):
            out = owners == business
            if len(set(labels[out])) < len(set(labels)):
                continue  # Not a business, but a collection of one kind of message.
            known = x[:, np.unique(x[~out].indices)]
            model = learner().set_params(tol=_TOLERANCE).fit(known[~out], labels[~out])
            found[business] = share(accuracy_score(labels[out], model.predict(known[out])))
    return {**found, "mean": share(np.mean(list(found.values())))}
