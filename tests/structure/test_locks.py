"""The locks hold exact versions with hashes, no addresses, and every package that pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.structure.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN = PROJECT["project"]["dependencies"]
WANTED = {
    "requirements.txt": RUN,
    "requirements-dev.txt": RUN + PROJECT["dependency-groups"]["dev"],
    "requirements-llm.txt": RUN + PROJECT["project"]["optional-dependencies"]["llm"],
    "requirements-encoder.txt": RUN + PROJECT["project"]["optional-dependencies"]["encoder"],
}


def pins(text: str) -> dict[str, set[str]]:
    """Package -> its versions (several where they depend on the Python), of the lines that also have hashes."""
    found: dict[str, set[str]] = {}
    for name, version, rest in re.findall(r"^([\w.-]+)==(\S+)([^\n]*(?:\n    --hash=\S+[^\n]*)*)", text, re.MULTILINE):
        if "--hash=sha256:" in rest:
            found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def broken(text: str, wanted: list[str]) -> list[str]:
    """What is wrong with a lock."""
    locked = pins(text)
    said = [line for line in text.splitlines() if re.search(r"://|^-|^\S+ @ |^[\w.-]+(?!==)[<>~!]", line)]
    for requirement in map(Requirement, wanted):
        versions = locked.get(canonicalize_name(requirement.name), set())
        if not versions or not all(requirement.specifier.contains(version) for version in versions):
            said.append(f"{requirement} is not locked")
    named = set(map(canonicalize_name, re.findall(r"^([\w.-]+)==", text, re.MULTILINE)))
    return said + [f"{name} has no hash" for name in sorted(named - locked.keys())]


@pytest.mark.parametrize("file", sorted(WANTED))
def test_a_lock_is_whole(file):
    assert broken((ROOT / file).read_text("utf-8"), WANTED[file]) == [], "run scripts/lock"


def test_one_environment_holds_them_all():
    run, *others = (pins(Path(ROOT / file).read_text("utf-8")) for file in ("requirements.txt", *list(WANTED)[1:]))
    for other in others:
        assert {name: other.get(name) for name in run} == run


def test_a_broken_lock_is_noticed():
    good = "structlog==26.1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    assert broken(good, ["structlog>=25,<27"]) == []
    assert broken(good, ["structlog>=27"]) == ["structlog>=27 is not locked"]
    assert broken(good, ["rich>=14"]) == ["rich>=14 is not locked"]
    assert broken("structlog==26.1.0\n", []) == ["structlog has no hash"]
    assert broken(f"--extra-index-url https://example.org\n{good}", []) == ["--extra-index-url https://example.org"]
    assert broken("rich>=14\n", []) == ["rich>=14"]
