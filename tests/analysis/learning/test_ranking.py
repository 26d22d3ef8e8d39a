"""What attendants pick comes first: for them, for their intent, and only as far as there is something to learn from."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from agent.analysis.learning.offline import UNLEARNED, evaluate, score
from agent.analysis.learning.ranking import Parameters, Ranking
from agent.contract.learning import Choice, Considered, Shown
from agent.contract.stored import Outcome

MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
IDS = ("curta", "longa", "outra")
TEXTS = {"curta": "R$ 90.", "longa": "Boa tarde! Informamos que o valor é R$ 90. " * 3, "outra": "Já vejo para você."}


def choice(number: int, picked: str | None, attendant: str = "Ana", intent: str = "price", **more: object) -> Choice:
    fits = {"longa": 0.5, "curta": 0.3, "outra": 0.2}
    shown = [
        Shown(reply_id=name, text=TEXTS[name], score=fit, outcome=Outcome.SENT if name == picked else Outcome.SHOWN)
        for name, fit in fits.items()
    ]
    values: dict[str, object] = {
        "offer_id": f"r-{number}",
        "at": MONDAY + timedelta(hours=number),
        "asked": f"quanto custa o modelo {'abcdefgh'[number % 8]}?",
        "people": ("Bia Moura",),
        "customer_id": number,
    }
    return Choice(
        attendant=attendant,
        intent=intent,
        certainty=0.9,
        shown=tuple(shown),
        considered=tuple(Considered(reply_id=name, score=fit) for name, fit in fits.items()),
        **(values | more),
    )


def boosts(ranking: Ranking, attendant: str = "Ana", intent: str = "price") -> dict[str, float]:
    return dict(zip(IDS, map(float, ranking.boosts(IDS, {intent: 0.9}, attendant)), strict=True))


@pytest.fixture
def month() -> list[Choice]:
    """Ana takes the short one, Rui the long one."""
    return [choice(n, "curta" if n % 2 else "longa", "Ana" if n % 2 else "Rui") for n in range(200)]


def test_nothing_learned_changes_nothing():
    assert not Ranking().boosts(IDS, {"price": 1.0}, "Ana").any()
    assert Ranking().examples() == []


def test_each_attendant_gets_their_own_habit_first(month):
    ranking = Ranking.from_log(month, texts=TEXTS)
    assert ranking.order(choice(999, None, "Ana"))[0] == "curta"
    assert ranking.order(choice(999, None, "Rui"))[0] == "longa"


def test_one_pick_takes_effect_at_once_but_turns_nothing_over():
    ranking = Ranking()
    ranking.learn(choice(1, "outra"))
    assert boosts(ranking)["outra"] > 0 > boosts(ranking)["longa"]
    assert ranking.order(choice(2, None))[0] == "longa"


def test_a_reply_that_is_picked_as_often_as_expected_gains_little():
    usual = ["longa", "curta", None, "longa", "outra", "longa", "curta", "longa", None, "outra", "curta", "longa"]
    expected = Ranking.from_log([choice(n, usual[n % 12]) for n in range(120)])
    against = Ranking.from_log([choice(n, "longa") for n in range(120)])
    assert abs(boosts(expected)["longa"]) < 0.8 < 2.5 < boosts(against)["longa"]


@pytest.mark.parametrize(("reason", "loses"), [("wrong", True), ("outdated", True), ("tone", False), ("other", False)])
def test_what_was_called_wrong_loses_more_than_what_was_passed_over(reason, loses):
    passed = Ranking.from_log([choice(1, "longa")])
    card = choice(1, "longa")
    shown = tuple(one.model_copy(update={"judged": reason if one.reply_id == "curta" else None}) for one in card.shown)
    judged = Ranking.from_log([card.model_copy(update={"shown": shown})])
    assert (boosts(judged)["curta"] < 2 * boosts(passed)["curta"] < 0) is loses
    assert boosts(judged)["longa"] == pytest.approx(boosts(passed)["longa"])
    assert boosts(judged)["outra"] == pytest.approx(boosts(passed)["outra"])


def test_what_was_not_shown_loses_nothing(month):
    ranking = Ranking.from_log(month)
    assert ranking.boosts(("nova",), {"price": 1.0}, "Ana").tolist() == [0.0]


def test_a_habit_reaches_replies_that_were_never_picked():
    texts = TEXTS | {"nova-curta": "Sim, temos.", "nova-longa": "Boa tarde! Informamos que sim, temos. " * 4}
    ranking = Ranking.from_log([choice(n, "curta") for n in range(60)], texts=texts)
    short, long = ranking.boosts(("nova-curta", "nova-longa"), {"stock": 1.0}, "Ana")
    assert short > long + 0.3


def test_replies_that_were_all_ignored_lose():
    ranking = Ranking.from_log([choice(n, None) for n in range(30)])
    assert max(boosts(ranking).values()) < 0


def test_learning_one_by_one_and_from_the_log_is_the_same(month):
    one_by_one = Ranking(texts=TEXTS)
    for one in month:
        one_by_one.boosts(IDS, {"price": 0.9}, "Ana")
        one_by_one.learn(one)
    again = Ranking.from_log(month, texts=TEXTS)
    assert boosts(one_by_one) == boosts(again)
    assert one_by_one.examples() == again.examples()


def test_without_a_customer_nothing_of_theirs_was_learned(month):
    theirs = {one.offer_id for one in month[50:60]}
    ranking = Ranking.from_log(month)
    ranking.relearn([one for one in month if one.offer_id not in theirs])
    never = Ranking.from_log([one for one in month if one.offer_id not in theirs])
    assert boosts(ranking) == boosts(never) != boosts(Ranking.from_log(month))


def test_a_skipped_time_was_never_learned(month):
    skipped = Parameters(skipped=((month[100].at, month[-1].at + timedelta(hours=1)),))
    assert boosts(Ranking.from_log(month, skipped)) == boosts(Ranking.from_log(month[:100]))
    assert Parameters.from_json(skipped.as_json()) == skipped
    assert Parameters.from_json({"strength": 0.5, "of a newer version": 1}) == Parameters(strength=0.5)


def test_old_choices_fade():
    old = [choice(n, "longa") for n in range(100)]
    new = [choice(n, "curta", at=MONDAY + timedelta(days=365, hours=n)) for n in range(8)]
    assert Ranking.from_log(old + new).order(choice(9, None))[0] == "curta"


def test_wordings_that_led_to_a_pick_are_examples_without_what_is_personal():
    ranking = Ranking()
    ranking.learn(choice(1, "curta", asked="sou a Bia, meu cpf é 123.456.789-09, quanto custa?"))
    ranking.learn(choice(2, None, asked="nada disso"))
    assert ranking.examples() == []
    ranking.learn(choice(3, "curta", asked="Sou a Rita, meu cpf é 987.654.321-00, quanto custa?"))
    assert ranking.examples() == [("curta", "Sou a {nome}, meu cpf é {cpf}, quanto custa?")]


def test_a_wording_of_one_customer_or_of_two_minds_is_no_example():
    ranking = Ranking()
    for n in range(3):
        ranking.learn(choice(n, "curta", asked="tem mais barato?", customer_id=1))
    for n in range(4):
        ranking.learn(choice(n, "curta" if n % 2 else "longa", asked="quanto fica?"))
    assert ranking.examples() == []


def test_only_the_newest_wordings_are_kept():
    ranking = Ranking(Parameters(examples=3))
    for n in range(16):
        ranking.learn(choice(n, "curta"))
    assert [wording for _, wording in ranking.examples()] == [f"quanto custa o modelo {x}?" for x in "fgh"]


def test_what_is_learned_has_a_limit(month):
    ranking = Ranking.from_log([choice(n, "outra") for n in range(5_000)])
    assert np.abs(ranking.boosts(IDS, {"price": 1.0}, "Ana")).max() <= Parameters().limit


def test_an_evaluation_foretells_before_it_learns(month):
    found = evaluate(month, month[100].at, MONDAY, {"none": UNLEARNED, "active": Parameters()}, TEXTS)
    assert found is not None
    assert found.scores["none"].cards == 100
    assert found.scores["none"].top1 == 0.5
    assert found.scores["active"].top1 > 0.9
    assert score(month[:1], month[0].at, Parameters(), TEXTS).top1 == 1.0
    assert evaluate(month, MONDAY + timedelta(days=99), MONDAY, {}, TEXTS) is None
