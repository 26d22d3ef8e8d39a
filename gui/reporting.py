"""Asks which report is wanted, as what file, and keeps it where the person says."""

from datetime import date, datetime, timedelta
from pathlib import Path
from tkinter import ttk

from agent.contract.report import ReportAttendants, ReportFormat, ReportPeriod
from gui.kit import dialogs
from gui.kit.dialogs import Dialog
from gui.kit.forms import Choice, Line
from gui.kit.typed import Wrong
from gui.link.api import Api
from gui.office import Office

_MOST_DAYS = 366
_FORMS = (ReportFormat.PDF, ReportFormat.XLSX, ReportFormat.CSV)
_OTHER_WAY = "%Y-%m-%d"


class ReportDialog(Dialog):
    """Period, attendant and format; what it covers is told while one chooses."""

    def __init__(self, office: Office) -> None:
        words, px, theme = office.words, office.theme.px, office.theme
        super().__init__(office, words("report.title"), width=480)
        ttk.Label(
            self.body, text=words("report.about"), style="Quiet.TLabel", wraplength=px(432), justify="left"
        ).pack(anchor="w", pady=(0, px(8)))  # fmt: skip
        self._today = datetime.now().astimezone().date()
        self._pattern = _OTHER_WAY if words.language == "en" else "%d/%m/%Y"
        periods = {one.value: words(f"report.period_{one.value}") for one in ReportPeriod}
        forms = {one.value: words(f"report.format_{one.value}") for one in _FORMS}
        self.period = Choice(self.body, theme, words, words("report.period"), periods, changed=self._chosen)
        days = ttk.Frame(self.body)
        self.first = Line(days, theme, words, words("report.first"), self._day, changed=self._look)
        self.last = Line(days, theme, words, words("report.last"), self._day, changed=self._look)
        self._company = {"": words("report.whole_company")}
        self._whose = ttk.Frame(self.body)
        self.attendant = Choice(self._whose, theme, words, words("report.attendant"), self._company)
        self.form = Choice(self.body, theme, words, words("report.format"), forms)
        self.covers = ttk.Label(self.body, style="Quiet.TLabel", wraplength=px(432), justify="left")
        self.said = ttk.Label(self.body, wraplength=px(432), justify="left")
        for field in (self.period, days, self._whose, self.form, self.covers, self.said):
            field.pack(fill="x", pady=(px(6), 0))
        self.first.pack(side="left", fill="x", expand=True, anchor="n")
        self.attendant.pack(fill="x")
        self.save = self.button(words("report.save"), self._save, main=True)
        self.button(words("dialogs.cancel"), self.close)
        self.period.put(ReportPeriod.WEEK.value)
        self._begin_on(self._today)
        self.attendant.put("")
        self.form.put(ReportFormat.PDF.value)
        self._chosen()
        self.open(self.period.box)
        office.ask(
            lambda api: api.get("/api/reports/attendants", ReportAttendants), self._known, owner=self,
            failed=self._failed,
        )  # fmt: skip

    def _begin_on(self, today: date) -> None:
        """Which day it is; a field that was not touched yet shows it."""
        for field in (self.first, self.last):
            if not field.entry.get() or field.entry.get() == self._today.strftime(self._pattern):
                field.put(today.strftime(self._pattern))
        self._today = today

    def _known(self, found: ReportAttendants) -> None:
        """The day where the company is, which need not be this machine's; and names, with what was chosen kept."""
        self._begin_on(found.today)
        self._look()
        office, before = self.office, self.attendant
        options = {**self._company, **{name: name for name in found.attendants}}
        words = office.words
        self.attendant = Choice(self._whose, office.theme, words, words("report.attendant"), options)
        self.attendant.put(before.read())
        before.destroy()
        self.attendant.pack(fill="x")

    def _day(self, text: str) -> date:
        for pattern in (self._pattern, "%d/%m/%Y", _OTHER_WAY):
            try:
                return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
        raise Wrong("no_day", example=self._today.strftime(self._pattern))

    def _chosen(self) -> None:
        """Another kind of period: a range alone has a last day of its own."""
        is_range = self.period.read() == ReportPeriod.RANGE.value
        name = "report.first_of_range" if is_range else "report.first"
        if self.period.read() == ReportPeriod.DAY.value:
            name = "report.period_day"
        self.first.name.configure(text=self.office.words(name))
        if is_range:
            gap = self.office.theme.px(12)
            self.last.pack(side="left", fill="x", expand=True, anchor="n", padx=(gap, 0))
        else:
            self.last.pack_forget()
        self._look()

    def _look(self) -> None:
        """Say what it would cover, or what is wrong."""
        words, days = self.office.words, self._days()
        self.said.configure(text="")
        self.save.state(["disabled" if days is None else "!disabled"])
        if days is None:
            self.covers.configure(text="")
            return
        first, last = (one.strftime(self._pattern) for one in days)
        count = (days[1] - days[0]).days + 1
        text = words("report.covers_day", first=first) if count == 1 else ""
        text = text or words("report.covers", first=first, last=last, n=count)
        going = f" {words('report.goes_on')}" if days[1] >= self._today else ""
        self.covers.configure(text=text + going)

    def _days(self) -> tuple[date, date] | None:
        """First and last day; None, and said at the field, where they are none."""
        words, today = self.office.words, self._today
        is_range = self.period.read() == ReportPeriod.RANGE.value
        fields = (self.first, self.last) if is_range else (self.first,)
        checked = [field.check() for field in fields]  # Each says what is wrong with it.
        if not all(checked):
            return None
        if self._read(self.first) > today:
            self.first.say(words("report.in_future"))
            return None
        first, last = _period(str(self.period.read()), self._read(self.first), self._read(self.last))
        if last < first:
            self.last.say(words("report.turned_round"))
        elif is_range and (last - first).days >= _MOST_DAYS:
            self.last.say(words("report.too_many", n=_MOST_DAYS))
        else:
            return first, last
        return None

    def _read(self, field: Line) -> date:
        try:
            day = field.read()
        except Wrong:  # The last day is not asked for, and holds anything.
            return self._today
        assert isinstance(day, date)  # noqa: S101 (what its parser makes)
        return day

    def _save(self) -> None:
        days, words = self._days(), self.office.words
        if days is None:
            return
        form, period = str(self.form.read()), str(self.period.read())
        name = f"{words('report.file_name')}-{'_'.join(dict.fromkeys(map(str, days)))}.{form}"
        path = dialogs.save_as(self.office, name, words(f"report.format_{form}"))
        if path is None:
            return
        query = {
            "format": form,
            "period": period,
            "from": str(days[0]),
            "to": str(days[1]) if period == ReportPeriod.RANGE.value else None,
            "attendant": self.attendant.read() or None,
            "language": words.language,
        }

        def job(api: Api) -> Path:
            return dialogs.keep(path, api.file("/api/reports/file", **query))

        self.save.state(["disabled"])
        self.said.configure(text=words("report.making"), style="Quiet.TLabel")
        self.office.ask(job, self._saved, owner=self, failed=lambda error: self._failed(error, path))

    def _saved(self, path: Path) -> None:
        self.office.say(self.office.words("report.saved", path=path))
        self.close()

    def _failed(self, error: Exception, path: Path | None = None) -> None:
        text = self.office.explain(error)
        if isinstance(error, OSError):
            text = self.office.words("report.not_written", path=path, why=error.strerror or type(error).__name__)
        self.said.configure(text=text, style="Fault.TLabel")
        self.save.state(["!disabled"])


def _period(kind: str, first: date, last: date) -> tuple[date, date]:
    """As the agent has them: the file's name, and what is told, are to be the same."""
    if kind == ReportPeriod.DAY.value:
        return first, first
    if kind == ReportPeriod.WEEK.value:
        begin = first - timedelta(days=first.weekday())
        return begin, begin + timedelta(days=6)
    if kind == ReportPeriod.MONTH.value:
        begin = first.replace(day=1)
        return begin, (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first, last
