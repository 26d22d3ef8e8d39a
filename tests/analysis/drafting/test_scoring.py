import json

import pytest

from agent.analysis.drafting.report import Scored, examples, summary
from agent.analysis.drafting.scoring import Scorer, run
from agent.analysis.drafting.writer import DraftOptions
from agent.errors import BadInput


def scored(number, **more):
    values = {
        "key": f"d:{number}", "business": "pizzaria", "before": "", "asked": "quanto é?", "answered": "R$ 50.",
        "raw": "São R$ 50.", "shown": "São R$ 50.", "refusal": None, "invented": (), "invented_raw": (),
        "portuguese": True, "finished": True, "defers": False, "grounded": None, "first_token_ms": 100.0 + number,
        "cold_ms": None,
    }  # fmt: skip
    return Scored(**(values | more))


def test_shares_are_of_what_was_shown():
    found = summary(
        [
            scored(0, grounded=True),
            scored(1, grounded=False, finished=False),
            scored(2, shown=None, refusal="price", invented_raw=("r$ 52",), portuguese=False),
            scored(3, invented=("r$ 7",), invented_raw=("r$ 7",), cold_ms=900.0),
        ],
        "small",
    )
    assert (found["turns"], found["shown"]) == (4, 0.75)
    assert (found["invented"], found["invented_before_guard"]) == (1, 2)
    assert (found["portuguese"], found["finished_sentence"]) == (1.0, 0.6667)
    assert (found["labelled_turns"], found["grounded"]) == (2, 0.5)
    assert found["refusals"] == {"price": 1}
    assert found["first_token_ms"] == {"p50": 102.0, "p95": 103.0}
    assert summary([], None)["shown"] is None


def test_examples_are_the_same_for_the_same_seed_and_say_what_was_refused():
    many = [scored(n, refusal="price" if n == 5 else None) for n in range(50)]
    assert examples(many, 30, 7) == examples(many, 30, 7) != examples(many, 30, 8)
    assert examples(many, 50, 7).count("refused: price") == 1


def test_turns_are_chosen_by_seed_and_by_business():
    scorer = Scorer("smollm2-135m", DraftOptions())
    some = scorer.chosen(20, 7)
    assert len(some) == 20
    assert scorer.chosen(20, 7) == some != scorer.chosen(20, 8)
    assert {one.dialogue.business for one in scorer.chosen(5, 7, "pizzaria")} == {"pizzaria"}
    assert len(scorer.chosen(None, 7)) >= 300
    with pytest.raises(BadInput, match="no business padaria"):
        scorer.chosen(5, 7, "padaria")


@pytest.mark.model
def test_a_score_that_was_stopped_goes_on(smallest, tmp_path):
    # A small context: the 2,000 tokens of a whole knowledge base take a minute where the processor is shared.
    scorer = Scorer(str(smallest), DraftOptions(threads=1, max_tokens=8, context_tokens=1024))
    chosen, kept, steps = scorer.chosen(2, 7, "pizzaria"), tmp_path / "kept.jsonl", []
    first = run(scorer, chosen[:1], kept, lambda: steps.append(1))
    both = run(scorer, chosen, kept, lambda: steps.append(1))
    assert both[0] == first[0]
    assert len(steps) == 3
    assert [json.loads(line)["key"] for line in kept.read_text("utf-8").splitlines()] == [one.key for one in both]
    assert both[1].raw


def test_without_a_model_it_says_what_to_do():
    scorer = Scorer("no-such-model", DraftOptions())
    with pytest.raises(BadInput, match=r"no drafts to score: There is no model named no-such-model.*model list"):
        list(scorer.score(scorer.chosen(1, 20)))
