"""Several businesses' afternoons on one page: their chats beside one another, their scripts in the order of time.

Replies are known by their business (``pizzaria-cardapio``), and have its facts written out, because two businesses
have each their own hours and prices.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from simulator.scenario import Scenario

ALL = "all"
"""The name of all businesses at once, and of their replies."""
CHATS = 3
"""Of each business: so many that one attendant keeps up with all of them."""


def together(scenarios: Sequence[Scenario], chats: int = CHATS) -> Scenario:
    """One scenario of the first ``chats`` chats of each."""
    taken = [chat for one in scenarios for chat in one.chats[:chats]]
    names = {chat.id for chat in taken}
    script = [item for one in scenarios for item in one.script if item.chat in names]
    return Scenario(
        business=", ".join(one.business for one in scenarios),
        slug=ALL,
        own_name="Balcão",
        replies=ALL,
        chats=tuple(taken),
        script=tuple(sorted(script, key=lambda item: item.at)),
    )


def replies_together(files: Mapping[str, Path]) -> str:
    """One replies file of several; ``files`` by the business's name in the ids."""
    read = {name: yaml.safe_load(file.read_text(encoding="utf-8")) for name, file in files.items()}
    replies = [_named(name, reply, book["business"]) for name, book in read.items() for reply in book["replies"]]
    return yaml.safe_dump({"business": {}, "replies": replies}, allow_unicode=True, sort_keys=False, width=1000)


def _named(name: str, reply: Mapping[str, Any], business: Mapping[str, str]) -> dict[str, Any]:
    text = str(reply["text"])
    for fact, value in business.items():
        text = text.replace(f"{{{fact}}}", value)
    kept = {key: value for key, value in reply.items() if key != "shortcut"}
    return {**kept, "id": f"{name}-{reply['id']}", "text": text}
