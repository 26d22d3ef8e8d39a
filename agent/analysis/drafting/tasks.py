"""What the model is told for each task; prompts/rewriting.yaml has the words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agent.contract.workplace import Language, Task

_FILE = Path(__file__).parent / "prompts" / "rewriting.yaml"
_NAMES = {
    Task.SUMMARY: "summary_{}",
    Task.WAITING: "waiting_{}",
    Task.TRANSLATE_IN: "translate_{}",
    Task.TRANSLATE_OUT: "translate_{}",
}
"""Of those that are told otherwise for each language."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a task is told."""

    rules: str
    wish: str
    examples: tuple[tuple[str, str], ...]
    share: float
    """Of the text's tokens, for the result ..."""
    more: int
    """... and so many besides."""


def told(task: Task, language: Language) -> Told:
    """How a task is told; ``language``: into which one, or in which one the conversation is explained."""
    return _tasks()[_NAMES.get(task, task.value).format(language)]


def about() -> tuple[str, ...]:
    """What the examples of texts speak of, and a result only where its text does."""
    return tuple(_read()["about"])


@cache
def _tasks() -> dict[str, Told]:
    raw = _read()
    return {
        name: Told(
            rules=raw["rules"][task["rules"]],
            wish=task["wish"],
            examples=tuple((_text(one["text"]), _text(one["made"])) for one in task["examples"]),
            share=task["share"],
            more=task["more"],
        )
        for name, task in raw["tasks"].items()
    }


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return read


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
