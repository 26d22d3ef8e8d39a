"""What is said of a refusal is said in the language of who asks, with the numbers and names that it is about."""

import ast
import string
from pathlib import Path
from typing import get_args

import agent.api
from agent.api.detail_texts import DETAILS
from agent.api.problems import Language
from agent.contract.access import Role
from agent.storage.webhooks import MOST
from tests.api.conftest import Office
from tests.storage.chats import row, shows

SOURCES = sorted(Path(agent.api.__file__).parent.rglob("*.py"))


def refusals() -> list[tuple[str, ast.expr]]:
    """Every further word that a refusal is made with."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                details = [*node.args[1:], *(one.value for one in node.keywords if one.arg == "detail")]
                found += [(f"{path.name}:{one.lineno}", one) for one in details]
    return found


def test_no_refusal_brings_words_of_one_language() -> None:
    assert len(refusals()) > 10
    literal = (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Attribute)
    assert [where for where, said in refusals() if isinstance(said, literal)] == []


def test_every_key_is_there_in_every_language_with_the_same_gaps() -> None:
    assert DETAILS.keys() == {*get_args(Language)}

    def gaps(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    told = {language: {key: gaps(text) for key, text in texts.items()} for language, texts in DETAILS.items()}
    assert told["en"] == told["es"] == told["pt-BR"]


async def test_full_in_both_languages(office: Office) -> None:
    client = await office.client(Role.ADMIN)
    for number in range(MOST):
        await office.store.webhooks.add(f"https://a.example/{number}", "s")
    new = {"url": "https://a.example/one-more"}
    portuguese = await client.post("/api/webhooks", json=new)
    assert (portuguese.status_code, portuguese.json()["code"]) == (409, "conflict")
    assert portuguese.json()["detail"] == f"Já existem {MOST}, e não cabe mais nenhum. Exclua um antes."
    english = await client.post("/api/webhooks", json=new, headers={"Accept-Language": "en"})
    assert english.json()["detail"].startswith(f"There are {MOST} already")


async def test_an_address_that_may_not_be_told_says_why(office: Office) -> None:
    client = await office.client(Role.ADMIN)
    for url, reason, said in (
        ("http://a.example/", "plain_http", "Este endereço não é cifrado. Use https."),
        ("https://10.0.0.1/", "refused_address", "Este endereço fica dentro da rede"),
        ("https://2130706433/", "refused_url", "Este endereço não pode ser usado."),
    ):
        answer = await client.post("/api/webhooks", json={"url": url})
        assert answer.status_code == 409
        assert answer.json()["detail"].startswith(said)
        assert answer.json()["faults"] == [{"where": "body.url", "what": reason}]


async def test_a_knowledge_file_that_cannot_be_read_names_its_line(office: Office) -> None:
    client = await office.client(Role.ADMIN)
    body = {"text": "pergunta;resposta\nquando abre?;\n"}
    answer = await client.put("/api/knowledge/perguntas.csv", json=body, headers={"Accept-Language": "en"})
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("perguntas.csv, line 2: it cannot be read.")


async def test_several_people_are_told_in_english_too(office: Office) -> None:
    for session in ("um", "outra"):
        await office.store.save(shows(row(session), title=session, phone="+5511911112222", session=session))
    client = await office.client(Role.ATTENDANT)
    answer = await client.get("/api/customers/+5511911112222", headers={"Accept-Language": "en"})
    wanted = "2 customers have this telephone number. Name one by its own number: 1, 2."
    assert (answer.status_code, answer.json()["detail"]) == (409, wanted)
