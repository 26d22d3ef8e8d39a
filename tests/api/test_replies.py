"""Canned replies by the API: the file stays the truth, keeps its comments, and nothing in a text becomes YAML."""

import asyncio
from pathlib import Path

import pytest
import yaml

from agent.analysis.analyst import create_analyst
from agent.analysis.retrieval.replies import DEFAULT_FILE, load_replies
from agent.api import edited_yaml
from agent.api.reply_file import ReplyFile
from agent.contract.access import Role
from agent.contract.analysis import Question
from agent.contract.replies import NewReply
from tests.api.by_hand import changed_lines, mode, read, write
from tests.api.conftest import Office

WRITTEN = """\
# Ours, written by hand.
business:
  name: Loja da Esquina   # as on the sign
  hours: 9h às 18h
rules: [Seja breve.]
replies:
  # Greetings first.
  - id: oi
    title: Boas-vindas
    shortcut: /oi
    intents: [greeting]
    text: "{saudacao}, {nome}!"
    # Collected in March.
    examples: ["oi", "olá"]  # more to come

  # Prices are in the window.
  - id: preco
    title: Preço
    text: |
      Depende do modelo.
      Qual seria?
    examples:
      - quanto custa
      # said on the phone
      - qual o valor

  # Closing words.
  - id: tchau
    title: 'Até logo'
    text: Até logo!

# The end of the file.
"""


@pytest.fixture
def file(office: Office) -> Path:
    path = office.reach.settings.replies_file
    path.write_text(WRITTEN, "utf-8")
    path.chmod(0o640)
    return path


def body(**change: object) -> dict[str, object]:
    return {"title": "Título", "text": "Texto.", **change}


def beside(path: Path) -> list[str]:
    return [one.name for one in path.parent.iterdir() if "replies" in one.name]


async def test_replies_are_read_with_the_businesss_facts_and_filtered(office: Office, file: Path) -> None:
    client = await office.client(Role.ATTENDANT)
    answer = await client.get("/api/replies")
    shelf = answer.json()
    assert [reply["id"] for reply in shelf["items"]] == ["oi", "preco", "tchau"]
    assert shelf["items"][0]["variables"] == ["saudacao", "nome"]
    assert (shelf["business"]["hours"], shelf["default"]) == ("9h às 18h", False)
    assert shelf["variables"] == ["nome", "saudacao", "pedido", "name", "hours"]
    for asked, ids in (({"q": "DEPENDE modelo"}, ["preco"]), ({"intent": "greeting"}, ["oi"]), ({"q": "nada"}, [])):
        found = (await client.get("/api/replies", params=asked)).json()
        assert [reply["id"] for reply in found["items"]] == ids
    first = (await client.get("/api/replies", params={"limit": 2})).json()
    rest = (await client.get("/api/replies", params={"limit": 2, "cursor": first["cursor"]})).json()
    assert [reply["id"] for reply in first["items"] + rest["items"]] == ["oi", "preco", "tchau"]
    assert rest["cursor"] is None
    one = await client.get("/api/replies/preco")
    assert one.json()["text"] == "Depende do modelo.\nQual seria?"
    assert one.headers["etag"] == answer.headers["etag"]


async def test_a_change_touches_nothing_else_in_the_file_and_is_taken_up(office: Office, file: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    seen = (await client.get("/api/replies/oi")).headers["etag"]
    change = body(
        title="Boas-vindas", shortcut="/oi", intents=["greeting"], text="Olá, {nome}!", examples=["oi", "opa"]
    )
    answer = await client.put("/api/replies/oi", json=change, headers={"If-Match": seen})
    assert answer.status_code == 200
    assert changed_lines(file, WRITTEN) == [
        '-    text: "{saudacao}, {nome}!"',
        '+    text: "Olá, {nome}!"',
        '-    examples: ["oi", "olá"]  # more to come',
        '+    examples: ["oi", "opa"]  # more to come',
    ]
    assert load_replies(file).replies[0].text == "Olá, {nome}!"
    assert office.taken_up[-1] == load_replies(file)
    assert mode(file) == 0o640
    assert beside(file) == ["replies.yaml"], "no draft of it is left behind"
    events = await office.store.events_after(0)
    assert [(event.kind, event.data) for event in events][-1] == (
        "replies.changed",
        {"reply_id": "oi", "change": "changed"},
    )
    [line] = await office.reach.audit.page(action="replies.changed")
    assert line.data == {"reply_id": "oi", "change": "changed"}


async def test_comments_stay_where_they_were_when_replies_come_and_go(office: Office, file: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    comments = [line.strip() for line in WRITTEN.splitlines() if line.lstrip().startswith("#")]
    for reply_id in ("preco", "tchau", "oi"):
        write(file, WRITTEN)
        answer = await client.delete(f"/api/replies/{reply_id}", headers={"If-Match": "*"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert reply_id not in [reply.id for reply in load_replies(file).replies]
        inside = {"oi": ["# Collected in March."], "preco": ["# said on the phone"], "tchau": []}[reply_id]
        left = [line.strip() for line in read(file).splitlines() if line.lstrip().startswith("#")]
        assert left == [comment for comment in comments if comment not in inside]
    write(file, WRITTEN)
    answer = await client.post("/api/replies", json=body(id="novo"))
    assert answer.status_code == 201
    assert changed_lines(file, WRITTEN) == ['+  - id: "novo"', '+    title: "Título"', '+    text: "Texto."']
    assert read(file).endswith("\n\n# The end of the file.\n")
    change = body(title="Preço", text="Depende.", examples=["qual o valor", "e este?"])
    await client.put("/api/replies/preco", json=change, headers={"If-Match": "*"})
    text = read(file)
    assert "  # Closing words.\n  - id: tchau\n" in text
    assert load_replies(file).replies[1].examples == ("qual o valor", "e este?")


async def test_all_can_be_taken_out_and_new_ones_put_in(office: Office, file: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    for reply_id in ("oi", "preco", "tchau"):
        assert (await client.delete(f"/api/replies/{reply_id}", headers={"If-Match": "*"})).status_code == 204
    assert load_replies(file).replies == ()
    assert (await client.post("/api/replies", json=body())).json()["id"] == "titulo"
    assert (await client.post("/api/replies", json=body())).json()["id"] == "titulo-2"
    assert [reply.id for reply in load_replies(file).replies] == ["titulo", "titulo-2"]
    assert "# The end of the file." in read(file)


async def test_the_first_change_makes_a_file_of_the_neutral_replies(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    path = office.reach.settings.replies_file
    shelf = (await client.get("/api/replies")).json()
    assert shelf["default"]
    assert beside(path) == []
    assert (await client.post("/api/replies", json=body(id="novo"))).status_code == 201
    assert read(path).startswith(read(DEFAULT_FILE))
    assert mode(path) == 0o600
    assert not (await client.get("/api/replies")).json()["default"]


async def test_a_file_that_was_changed_meanwhile_is_left_alone(office: Office, file: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    seen = (await client.get("/api/replies")).headers["etag"]
    by_hand = WRITTEN.replace("9h às 18h", "8h às 20h")
    write(file, by_hand)
    for answer in (
        await client.put("/api/replies/oi", json=body(), headers={"If-Match": seen}),
        await client.delete("/api/replies/oi", headers={"If-Match": seen}),
        await client.post("/api/replies", json=body(), headers={"If-Match": seen}),
    ):
        assert answer.status_code == 409
    assert read(file) == by_hand
    assert (await client.put("/api/replies/oi", json=body())).status_code == 422, "it must be said what was seen"
    assert (await client.delete("/api/replies/oi")).status_code == 422
    again = (await client.get("/api/replies")).headers["etag"]
    assert (await client.put("/api/replies/oi", json=body(), headers={"If-Match": again})).status_code == 200


def test_a_change_in_the_last_moment_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    write(path, WRITTEN)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    seen = edited_yaml.read(link)
    write(path, WRITTEN + "# by hand\n")
    with pytest.raises(edited_yaml.FileChanged):
        edited_yaml.write(link, "replies: []\n", seen)
    assert read(path) == WRITTEN + "# by hand\n"
    edited_yaml.write(link, "replies: []\n", edited_yaml.read(link))
    assert (link.is_symlink(), read(path)) == (True, "replies: []\n")
    new = tmp_path / "new.yaml"
    nothing = edited_yaml.read(new)
    write(new, "made: meanwhile\n")
    with pytest.raises(edited_yaml.FileChanged):
        edited_yaml.write(new, "x: 1\n", nothing)


async def test_a_file_that_was_broken_by_hand_is_said_and_left_alone(office: Office, file: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    write(file, "replies: [")
    assert (await client.get("/api/replies")).status_code == 409
    answer = await client.post("/api/replies", json=body())
    assert answer.status_code == 409
    assert "replies.yaml, line 1" in answer.json()["detail"]
    assert str(file.parent) not in answer.text
    assert read(file) == "replies: ["


TRICKS = [
    "no",
    "null",
    "1e3",
    "12:30:00",
    "2026-01-01",
    "!!python/object/apply:os.system ['id']",
    "&anchor *anchor",
    "*anchor",
    "<<: *base",
    "- item: value",
    "key: value # comment",
    "---\nreplies: []\n...",
    "\"quoted\" and 'single'",
    "back\\slash \\n \\x41 \\u0041",
    "%YAML 1.1",
    "{nome}, {{nome}} {nome!r} {nome.__class__}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://x.example")',
    "emoji 👩🏽‍🔧 and \u202eright to left",
    "linha um\nlinha dois\n\nlinha quatro",
    "a" * 4000,
    "\ue000\ufffe\U0010ffff",
]


@pytest.mark.parametrize("text", TRICKS)
async def test_nothing_in_a_text_becomes_yaml(office: Office, file: Path, text: str) -> None:
    client = await office.client(Role.SUPERVISOR)
    line = text.replace("\n", " ")[:100]
    new = body(id="novo", title=line, text=text, examples=[line])
    answer = await client.post("/api/replies", json=new)
    assert answer.status_code == 201
    [*others, stored] = load_replies(file).replies
    assert (stored.text, stored.title, stored.examples) == (text, line, (line,))
    assert len(others) == 3
    assert len(list(yaml.safe_load_all(read(file)))) == 1
    told = (await client.get("/api/replies/novo")).json()
    assert (told["text"], told["title"]) == (text, line)
    assert (await client.delete("/api/replies/novo", headers={"If-Match": "*"})).status_code == 204
    assert changed_lines(file, WRITTEN) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": "Nosso {telefone}."}, 422),
        ({"text": ""}, 422),
        ({"text": " começa com espaço"}, 422),
        ({"text": "nul\x00"}, 400),
        ({"text": "escape \x1b[31m"}, 422),
        ({"text": "linha\u2028separada"}, 422),
        ({"text": "x" * 4001}, 422),
        ({"title": "duas\nlinhas"}, 422),
        ({"title": "!"}, 201),
        ({"shortcut": "/oi"}, 409),
        ({"shortcut": "../oi"}, 422),
        ({"intents": ["nada"]}, 422),
        ({"id": "oi"}, 409),
        ({"id": "../../etc/passwd"}, 422),
        ({"id": "a/b"}, 422),
        ({"examples": ["x"] * 51}, 422),
        ({"business": {"name": "x"}}, 422),
    ],
)
async def test_what_a_reply_may_hold(office: Office, file: Path, change: dict[str, object], status: int) -> None:
    client = await office.client(Role.SUPERVISOR)
    answer = await client.post("/api/replies", json=body(**change))
    assert answer.status_code == status
    if status != 201:
        assert read(file) == WRITTEN
        assert office.taken_up == []


@pytest.mark.parametrize("name", ["..%2f..%2fdata.db", "%2e%2e", "nada", "oi%2f", "oi%00"])
async def test_an_id_is_compared_and_never_a_path(office: Office, file: Path, name: str) -> None:
    client = await office.client(Role.SUPERVISOR)
    for answer in (
        await client.get(f"/api/replies/{name}"),
        await client.put(f"/api/replies/{name}", json=body(), headers={"If-Match": "*"}),
        await client.delete(f"/api/replies/{name}", headers={"If-Match": "*"}),
    ):
        assert answer.status_code in (400, 404, 405)
    assert read(file) == WRITTEN


async def test_the_running_analyst_finds_what_was_changed(file: Path) -> None:
    analyst = create_analyst(file, drafts=False)
    replies = ReplyFile(file, analyst.take_replies)
    parking = NewReply(
        title="Vagas", text="Temos vagas na porta.", examples=("tem estacionamento?", "onde paro o carro")
    )

    async def found() -> set[str]:
        said = await analyst.analyse(Question(text="oi, tem estacionamento aí?"))
        return {one.text for one in said.suggested_responses}

    assert "Temos vagas na porta." not in await found()
    await replies.add(parking, None)
    async with asyncio.timeout(30):
        while "Temos vagas na porta." not in await found():
            await asyncio.sleep(0.05)
    await replies.remove("vagas", "*")
    async with asyncio.timeout(30):
        while "Temos vagas na porta." in await found():
            await asyncio.sleep(0.05)
    await analyst.close()


async def test_attendants_read_and_do_not_write(office: Office, file: Path) -> None:
    client = await office.client(Role.ATTENDANT)
    assert (await client.get("/api/replies")).status_code == 200
    assert (await client.post("/api/replies", json=body())).status_code == 403
    assert (await client.delete("/api/replies/oi", headers={"If-Match": "*"})).status_code == 403
    assert read(file) == WRITTEN


async def test_a_text_is_shown_as_a_customer_would_get_it(office: Office, file: Path) -> None:
    client = await office.client(Role.ATTENDANT)
    asked = {"text": "{nome}, pedido {pedido}: {hours} {telefone} <b>", "customer": "ANA SOUZA"}
    shown = (await client.post("/api/replies/preview", json=asked)).json()
    assert shown == {
        "text": "Ana, pedido {pedido}: 9h às 18h {telefone} <b>",
        "missing": ["pedido"],
        "unknown": ["telefone"],
    }
    full = (await client.post("/api/replies/preview", json={"text": "Pedido {pedido}", "order": "{nome} 12"})).json()
    assert full["text"] == "Pedido {nome} 12"
