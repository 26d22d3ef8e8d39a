"""The supervisor's commands say in plain words what they found and did, on a real encrypted database."""

import json

import pytest

from agent.analysis.reading.fitting import fit_intents
from agent.analysis.reading.intents_file import Labelled
from agent.analysis.reading.own_intents import Versions
from agent.contract.learning import ProposalState
from agent.errors import BadInput, ProfileLocked
from agent.page.profile import locked_profile
from agent.storage.store import SqlStore
from tests.cli.database import with_store
from tests.storage.chats import row, shows
from tests.storage.test_learning import DAY, answered


async def two_cards(store: SqlStore) -> None:
    await answered(store)
    await answered(store, "Bia", "s")


async def same_text_to_three(store: SqlStore) -> None:
    for n, name in enumerate(("Caio", "Davi", "Enzo")):
        text = f"Oi {name}, o técnico passa aí amanhã entre oito e dez da manhã, tudo bem?"
        await store.save(shows(row(f"t{n}", text, me=True), title=name))


def test_before_anything_was_stored_it_says_so(command):
    with pytest.raises(BadInput, match="Nothing has been stored in the profile 'loja' yet"):
        command("learning", "status")


def test_an_empty_profile_has_nothing_to_tell_but_says_it_in_words(command, folder):
    with_store(folder)
    told = command("learning", "status")
    assert "Nothing to learn from yet" in told
    assert "Active ranking: the built-in one. In shadow: none." in told
    assert "No proposals" in command("learning", "proposals")
    assert "nothing to compare with" in command("learning", "evaluate")
    for words in (("promote",), ("rollback",), ("approve", "7"), ("reject", "7"), ("shadow", "x")):
        with pytest.raises(BadInput):
            command("learning", *words)


def test_the_status_tells_what_was_learned(command, folder):
    with_store(folder, two_cards)
    assert "2 answered cards, 2 of them with a suggestion" in command("learning", "status")
    scores = json.loads(command("learning", "evaluate", "--json"))["scores"]
    assert set(scores) == {"none", "active"}
    assert scores["none"] == {"cards": 2, "top1": 0.0, "mrr": 0.5}
    told = json.loads(command("learning", "status", "--json"))
    assert (told["answered_cards"], told["attendants"], len(told["evaluations"])) == (2, ["Ana"], 1)


def test_the_status_tells_what_was_called_no_good(command, folder):
    async def judge(store: SqlStore) -> None:
        await store.judge("r", 0, "outdated")
        await store.judge("s", 0, "outdated")
        await store.judge("s", 1, "tone")

    with_store(folder, two_cards, judge)
    told = command("learning", "status")
    assert "3 of the suggestions were called no good: outdated 2, tone 1." in told
    assert json.loads(command("learning", "status", "--json"))["judged"] == {"outdated": 2, "tone": 1}


def test_a_ranking_is_tried_promoted_and_rolled_back(command, folder):
    with_store(folder, two_cards)
    assert "'bold' runs beside" in command("learning", "shadow", "bold")
    assert "In shadow: bold" in command("learning", "status")
    assert "now 'bold'" in command("learning", "promote")
    assert "now the built-in one" in command("learning", "rollback")
    assert "now 'without 2026-01-01" in command("learning", "rollback", "--since", "2026-01-01")
    with pytest.raises(BadInput, match="still to come"):
        command("learning", "rollback", "--since", "2999-01-01")


def test_a_proposal_is_shown_changed_and_approved(command, folder):
    with_store(folder, same_text_to_three)
    told = command("learning", "proposals")
    assert "Oi {nome}, o técnico passa aí amanhã" in told
    assert "(3 times, 3 customers)" in told
    with pytest.raises(BadInput, match="cannot be empty"):
        command("learning", "approve", "1", "--title", " ")
    with pytest.raises(BadInput, match="no intent"):
        command("learning", "approve", "1", "--intent", "moon")
    command("learning", "approve", "1", "--title", "Visita", "--intent", "scheduling")
    assert "No proposals" in command("learning", "proposals")

    async def check(store: SqlStore) -> None:
        (one,) = await store.learning.proposals(ProposalState.APPROVED)
        assert (one.title, one.intent) == ("Visita", "scheduling")

    with_store(folder, check)


def test_a_customer_is_erased_after_a_question(command, folder):
    with_store(folder, two_cards)
    assert "Nothing was removed" in command("customer", "erase", "Bia", answer="n\n", code=1)
    told = command("customer", "erase", "(11) 98765-4321", "--yes")
    assert "2 messages" in told
    assert "still in WhatsApp" in told
    with pytest.raises(BadInput, match="No customer 'Bia'"):
        command("customer", "erase", "Bia", "--yes")


@pytest.mark.parametrize(("corrected", "kept"), [("Bia", False), ("Maria", True)])
def test_intents_that_were_fitted_from_an_erased_customer_go_too(command, folder, corrected, kept):
    async def correct(store: SqlStore) -> None:
        (person,) = await store.people.find(corrected)
        assert person.corrections == 0
        await store.correct({"Maria": 1, "Bia": 3}[corrected], "stock")
        assert (await store.people.find(corrected))[0].corrections == 1

    with_store(folder, two_cards, correct)
    versions = Versions(folder / "intents")
    versions.keep(fit_intents([Labelled("cadê meu pedido", "stock"), Labelled("oi", "greeting")]), DAY)
    command("customer", "erase", "Bia", "--yes")
    assert (versions.current() is not None) is kept
    assert bool(list(versions.folder.iterdir())) is kept


def test_of_two_with_one_name_the_number_is_asked_for(command, folder):
    async def two(store: SqlStore) -> None:
        await store.save(shows(row("A", "oi"), title="Ana", phone="+5511911111111"))
        await store.save(shows(row("B", "oi"), title="Ana", phone="+5511922222222"))

    with_store(folder, two)
    with pytest.raises(BadInput, match=r"2 customers 'Ana' \(1: Ana, \+5511911111111, 1 messages.*; 2: Ana"):
        command("customer", "erase", "Ana", "--yes")
    assert json.loads(command("customer", "erase", "2", "--yes", "--json"))["report"]["tables"]["messages"] == 1


def test_nobody_is_erased_under_a_running_agent(command, folder):
    with_store(folder, two_cards)
    with locked_profile(folder), pytest.raises(ProfileLocked):
        command("customer", "erase", "Bia", "--yes")
