"""Copies, other systems, the audit log, the agent's own log."""

import json
from datetime import UTC, datetime
from pathlib import Path

from agent.contract.access import Role
from agent.contract.audit import AuditEntry
from agent.jobs.webhooks import Webhooks
from agent.net.client import Outside
from gui.tabs.system.secret import SecretDialog
from tests.gui.conftest import OpenWindow
from tests.gui.served import ServedOffice
from tests.gui.system import dialog, no_dialog, opened, press, section, told, types


def log_file(served: ServedOffice) -> Path:
    file = served.settings.log_file
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def written(file: Path, *events: tuple[str, str]) -> None:
    with file.open("a", encoding="utf-8") as log:
        for level, event in events:
            line = {"timestamp": datetime.now(UTC).isoformat(), "level": level, "logger": "agent.flow", "event": event}
            log.write(json.dumps({**line, "n": 7}) + "\n")


def test_a_copy_is_made_proven_and_removed(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    backups = section(desk, "backups")
    desk.until(lambda: desk.sees("O agente faz o primeiro"))
    desk.click(backups.make_button)
    desk.until(lambda: len(backups.table.names) == 1)
    [name] = backups.table.names
    desk.until(lambda: backups.command.get() == f"python -m agent restore {name} --profile loja")
    desk.click(backups.copy_button)
    assert desk.root.clipboard_get() == backups.command.get()
    desk.click(backups.verify_button)
    told(desk, "este backup serve")
    desk.until(lambda: "✓" in str(backups.table.list.values(name)))
    desk.click(backups.remove_button)
    press(desk, dialog(desk), "Cancelar")
    no_dialog(desk)
    assert backups.table.names == (name,)
    desk.click(backups.remove_button)
    press(desk, dialog(desk), "Remover")
    desk.until(lambda: backups.table.names == ())
    assert backups.command.get() == ""


def test_a_damaged_copy_is_said_to_be_no_good(open_window: OpenWindow, served: ServedOffice) -> None:
    copies = served.office.reach.backups
    assert copies is not None
    made = served.do(copies.make(served.office.store))
    file = copies.file(made.name)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.chmod(0o600)
    file.write_bytes(content)
    desk = opened(open_window)
    backups = section(desk, "backups")
    desk.until(lambda: backups.verify_button.instate(["!disabled"]))
    desk.click(backups.verify_button)
    told(desk, "não serve")


def test_a_supervisor_sees_copies_and_changes_none(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window, served, Role.SUPERVISOR)
    backups = section(desk, "backups")
    desk.until(lambda: "ficam guardados" in str(backups.line.cget("text")))
    assert not backups.tools.winfo_children()


def test_a_webhook_is_added_changed_tested_and_removed(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    hooks = section(desk, "webhooks")
    desk.until(lambda: desk.sees("Nenhum webhook ainda"))
    desk.click("Novo webhook")
    form = dialog(desk)
    types(desk, form.fields["url"], "erp.example")
    assert form.fields["url"].fault
    types(desk, form.fields["url"], "http://192.168.0.7/balcao")
    press(desk, form, "Adicionar")
    desk.until(lambda: str(form.fault.cget("text")), "addresses inside the company are not allowed")
    types(desk, form.fields["url"], "https://erp.example/balcao")
    form.fields["kinds"].text.insert("1.0", "Não é um tipo")
    press(desk, form, "Adicionar")
    desk.until(lambda: "não aceita" in form.fields["kinds"].fault)
    form.fields["kinds"].text.delete("1.0", "end")
    form.fields["kinds"].text.insert("1.0", "message.*")
    press(desk, form, "Adicionar")
    desk.until(lambda: isinstance(dialog(desk), SecretDialog))
    assert dialog(desk).entry.get().startswith("whsec_")
    press(desk, dialog(desk), "Fechar")
    desk.until(lambda: len(hooks.table.names) == 1)
    [name] = hooks.table.names
    desk.until(lambda: hooks.buttons["change"].instate(["!disabled"]))
    desk.click(hooks.buttons["change"])
    form = dialog(desk)
    types(desk, form.fields["url"], "https://crm.example/balcao")
    press(desk, form, "Salvar")
    desk.until(lambda: "https://crm.example/balcao" in hooks.table.list.values(name))
    desk.click(hooks.buttons["test"])
    told(desk, "Teste na fila")
    desk.click(hooks.buttons["switch"])
    desk.until(lambda: "Desligado" in hooks.table.list.values(name))
    desk.click(hooks.buttons["remove"])
    press(desk, dialog(desk), "Remover")
    desk.until(lambda: hooks.table.names == ())


def test_a_delivery_that_was_given_up_is_started_anew(open_window: OpenWindow, served: ServedOffice) -> None:
    webhooks = served.office.store.webhooks

    async def given_up() -> None:
        made = await webhooks.add("http://127.0.0.1:9/nobody-listens", "whsec_x", ("webhook.*",))
        assert made is not None
        await webhooks.test(made.id)
        await Webhooks(Outside(private=True, timeout_s=5), attempts=1).turn(served.office.store)

    served.do(given_up())
    desk = opened(open_window)
    hooks = section(desk, "webhooks")
    desk.until(lambda: len(hooks.sent.names) == 1)
    [name] = hooks.sent.names
    assert "Desistida" in hooks.sent.list.values(name)
    hooks.sent.choose(name)
    desk.until(lambda: hooks.retry_button.instate(["!disabled"]))
    desk.click(hooks.retry_button)
    desk.until(lambda: "Na fila" in hooks.sent.list.values(name))


def test_the_audit_log_by_filter_and_page_and_its_proof(open_window: OpenWindow, served: ServedOffice) -> None:
    audit = served.office.reach.audit

    async def many() -> None:
        for n in range(130):
            await audit.append(
                AuditEntry(actor="user:3" if n % 2 else "local", action="customer.read", customers=(n + 1,))
            )

    served.do(many())
    desk = opened(open_window)
    one = section(desk, "audit")
    desk.until(lambda: len(one.table.names) == 100)
    desk.click(one.more)
    desk.until(lambda: len(one.table.names) >= 130)
    types(desk, one.filters["actor"], "user:3")
    desk.until(lambda: len(one.table.names) == 65)
    types(desk, one.filters["actor"], "user 3")
    assert one.filters["actor"].fault
    types(desk, one.filters["actor"], "nobody-there")
    desk.until(lambda: desk.sees("Nenhuma linha assim"))
    desk.click(one.verify_button)
    desk.until(lambda: "como foram escritas" in str(one.verdict.cget("text")))


def test_logs_come_by_themselves_are_filtered_held_and_copied(open_window: OpenWindow, served: ServedOffice) -> None:
    file = log_file(served)
    written(file, ("info", "saved"), ("debug", "told"), ("error", "capture is blind"))
    desk = opened(open_window)
    logs = section(desk, "logs")

    def events() -> list[str]:
        return [str(logs.table.list.values(name)[2]) for name in logs.table.names]

    desk.until(lambda: events() == ["capture is blind", "saved"], "from info on, the newest on top")
    written(file, ("warning", "one more"))
    desk.until(lambda: events()[:1] == ["one more"], "by itself")
    logs.table.choose(logs.table.names[0])
    desk.until(lambda: logs.copy_button.instate(["!disabled"]))
    desk.click(logs.copy_button)
    assert '[warning] agent.flow: one more {"n": 7}' in desk.root.clipboard_get()
    desk.click(logs.hold_button)
    written(file, ("warning", "while held"))
    logs.refresh()
    desk.turn(0.2)
    assert "while held" not in events()
    desk.click(logs.hold_button)
    desk.until(lambda: "while held" in events())
    logs.level.choose("error")
    desk.until(lambda: events() == ["capture is blind"])
    logs.level.choose("debug")
    types(desk, logs.text, "TOLD")
    desk.until(lambda: events() == ["told"])
    types(desk, logs.text, "nothing like this")
    desk.until(lambda: desk.sees("Nenhuma linha assim"))
