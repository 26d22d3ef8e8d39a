"""Train the classifiers' weights: ``python scripts/train_models.py [--extra DIR] [--out FILE]``.

From the project's seed corpus alone, or with the licensed sets of ``--extra`` as well. Prints the figures on the
evaluation part, which is never trained on, as one JSON object.
"""

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from agent.analysis.corpus import EVALUATION_FILE, extra_examples, read_examples, seed_examples
from agent.analysis.scoring import score
from agent.analysis.training import train
from agent.analysis.weights import WEIGHTS_FILE, Weights


def main() -> None:
    """Train, write the weights, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--extra", type=Path, help="folder with licensed sets (CSV) whose labels fit")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    chosen = parser.parse_args()
    examples = seed_examples()
    if chosen.extra:
        examples += extra_examples(chosen.extra)
    started = time.perf_counter()
    weights = train(examples, name="seed+extra" if chosen.extra else "seed")
    seconds = time.perf_counter() - started
    content = weights.to_bytes()
    chosen.out.write_bytes(content)
    figures = score(Weights.load(chosen.out), read_examples(EVALUATION_FILE))
    report = {
        "version": weights.version,
        "examples": len(examples),
        "seconds": round(seconds, 1),
        "bytes": len(content),
    }
    print(json.dumps({**report, **figures}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
