import json

import pytest
from typer.testing import CliRunner

from agent.analysis import evaluation
from agent.analysis.evaluation import many_replies
from agent.cli import app

HELD_ROWS = 40


def write(path, *lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def small(monkeypatch):
    """Everything is measured, on fewer messages and without the encoder: the figures are not looked at here."""
    held = evaluation.held_examples()[:HELD_ROWS]
    turns = evaluation.customer_turns(evaluation.load_dialogues(evaluation.HELD)[:2])
    monkeypatch.setattr(evaluation, "held_examples", lambda: held)
    monkeypatch.setattr(evaluation, "customer_turns", lambda _dialogues: turns)
    monkeypatch.setattr(evaluation, "score_own_retrieval", lambda: {"hit_at_1": 1.0, "hit_at_3": 1.0})
    monkeypatch.setattr(evaluation, "_REPLIES", 50)
    monkeypatch.setattr(evaluation, "load_encoder", lambda: None)
    monkeypatch.setattr("agent.analysis.reading.intent_scoring.load_encoder", lambda: None)


def test_everything_is_told_with_the_names_that_were_agreed(small, tmp_path):
    write(tmp_path / "eval/olist_dev.csv", "text,stars", "amei,5", "péssimo,1", "mais ou menos,3")
    write(tmp_path / "eval/massive_pt_dev.csv", "text,intent,scenario", "apaga a luz,luz,x", "toca samba,som,y")
    write(tmp_path / "train/massive_pt.csv", "text,intent,scenario", "apague a luz,luz,x", "toque um samba,som,y")
    told = CliRunner().invoke(app, ["eval", "--json", "--shared", str(tmp_path)])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert found["sentiment"]["olist_dev"]["polarity_accuracy"] == 1.0
    assert found["intents"]["massive_dev"]["accuracy"] == 1.0
    for part in (found["intents"]["own"], found["intents"]["massive_dev"]):
        assert {"accuracy", "macro_f1", "accuracy_at_80_coverage", "ece"} <= part.keys()
    assert {"accuracy", "polarity_accuracy"} <= found["sentiment"]["own"].keys()
    assert found["retrieval"]["own"]["hit_at_3"] == 1.0
    assert {"p50_ms", "p95_ms"} <= found["latency"].keys()


def test_what_is_not_there_is_null_and_said(small, tmp_path):
    said = []
    found = evaluation.evaluate(tmp_path, said.append)
    assert found["sentiment"]["olist_dev"] is None
    assert found["intents"]["massive_dev"] is None
    assert found["intents"]["own"]["messages"] == HELD_ROWS
    assert sum("is not there" in line for line in said) == 3
    assert any("encoder" in line for line in said)


def test_many_replies_are_all_different():
    replies = many_replies(700)
    assert len({reply.text for reply in replies}) == len({reply.id for reply in replies}) == 700


@pytest.fixture
def profiles(tmp_path):
    config = write(tmp_path / "config.yaml", f"profiles_dir: {tmp_path}", "profile: loja")
    return ["--config", str(config)]


def test_own_intents_are_fitted_listed_and_taken_back_by_commands(tmp_path, profiles):
    run = CliRunner().invoke
    missing = run(app, ["intents", "fit", *profiles])
    assert "has no intents" in str(missing.exception)
    write(
        tmp_path / "loja/intents.yaml",
        "intents:",
        "  aluguel:",
        "    examples: [quero alugar, aluga betoneira, aluguel de andaime]",
    )
    told = json.loads(run(app, ["intents", "fit", "--json", *profiles]).stdout)
    assert told["number"] == 1
    assert {"accuracy_before", "accuracy_after"} <= told.keys()
    assert "aluguel" in told["labels"]
    assert json.loads(run(app, ["intents", "versions", "--json", *profiles]).stdout)["in_use"] == 1
    assert run(app, ["intents", "use", "0", *profiles]).exit_code == 0
    assert json.loads(run(app, ["intents", "versions", "--json", *profiles]).stdout)["in_use"] is None


def test_a_companys_csv_by_commands(tmp_path, profiles):
    learn = write(tmp_path / "a.csv", "text,label", "quero alugar,aluguel", "devolver,devolução", "alugar já,aluguel")
    moods = write(tmp_path / "b.csv", "text,label", "amei demais,positive", "que horror,negative")
    run = CliRunner().invoke
    fitted = run(app, ["intents", "fit", "--examples", str(learn), "--out", str(tmp_path / "out"), "--json", *profiles])
    assert json.loads(fitted.stdout)["labels"] == ["aluguel", "devolução"]
    assert (tmp_path / "out/0001.npz").exists()
    scored = run(app, ["intents", "score", "--examples", str(learn), "--test", str(learn), "--no-encoder", "--json"])
    assert json.loads(scored.stdout)["accuracy"] >= 0.6
    felt = run(app, ["sentiment", "score", "--test", str(moods), "--no-encoder", "--json"])
    assert json.loads(felt.stdout)["polarity_accuracy"] == 1.0
    plain = run(app, ["sentiment", "score", "--test", str(moods), "--no-encoder"])
    assert "polarity_accuracy" in plain.stdout
