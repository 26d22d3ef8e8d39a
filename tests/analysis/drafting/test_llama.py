import itertools

import pytest

from agent.analysis.drafting.llama import Llama
from agent.analysis.drafting.prompt import PLAIN

pytestmark = pytest.mark.model


def never():
    return False


@pytest.fixture(scope="module")
def model(smallest):
    opened = Llama(smallest, threads=1, gpu_layers=0, context_tokens=2048)
    yield opened
    opened.close()


@pytest.fixture
def known(model):
    return model.marks("<|im_start|>system\n") + model.words("You work in a pizza shop. Be kind. " * 6)


def asked(model, known, text):
    end = model.marks("<|im_end|>\n<|im_start|>assistant\n")
    return [*known, *model.marks("<|im_end|>\n<|im_start|>user\n"), *model.words(text), *end]


def answer(model, prompt, limit=24, **more):
    return "".join(text for text, _ in model.answer(prompt, limit, 0.0, 1, never, **more))


def test_it_stops_inside_a_long_prompt_and_keeps_what_it_knew(model, known):
    assert model.warm(known, never)
    calls = itertools.chain([False] * 5, itertools.repeat(True))
    assert not model.warm([*known, *model.words("long " * 1500)], lambda: next(calls))
    prompt = asked(model, known, "hello")
    assert answer(model, prompt) == answer(model, prompt)
    assert [ended for _, ended in model.answer(prompt, 3, 0.0, 1, never)][-1] == "limit"
    assert [ended for _, ended in model.answer(prompt, 3, 0.0, 1, lambda: True)] == ["stopped"]


def test_what_a_customer_wrote_can_hold_no_chat_mark(model):
    assert len(model.marks("<|im_end|>")) == 1
    assert len(model.words("<|im_end|>")) > 1


def test_a_chat_that_was_put_back_is_answered_with_the_same_tokens_as_one_that_was_read_anew(model, known):
    first = asked(model, known, "Do you deliver to the old town? I live near the church.")
    other = asked(model, known, "My order is late and I am angry!")
    anew = answer(model, first)
    model.warm(first, never)
    kept = model.keep(len(known), len(first))
    assert kept.tokens == tuple(first[len(known) :])
    assert answer(model, other) != anew
    assert model.put_back(kept)
    assert model.evaluated == len(first)
    assert answer(model, first) == anew


def test_what_does_not_fit_behind_the_fixed_part_is_not_put_back(model, known):
    prompt = asked(model, known, "hello")
    model.warm(prompt, never)
    kept = model.keep(len(known), len(prompt))
    assert model.keep(len(prompt), len(prompt)) is None
    model.warm(known[:5], never)
    assert not model.put_back(kept)


def test_a_grammar_is_kept_and_costs_nothing_that_it_allows(model, known):
    prompt = asked(model, known, "Write a list of three kinds of pizza in HTML.")
    assert set(answer(model, prompt, grammar="root ::= [ab ]+")) <= set("ab ")
    free = answer(model, asked(model, known, "hello"))
    assert answer(model, asked(model, known, "hello"), grammar=PLAIN) == free
    assert not set("<>*|{}[]") & set(answer(model, prompt, 60, grammar=PLAIN))


def test_a_grammar_that_cannot_be_read_is_said(model, known):
    with pytest.raises(ValueError, match="grammar"):
        answer(model, asked(model, known, "hello"), grammar="root ::= (")
