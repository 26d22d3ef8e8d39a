"""The learner follows the event log: a pick counts at once, and so does what another program did."""

import numpy as np
import pytest

from agent.analysis.learning.offline import CANDIDATES
from agent.analysis.learning.ranking import Parameters, Ranking
from agent.contract.learning import ProposalState, RankingState
from agent.jobs.learner import Learner
from agent.jobs.lessons import corrections, evaluate_week, without
from agent.storage.store import utc_now
from tests.storage.fresh import fresh_store
from tests.storage.test_learning import answered, proposed

IDS = ("oi", "entrega", "prazo")


@pytest.fixture
async def store():
    opened = await fresh_store()
    yield opened
    await opened.close()


def boosts(ranking: Ranking) -> list[float]:
    return [float(value) for value in ranking.boosts(IDS, {"delivery": 0.7}, "Ana")]


async def test_a_pick_counts_at_once_and_after_a_restart_the_same(store):
    ranking = Ranking()
    learner = Learner(ranking, {})
    await learner.catch_up(store)
    assert boosts(ranking) == [0, 0, 0]
    await answered(store)
    await learner.follow(store)
    await learner.follow(store)
    assert ranking.learned == 1
    assert boosts(ranking)[1] > 0 > boosts(ranking)[0]
    restarted = Ranking()
    await Learner(restarted, {}).catch_up(store)
    assert boosts(restarted) == boosts(ranking)


async def test_what_an_erased_customer_taught_is_forgotten(store):
    ranking = Ranking()
    learner = Learner(ranking, {})
    await answered(store)
    await learner.catch_up(store)
    alone = boosts(ranking)
    await answered(store, "Bia", "s")
    await learner.follow(store)
    assert boosts(ranking) != alone
    (bia,) = await store.people.find("Bia")
    await store.people.erase(bia.id)
    await learner.follow(store)
    assert boosts(ranking) == alone


async def test_a_roll_back_of_another_program_takes_effect(store):
    await answered(store)
    ranking = Ranking()
    learner = Learner(ranking, {})
    await learner.catch_up(store)
    choice = (await store.learning.choices())[0]
    forgotten = without(Parameters(), choice.at, utc_now())
    await store.learning.add_ranking("sem hoje", forgotten.as_json(), RankingState.ACTIVE)
    await learner.follow(store)
    assert boosts(ranking) == [0, 0, 0]
    await store.learning.roll_back()
    await learner.follow(store)
    assert boosts(ranking)[1] > 0


async def test_a_ranking_in_shadow_runs_on_what_happens_without_being_shown(store):
    ranking = Ranking()
    learner = Learner(ranking, {})
    await store.learning.add_ranking("bold", CANDIDATES["bold"].as_json(), RankingState.SHADOW)
    await learner.catch_up(store)
    for n, name in enumerate(("Bia", "Caio", "Davi")):
        await answered(store, name, f"s{n}")
        await learner.follow(store)
    shadow = await store.learning.ranking(RankingState.SHADOW)
    totals = await store.learning.shadow_totals(shadow.id)
    assert (totals.cards, totals.answered, totals.shown_hits) == (3, 3, 0)
    assert totals.hits >= 1
    assert np.array_equal(boosts(ranking), boosts(Ranking.from_log(await store.learning.choices())))


async def test_approved_replies_are_handed_on_with_who_sent_them(store):
    given: list[list[str]] = []

    def renew(replies):
        given.append([f"{reply.id} {reply.sent_by} {reply.sent_on}" for reply in replies])

    learner = Learner(Ranking(), {}, on_replies=renew)
    await learner.catch_up(store)
    await answered(store)
    await store.learning.propose([proposed(2)])
    await store.learning.decide(1, ProposalState.APPROVED)
    await learner.follow(store)
    assert given == [[], ["learned-1 Ana 2026-11-02"]]


async def test_corrections_are_handed_on_masked(store):
    given = []

    def refit(examples):
        given.append(list(examples))

    learner = Learner(Ranking(), {}, on_corrections=refit)
    await learner.catch_up(store)
    await answered(store)
    await store.correct(1, "order_status")
    await learner.follow(store)
    assert given == [[], [("cadê meu pedido {pedido}?", "order_status")]]
    assert await corrections(store.learning) == given[-1]


async def test_the_week_is_evaluated_and_kept(store):
    assert await evaluate_week(store.learning, {}, utc_now()) is None
    await answered(store)
    found = await evaluate_week(store.learning, {}, utc_now())
    assert found is not None
    assert found.scores["none"].mrr == 0.5
    assert await store.learning.evaluations() == [found]
