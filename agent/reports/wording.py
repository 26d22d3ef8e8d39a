"""How a language writes what a report tells: numbers, shares, times, days."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent.contract.report import Report, ReportLanguage
from agent.reports.safe_cells import seen
from agent.reports.words import TEXTS


class Wording:
    """One language."""

    def __init__(self, language: ReportLanguage, titles: Mapping[str, str] | None = None) -> None:
        """``titles``: what the company calls its own intents, by name."""
        self.language, self._texts, self._titles = language, TEXTS[language], titles or {}

    def __call__(self, key: str, **values: object) -> str:
        """A text, filled."""
        return self._texts[key].format_map(values) if values else self._texts[key]

    @property
    def has_comma(self) -> bool:
        """Whether a comma stands in its numbers."""
        return self.language != "en"

    def intent(self, name: str) -> str:
        """What an intent is called; one of the company's own, as the company calls it."""
        title = self._titles.get(name) or self._texts.get(f"intent.{name}") or name.replace("_", " ")
        return seen(title)

    def number(self, value: float, places: int = 0) -> str:
        """With this language's signs."""
        written = f"{value:,.{places}f}"
        return written.translate(str.maketrans(",.", ".,")) if self.has_comma else written

    def share(self, value: float) -> str:
        """A share of one, in percent."""
        return f"{self.number(value * 100, 1)} %" if self.has_comma else f"{self.number(value * 100, 1)}%"

    def duration(self, seconds: float) -> str:
        """In one or two units."""
        whole = round(seconds)
        minutes, rest = divmod(whole, 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return f"{hours} h {minutes:02d} min"
        if minutes:
            return f"{minutes} min {rest:02d} s" if rest else f"{minutes} min"
        return f"{rest} s"

    def day(self, day: date) -> str:
        """With its year."""
        return day.strftime("%Y-%m-%d") if self.language == "en" else f"{day:%d/%m/}{day.year:04d}"

    def short_day(self, day: date) -> str:
        """Without its year."""
        return day.strftime("%m-%d") if self.language == "en" else day.strftime("%d/%m")

    def moment(self, at: datetime, zone: str) -> str:
        """A day and a time of the day, there."""
        try:
            here = at.astimezone(ZoneInfo(zone))
        except (ValueError, OSError, KeyError):  # This computer's own: it has a name that is no place's.
            here = at.astimezone()
        return f"{self.day(here.date())} {here:%H:%M}"

    def days(self, report: Report) -> str:
        """The days of a report, and whether they are over."""
        first, last = self.day(report.first), self.day(report.last)
        said = first if report.first == report.last else self("days_of", first=first, last=last)
        return said if report.is_over else f"{said} ({self('not_over')})"

    def whose(self, report: Report) -> str:
        """Whose figures they are."""
        return self("whole_company") if report.attendant is None else f"{self('attendant')}: {seen(report.attendant)}"

    def notes(self, report: Report, mark: str) -> list[str]:
        """How to read it. ``mark``: what stands where nothing is known, ``dash`` or ``blank``."""
        said = [self("note_days", zone=report.zone), self("note_first")]
        if report.on_time is not None:
            said.append(self("note_target", target=self.duration(report.on_time.target_s)))
        said.append(self("note_results"))
        if report.attendant is not None or report.attendants:
            said.append(self("note_whose"))
        return [*said, self(f"note_{mark}")]
