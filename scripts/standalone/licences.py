"""The licences of the libraries that a build holds: most of them ask to go along with every copy."""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from standalone.editions import ROOT

FOLDER = "licences"
_LOCKS = ("requirements.txt", "requirements-llm.txt", "requirements-encoder.txt")
_LICENCE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


def write_licences(build: Path, root: Path = ROOT) -> int:
    """Put one file for each locked library that is installed here, and Python's own, into the build; how many."""
    target = build / FOLDER
    target.mkdir(exist_ok=True)
    texts = {name: _text(found) for name in _locked(root) if (found := _installed(name)) is not None}
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "LICENSE.txt"
    if python.is_file():
        texts["python"] = python.read_text("utf-8", "replace")
    for name, text in texts.items():
        (target / f"{name}.txt").write_text(text, "utf-8")
    return len(texts)


def _locked(root: Path) -> set[str]:
    locks = [(root / name).read_text("utf-8") for name in _LOCKS if (root / name).is_file()]
    return {name for lock in locks for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _text(found: Distribution) -> str:
    about = found.metadata.json
    named = about.get("license_expression") or str(about.get("license", "see below")).partition("\n")[0]
    files = [file for file in found.files or () if ".dist-info" in file.parts[0] and _LICENCE.search(file.as_posix())]
    texts = [Path(str(found.locate_file(file))).read_text("utf-8", "replace") for file in files]
    head = f"{found.name} {found.version}\n{named}\n"
    return "\n\n".join((head, *texts))
