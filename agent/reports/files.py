"""A report as a file: which kind, under which name, and where it is kept."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from agent.contract.report import Report, ReportFormat, ReportLanguage, ReportPeriod
from agent.reports.csv_file import as_csv
from agent.reports.pdf_file import as_pdf
from agent.reports.words import TEXTS
from agent.reports.xlsx_file import as_xlsx

FOLDER = "reports"
"""In the profile's."""

MEDIA: Mapping[ReportFormat, str] = {
    ReportFormat.PDF: "application/pdf",
    ReportFormat.CSV: "text/csv; charset=utf-8",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MADE: Mapping[ReportFormat, Callable[[Report, ReportLanguage], bytes]] = {
    ReportFormat.PDF: as_pdf,
    ReportFormat.CSV: as_csv,
    ReportFormat.XLSX: as_xlsx,
}
_NAMES = ("name", "nome", "empresa", "company")
"""Under which the replies file says what the business is called."""


def rendered(report: Report, form: ReportFormat, language: ReportLanguage) -> bytes:
    """The file's bytes. It takes processor time: not in the event loop."""
    return _MADE[form](report, language)


def file_name(report: Report, form: ReportFormat, language: ReportLanguage) -> str:
    """Without a name of anybody in it."""
    days = f"{report.first}" if report.first == report.last else f"{report.first}_{report.last}"
    if report.period is ReportPeriod.MONTH:
        days = f"{report.first:%Y-%m}"
    return f"{TEXTS[language]['file']}-{days}.{form.value}"


def company_of(business: Mapping[str, str], profile: str) -> str:
    """What the business is called; the profile's name where it does not say."""
    return next((business[name].strip() for name in _NAMES if business.get(name, "").strip()), profile)


def keep(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
