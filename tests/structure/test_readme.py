"""README.md shows the commands as the program tells them; all documents name only commands and scripts that exist."""

import re

import pytest
from marked import replaced
from readme_commands import MARK, README, commands, table

from tests.structure.sources import ROOT

DOCUMENTS = ("README.md", "README.pt-BR.md", "CONTRIBUTING.md")
KNOWN = {"run": "Start.", "model fetch NAME": "Get a model."}


def unknown_commands(text: str, known: dict[str, str]) -> set[str]:
    return set(re.findall(r"python -m agent\s+([a-z][a-z-]*)", text)) - {name.split()[0] for name in known}


def test_the_commands_are_as_the_program_tells_them():
    text = README.read_text("utf-8")
    known = commands()
    assert {"run", "demo", "doctor"} <= known.keys()
    assert replaced(text, MARK, table(known)) == text, "run .venv/bin/python scripts/readme_commands.py"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_only_commands_and_scripts_that_exist_are_named(document):
    text = (ROOT / document).read_text("utf-8")
    scripts = re.findall(r"(?<![\w/])(?:\.[/\\])?(scripts[/\\][\w.-]*\w)", text)
    assert unknown_commands(text, commands()) == set()
    assert scripts
    assert [name for name in scripts if not (ROOT / name.replace("\\", "/")).exists()] == []


def test_another_command_changes_the_block():
    text = f"a\n<!-- cli-help -->\n{table(KNOWN)}<!-- /cli-help -->\nb\n"
    assert "| `model fetch NAME` | Get a model. |\n" in text
    assert replaced(text, MARK, table(KNOWN)) == text
    assert replaced(text, MARK, table({**KNOWN, "run": "Stop."})) != text
    assert replaced(text, MARK, table({"run": "Start."})) != text
    with pytest.raises(ValueError, match="lacks the lines"):
        replaced("a\nb\n", MARK, table(KNOWN))


def test_an_invented_command_is_noticed():
    text = "Run `python -m agent run`, or `.venv/bin/python -m agent\ndemo --headless`; see `python -m agent --help`."
    assert unknown_commands(text, KNOWN) == {"demo"}
    assert unknown_commands(text, {**KNOWN, "demo": "Show."}) == set()
