"""Every dialog of the window, by the place in the code that opens it: for the pictures, and none is forgotten."""

import ast
import tkinter as tk
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from agent.contract.access import Role, UserAccount
from agent.contract.backups import Backup
from agent.contract.customers import CustomerCard
from agent.contract.health import Health
from agent.contract.privacy import ErasureReport, SignedReport
from agent.contract.recordings import RecordingFile
from agent.contract.sessions import SessionState
from agent.contract.signing_in import SecondFactor
from agent.contract.stages import Stage
from gui.kit.edits import Edits
from gui.menu import show_about, show_keys, show_qr, show_report
from gui.office import Office
from gui.player.window import PlayerWindow
from gui.recording import record_or_stop
from gui.steering import stop_or_start
from gui.tabs.ai.section import AiSection
from gui.tabs.customers.merging import MergeDialog
from gui.tabs.customers.privacy import AccessLog, Receipt, ask_export, ask_forget
from gui.tabs.customers.stages import RemoveStage, Stages
from gui.tabs.customers.tab import CustomersTab
from gui.tabs.system.account import AccountSection, FactorDialog
from gui.tabs.system.backups import BackupsSection
from gui.tabs.system.keys import KeysSection
from gui.tabs.system.recordings import RecordingsSection
from gui.tabs.system.secret import SecretDialog
from gui.tabs.system.sessions import SessionCard
from gui.tabs.system.users import UsersSection
from gui.tabs.system.webhooks import WebhooksSection
from gui.window import Window
from tests.gui.driver import Driver

ROOT = Path(__file__).resolve().parents[2]
_KINDS = {"confirm", "Dialog", "Toplevel"}
_NOW = datetime.now(UTC)


def places() -> set[str]:
    """Where the window's code opens a dialog: ``gui.menu.show_qr``."""
    trees = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
        for path in (ROOT / "gui").rglob("*.py")
    }
    kinds, before = set(_KINDS), 0
    while len(kinds) > before:
        before = len(kinds)
        kinds |= {one.name for tree in trees.values() for one in ast.walk(tree) if _is_kind(one, kinds)}  # type: ignore[attr-defined]
    return {place for module, tree in trees.items() for place in _opened(tree, module, kinds)} - {
        "gui.kit.dialogs.confirm"
    }


def _is_kind(node: ast.AST, kinds: set[str]) -> bool:
    return isinstance(node, ast.ClassDef) and any(_called(base) in kinds for base in node.bases)


def _called(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _opened(node: ast.AST, inside: str, kinds: set[str]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.ClassDef)
        place = f"{inside}.{child.name}" if named else inside  # type: ignore[attr-defined]
        own = (
            isinstance(child, ast.Call)
            and isinstance(child.func, ast.Attribute)
            and _called(child.func.value) == "self"
        )
        if isinstance(child, ast.Call) and _called(child.func) in kinds and not own:
            yield place
        yield from _opened(child, place, kinds)


def _section(desk: Driver, tab: str, name: str) -> Any:
    desk.window.go(tab)
    desk.until(lambda: tab in desk.window.tabs)
    inside = cast("Any", desk.window.tabs[tab]).sections
    inside.choose(name)
    desk.until(lambda: name in inside.made)
    return inside.made[name]


def _of_system(name: str, do: Callable[[Any], object]) -> Callable[[Driver], object]:
    return lambda desk: do(_section(desk, "system", name))


def _of_customer(do: Callable[[Office, CustomerCard, Edits], object]) -> Callable[[Driver], object]:
    def opened(desk: Driver) -> object:
        desk.window.go("customers")
        desk.until(lambda: "customers" in desk.window.tabs)
        tab = desk.window.tabs["customers"]
        assert isinstance(tab, CustomersTab)
        desk.until(lambda: tab.card.customer is not None, "a customer is shown")
        card = tab.card.customer
        assert card is not None
        return do(desk.window.office, card, tab.edits)

    return opened


def _leaving(desk: Driver) -> None:
    desk.window.go("customers")
    desk.until(lambda: "customers" in desk.window.tabs)
    tab = desk.window.tabs["customers"]
    assert isinstance(tab, CustomersTab)
    desk.until(lambda: tab.card.customer is not None)
    tab.card.notes.new.put("Prefere ser atendida à tarde.")
    tab._leaving(lambda: None)
    tab.card.notes.new.put("")


def _session(desk: Driver) -> SessionState:
    found = desk.window.office.api.listed("/api/sessions", SessionState).items
    return found[0]


def _linked(desk: Driver) -> None:
    card = SessionCard(desk.root, desk.window.office)
    card._session = _session(desk)
    card._link()
    card.destroy()


def _replies(desk: Driver) -> None:
    replies = _section(desk, "ai", "replies")
    desk.until(replies.listing.list.get_children, "there are replies")
    replies.listing.choose(replies.listing.list.get_children()[0])
    desk.turn(0.5)
    replies._ask_delete()


_USER = UserAccount(id=2, name="joana.atendimento", role=Role.ATTENDANT, created_at=_NOW)
_COPY = Backup(
    name="20261122T030000Z", at=_NOW, tables="0009", messages=48210, customers=3120, events=90211, last_event=90211,
    bytes=41_000_000, sha256="0" * 64, proven_at=_NOW,
)  # fmt: skip
_FACTOR = SecondFactor(secret="JBSWY3DPEHPK3PXP", uri="otpauth://totp/Balcao?secret=JBSWY3DPEHPK3PXP", qr_svg="<svg/>")
_STAGES = (
    Stage(id=1, name="Primeiro contato", conversations=4),
    Stage(id=2, name="Orçamento enviado", conversations=12),
)
_REPORT = SignedReport(
    report=ErasureReport.model_construct(
        id="20261122T120000Z-5f1c09ab", kind="erase", tables={"messages": 41, "customers": 1}, mentions_left=2,
        backups=("20261122T030000Z",),
    ),
    public_key="", signature="",
)  # fmt: skip


_RECORDED = RecordingFile(
    name="demo.balcao", bytes=133_144, date=_NOW.date(), seconds=93.7, messages=65, page=True, frames=True,
    written_at=_NOW, origin="demo", keeps_text=False,
)  # fmt: skip


def _player(desk: Driver) -> None:
    """With its page, where the agent has this recording and a browser; somewhere in the middle."""
    RecordingsSection.play(_section(desk, "system", "recordings"), _RECORDED)
    player = next(one for one in desk.root.winfo_children() if isinstance(one, PlayerWindow))
    desk.until(lambda: player.details is not None or player.pictures.is_off, "opened")
    player.go(20)
    desk.until(lambda: player.pictures.is_off or player.pictures.shown == player.pictures.wanted, "the page")


def _png() -> bytes:
    from io import BytesIO

    import segno

    into = BytesIO()
    segno.make(_FACTOR.uri).save(into, kind="png", scale=5)
    return into.getvalue()


def _like(desk: Driver, **known: object) -> Any:
    office = desk.window.office
    return SimpleNamespace(office=office, words=office.words, **known)


def _factor(desk: Driver) -> None:
    account = _section(desk, "system", "account")
    desk.until(lambda: account.me, "it knows whose account it is")
    account.set_up_factor()


def _secret(desk: Driver) -> None:
    words = desk.window.office.words
    SecretDialog(
        desk.window.office, words("system.key_made"), words("system.key_text", name="CRM"), "blc_4f9a2c71e0d85b63"
    )


DIALOGS: dict[str, Callable[[Driver], object]] = {
    "gui.menu.show_about": lambda desk: show_about(desk.window),
    "gui.menu.show_keys": lambda desk: show_keys(desk.window),
    "gui.menu.show_qr": lambda desk: show_qr(desk.window),
    "gui.menu.show_report": lambda desk: show_report(desk.window),
    "gui.recording.record_or_stop": lambda desk: record_or_stop(desk.window.office, _session(desk), desk.root),
    "gui.steering.stop_or_start": lambda desk: stop_or_start(desk.window.office, _session(desk), desk.root),
    "gui.window.Window._signed_out": lambda desk: Window._signed_out(desk.window),
    "gui.tabs.ai.replies.Replies._ask_delete": _replies,
    "gui.tabs.ai.section.AiSection.take_away": lambda desk: AiSection.take_away(
        _section(desk, "ai", "knowledge"),
        "/api/knowledge/x",
        "entregas.md",
        desk.window.office.words("ai.delete_file_text"),
        lambda: None,
    ),
    "gui.tabs.customers.board.Board.__init__": lambda desk: Stages(desk.window.office),
    "gui.tabs.customers.head.Head._fill_menu": _of_customer(MergeDialog),
    "gui.tabs.customers.head.Head._fill_menu.log": _of_customer(lambda office, card, _: AccessLog(office, card)),
    "gui.tabs.customers.privacy.ask_export": _of_customer(
        lambda office, card, edits: ask_export(office, card, edits.line)
    ),
    "gui.tabs.customers.privacy.ask_forget.done": lambda desk: Receipt(desk.window.office, b"{}", _REPORT),
    "gui.tabs.customers.privacy.ask_forget": _of_customer(
        lambda office, card, edits: ask_forget(office, card, edits, "erase")
    ),
    "gui.tabs.customers.stages.Stages._remove": lambda desk: RemoveStage(
        desk.window.office, _STAGES[1], _STAGES, lambda _: None
    ),
    "gui.kit.unsaved.ask_first": _leaving,
    "gui.tabs.system.account.AccountSection.change_password": _of_system("account", AccountSection.change_password),
    "gui.tabs.system.account.AccountSection.set_up_factor": _factor,
    "gui.tabs.system.account.AccountSection.set_up_factor.show": lambda desk: FactorDialog(
        desk.window.office, _FACTOR, _png(), done=lambda: None
    ),
    "gui.tabs.system.backups.BackupsSection._ask": _of_system(
        "backups", lambda one: BackupsSection._ask(one, _COPY, one.office.api.get("/api/health", Health))
    ),
    "gui.tabs.system.backups.BackupsSection.remove": _of_system(
        "backups", lambda one: BackupsSection.remove(one, _COPY)
    ),
    "gui.tabs.system.keys.KeysSection.add": _of_system("keys", KeysSection.add),
    "gui.tabs.system.keys.KeysSection.revoke": lambda desk: KeysSection.revoke(
        _like(desk, known={"1": SimpleNamespace(id=1, name="CRM da loja")}, table=SimpleNamespace(selected="1"))
    ),
    "gui.tabs.system.keys.KeysSection._made": _secret,
    "gui.tabs.system.recordings.RecordingsSection.play": _player,
    "gui.tabs.system.recordings.RecordingsSection.remove": _of_system("recordings", lambda one: one.remove(_RECORDED)),
    "gui.tabs.system.sessions.SessionCard._link": _linked,
    "gui.tabs.system.users.UsersSection.add": _of_system("users", UsersSection.add),
    "gui.tabs.system.users.UsersSection.change_role": _of_system("users", lambda one: one.change_role(_USER)),
    "gui.tabs.system.users.UsersSection.lock_out": _of_system("users", lambda one: one.lock_out(_USER)),
    "gui.tabs.system.users.UsersSection.reset": _of_system("users", lambda one: one.reset(_USER)),
    "gui.tabs.system.users.UsersSection._made": _secret,
    "gui.tabs.system.webhooks.WebhooksSection._form": _of_system("webhooks", WebhooksSection.add),
    "gui.tabs.system.webhooks.WebhooksSection.remove": lambda desk: WebhooksSection.remove(
        _like(desk, _hook=lambda: SimpleNamespace(id=1, url="https://erp.example/balcao"))
    ),
    "gui.tabs.system.webhooks.WebhooksSection._made": _secret,
}
"""How each is opened. What stands behind a last small word is another dialog of the same place."""


def close(desk: Driver) -> None:
    """Close whatever is open."""
    for one in list(desk.root.winfo_children()):
        if isinstance(one, tk.Toplevel):
            one.grab_release()
            one.destroy()
    desk.turn()


def shown(desk: Driver) -> tk.Toplevel | None:
    """The dialog that can be seen."""
    found = [one for one in desk.root.winfo_children() if isinstance(one, tk.Toplevel) and one.winfo_viewable()]
    return found[-1] if found else None
