"""docs/asvs.md names only tests that exist, leaves no requirement out, and counts right."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.structure.sources import ROOT

PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
STATES = ("met", "not applicable", "open")

LEVEL_2 = {
    1: "1.1-2 2.1-9 3.1-11 4.1-3 5.1-2",
    2: "1.1-3 2.1-3 3.1-4 4.1-1",
    3: "2.1-2 3.1-4 4.1-6 5.1-5 7.1-2",
    4: "1.1-3 2.1-1 3.1-2 4.1-4",
    5: "1.1-1 2.1-3 3.1-2 4.1-3",
    6: "1.1-3 2.1-12 3.1-4 4.1-4 5.1-5 6.1-3 8.1-4",
    7: "1.1-3 2.1-4 3.1-2 4.1-5 5.1-2 6.1-2",
    8: "1.1-2 2.1-3 3.1-1 4.1-1",
    9: "1.1-3 2.1-4",
    10: "1.1-2 2.1-2 3.1-4 4.1-11 5.1-5 6.1-2 7.1-3",
    11: "1.1-2 2.1-3 3.1-3 4.1-4 5.1-1 6.1-1",
    12: "1.1-3 2.1-2 3.1-4",
    13: "1.1-1 2.1-5 3.1-2 4.1-5",
    14: "1.1-2 2.1-4 3.1-3",
    15: "1.1-3 2.1-3 3.1-7",
    16: "1.1-1 2.1-5 3.1-4 4.1-3 5.1-3",
    17: "1.1-1 2.1-4 3.1-2",
}
"""Chapter -> section, first and last number of the requirements of levels 1 and 2 in version 5.0.0."""

_TEST = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?")
_DOCUMENT = re.compile(r"`((?:docs|agent|userscript|scripts)/[\w./-]+|[A-Z]+\.md)`")


def numbers(levels: dict[int, str]) -> set[str]:
    """All requirements."""
    found = set()
    for chapter, sections in levels.items():
        for section, first, last in re.findall(r"(\d+)\.(\d+)-(\d+)", sections):
            found |= {f"{chapter}.{section}.{number}" for number in range(int(first), int(last) + 1)}
    return found


def rows(page: str) -> list[tuple[str, ...]]:
    """Number, what it asks, state and where, of each row."""
    lines = re.findall(r"^\| (\d+\.\d+\.\d+) \|(.*)\|$", page, re.MULTILINE)
    return [(number, *(cell.strip() for cell in cells.split(" | "))) for number, cells in lines]


def counted(page: str) -> dict[str, list[int]]:
    """What the table at the top says of each chapter."""
    lines = re.findall(r"^\| (V(?=\d+ )|all)(\d*).*?\|((?: \d+ \|){3})$", page, re.MULTILINE)
    return {chapter or "all": [int(one) for one in re.findall(r"\d+", cells)] for _, chapter, cells in lines}


def counts(found: list[tuple[str, ...]]) -> dict[str, list[int]]:
    """The same of the rows."""
    by = {"all": Counter(row[2] for row in found)}
    for row in found:
        by.setdefault(row[0].partition(".")[0], Counter())[row[2]] += 1
    return {chapter: [states[state] for state in STATES] for chapter, states in by.items()}


def faults(page: str) -> Iterator[str]:
    """What is wrong with the rows."""
    for row in rows(page):
        if len(row) != 4 or not all(row):
            yield f"{row[0]}: a row has four cells"
            continue
        number, _, state, where = row
        tests, documents = _TEST.findall(where), _DOCUMENT.findall(where)
        if state not in STATES:
            yield f"{number}: {state}"
        if state == "met" and not tests and not documents:
            yield f"{number}: nothing shows it"
        yield from (f"{number}: {one} is not there" for one in documents if not (ROOT / one).exists())
        yield from (f"{number}: {file}::{name} is not there" for file, name in tests if not exists(file, name))


def exists(file: str, name: str) -> bool:
    """Whether there is this test; without a name, whether there is the file."""
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    return not name or any(isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and n.name == name for n in tree)


def test_every_row_names_what_exists() -> None:
    assert list(faults(PAGE)) == []


def test_every_requirement_of_both_levels_is_there_once() -> None:
    found = [row[0] for row in rows(PAGE)]
    assert Counter(found) == Counter(numbers(LEVEL_2))
    assert [*map(int, re.findall(r"^## V(\d+) ", PAGE, re.MULTILINE))] == list(LEVEL_2)


def test_the_counts_are_those_of_the_rows() -> None:
    assert counted(PAGE) == counts(rows(PAGE))
    assert f"all {len(rows(PAGE))} requirements" in PAGE.replace("\n", " ")


def test_what_is_wrong_is_noticed() -> None:
    def told(state: str, where: str) -> list[str]:
        return list(faults(f"| 1.1.1 | asks | {state} | {where} |\n"))

    here = "tests/structure/test_asvs.py"
    assert told("met", f"`{here}::test_what_is_wrong_is_noticed`, `docs/asvs.md`") == []
    assert told("open", "nothing yet") == []
    assert told("met", "surely") == ["1.1.1: nothing shows it"]
    assert told("nearly", "x") == ["1.1.1: nearly"]
    assert told("met", f"`{here}::test_nothing`") == [f"1.1.1: {here}::test_nothing is not there"]
    assert told("open", "`tests/none.py::test_x`, `docs/none.md`") == [
        "1.1.1: docs/none.md is not there",
        "1.1.1: tests/none.py::test_x is not there",
    ]
    assert told("open", "") == ["1.1.1: a row has four cells"]
    assert counted("| V1 Some | 1 | 2 | 3 |\n| all | 1 | 2 | 3 |\n") == {"1": [1, 2, 3], "all": [1, 2, 3]}
    assert len(numbers(LEVEL_2)) == 253
