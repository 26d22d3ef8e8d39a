import csv
import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from agent.analysis.reading import fitting
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.features import Signs
from agent.analysis.reading.fitted import FittedIntents
from agent.analysis.reading.fitting import fit_intents
from agent.analysis.reading.intent_scoring import read_labelled, read_moods, score_fitted
from agent.analysis.reading.intents_file import Labelled, read_own_intents
from agent.analysis.reading.normalise import normalise
from agent.analysis.reading.own_intents import Versions, fit_own, refit
from agent.analysis.reading.weights import shipped
from agent.contract.analysis import INTENTS, Sentiment
from agent.errors import BadInput
from tests.analysis.reading.test_training import Letters

NOW = datetime(2026, 7, 12, tzinfo=UTC)
RENTAL = [
    "quero alugar a betoneira",
    "aluga andaime por dia?",
    "preciso alugar uma furadeira",
    "tem locação de escada",
    "quanto fica o aluguel da lixadeira",
    "vocês locam gerador?",
    "locação de compactador pro sábado",
    "dá pra alugar a serra por um fim de semana",
    "queria locar dois andaimes",
    "alugam martelete?",
]
RETURNS = [
    "vim devolver a betoneira",
    "a que horas posso devolver o andaime",
    "devolvo o gerador onde?",
    "posso entregar a escada amanhã de volta",
    "buscam a máquina alugada?",
    "já terminei, podem recolher",
    "recolham o compactador",
    "esqueci de devolver a serra",
    "devolução da lixadeira",
    "onde devolvo?",
]
OWN = [Labelled(text, "aluguel") for text in RENTAL] + [Labelled(text, "devolucao") for text in RETURNS]


def told(fitted, text):
    found = fitted.probabilities(*Signs(shipped().signs_idf).row(normalise(text)))
    assert abs(found.sum() - 1) < 1e-3
    return fitted.labels[int(found.argmax())]


@pytest.fixture(scope="module")
def classifier():
    return Classifier.shipped()


@pytest.fixture(scope="module")
def own(classifier):
    return fit_own(OWN, classifier, None)


def test_own_intents_are_learned_and_the_built_in_ones_stay(classifier, own):
    mine = classifier.with_own(own)
    assert mine.read("queria alugar uma betoneira").intent == "aluguel"
    assert mine.read("como faço pra devolver a furadeira?").intent == "devolucao"
    for text, intent in (
        ("muito obrigada!", "thanks"),
        ("me passa a chave pix", "boleto_pix"),
        ("bom dia", "greeting"),
    ):
        assert mine.read(text).intent == intent
    assert set(INTENTS) < set(mine.read("oi").intents)
    assert own.accuracy_after > own.accuracy_before == 0
    assert own.version in mine.version
    assert classifier.with_own(None).read("oi").intents.keys() == set(INTENTS)


def test_general_knowledge_is_left_where_own_examples_say_something_else(classifier):
    # What this company calls a price is what others call a complaint: the examples must win.
    starts = ("que absurdo", "que vergonha", "péssimo", "um horror", "lixo")
    ends = ("demorou demais", "ninguém responde", "veio quebrado", "quero reclamar", "nunca mais", "estragou")
    odd = [Labelled(f"{start}, {end}", "price") for start in starts for end in ends]
    fitted = fit_own([*odd, *OWN], classifier, None)
    assert fitted.accuracy_before < 0.2
    assert fitted.accuracy_after > 0.7
    assert classifier.with_own(fitted).read("que absurdo, veio quebrado de novo").intent == "price"


def test_an_intent_with_enough_examples_of_its_own_can_go_without_general_knowledge(classifier, own):
    assert set(own.generic) <= set(INTENTS)
    many = [*OWN, *(Labelled(text.replace("alug", "cot").replace("loca", "orça"), "price") for text in RENTAL)]
    fitted = fit_own(many, classifier, None)
    assert {"thanks", "greeting"} <= set(fitted.generic)  # no example of their own


def test_a_companys_examples_alone(tmp_path):
    fitted = fit_intents(OWN, Letters())
    assert fitted.labels == ("aluguel", "devolucao")
    assert fitted.generic == ()
    assert told(fitted, "quero alugar andaime") == "aluguel"
    path = tmp_path / "own.npz"
    path.write_bytes(fitted.to_bytes())
    loaded = FittedIntents.load(path)
    row = Signs(shipped().signs_idf).row(normalise("onde devolvo a escada"))
    vector = Letters().encode(["onde devolvo a escada"])[0]
    for numbers in (None, vector):
        assert np.allclose(loaded.probabilities(*row, numbers), fitted.probabilities(*row, numbers), atol=0.02)
    assert fit_intents(OWN, Letters()).to_bytes() == fitted.to_bytes()


@pytest.mark.parametrize(
    "examples",
    [
        [Labelled("oi", "só um")],
        [Labelled("oi", "um"), Labelled("tchau", "outro")],
        [Labelled("oi", "um"), Labelled("oi", "outro"), Labelled("😀", "três")],
        [Labelled(text, str(n)) for n, text in enumerate(RENTAL)],
    ],
)
def test_few_examples_and_lone_ones_are_enough(examples):
    fitted = fit_intents(examples)
    assert told(fitted, "uma coisa nunca vista") in fitted.labels
    assert 0 <= fitted.accuracy_after <= 1


def test_many_examples():
    words = ["azul", "verde", "preto", "branco", "rosa"]
    many = [Labelled(f"{word} número {n} {word}", word) for n in range(320) for word in words] + [Labelled("x", "só")]
    fitted = fit_intents(many, Letters())
    assert fitted.accuracy_after > 0.95
    assert told(fitted, "um verde") == "verde"
    two = fit_intents([row for row in many if row.label in {"azul", "verde"}] * 3)
    assert told(two, "um verde") == "verde"
    assert told(two, "um azul") == "azul"


def test_no_example_is_refused():
    with pytest.raises(BadInput, match="no examples"):
        fit_intents([])


def test_versions_are_kept_and_one_can_go_back(tmp_path, own):
    versions = Versions(tmp_path / "intents")
    assert versions.current() is None
    first = versions.keep(own, NOW)
    second = versions.keep(fit_intents(OWN), NOW)
    assert (first.number, second.number, versions.number()) == (1, 2, 2)
    assert versions.current().generic == ()
    versions.use(1)
    assert versions.current().version == own.version
    assert [version.accuracy_after for version in versions.all()] == [own.accuracy_after, second.accuracy_after]
    versions.use(None)
    assert versions.current() is None
    with pytest.raises(BadInput, match="no version 7"):
        versions.use(7)
    assert not [path for path in (tmp_path / "intents").iterdir() if path.name.startswith(".")]


def test_a_profile_is_fitted_anew_with_what_people_corrected(tmp_path, classifier):
    assert refit(tmp_path, [], classifier, None, NOW) is None
    (tmp_path / "intents.yaml").write_text("intents: {aluguel: {examples: [quero alugar, aluga andaime]}}", "utf-8")
    first = refit(tmp_path, [], classifier, None, NOW)
    second = refit(tmp_path, [("quero alugar", "purchase"), ("locação", "aluguel")], classifier, None, NOW)
    assert (first.examples, second.examples) == (2, 3)
    assert Versions(tmp_path / "intents").current().version == second.version


def test_the_same_examples_are_fitted_anew_only_where_the_result_can_differ(tmp_path, classifier, monkeypatch):
    (tmp_path / "intents.yaml").write_text("intents: {aluguel: {examples: [quero alugar, aluga andaime]}}", "utf-8")
    assert refit(tmp_path, [], classifier, None, NOW).number == 1
    assert refit(tmp_path, [], classifier, None, NOW) is None
    newer = replace(shipped(), version="another")
    monkeypatch.setattr(fitting, "shipped", lambda: newer)
    assert refit(tmp_path, [], classifier, None, NOW).number == 2
    assert fit_intents(OWN).version != fit_intents(OWN, Letters()).version


def test_what_was_fitted_can_be_forgotten_whole(tmp_path, own):
    versions = Versions(tmp_path / "intents")
    assert versions.forget() == 0
    versions.keep(own, NOW)
    versions.keep(own, NOW)
    assert versions.forget() == 2
    assert (versions.all(), versions.number(), versions.current()) == ([], None, None)
    assert not list((tmp_path / "intents").iterdir())


def test_a_broken_version_is_as_none(tmp_path, own):
    versions = Versions(tmp_path)
    versions.keep(own, NOW)
    (tmp_path / "0001.npz").write_bytes(b"PK broken")
    assert versions.current() is None
    (tmp_path / "current.json").write_text("{")
    assert versions.number() is None


def test_the_file_of_own_intents(tmp_path):
    path = tmp_path / "intents.yaml"
    assert read_own_intents(path).examples() == []
    path.write_text(
        "intents:\n  aluguel:\n    title: Aluguel\n    examples: ['aluga?', 'quero alugar: hoje']\n", "utf-8"
    )
    assert read_own_intents(path).examples() == [
        Labelled("aluga?", "aluguel"),
        Labelled("quero alugar: hoje", "aluguel"),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("intents:\n  a: [b\n  c: d\n", "line 3"),
        ("intents:\n  aluguel:\n    titel: x\n    examples: [a]\n", "line 3.*titel"),
        ("intents:\n  aluguel:\n    examples: []\n", "line 3.*examples"),
        ("intents:\n  aluguel:\n    examples:\n      - a\n      - 3\n", "line 5"),
        ("- a\n", "line 1"),
    ],
)
def test_a_broken_file_of_own_intents_says_where(tmp_path, content, says):
    path = tmp_path / "intents.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=says):
        read_own_intents(path)


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def test_any_companys_csv_can_be_scored(tmp_path):
    learn = write(
        tmp_path / "a.csv", [("text", "label"), *((row.text, row.label) for row in OWN), ("", "x"), ("y", "")]
    )
    test = write(tmp_path / "b.csv", [("text", "label"), ("quero alugar gerador", "aluguel"), ("e aí", "nunca visto")])
    figures = score_fitted(read_labelled(learn), read_labelled(test), encoder=False)
    assert figures["accuracy"] == 0.5
    assert {"macro_f1", "accuracy_at_80_coverage", "ece", "p50_ms", "p95_ms"} <= figures.keys()
    json.dumps(figures)
    with pytest.raises(BadInput, match="no column label"):
        read_labelled(write(tmp_path / "c.csv", [("text", "intent"), ("a", "b")]))


def test_moods_come_as_words_or_stars(tmp_path):
    words = write(tmp_path / "a.csv", [("text", "label"), ("amei", "positive"), ("ruim", " Negative")])
    stars = write(tmp_path / "b.csv", [("text", "stars"), ("amei", "5"), ("ok", "3"), ("ruim", "1.0")])
    assert [mood for _, mood in read_moods(words)] == [Sentiment.POSITIVE, Sentiment.NEGATIVE]
    assert [mood for _, mood in read_moods(stars)] == [Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE]
    with pytest.raises(BadInput, match="message 1: unknown label 'bom'"):
        read_moods(write(tmp_path / "c.csv", [("text", "label"), ("a", "bom")]))
