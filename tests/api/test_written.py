"""What a request may say in words: the document promises nothing that the shield would refuse."""

import re
from collections.abc import Iterator
from typing import Any

from tests.api.conftest import Office

NUL = "a\x00b"


def test_no_text_that_may_be_sent_allows_nul(office: Office) -> None:
    document = office.app.openapi()
    asked = {
        f"{method.upper()} {path}": [operation.get("requestBody", {}), *operation.get("parameters", [])]
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    loose = {
        f"{name}: {where}"
        for name, parts in asked.items()
        for part in parts
        for where, text in texts(part, document, part.get("name", "body"), frozenset())
        if not refuses(text)
    }
    assert sorted(loose) == []


def texts(
    node: Any, document: dict[str, Any], where: str, above: frozenset[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of a string below a node, and where it stands."""
    if isinstance(node, list):
        for one in node:
            yield from texts(one, document, where, above)
    if not isinstance(node, dict):
        return
    if "$ref" in node and node["$ref"] not in above:
        name = node["$ref"].rpartition("/")[2]
        yield from texts(document["components"]["schemas"][name], document, where, above | {node["$ref"]})
    if node.get("type") == "string":
        yield where, node
    for key, one in node.items():
        if key == "properties":
            for name, inner in one.items():
                yield from texts(inner, document, f"{where}.{name}", above)
        elif key not in {"examples", "example", "default"}:
            yield from texts(one, document, where, above)


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
