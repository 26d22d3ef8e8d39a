"""The settings in the window: what may be changed, by which limits, and what the agent says."""

import pytest

from agent.contract.access import Role
from agent.settings.describing import described
from gui.kit.forms import Choice, Line, Lines, Switch
from gui.tabs.ai.models import SETTINGS as MODEL_SETTINGS
from gui.tabs.system.settings import AT_THE_MODEL, GROUPS, group_of
from gui.words import LANGUAGES, Words
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.gui.system import names, opened, section, tab, told, types


def filled(desk: Driver, name: str) -> "dict[str, Line]":
    one = section(desk, name)
    desk.until(lambda: one.fields, "the settings")
    found: dict[str, Line] = one.fields
    return found


def in_the_file(served: ServedOffice) -> str:
    file = served.folder / "config.yaml"
    return file.read_text("utf-8") if file.exists() else ""


def test_a_number_is_looked_at_while_it_is_typed_and_stored_when_it_is_right(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = opened(open_window)
    fields = filled(desk, "server")
    one, field = section(desk, "server"), fields["websocket.max_connections"]
    assert one.save.instate(["disabled"])
    types(desk, field, "70000")
    assert field.fault == "De 1 a 10000."
    assert one.save.instate(["disabled"])
    assert desk.sees("1 campo para corrigir")
    types(desk, field, "250")
    assert field.fault == ""
    desk.click(one.save)
    told(desk, "depois de reiniciar")
    assert "max_connections: 250" in in_the_file(served)
    desk.until(lambda: "em uso agora: 100" in str(field.note.cget("text")))
    assert not one.undo.instate(["!disabled"])


def test_undo_puts_back_what_was(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    fields = filled(desk, "security")
    one, wait, masks = section(desk, "security"), fields["webhooks.timeout_s"], fields["privacy.mask_prompts"]
    before = (wait.read(), masks.read())
    types(desk, wait, "7")
    assert isinstance(masks, Switch)
    masks.button.invoke()
    assert desk.sees("2 alterações não salvas")
    desk.click(one.undo)
    assert (wait.read(), masks.read()) == before
    assert not desk.sees("não salvas")
    assert in_the_file(served) == ""


def test_the_model_is_set_in_one_place(open_window: OpenWindow) -> None:
    desk = opened(open_window)
    assert not AT_THE_MODEL & set(filled(desk, "model"))
    assert {one.name for one in described()} >= AT_THE_MODEL
    assert {f"model.{name}" for name in MODEL_SETTINGS} < AT_THE_MODEL
    gone: list[object] = []
    desk.window.office.go = lambda name, **what: gone.append((name, what))
    desk.click("Modelo, temperatura, tokens…")
    assert gone == [("ai", {"section": "models"})]


def test_what_is_changed_in_the_file_only_can_be_read(open_window: OpenWindow) -> None:
    desk = opened(open_window)
    fields = filled(desk, "server")
    port = fields["api.port"]
    assert port.entry.instate(["readonly"])
    assert port.read() == 8080
    assert "só no config.yaml" in str(port.note.cget("text"))
    assert filled(desk, "model")["model.server"].entry.get() == "••••••", "it may hold a password"


def test_what_the_agent_refuses_stands_at_its_field(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    fields = filled(desk, "general")
    one, hours = section(desk, "general"), fields["attendance.hours"]
    assert isinstance(hours, Lines)
    hours.text.insert("1.0", "segunda 8")
    desk.press("<KeyRelease>", hours.text)
    assert "dois-pontos" in hours.fault
    hours.text.delete("1.0", "end")
    hours.text.insert("1.0", "caturday: 08:00-18:00")
    desk.press("<KeyRelease>", hours.text)
    assert hours.fault == ""
    desk.click(one.save)
    desk.until(lambda: "não aceita" in hours.fault)
    assert in_the_file(served) == ""
    assert not one.save.instate(["!disabled"])


def test_a_choice_that_counts_at_once(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    fields = filled(desk, "logging")
    one, level = section(desk, "logging"), fields["logs.level"]
    assert isinstance(level, Choice)
    assert "reiniciar" not in str(level.note.cget("text"))
    level.choose("warning")
    desk.click(one.save)
    told(desk, "Salvo.")
    assert 'level: "warning"' in in_the_file(served)


def test_what_is_in_use_until_the_next_start_is_said_in_words(open_window: OpenWindow, served: ServedOffice) -> None:
    (served.folder / "config.yaml").write_text(
        "browser: {headless: true}\nlanguage: en\nattendant: Ana\nflow: {queue: 900}\n", "utf-8"
    )
    desk = opened(open_window)

    def now(group: str, name: str) -> str:
        return str(filled(desk, group)[name].note.cget("text")).rpartition(" · ")[2]

    assert now("general", "language") == "em uso agora: Português"
    assert now("general", "attendant") == "em uso agora: vazio"
    assert now("server", "browser.headless") == "em uso agora: Desligado"


def test_a_file_that_was_broken_meanwhile_is_said_in_this_language(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = opened(open_window)
    fields = filled(desk, "server")
    one = section(desk, "server")
    types(desk, fields["websocket.max_connections"], "250")
    (served.folder / "config.yaml").write_text("api: [", "utf-8")
    desk.click(one.save)
    told(desk, "As configurações não foram salvas. O agente diz: config.yaml")
    assert fields["websocket.max_connections"].read() == 250


def test_what_is_being_changed_is_not_overwritten(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    fields = filled(desk, "database")
    types(desk, fields["backup.keep"], "30")
    section(desk, "general")
    section(desk, "database")
    desk.turn(0.3)
    assert fields["backup.keep"].read() == 30


def test_an_agent_that_is_gone_is_said_and_nothing_is_lost(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    fields = filled(desk, "database")
    one = section(desk, "database")
    types(desk, fields["backup.keep"], "30")
    served.stop_serving()
    desk.click(one.save)
    desk.until(lambda: one.save.instate(["!disabled"]), "it can be tried again")
    assert fields["backup.keep"].read() == 30
    served.serve_again()
    desk.click(one.save)
    told(desk, "Salvo.")


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_it_may_use(open_window: OpenWindow, served: ServedOffice, role: Role) -> None:
    desk = opened(open_window, served=served, role=role)
    desk.until(lambda: ("users" in names(desk)) == role.covers(Role.SUPERVISOR))
    assert ("general" in names(desk)) == (role is Role.ADMIN)
    assert ("logs" in names(desk)) == (role is Role.ADMIN)
    assert {"monitor", "sessions", "account"} <= set(names(desk))
    desk.turn(0.3)
    assert not [text for text in desk.window.office.toasts.texts if "permissão" in text]


def test_the_arrow_keys_lead_from_section_to_section(open_window: OpenWindow) -> None:
    desk = opened(open_window)
    desk.until(lambda: len(names(desk)) > 10)
    sections = tab(desk).sections
    assert sections is not None
    section(desk, "monitor")
    desk.press("<Down>", sections.list)
    desk.until(lambda: sections.shown == "sessions")
    desk.press("<Up>", sections.list)
    desk.until(lambda: sections.shown == "monitor")


def test_every_setting_has_a_section_and_a_name_in_every_language() -> None:
    for one in described():
        assert group_of(one.name) in (*GROUPS, "general")
        for language in LANGUAGES:
            words = Words(language)
            assert words.has(f"setting.{one.name}"), one.name
            for choice in one.choices:
                assert words.has(f"setting.{one.name}.{choice}"), (one.name, choice)
