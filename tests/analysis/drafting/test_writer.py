"""What the model's memory saves, with the smallest real model."""

import pytest

from agent.analysis.drafting.prompt import Briefing
from agent.analysis.drafting.run import DraftRun
from agent.analysis.drafting.writer import DraftOptions, LlamaWriter
from agent.analysis.guarding.sources import NOTHING
from agent.contract.rows import Direction
from tests.analysis.conftest import turn

pytestmark = pytest.mark.model

BRIEFING = Briefing(
    base="You answer customers of a pizza shop. Be short.",
    later="\nFacts:\n- The large pizza is R$ 48.\n- We deliver until ten.",
    examples=(("hi", "Hello! What would you like?"),),
    public=(),
    private=(),
)
FIRST = [
    turn(1, "hello, do you deliver?"),
    turn(2, "Yes, until ten.", Direction.OUT),
    turn(3, "and how much is the large pizza?"),
]
OTHER = [turn(9, "my order is late!!", chat=2, title="Bia")]


def never():
    return False


def opened(path, **options):
    writer = LlamaWriter(
        lambda _: ("small", path), DraftOptions(threads=1, max_tokens=12, temperature=0, **options), BRIEFING
    )
    writer.open(never)
    while writer.learning:
        writer.learn(never)
    return writer


@pytest.fixture(scope="module")
def writer(smallest):
    writer = opened(smallest)
    yield writer
    writer.close()


@pytest.fixture
def evaluated(writer, monkeypatch):
    counts = []
    evaluate = type(writer._model)._evaluate
    monkeypatch.setattr(
        type(writer._model), "_evaluate", lambda self, tokens: counts.append(len(tokens)) or evaluate(self, tokens)
    )
    return counts


def raw(writer, turns, hints=()):
    return "".join(text for text, _ in writer.write(turns, hints, never))


def before_the_answer(counts):
    """Tokens of the prompt that were new: those of the answer come one by one."""
    return sum(count for count in counts if count > 1)


def test_of_a_chat_that_was_read_only_the_newest_message_is_evaluated(writer, evaluated):
    writer.read(FIRST[:2], never)
    evaluated.clear()
    raw(writer, FIRST)
    new = len(writer._model.words(FIRST[-1].text))
    # The fence, the marks of the turn's end and the answer's beginning, and the last token that was read.
    assert before_the_answer(evaluated) <= new + 14


def test_a_chat_that_is_opened_again_costs_only_its_new_messages_and_says_the_same(writer, smallest, evaluated):
    raw(writer, FIRST[:1])
    never_left = raw(writer, FIRST)
    for turns in (FIRST[:1], OTHER):
        raw(writer, turns)
    evaluated.clear()
    assert raw(writer, FIRST) == never_left
    with_memory = before_the_answer(evaluated)
    fresh = opened(smallest, chat_memory_mb=0)
    evaluated.clear()
    anew = raw(fresh, FIRST)
    # In larger pieces the numbers differ in their last bits: late in a text two likely words may change places.
    assert anew.split()[:4] == never_left.split()[:4]
    assert with_memory < before_the_answer(evaluated) - 10
    fresh.close()


def test_a_long_chat_is_cut_and_still_answered(smallest):
    small = opened(smallest, context_tokens=512)
    many = [turn(n, f"message {n} about many a pizza", Direction(["in", "out"][n % 2])) for n in range(1, 60)]
    long = [*many, turn(60, "so?")]
    assert raw(small, long)
    assert raw(small, [*long, turn(61, "hello?")])
    small.close()


def test_a_request_that_comes_while_the_fixed_part_is_learned_uses_what_is_there(smallest):
    writer = LlamaWriter(lambda _: ("small", smallest), DraftOptions(threads=1, max_tokens=4), BRIEFING)
    writer.open(never)
    writer.learn(lambda: True)
    assert writer.learning
    run = DraftRun(writer, NOTHING)
    list(run.texts(FIRST, ["The large pizza is R$ 48."], never))
    assert run.first_token_s is not None
    writer.close()


def test_stopping_while_the_model_is_fetched_or_read_is_no_draft(writer):
    run = DraftRun(writer, NOTHING)
    assert list(run.texts(FIRST, (), lambda: True)) == []
    assert (run.shown, run.stopped) == (None, True)


def test_a_forgotten_chat_is_in_the_models_memory_no_more(writer):
    raw(writer, OTHER)
    raw(writer, FIRST)
    writer.forget({FIRST[0].conversation_id, OTHER[0].conversation_id})
    assert writer._model.evaluated == writer.fixed_tokens
    assert writer._current is None
    assert writer._chats.take(OTHER[0].conversation_id) is None
    assert raw(writer, FIRST)
