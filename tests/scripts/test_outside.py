import json
import sys
import time

import pytest
from installing import outside, system_packages
from installing.console import Failed
from installing.outside import (
    provide_browser,
    provide_display,
    provide_model,
    provide_office,
    provide_shell,
    provide_window,
)


@pytest.fixture
def answers(monkeypatch):
    """What the agent's own code answers, in order."""
    given: list[str | None] = []
    monkeypatch.setattr(outside, "_ask", lambda _environment, _code: given.pop(0))
    return given


def test_a_browser_that_is_there_is_found_and_remembered(console, environment, answers, tmp_path):
    browser = tmp_path / "chrome"
    browser.touch()
    answers.append(str(browser))
    provide_browser(console, environment)
    provide_browser(console, environment)
    assert str(browser) in console.said
    assert "já estava pronto" in console.said
    browser.unlink()
    answers.append("elsewhere")
    provide_browser(console, environment)
    assert console.commands == []


def test_a_missing_browser_is_downloaded_by_playwright(console, environment, answers):
    answers += [None, "downloaded"]
    provide_browser(console, environment)
    assert [command.partition("-m ")[2] for command in console.commands] == ["playwright install --no-shell chromium"]
    assert console.limits == 0


@pytest.mark.parametrize(("found", "limits"), [("/usr/bin/chromium", 0), (None, 1)])
def test_where_playwright_cannot_the_system_is_asked(console, environment, answers, monkeypatch, found, limits):
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    console.fails = lambda command: "ERROR: unreachable" if "playwright" in command else None
    answers += [None, found]
    provide_browser(console, environment)
    assert console.commands[1:] == ["apt-get update", "apt-get install -y --no-install-recommends chromium"]
    assert console.limits == limits
    assert ("Instale um dos dois" in console.said) == bool(limits)


def test_no_package_manager_and_no_browser_is_one_sentence(console, environment, answers, monkeypatch):
    monkeypatch.setattr(system_packages.shutil, "which", lambda _name: None)
    console.fails = lambda _command: "ERROR: unreachable"
    answers += [None]
    provide_browser(console, environment)
    assert console.limits == 1
    assert console.said.splitlines()[-1].startswith("! Nenhum Chrome ou Chromium foi encontrado")


@pytest.mark.parametrize(
    ("there", "root", "sudo", "command"),
    [
        ("dnf", True, False, "dnf install -y chromium"),
        ("pacman", False, True, "sudo -n pacman -S --noconfirm --needed chromium"),
        ("brew", False, False, "brew install --cask google-chrome"),
        ("dnf", False, False, None),
    ],
)
def test_package_managers_are_used_only_without_a_password(console, monkeypatch, there, root, sudo, command):
    monkeypatch.setattr(
        system_packages.shutil, "which", lambda name: name if name == there or (name == "sudo" and sudo) else None
    )
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(system_packages.subprocess, "run", lambda *_a, **_k: type("Done", (), {"returncode": 0}))
    if command is None:
        with pytest.raises(Failed):
            system_packages.install(console, outside.CHROMIUM)
    else:
        system_packages.install(console, outside.CHROMIUM)
    assert console.commands == ([command] if command else [])


@pytest.mark.parametrize(
    ("provide", "said"),
    [
        (provide_display, "O Xvfb não pôde ser instalado"),
        (provide_shell, "O chromium-headless-shell não pôde ser"),
        (provide_office, "os testes que abrem os relatórios nele ficam de fora"),
    ],
)
def test_what_the_tests_want_is_looked_for_on_linux_only(console, monkeypatch, provide, said):
    monkeypatch.setattr(outside.shutil, "which", lambda _name: None)
    monkeypatch.setattr(outside.system_packages.shutil, "which", lambda _name: None)
    monkeypatch.setattr(outside.sys, "platform", "darwin")
    provide(console)
    assert console.said == ""
    monkeypatch.setattr(outside.sys, "platform", "linux")
    provide(console)
    assert said in console.said


def test_libreoffice_is_installed_where_it_is_missing(console, monkeypatch):
    monkeypatch.setattr(outside.sys, "platform", "linux")
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    provide_office(console)
    assert console.commands[-1] == "apt-get install -y --no-install-recommends libreoffice-calc"
    assert console.limits == 0
    monkeypatch.setattr(outside.shutil, "which", lambda name: f"/usr/bin/{name}")
    console.commands.clear()
    provide_office(console)
    assert console.commands == []


def test_the_model_of_the_settings_is_fetched_by_the_agent(console, environment, answers):
    answers.append("auto")
    provide_model(console, environment, None, background=False)
    provide_model(console, environment, "smollm2-135m", background=False)
    assert console.commands == ["python -m agent model fetch auto", "python -m agent model fetch smollm2-135m"]


def test_no_model_is_fetched_when_drafts_are_off_or_the_settings_are_wrong(console, environment, answers):
    answers += ["", None]
    provide_model(console, environment, None, background=False)
    provide_model(console, environment, None, background=False)
    assert (console.commands, console.said) == ([], "")


def test_a_model_that_cannot_be_had_is_no_error(console, environment):
    console.fails = lambda _command: "The model auto could not be fetched"
    provide_model(console, environment, "auto", background=False)
    assert "! O modelo não pôde ser obtido (The model auto could not be fetched)" in console.said


def test_in_the_background_nobody_waits(console, environment, tmp_path):
    environment.python = tmp_path / "python"
    environment.python.write_text(
        f"#!{sys.executable}\nimport json, sys, time\ntime.sleep(0.3)\nprint(json.dumps(sys.argv[1:]))\n"
    )
    environment.python.chmod(0o755)
    started = time.monotonic()
    provide_model(console, environment, "auto", background=True)
    assert time.monotonic() - started < 0.3
    log = tmp_path / ".cache" / "model-download.log"
    assert str(log) in console.said
    while not log.read_text():
        assert time.monotonic() - started < 20
        time.sleep(0.02)
    assert json.loads(log.read_text()) == ["-m", "agent", "model", "fetch", "auto"]


@pytest.mark.parametrize(("after", "limits"), [("8.6", 0), (None, 1)])
def test_a_python_without_tk_is_helped_or_it_is_said(console, environment, answers, monkeypatch, after, limits):
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    answers += [None, after]
    provide_window(console, environment)
    assert console.commands[-1] == "apt-get install -y --no-install-recommends python3-tk"
    assert console.limits == limits
    assert ("instale python3-tk" in console.said) == bool(limits)


def test_tk_that_is_there_is_only_found(console, environment, answers):
    answers.append("8.6")
    provide_window(console, environment)
    assert console.commands == []
