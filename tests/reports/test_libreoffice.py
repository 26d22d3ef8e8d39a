"""LibreOffice opens what is made, without a word of warning, and reads the same numbers."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from agent.reports.csv_file import as_csv
from agent.reports.xlsx_file import as_xlsx
from tests.reports.made import COMPANY, month

PROGRAM = shutil.which("soffice")
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Commas, UTF-8, the values as they are and not as they are shown, all sheets."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        PROGRAM is None,
        reason="no report was opened in LibreOffice: there is no program soffice (apt-get install libreoffice-calc)",
    ),
]


def converted(folder: Path, file: Path, *how: str) -> list[Path]:
    """What LibreOffice makes of a file."""
    out = folder / "out"
    arguments = ["--headless", "--norestore", f"-env:UserInstallation={(folder / 'office').as_uri()}", *how]
    done = subprocess.run(
        [str(PROGRAM), *arguments, "--outdir", str(out), str(file)], capture_output=True, encoding="utf-8", check=True,
        timeout=150,
    )  # fmt: skip
    # It misses Java, which it needs for other things than these files.
    said = "\n".join(line for line in f"{done.stdout}\n{done.stderr}".lower().splitlines() if "javaldx" not in line)
    assert not [word for word in ("warning", "error", "repair", "corrupt", "could not") if word in said], said
    return sorted(out.iterdir())


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_the_workbook(tmp_path: Path) -> None:
    report, file = month(), tmp_path / "report.xlsx"
    file.write_bytes(as_xlsx(report, "en"))
    sheets = {
        path.stem.removeprefix("report-"): lines(path)
        for path in converted(tmp_path, file, "--convert-to", EVERY_SHEET)
    }
    assert sheets.keys() == {"Overview", "By day", "By hour", "Subjects and mood", "By attendant"}
    overview = {one[0]: one[1] for one in sheets["Overview"]}
    assert float(overview["Messages received"]) == 4231
    assert overview["Conversion rate"] == "35.34%"  # so it writes shares, whatever it is asked
    assert overview["First answer (median)"] == "02:23.50"
    for line, one in zip(sheets["By day"][1:], report.days, strict=True):
        assert [float(cell) for cell in line[1:4]] == [one.messages_in, one.messages_out, one.conversations]
        assert [float(cell) for cell in line[7:9]] == [one.cards, one.used]
    subjects = {line[0]: line[1] for line in sheets["Subjects and mood"][1:]}
    assert list(map(float, list(subjects.values())[:9])) == list((report.intents or {}).values())


def test_the_csv_file(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(as_csv(month(), "pt-BR"))
    [made] = converted(
        tmp_path, file, "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1046", "--convert-to", EVERY_SHEET
    )
    found = {(one[0], one[1], one[2]): one[3] for one in lines(made)}
    assert found["Relatório", "", "Empresa"] == COMPANY
    assert float(found["Volume", "", "Mensagens recebidas"]) == 4231
    assert float(found["Tempos de resposta", "", "Primeira resposta (mediana)"].replace(",", ".")) == 143.5
    assert float(found["Por dia", "2026-10-31", "Mensagens recebidas"]) == month().days[30].messages_in
