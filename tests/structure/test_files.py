"""Small rooms with names that say something; nothing of the machine that they were written on."""

import re
from pathlib import PurePosixPath

import pytest

from tests.structure.sources import ROOT, files, written_by_hand

LONGEST = 400
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc"}

# Put together from pieces, so that this file does not break its own rule.
OF_ONE_MACHINE = re.compile(
    "|".join(
        re.escape("".join(pieces))
        for pieces in (
            ("/wo", "rk/"),
            ("/ro", "ot/"),
            ("/opt/py", "pi"),
            ("/opt/whe", "els"),
            ("/home/run", "ner"),
            ("pypi", ".org"),
            ("pythonhosted", ".org"),
            ("registry.npm", "js"),
            ("registry.yarn", "pkg"),
            ("deb.deb", "ian"),
        )
    ),
    re.IGNORECASE,
)


def too_long(text: str) -> bool:
    return text.count("\n") > LONGEST


def empty_names(path: str) -> set[str]:
    parts = PurePosixPath(path).with_suffix("").parts
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", " ".join(parts))
    return {word.lower() for word in words} & EMPTY_NAMES


@pytest.mark.parametrize("path", written_by_hand())
def test_a_file_is_short_and_its_name_says_something(path):
    assert not too_long((ROOT / path).read_text("utf-8")), f"{path} has more than {LONGEST} lines: make two of it"
    assert not empty_names(path), f"{path}: name the thing that it does"


def test_nothing_of_the_machine_that_it_was_written_on():
    found = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in files()
        for number, line in enumerate((ROOT / path).read_bytes().decode("utf-8", "ignore").splitlines(), 1)
        if OF_ONE_MACHINE.search(line)
    ]
    assert not found, "\n".join(found)


def test_the_rules_notice_what_breaks_them():
    assert too_long("x\n" * 401)
    assert not too_long("x\n" * 400)
    assert empty_names("agent/string_utils.py") == {"utils"}
    assert empty_names("userscript/src/DomHelper.ts") == {"helper"}
    assert empty_names("agent/services/mail.py") == {"services"}
    assert empty_names("agent/core/machine.py") == set()
    assert OF_ONE_MACHINE.search("cd /wo" + "rk/main")
    assert OF_ONE_MACHINE.search("https://pypi" + ".org/simple")
    assert not OF_ONE_MACHINE.search("agent/network/page.py")
