"""Print the JSON Schema of everything that crosses between the agent and the script in the page.

``scripts/build-userscript`` turns it into ``userscript/src/contract.gen.ts``.
"""

import json
import sys
from typing import Any

from pydantic import TypeAdapter

from agent.contract.checkup import PageCheck
from agent.contract.commands import COMMAND, InsertResult
from agent.contract.frames import FRAME
from agent.contract.inspection import Inspection


def schema() -> dict[str, Any]:
    """The schema: one object with a property for each root: command, frame and the answers that are neither."""
    roots: dict[str, TypeAdapter[Any]] = {
        "command": COMMAND,
        "frame": FRAME,
        "insert_result": TypeAdapter(InsertResult),
        "inspection": TypeAdapter(Inspection),
        "page_check": TypeAdapter(PageCheck),
    }
    references, definitions = TypeAdapter.json_schemas(
        [(name, "serialization", adapter) for name, adapter in roots.items()]
    )
    whole: dict[str, Any] = {
        "title": "Contract",
        "type": "object",
        "additionalProperties": False,
        "required": sorted(roots),
        "properties": {name: references[(name, "serialization")] for name in roots},
        **definitions,
    }
    for definition in whole["$defs"].values():
        if "properties" in definition:
            _settle(definition)
    return whole


def _settle(definition: dict[str, Any]) -> None:
    """Make a model's schema say what its JSON holds: every key is there, also those with a default in Python."""
    definition["required"] = sorted(definition["properties"])
    for name, prop in definition["properties"].items():
        # A title would become a TypeScript alias; keys beside a reference would become a second copy of its type.
        kept = {"$ref"} if "$ref" in prop else prop.keys() - {"title", "default"}
        definition["properties"][name] = {key: prop[key] for key in sorted(kept)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n")
