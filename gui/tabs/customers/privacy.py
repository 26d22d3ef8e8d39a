"""What the LGPD asks for: a customer's data given to them, taken away for good, and who has looked at them."""

from functools import partial
from pathlib import Path
from tkinter import StringVar, ttk
from typing import Literal

from agent.contract.access import Role
from agent.contract.customers import CustomerCard
from agent.contract.privacy import Access, SignedReport
from gui.kit import dialogs
from gui.kit.dialogs import Dialog, confirm
from gui.kit.edits import Edits, NoticeLine
from gui.kit.plain_table import PlainTable
from gui.kit.shown_text import one_line
from gui.link.api import Api, Listed
from gui.office import Office
from gui.tabs.customers.section import author

_FORMS = {"html": "text/html", "csv": "text/csv", "json": "application/json"}
What = Literal["erase", "anonymise"]


class _Quiet(ttk.Label):
    def say(self, text: str) -> None:
        self.configure(text=text)


def ask_export(office: Office, card: CustomerCard, line: NoticeLine) -> Dialog:
    """Ask in which form a customer's data are wanted, and keep them where the person says."""
    words, px = office.words, office.theme.px
    dialog = Dialog(office, words("customers.export_title"))
    text = words("customers.export_text", customer=card.customer)
    ttk.Label(dialog.body, text=text, wraplength=px(412), justify="left").pack(anchor="w", pady=(0, px(8)))
    form = StringVar(dialog, "html")
    for name in _FORMS:
        ttk.Radiobutton(dialog.body, text=words(f"customers.export_{name}"), value=name, variable=form).pack(anchor="w")

    def go() -> None:
        chosen = form.get()
        dialog.close()
        path = dialogs.save_as(office, f"cliente-{card.id}.{chosen}", words(f"customers.export_{chosen}"))
        if path is None:
            return

        def job(api: Api) -> Path:
            found = api.send("POST", f"/api/customers/{card.id}/export", accept=_FORMS[chosen])
            return dialogs.keep(path, found)

        line.show(words("customers.exporting"), "calm")
        office.ask(
            job, lambda kept: line.show(words("customers.exported", path=kept)), owner=line,
            failed=lambda error: line.show(_why(office, error, path), "bad"),
        )  # fmt: skip

    dialog.button(words("customers.choose_file"), go, main=True)
    dialog.button(words("dialogs.cancel"), dialog.close)
    dialog.open()
    return dialog


def ask_forget(office: Office, card: CustomerCard, edits: Edits, what: What) -> Dialog | None:
    """Erase a customer, or make them anonymous, once their name or number was typed."""
    words, line = office.words, edits.line
    if not office.may(Role.ADMIN):
        line.show(words("frame.not_allowed"), "bad")
        return None

    def done(gave: tuple[bytes, SignedReport]) -> None:
        line.show(words(f"customers.did_{what}", report=gave[1].report.id))
        Receipt(office, *gave)
        edits.changed()

    def go() -> None:
        line.show(words(f"customers.doing_{what}"), "calm")
        path = f"/api/customers/{card.id}/{what}"
        office.ask(
            partial(_signed, path=path), done, owner=line,
            failed=lambda error: line.show(office.explain(error), "bad"),
        )  # fmt: skip

    typable = any(char.isalnum() for char in card.customer)
    typed = (*((card.customer,) if typable else ()), *((card.phone,) if card.phone else ()))
    return confirm(
        office, words(f"customers.{what}_title", customer=one_line(card.customer, 40)), words(f"customers.{what}_text"),
        yes=words(f"customers.{what}_yes"), then=go, word=typed or str(card.id),
    )  # fmt: skip


def _signed(api: Api, path: str) -> tuple[bytes, SignedReport]:
    """A report as it was signed, and read."""
    answer = api.send("POST", path)
    return answer, SignedReport.model_validate_json(answer)


class Receipt(Dialog):
    """The signed report of an erasure, which proves it later."""

    def __init__(self, office: Office, raw: bytes, signed: SignedReport) -> None:
        super().__init__(office, office.words("customers.report_title"), width=520)
        words, px, report = office.words, office.theme.px, signed.report
        lines = [
            words("customers.report_number", number=report.id),
            words("customers.report_lines", n=sum(report.tables.values())),
        ]
        if report.mentions_left:
            lines.append(words("customers.report_mentions", n=report.mentions_left))
        if report.backups:
            lines.append(words("customers.report_backups", n=len(report.backups)))
        if report.recordings:
            lines.append(words("customers.report_recordings", names=", ".join(report.recordings)))
        lines.append(words("customers.report_signed"))
        for text in lines:
            ttk.Label(self.body, text=text, wraplength=px(470), justify="left").pack(anchor="w", pady=(0, px(6)))
        self.said = _Quiet(self.body, style="Quiet.TLabel", wraplength=px(470), justify="left")
        self.said.pack(anchor="w")
        self._raw, self._id = raw, report.id
        self.button(words("customers.save_report"), self._save, main=True)
        self.open(self.button(words("dialogs.close"), self.close))

    def _save(self) -> None:
        words = self.office.words
        path = dialogs.save_as(self.office, f"relatorio-{self._id}.json", words("customers.report_title"))
        if path is None:
            return
        self.office.ask(
            lambda _: dialogs.keep(path, self._raw),
            lambda kept: self.said.say(words("customers.exported", path=kept)),
            owner=self, failed=lambda error: self.said.say(_why(self.office, error, path)),
        )  # fmt: skip


class AccessLog(Dialog):
    """Who read or changed a customer's data, the newest first."""

    def __init__(self, office: Office, card: CustomerCard) -> None:
        words, px = office.words, office.theme.px
        super().__init__(office, words("customers.access_title", customer=one_line(card.customer, 40)), width=640)
        self._path, self._cursor = f"/api/customers/{card.id}/access-log", ""
        holder = ttk.Frame(self.body)
        holder.pack(fill="both", expand=True)
        columns = {"at": 130, "who": 150, "what": 290}
        self.list = PlainTable(holder, office, columns, show="headings", height=12)
        for name, width in columns.items():
            self.list.heading(name, text=words(f"customers.access_{name}"), anchor="w")
            self.list.column(name, width=px(width), stretch=name == "what")
        bar = ttk.Scrollbar(holder, command=self.list.yview)
        self.list.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.list.pack(fill="both", expand=True)
        self.said = _Quiet(self.body, style="Quiet.TLabel", text=words("customers.loading"))
        self.said.pack(anchor="w")
        self.button(words("dialogs.close"), self.close)
        self._more = self.button(words("customers.more_accesses"), self._ask)
        self._more.state(["disabled"])
        self.open(self.list)
        self._ask()

    def _ask(self) -> None:
        path, cursor = self._path, self._cursor or None
        self.office.ask(
            lambda api: api.listed(path, Access, cursor=cursor, limit=50), self._fill, owner=self,
            failed=lambda error: self.said.say(self.office.explain(error)),
        )  # fmt: skip

    def _fill(self, page: Listed[Access]) -> None:
        words = self.office.words
        for one in page.items:
            at, what = words.moment(one.at), words.label("customers", f"action_{one.action}")
            self.list.write(str(one.number), (at, author(self.office, one.actor), what.removeprefix("action ")))
        self._cursor = page.cursor or ""
        self._more.state(["!disabled" if page.cursor else "disabled"])
        count = len(self.list.get_children())
        self.said.say(words("customers.accesses", n=count) if count else words("customers.no_accesses"))


def _why(office: Office, error: Exception, path: Path) -> str:
    if isinstance(error, OSError):
        return office.words("customers.not_written", path=path, why=error.strerror or type(error).__name__)
    return office.explain(error)
