"""Train the classifiers' weights: ``python scripts/train_models.py [--extra DIR] [--out DIR] [--by-business]``.

From the training part of the project's corpus; with the licensed sets of ``--extra`` as well (which cost intents half a
point to a point by cross-validation, so the weights that come with Balcão go without). Where the sentence encoder is
installed, the weights for it are trained too. Prints the figures on the held part as one JSON object.
"""

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from agent.analysis.dialogues import TRAINING, load_dialogues
from agent.analysis.examples import extra_examples, held_examples, training_examples
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.encoder import load_encoder
from agent.analysis.reading.intent_scoring import read_all
from agent.analysis.reading.scoring import score
from agent.analysis.reading.training import train, version_of
from agent.analysis.reading.unknown_business import leave_one_business_out
from agent.analysis.reading.weights import ENCODER_WEIGHTS_FILE, WEIGHTS_FILE, Weights


def main() -> None:
    """Train, write the weights, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--extra", type=Path, help="folder with licensed sets (CSV) whose labels fit")
    parser.add_argument("--by-business", action="store_true", help="only measure: each business by all the others")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE.parent, help="folder for the weights files")
    chosen = parser.parse_args()
    examples, dialogues, encoder = training_examples(), load_dialogues(TRAINING), load_encoder()
    if chosen.extra:
        examples += extra_examples(chosen.extra)
    if chosen.by_business:
        report = {"plain": leave_one_business_out(examples)}
        if encoder is not None:
            report["encoder"] = leave_one_business_out(examples, encoder)
        print(json.dumps(report, indent=1))
        return
    version = version_of(examples, dialogues, "corpus+extra" if chosen.extra else "corpus")
    started = time.perf_counter()
    plain, full = train(examples, dialogues, encoder, version)
    figures: dict[str, object] = {"examples": len(examples), "seconds": round(time.perf_counter() - started, 1)}
    held = held_examples()
    texts = [example.text for example in held]
    for weights, name in ((plain, WEIGHTS_FILE.name), (full, ENCODER_WEIGHTS_FILE.name)):
        if weights is None:
            print("The sentence encoder is not installed: its weights are left as they are.", file=sys.stderr)
            continue
        path = chosen.out / name
        path.write_bytes(weights.to_bytes())
        loaded = Weights.load(path)
        used = encoder if loaded.with_encoder else None
        readings = read_all(Classifier(loaded, used, plain if used else None), texts, used)
        figures[loaded.version] = {"file": name, "bytes": path.stat().st_size, **score(readings, held)}
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
