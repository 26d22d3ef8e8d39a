import sys

import pytest
from installing import python_packages, system_packages
from installing.console import Failed
from installing.python_packages import VERSION, install_encoder, install_llama, install_packages, make_environment
from installing.stamp import Stamp, digest


@pytest.fixture(autouse=True)
def a_linux_with_a_compiler(monkeypatch):
    monkeypatch.setattr(python_packages.sys, "platform", "linux")
    monkeypatch.setattr(python_packages, "_compiler", lambda: "/usr/bin/c++")


def again(environment):
    """The same folder, as the next run of the set-up sees it."""
    return type(environment)(environment.root)


def test_packages_are_installed_once_and_again_when_the_lock_changes(console, environment):
    install_packages(console, environment, development=False)
    install_packages(console, again(environment), development=False)
    assert len(console.commands) == 1
    assert console.commands[0].endswith("install --require-hashes -r requirements.txt")
    environment.lock("").write_text("rich==15\n")
    install_packages(console, again(environment), development=False)
    assert len(console.commands) == 2


def test_development_needs_more_and_is_enough_for_ordinary_use(console, environment):
    install_packages(console, environment, development=False)
    install_packages(console, again(environment), development=True)
    install_packages(console, again(environment), development=False)
    assert [command.rpartition(" ")[2] for command in console.commands] == ["requirements.txt", "requirements-dev.txt"]


def test_packages_that_could_not_be_had_are_tried_again(console, environment):
    console.fails = lambda _command: "ERROR: no connection"
    with pytest.raises(Failed, match="no connection"):
        install_packages(console, environment, development=False)
    console.fails = lambda _command: None
    install_packages(console, again(environment), development=False)
    assert len(console.commands) == 2


def test_the_encoder_is_installed_once_and_its_absence_is_no_error(console, environment):
    console.fails = lambda _command: "ERROR: no connection"
    install_encoder(console, environment)
    assert console.limits == 1
    console.fails = lambda _command: None
    for _ in range(2):
        install_encoder(console, again(environment))
    assert [command.rpartition(" ")[2] for command in console.commands] == ["requirements-encoder.txt"] * 2


def test_llama_is_built_from_its_lock_once(console, environment):
    install_llama(console, environment, retry=False)
    install_llama(console, again(environment), retry=True)
    assert [command.rpartition(" ")[2] for command in console.commands] == ["requirements-llm.txt"]
    assert "6 minutos" in console.said


def test_a_build_that_failed_is_said_at_every_start_but_repeated_only_on_demand(console, environment, monkeypatch):
    def fail(_command):
        console.log.write_text("Building wheel for llama-cpp-python (pyproject.toml): started\n")
        return "ERROR: Failed building wheel"

    console.fails = fail
    for _ in range(2):
        install_llama(console, again(environment), retry=False)
    assert len(console.commands) == 1
    assert console.said.count("(ERROR: Failed building wheel)") == 2
    install_llama(console, again(environment), retry=True)
    monkeypatch.setattr(python_packages, "_compiler", lambda: "/usr/bin/clang++")
    install_llama(console, again(environment), retry=False)
    assert len(console.commands) == 3
    console.fails = lambda _command: None
    environment.lock("-llm").write_text("llama-cpp-python==0.3.37\n")
    install_llama(console, again(environment), retry=False)
    assert console.limits == 4
    install_llama(console, again(environment), retry=False)
    assert len(console.commands) == 4


def test_a_download_that_failed_is_repeated_at_the_next_start(console, environment):
    console.fails = lambda _command: "ERROR: no connection"
    for _ in range(2):
        install_llama(console, again(environment), retry=False)
    assert len(console.commands) == 2


def test_a_missing_compiler_is_asked_of_the_system_and_said(console, environment, monkeypatch):
    asked = []
    monkeypatch.setattr(python_packages, "_compiler", lambda: None)
    monkeypatch.setattr(system_packages, "install", lambda _console, names: asked.append(names["apt-get"]))
    install_llama(console, environment, retry=False)
    assert asked == [[("g++",)]]
    assert "falta um compilador C++" in console.said
    assert console.commands == []


@pytest.mark.parametrize("has_wheel", [True, False])
def test_elsewhere_the_projects_own_wheel_comes_first(console, environment, monkeypatch, has_wheel):
    monkeypatch.setattr(python_packages.sys, "platform", "darwin")
    console.fails = lambda command: "" if has_wheel or "--only-binary" not in command else "ERROR: none"
    install_llama(console, environment, retry=False)
    assert "--only-binary :all: --no-deps" in console.commands[0]
    assert console.commands[0].endswith("llama-cpp-python==0.3.36")
    assert [command.rpartition(" ")[2] for command in console.commands[1:]] == ["requirements-llm.txt"]
    assert console.limits == 0


@pytest.mark.parametrize("line", [f"version = {VERSION}.1", f"version_info = {VERSION}.0.final.0"])
def test_an_environment_of_this_python_is_kept(console, environment, line):
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    (environment.folder / "pyvenv.cfg").write_text(f"home = /usr/bin\n{line}\n")
    make_environment(console, environment)
    assert "já estava pronto" in console.said


@pytest.mark.parametrize("config", [None, "home = /usr/bin\nversion = 3.9.1\n", "home = /usr/bin\n"])
def test_an_environment_of_another_python_is_made_anew(console, environment, monkeypatch, config):
    made = []
    monkeypatch.setattr(
        python_packages.venv.EnvBuilder, "create", lambda builder, folder: made.append((builder.clear, folder))
    )
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    if config is not None:
        (environment.folder / "pyvenv.cfg").write_text(config)
    make_environment(console, environment)
    assert made == [(True, environment.folder)]


def test_an_environment_that_cannot_be_made(console, environment, monkeypatch):
    def fail(_builder, _folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(python_packages.venv.EnvBuilder, "create", fail)
    with pytest.raises(Failed, match="Permission denied"):
        make_environment(console, environment)


def test_a_damaged_stamp_counts_as_nothing_done(tmp_path):
    path = tmp_path / "stamp.json"
    for text in ("{", "[]", ""):
        path.write_text(text)
        assert Stamp(path).get("packages") is None
    stamp = Stamp(path)
    stamp.put("packages", "x")
    stamp.put("llama", None)
    assert Stamp(path).get("packages") == "x"


def test_the_digest_sees_files_and_words(tmp_path):
    one = tmp_path / "one"
    one.write_text("a")
    first = digest([one], "3.11")
    assert first == digest([one], "3.11")
    assert first != digest([one], "3.12")
    one.write_text("b")
    assert first != digest([one], "3.11")
    assert VERSION in sys.version
