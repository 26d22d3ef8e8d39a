"""Own intents by the API: the file keeps its comments, learning tells how good it is, and there is a way back."""

from pathlib import Path

import pytest

from agent.analysis.reading.intents_file import read_own_intents
from agent.contract.access import Role
from tests.api.by_hand import read, write
from tests.api.conftest import Office

WRITTEN = """\
# Ours, written by hand.
intents:
  # In March.
  oil:
    title: Troca de óleo
    examples:
      - quero trocar o óleo  # often
      - troca de óleo quanto fica
  price:
    examples: [qual o valor do pneu]
# The end.
"""
OIL = ["quero trocar o óleo do carro", "vocês fazem troca de óleo?", "preciso trocar o óleo", "óleo do motor vencido"]
TYRES = ["o pneu furou", "consertam pneu?", "preciso remendar um pneu", "pneu careca, tem novo?"]


@pytest.fixture
def file(office: Office) -> Path:
    path = office.reach.settings.profile_dir / "intents.yaml"
    write(path, WRITTEN)
    return path


async def test_they_are_listed_changed_and_removed_and_comments_stay(office: Office, file: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    found = await client.get("/api/intents")
    assert [(one["name"], one["built_in"]) for one in found.json()["items"]] == [("oil", False), ("price", True)]
    assert (found.json()["in_use"], found.json()["versions"]) == (None, [])
    seen = {"If-Match": found.headers["ETag"]}
    change = {"title": "Óleo", "examples": ["quero trocar o óleo", "óleo: sim # não", "óleo: sim # não"]}
    changed = await client.put("/api/intents/oil", json=change, headers=seen)
    assert changed.status_code == 204
    stale = await client.put("/api/intents/oil", json=change, headers=seen)
    assert stale.status_code == 409
    added = await client.put("/api/intents/pneu novo", json={"title": "Pneu", "examples": ["tem pneu?"]})
    assert (added.status_code, (await client.delete("/api/intents/price")).status_code) == (204, 204)
    own = read_own_intents(file).intents
    assert {name: one.examples for name, one in own.items()} == {
        "oil": ("quero trocar o óleo", "óleo: sim # não"),
        "pneu novo": ("tem pneu?",),
    }
    assert all(kept in read(file) for kept in ("# Ours, written by hand.", "# In March.", "# often"))


async def test_the_first_one_makes_the_file_and_the_last_one_leaves_it_empty(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.get("/api/intents")).json()["items"] == []
    assert (await client.put("/api/intents/oil", json={"examples": OIL})).status_code == 204
    assert (await client.delete("/api/intents/oil")).status_code == 204
    assert (await client.delete("/api/intents/oil")).status_code == 404
    assert read_own_intents(office.reach.settings.profile_dir / "intents.yaml").intents == {}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"examples": []},
        {"examples": [""]},
        {"examples": [" oi"]},
        {"examples": ["a\nb"]},
        {"examples": ["x" * 301]},
        {"examples": ["oi"] * 301},
        {"examples": ["oi"], "title": "x" * 61},
        {"examples": ["oi"], "title": " "},
        {"examples": ["oi"], "other": 1},
    ],
)
async def test_what_cannot_be_an_example_is_refused_and_nothing_is_written(office: Office, body: object) -> None:
    client = await office.client(Role.SUPERVISOR)
    answer = await client.put("/api/intents/oil", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert not (office.reach.settings.profile_dir / "intents.yaml").exists()


async def test_learning_tells_before_and_after_and_there_is_a_way_back(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    for name, examples in (("oil", OIL), ("tyres", TYRES)):
        await client.put(f"/api/intents/{name}", json={"examples": examples})
    first = await client.post("/api/training/intents")
    assert first.status_code == 200
    told = first.json()["version"]
    assert (told["number"], told["examples"], first.json()["new"]) == (1, 8, True)
    assert told["accuracy_before"] == 0.0  # The built-in intents know neither.
    assert told["accuracy_after"] > 0.5
    again = (await client.post("/api/training/intents")).json()
    assert (again["version"], again["new"]) == (told, False)
    await client.put("/api/intents/oil", json={"examples": OIL[:3]})
    assert (await client.post("/api/training/intents")).json()["version"]["number"] == 2
    for number, in_use in ((1, 1), (0, None), (2, 2)):
        assert (await client.post(f"/api/intents/versions/{number}/use")).status_code == 204
        shelf = (await client.get("/api/intents")).json()
        assert (shelf["in_use"], [one["number"] for one in shelf["versions"]]) == (in_use, [2, 1])
    assert (await client.post("/api/intents/versions/7/use")).status_code == 404
    done = [line.action for line in await office.reach.audit.page() if line.action.startswith("intents.")]
    assert done.count("intents.learned") == 3


async def test_without_examples_there_is_nothing_to_learn(office: Office) -> None:
    answer = await (await office.client(Role.SUPERVISOR)).post("/api/training/intents")
    assert (answer.status_code, answer.json()["faults"][0]["what"]) == (409, "no examples")


async def test_a_file_that_was_broken_by_hand_is_said(office: Office, file: Path) -> None:
    write(file, "intents: [")
    client = await office.client(Role.SUPERVISOR)
    answers = (
        await client.get("/api/intents"),
        await client.post("/api/training/intents"),
        await client.put("/api/intents/oil", json={"examples": ["oi"]}),
    )
    assert [one.status_code for one in answers] == [409, 409, 409]
    assert read(file) == "intents: ["


async def test_an_attendant_may_not(office: Office) -> None:
    client = await office.client(Role.ATTENDANT)
    assert (await client.get("/api/intents")).status_code == 403
    assert (await client.post("/api/training/intents")).status_code == 403


async def test_everybody_is_told_what_they_are_called(office: Office, file: Path) -> None:
    client = await office.client(Role.ATTENDANT)
    examples = "examples: [oi]"
    write(file, f"intents: {{oil: {{title: Troca de óleo, {examples}}}, tyre: {{{examples}}}, price: {{{examples}}}}}")
    assert (await client.get("/api/intent-titles")).json() == {"titles": {"oil": "Troca de óleo", "tyre": "tyre"}}
    write(file, "intents: [")
    assert (await client.get("/api/intent-titles")).status_code == 409
    write(file, "")
    assert (await client.get("/api/intent-titles")).json() == {"titles": {}}
