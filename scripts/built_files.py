"""Knows what the committed built files were built from, so that stale ones are noticed without building them.

Each build ends with ``python scripts/built_files.py write NAME``; a structure test, and ``check NAME``, compare.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = "agent/contract (as JSON Schema)"
MANIFEST = "SOURCES.sha256"


@dataclass(frozen=True)
class Product:
    """Built files and what they are built from; paths and patterns relative to the project's folder."""

    folder: str
    """Where the built files and the list of hashes lie."""
    sources: tuple[str, ...]
    outputs: tuple[str, ...]
    from_contract: bool = False


PRODUCTS = {
    "userscript": Product(
        folder="userscript/dist",
        sources=(
            "userscript/src/**/*.ts",
            "userscript/src/**/*.tsx",
            "userscript/*.json",
            "scripts/build-userscript",
            "scripts/generate_contract.py",
        ),
        outputs=("userscript/dist/*.js",),
        from_contract=True,
    ),
    "simulator": Product(
        folder="simulator/dist",
        sources=("simulator/web/src/**/*.*", "simulator/web/*.*"),
        outputs=("simulator/dist/*.*",),
    ),
}


def hashes(product: Product, root: Path = ROOT) -> dict[str, str]:
    """SHA-256 of every source and every built file by path, and of the contract's schema where it is a source."""
    found = {
        file.relative_to(root).as_posix(): hashlib.sha256(_content(file)).hexdigest()
        for pattern in (*product.sources, *product.outputs)
        for file in root.glob(pattern)
        if file.is_file() and file.name != MANIFEST
    }
    if product.from_contract:
        from generate_contract import schema

        found[CONTRACT] = hashlib.sha256(json.dumps(schema(), sort_keys=True).encode()).hexdigest()
    return dict(sorted(found.items()))


def write(product: Product, root: Path = ROOT) -> None:
    """Note down what the files that are there now were built from."""
    lines = [f"{value}  {path}\n" for path, value in hashes(product, root).items()]
    (root / product.folder / MANIFEST).write_text("".join(lines), "utf-8", newline="\n")


def stale(product: Product, root: Path = ROOT) -> list[str]:
    """Paths that were changed, added or removed since the last build; empty when the built files are good."""
    manifest = root / product.folder / MANIFEST
    if not manifest.is_file():
        return [f"{product.folder}/{MANIFEST}"]
    noted = {path: value for value, path in (line.split("  ", 1) for line in manifest.read_text("utf-8").splitlines())}
    now = hashes(product, root)
    return sorted(path for path in noted.keys() | now.keys() if noted.get(path) != now.get(path))


def _content(file: Path) -> bytes:
    """The bytes, with line ends as git stores them."""
    return file.read_bytes().replace(b"\r\n", b"\n")


def main(arguments: Sequence[str]) -> int:
    """``write NAME`` or ``check NAME``. Returns the exit code."""
    if len(arguments) != 2 or arguments[0] not in ("write", "check") or arguments[1] not in PRODUCTS:
        print(f"built_files.py write|check {'|'.join(PRODUCTS)}", file=sys.stderr)
        return 2
    product = PRODUCTS[arguments[1]]
    if arguments[0] == "write":
        write(product)
        return 0
    changed = stale(product)
    for path in changed:
        print(f"{arguments[1]} was built before this changed: {path}", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
