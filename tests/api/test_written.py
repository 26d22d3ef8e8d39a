"""What a request may say in words: the document promises nothing that the shield would refuse."""

import re
from collections.abc import Iterator
from typing import Any

from agent.contract.access import Role
from tests.api.conftest import Office
from tests.storage.chats import row, shows

NUL = "a\x00b"


def test_no_text_that_may_be_sent_allows_nul(office: Office) -> None:
    document = office.app.openapi()
    asked = {
        f"{method.upper()} {path}": [operation.get("requestBody", {}), *operation.get("parameters", [])]
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    loose = {
        f"{name}: {part.get('name', 'body')} {where}"
        for name, parts in asked.items()
        for part in parts
        for where, text in schemas(part, document, "string")
        if not refuses(text)
    }
    assert sorted(loose) == []


def test_no_pattern_means_other_letters_to_others(office: Office) -> None:
    """In JSON Schema ``\\d`` and ``\\w`` are those of ASCII, in the server's expressions those of every script."""
    document = office.app.openapi()
    patterns = {text.get("pattern", "") for _, text in schemas(document["paths"], document, "string")}
    assert len(patterns) > 10
    assert sorted(pattern for pattern in patterns if re.search(r"\\[dDwWbB]", pattern)) == []


async def test_no_yes_is_taken_for_a_number(office: Office) -> None:
    await office.store.save(shows(row("A1", "oi"), title="Ana", phone="+5511900000001"))
    client, document = await office.client(Role.ADMIN), office.app.openapi()
    tried, taken = 0, []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for where, _ in schemas(operation.get("requestBody", {}), document, "integer"):
                at = path.replace("{phone}", "+5511900000001").replace("{name}", "loja").replace("{stage_id}", "1")
                at = at.replace("{conversation_id}", "1")
                body: Any = True
                for name in reversed(where):
                    body = {name: body}
                answer = await client.request(method, at, json=body)
                tried += 1
                if answer.status_code != 422 or where[0] not in str(answer.json()["faults"]):
                    taken.append((method, path, where, answer.text))
    assert tried > 5
    assert taken == []


async def test_what_is_asked_twice_is_refused(office: Office) -> None:
    client = await office.client(Role.ADMIN)
    assert (await client.get("/api/erasures?phone=1&phone=2")).status_code == 400
    assert (await client.get("/api/erasures?phone=1")).status_code == 200


def schemas(
    node: Any, document: dict[str, Any], kind: str, where: tuple[str, ...] = (), above: frozenset[str] = frozenset()
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every schema of this type below a node, and the names on the way to it."""
    if isinstance(node, list):
        for one in node:
            yield from schemas(one, document, kind, where, above)
    if not isinstance(node, dict):
        return
    if "$ref" in node and node["$ref"] not in above:
        inner = document["components"]["schemas"][node["$ref"].rpartition("/")[2]]
        yield from schemas(inner, document, kind, where, above | {node["$ref"]})
    if node.get("type") == kind:
        yield where, node
    for key, one in node.items():
        if key == "properties":
            for name, inner in one.items():
                yield from schemas(inner, document, kind, (*where, name), above)
        elif key not in {"examples", "example", "default"}:
            yield from schemas(one, document, kind, where, above)


def refuses(text: dict[str, Any]) -> bool:
    """Whether a text with NUL is none of this schema."""
    if text.keys() & {"enum", "const", "contentMediaType"} or text.get("format") in {
        "date",
        "date-time",
        "binary",
        "uuid",
    }:
        return True
    return "pattern" in text and re.search(text["pattern"], NUL) is None
