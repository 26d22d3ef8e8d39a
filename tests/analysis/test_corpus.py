"""The corpus keeps what its data card says."""

import pytest
from corpus import faults, figures, messages, near_duplicates

from agent.analysis.dialogues import HELD, TRAINING, load_dialogues
from agent.contract.analysis import INTENTS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def counted():
    return figures()


def test_there_is_enough_of_everything(counted):
    assert sum(counted["messages"].values()) >= 15_000
    assert set(counted["intents"]) == set(INTENTS)
    assert min(counted["intents"].values()) >= 300
    assert len(set(counted["businesses"]) - {"geral", "messages"}) >= 12
    assert sum(counted["dialogues"].values()) >= 150
    assert counted["exchanges"]["held"] >= 300


def test_nothing_of_the_held_part_is_trained_on():
    trained, held = ({row["text"].casefold() for row in messages(held=part)} for part in (False, True))
    assert not trained & held
    trained, held = ({d.turns for d in load_dialogues(part)} for part in (TRAINING, HELD))
    assert not trained & held


def test_dialogues_have_6_to_20_turns_and_both_sides_speak():
    for dialogue in [*load_dialogues(TRAINING), *load_dialogues(HELD)]:
        assert 6 <= len(dialogue.turns) <= 20, dialogue.id
        assert {turn.role for turn in dialogue.turns} == {"customer", "attendant"}, dialogue.id


def test_the_corpus_has_no_fault():
    assert list(faults(thorough=False)) == []


def test_likeness_is_found_where_it_is():
    texts = ["Quanto custa a blusa azul?", "a blusa azul quanto custa", "tem a blusa verde no M?", "Ok!", "ok"]
    assert near_duplicates(texts) == [(3, 4), (0, 1)]
