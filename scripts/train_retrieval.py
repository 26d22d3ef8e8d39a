"""Learn what each signal of the search counts: ``python scripts/train_retrieval.py [--out FILE]``.

From the training dialogues alone; a dialogue's own wordings are taken away while it is answered. Prints, as one JSON
object, the figures on businesses that were left out of the learning. Takes some 5 minutes.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from agent.analysis.dialogues import BUSINESSES, TRAINING, Dialogue, Exchange, load_dialogues
from agent.analysis.examples import training_examples
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.encoder import Encoder, Vectors, load_encoder
from agent.analysis.reading.features import Features
from agent.analysis.reading.training import train
from agent.analysis.reading.weights import shipped
from agent.analysis.retrieval.candidates import Answer, Candidates, Ranked, sure_signals
from agent.analysis.retrieval.knowledge import load_knowledge
from agent.analysis.retrieval.replies import load_replies
from agent.analysis.retrieval.search import message_of, shared_chances
from agent.analysis.retrieval.search_weights import SURE, WEIGHTS_FILE, SearchWeights, signals_of, variant
from agent.contract.analysis import Question, SuggestionKind

_L2 = 0.7
_FOLDS = 3
_SMALLER = (1, 3, 8)
"""Sizes of made-up smaller books: whether a right answer is there must be known of them too."""
_SURE_C = 1.0
_LOST = 0.01
"""Share of the right answers that may be lost to silence."""


OFF_TOPIC = (
    "qual a raiz quadrada de 169?", "qual é a capital da Mongólia", "quem descobriu o Brasil mesmo?",
    "me conta uma piada de papagaio", "que horas são em Tóquio agora", "quanto é 17 vezes 23", "toca um samba aí",
    "acende a luz da sala", "quem ganhou o campeonato ontem?", "como se diz janela em alemão", "vai chover em Marte?",
    "escreve um poema sobre o mar", "qual o sentido da vida", "me lembra de ligar pra minha tia às 8",
    "quantos planetas tem o sistema solar", "traduz gato pra japonês", "qual a altura do Everest",
    "aumenta o volume da música", "põe um alarme pras 6", "quem escreveu Dom Casmurro",
    "asdfgh", "zxqw plim", "jkjkjk hgfd", "blorp fim tchun", "qwe rty", "ggg hhh bbb", "xpto zzz", "lkjh poiu mnb",
)  # fmt: skip
"""Nothing that a business answers: what must find nothing."""


@dataclass(frozen=True)
class Row:
    """One exchange with all that was offered."""

    business: str
    signals: Mapping[str, npt.NDArray[np.float32]]
    right: npt.NDArray[np.bool_]
    """Of each answer; none where the attendant wrote freely."""
    bare: bool = False
    """The answers had no examples: only how sure to be is learned from it."""

    def matrix(self, names: Sequence[str]) -> npt.NDArray[np.float64]:
        """A row an answer, a column a signal."""
        return np.array([self.signals[name] for name in names], dtype=np.float64).T


class Remembering:
    """An encoder that encodes each text once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does."""
        new = sorted({text for text in texts if text not in self._known}, key=len)
        for start in range(0, len(new), 64):
            part = new[start : start + 64]
            self._known.update(zip(part, self._encoder.encode(part), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32).reshape(len(texts), -1)


def answers_of(business: str, kind: str, past: Sequence[Exchange], *, bare: bool = False) -> list[Answer]:
    """The replies or the passages of a business; the wordings of ``past`` are further examples of replies."""
    if kind == "passages":
        found = load_knowledge(BUSINESSES / business / "knowledge.md")
        return [Answer(p.id, SuggestionKind.PASSAGE, p.title, p.text, examples=p.examples) for p in found]
    asked: dict[str, list[str]] = {}
    for exchange in past:
        asked.setdefault(exchange.answer.replies[0], []).append(exchange.asked.text)
    return [
        Answer(
            id=r.id,
            kind=SuggestionKind.CANNED,
            title=r.title,
            text=r.text,
            examples=() if bare else (*r.examples, *asked.get(r.id, ())),
            intents=() if bare else r.intents,
        )
        for r in _book(business).replies
    ]


_book = cache(lambda business: load_replies(BUSINESSES / business / "replies.yaml"))


def rows_of(
    kind: str, dialogues: Sequence[Dialogue], classifiers: Mapping[str, Classifier], encoder: Encoder | None
) -> Iterator[Row]:
    """Every exchange, answered with the other dialogues' wordings, with the file alone, and without examples."""
    features = Features(shipped().idf)
    nothing = SearchWeights({})
    reads: dict[str, npt.NDArray[np.float32]] = {}

    def read(text: str) -> npt.NDArray[np.float32]:
        if text not in reads:
            reads[text] = next(iter(classifiers.values())).turn_intents(text)
        return reads[text]

    for dialogue in dialogues:
        others = [
            exchange
            for other in dialogues
            if other.business == dialogue.business and other.id != dialogue.id
            for exchange in other.exchanges()
            if exchange.answer.replies
        ]
        for past in (others, [], None) if kind == "replies" else ([],):
            answers = answers_of(dialogue.business, kind, past or [], bare=past is None)
            among = Candidates(answers, features, nothing, encoder, read if kind == "replies" else None)
            for exchange in dialogue.exchanges():
                question = Question(text=exchange.asked.text, context=exchange.context)
                vector = None if encoder is None else encoder.encode([question.text])[0]
                reading = classifiers[dialogue.business].read(question.text, question.context, vector)
                labels = exchange.answer.replies if kind == "replies" else exchange.answer.passages
                right = np.array([answer.id in labels for answer in answers])
                message = message_of(question, reading.intents, vector)
                yield Row(dialogue.business, among.signals(message), right, bare=past is None)


def off_topic_rows(kind: str, classifiers: Mapping[str, Classifier], encoder: Encoder | None) -> Iterator[Row]:
    """What no business has an answer for."""
    features, nothing = Features(shipped().idf), SearchWeights({})
    for business, classifier in classifiers.items():
        answers = answers_of(business, kind, [])
        read = lru_cache(None)(classifier.turn_intents)
        among = Candidates(answers, features, nothing, encoder, read if kind == "replies" else None)
        for text in OFF_TOPIC:
            vector = None if encoder is None else encoder.encode([text])[0]
            message = message_of(Question(text=text), classifier.read(text, vector=vector).intents, vector)
            yield Row(business, among.signals(message), np.zeros(len(answers), dtype=np.bool_))


def fit(rows: Sequence[Row], names: Sequence[str]) -> npt.NDArray[np.float64]:
    """Weights under which the right answers get the largest share of a softmax over all."""
    answered = [(row.matrix(names), row.right) for row in rows if row.right.any() and not row.bare]

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        total, slope = _L2 * float(weights @ weights) / 2, _L2 * weights
        for signals, right in answered:
            scores = signals @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            caught = max(float(shares[right].sum()), 1e-12)
            total -= float(np.log(caught))
            slope = slope + signals.T @ (shares - shares * right / caught)
        return total, slope

    return np.asarray(minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x)


def sure_rows(
    rows: Sequence[Row], names: Sequence[str], weights: npt.NDArray[np.float64], *, smaller: bool
) -> tuple[list[list[float]], list[bool]]:
    """For each exchange the signals of ``SURE`` and whether a right answer is among the first three."""
    signs, labels = [], []
    pick = random.Random(20)  # noqa: S311 - which replies a made-up smaller book has
    for row in rows:
        scores = (row.matrix(names) @ weights).astype(np.float32)
        sizes = [len(scores), *(size for size in _SMALLER if smaller and size < len(scores))]
        for size in sizes:
            kept = np.array(sorted(pick.sample(range(len(scores)), size)))
            order, _ = shared_chances(scores[kept])
            words = np.maximum(row.signals["words"], row.signals["words_text"])[kept]
            meaning = row.signals["meaning"][kept].max() if "meaning" in row.signals else 0.0
            signs.append(list(sure_signals(Ranked(scores[kept], float(words.max()), float(meaning))).values()))
            labels.append(bool(row.right[kept][order[:3]].any()))
    return signs, labels


def learn(rows: Sequence[Row], name: str) -> dict[str, dict[str, float]]:
    """The weights of one variant."""
    names = signals_of(name)
    weights = fit(rows, names)
    signs, labels = sure_rows(rows, names, weights, smaller=True)
    sure = LogisticRegression(C=_SURE_C).fit(signs, labels)
    return {
        "signals": {key: round(float(value), 3) for key, value in zip(names, weights, strict=True)},
        "sure": {key: round(float(value), 3) for key, value in zip(SURE, sure.coef_[0], strict=True)}
        | {"bias": round(float(sure.intercept_[0]), 3), "from": 0.0},
    }


def judged(rows: Sequence[Row], noise: Sequence[Row], name: str) -> dict[str, Any]:
    """Figures on businesses that the weights had not seen."""
    names = signals_of(name)
    businesses = sorted({row.business for row in rows})
    first, three, chances, found, noisy = [], [], [], [], []

    def sure_of(learned: Mapping[str, Mapping[str, float]], test: Sequence[Row]) -> tuple[list[float], list[bool]]:
        weights = np.array([learned["signals"][key] for key in names])
        signs, labels = sure_rows(test, names, weights, smaller=False)
        logits = np.array(signs) @ np.array([learned["sure"][key] for key in SURE]) + learned["sure"]["bias"]
        return list(1 / (1 + np.exp(-logits))), labels

    for fold in range(_FOLDS):
        out = set(businesses[fold::_FOLDS])
        learned = learn([row for row in [*rows, *noise] if row.business not in out], name)
        weights = np.array([learned["signals"][key] for key in names])
        test = [row for row in rows if row.business in out and not row.bare]
        sure_here, found_here = sure_of(learned, test)
        chances += sure_here
        found += found_here
        noisy += sure_of(learned, [row for row in noise if row.business in out])[0]
        for row in test:
            if row.right.any():
                best = np.argsort(-(row.matrix(names) @ weights), kind="stable")
                first.append(bool(row.right[best[0]]))
                three.append(bool(row.right[best[:3]].any()))
    sure, hit = np.array(chances), np.array(found)
    return {
        "hit_at_1": round(float(np.mean(first)), 4),
        "hit_at_3": round(float(np.mean(three)), 4),
        "sure_from": round(float(np.quantile(sure[hit], _LOST)), 2),
        "silent": {
            str(limit): {
                "of_all": round(float((sure < limit).mean()), 3),
                "of_right": round(float((sure < limit)[hit].mean()), 3),
                "of_off_topic": round(float(np.mean(np.array(noisy) < limit)), 3),
                "rightly": round(float(1 - hit[sure < limit].mean()), 3) if (sure < limit).any() else None,
            }
            for limit in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
        },
    }


def main() -> None:
    """Learn, write the weights, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    chosen = parser.parse_args()
    started = time.perf_counter()
    dialogues = load_dialogues(TRAINING)
    loaded = load_encoder()
    weights: dict[str, dict[str, Any]] = {"replies": {}, "passages": {}}
    figures: dict[str, dict[str, Any]] = {"replies": {}, "passages": {}}
    # The shipped classifiers have learned from these very dialogues: the search would trust their intents too much.
    plain, full = train(training_examples(), (), loaded)
    with threadpool_limits(limits=1):
        for encoder in (None, Remembering(loaded)) if loaded else (None,):
            unseen = Classifier(plain) if encoder is None or full is None else Classifier(full, encoder, plain)
            classifiers = dict.fromkeys((dialogue.business for dialogue in dialogues), unseen)
            for kind, learned in weights.items():
                rows = list(rows_of(kind, dialogues, classifiers, encoder))
                noise = list(off_topic_rows(kind, classifiers, encoder))
                for kernel in (False, True) if kind == "replies" else (False,):
                    name = variant(meaning=encoder is not None, kernel=kernel)
                    learned[name] = learn(rows + noise, name)
                    figures[kind][name] = judged(rows, noise, name)
                    learned[name]["sure"]["from"] = figures[kind][name]["sure_from"]
    chosen.out.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")
    print(json.dumps({"seconds": round(time.perf_counter() - started, 1), **figures}, indent=None))


if __name__ == "__main__":
    main()
