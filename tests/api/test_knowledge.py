"""The knowledge base by the API: files are added and removed, and no name leads out of its folder."""

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from agent.analysis.retrieval.knowledge import Passage
from agent.api.knowledge_folder import KnowledgeFolder
from agent.contract.access import Role
from tests.api.conftest import Office

DELIVERY = "# Entrega\n\nEntregamos em toda a cidade.\n\n# Troca\n\nTrocamos em 30 dias.\n"


@pytest.fixture
def taken_up(office: Office) -> list[list[Passage]]:
    taken: list[list[Passage]] = []
    folder = KnowledgeFolder(office.reach.settings.knowledge_path, lambda found: taken.append(list(found)))
    object.__setattr__(office.reach, "knowledge", folder)
    return taken


async def test_one_is_added_read_changed_and_removed(office: Office, taken_up: list[list[Passage]]) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.get("/api/knowledge")).json() == {"items": [], "editable": True}
    made = await client.put("/api/knowledge/entrega.md", json={"text": DELIVERY})
    assert (made.status_code, made.json()["passages"]) == (200, 2)
    assert [one.title for one in taken_up[-1]] == ["Entrega", "Troca"]
    assert (await client.get("/api/knowledge/entrega.md")).json()["text"] == DELIVERY
    table = await client.put("/api/knowledge/perguntas.csv", json={"text": "Pergunta,Resposta\nAbre hoje?,Sim.\n"})
    assert table.json()["passages"] == 1
    listed = (await client.get("/api/knowledge")).json()["items"]
    assert [one["name"] for one in listed] == ["entrega.md", "perguntas.csv"]
    assert (await client.delete("/api/knowledge/entrega.md")).status_code == 204
    assert (await client.delete("/api/knowledge/entrega.md")).status_code == 404
    assert [one.source for one in taken_up[-1]] == ["perguntas.csv"]
    done = [line.action for line in await office.reach.audit.page() if line.action.startswith("knowledge.")]
    assert done == ["knowledge.changed"] * 3


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.md", {}),
        ("a.md", {"text": " \n"}),
        ("a.md", {"text": "x" * 700_001}),
        ("a.md", {"content": "AAAA"}),
        ("a.pdf", {"text": "texto"}),
        ("a.pdf", {"content": "no base64!"}),
        ("a.pdf", {"content": base64.b64encode(b"no PDF").decode()}),
        ("a.csv", {"text": "só uma coluna\n"}),
        ("a.exe", {"text": "texto"}),
        (".a.md", {"text": "texto"}),
    ],
)
async def test_what_cannot_be_read_is_refused_and_nothing_is_left(
    office: Office, name: str, body: dict[str, str]
) -> None:
    client = await office.client(Role.SUPERVISOR)
    answer = await client.put(f"/api/knowledge/{name}", json=body)
    by_form = name in ("a.exe", ".a.md") or len(body.get("text", "")) > 700_000
    status = 422 if by_form else 409  # What fits its form and not the file is no fault of the form.
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert str(office.reach.settings.profile_dir) not in answer.text
    folder = office.reach.settings.knowledge_path
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../data.db", "..", "/etc/passwd", "../intents.yaml", "a/../../x.md", "x.md\x00", ""])
async def test_no_name_leads_out_of_the_folder(office: Office, name: str) -> None:
    client = await office.client(Role.SUPERVISOR)
    await client.put("/api/knowledge/a.md", json={"text": DELIVERY})
    (office.reach.settings.profile_dir / "intents.yaml").write_text("intents: {}")
    before = sorted(str(file) for file in office.reach.settings.profile_dir.rglob("*"))
    path = f"/api/knowledge/{quote(name, safe='')}"
    for answer in (
        await client.request("DELETE", path),
        await client.put(path, json={"text": "texto"}),
        await client.get(path),
    ):
        assert answer.status_code in (400, 404, 405, 422) or name == ""
    assert sorted(str(file) for file in office.reach.settings.profile_dir.rglob("*")) == before


async def test_one_file_by_the_settings_is_shown_and_not_changed(office: Office, tmp_path: Path) -> None:
    (tmp_path / "ours.md").write_text(DELIVERY, "utf-8")
    object.__setattr__(office.reach, "knowledge", KnowledgeFolder(tmp_path / "ours.md"))
    client = await office.client(Role.SUPERVISOR)
    told = (await client.get("/api/knowledge")).json()
    assert ([one["name"] for one in told["items"]], told["editable"]) == (["ours.md"], False)
    assert (await client.put("/api/knowledge/a.md", json={"text": "texto"})).status_code == 409
    assert (await client.delete("/api/knowledge/ours.md")).status_code == 409


async def test_a_file_that_was_broken_by_hand_is_said(office: Office) -> None:
    folder = office.reach.settings.knowledge_path
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("só uma coluna\n", "utf-8")
    [found] = (await (await office.client(Role.SUPERVISOR)).get("/api/knowledge")).json()["items"]
    assert found["passages"] == 0
    assert "a.csv, line 1" in found["fault"]
    assert str(folder) not in found["fault"]


async def test_an_attendant_may_not(office: Office) -> None:
    client = await office.client(Role.ATTENDANT)
    assert (await client.get("/api/knowledge")).status_code == 403
    assert (await client.put("/api/knowledge/a.md", json={"text": "texto"})).status_code == 403
