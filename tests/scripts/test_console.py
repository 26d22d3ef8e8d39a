import io
import re
import string
import sys

import pytest
from installing import console as module
from installing.console import Console, Failed
from installing.words import ENGLISH, PORTUGUESE, words


@pytest.fixture
def console(tmp_path):
    return Console(ENGLISH, tmp_path, tmp_path / "deep" / "setup.log", stream=io.StringIO())


def said(console: Console) -> str:
    return console._stream.getvalue()


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_step_ends_with_its_outcome_and_time(console):
    with console.step("browser") as outcome:
        outcome.append("/usr/bin/chromium")
    console.ready("packages")
    assert re.fullmatch(
        r"✓ Browser \(Chrome or Chromium\): /usr/bin/chromium \(0\.\d s\)\n✓ Python packages: was ready\n",
        said(console),
    )


def test_a_failed_step_says_so_and_goes_on_to_its_caller(console):
    with pytest.raises(Failed), console.step("packages"):
        raise Failed("no connection")
    console.limit("no_packages", why="no connection")
    console.finish()
    lines = said(console).splitlines()
    assert lines[0].startswith("✗ Python packages: did not work (")
    assert "could not be installed (no connection)" in lines[1]
    assert str(console.log) in lines[1]
    assert lines[2].endswith("with the limits said above.")


def test_quiet_says_only_what_does_not_work(tmp_path):
    console = Console(ENGLISH, tmp_path, tmp_path / "log", quiet=True, stream=io.StringIO())
    with console.step("packages"):
        console.run(python("print('much')"))
    console.ready("venv")
    console.finish()
    assert said(console) == ""
    console.limit("no_browser")
    assert said(console).startswith("! No Chrome or Chromium was found")


def test_what_a_program_prints_goes_to_the_log_only(console, tmp_path):
    console.run(python("import os; print(os.environ['GIVEN'], os.getcwd())"), {"GIVEN": "yes"})
    log = console.log.read_text("utf-8")
    assert log.startswith(f"$ {sys.executable} -c ")
    assert f"yes {tmp_path}" in log
    assert said(console) == ""


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("print('ERROR: no such package'); print('bye'); raise SystemExit(1)", "ERROR: no such package"),
        ("print('first'); print('last'); raise SystemExit(3)", "last"),
        ("raise SystemExit(3)", f"{sys.executable.rpartition('/')[2]}: 3"),
    ],
)
def test_a_failed_programs_reason_is_its_last_line_about_an_error(console, code, why):
    console.run(python("print('ERROR: of an earlier program')"))
    with pytest.raises(Failed) as failed:
        console.run(python(code))
    assert str(failed.value) == why


def test_a_program_that_is_not_there(console):
    with pytest.raises(Failed, match="no-such-program: No such file"):
        console.run(["no-such-program"])


def test_a_long_step_shows_that_it_is_alive(console, monkeypatch):
    monkeypatch.setattr(module, "QUIET_TICK_SECONDS", 0.05)
    with console.step("llama", "llama_time"):
        console.run(python("import time; time.sleep(0.4)"))
    ticks = [line for line in said(console).splitlines() if line.startswith("•")]
    assert len(ticks) >= 2
    assert all(re.search(r"about 6 minutes .* \.\.\. 0:00$", line) for line in ticks)


def test_an_interrupted_program_does_not_go_on(console, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "QUIET_TICK_SECONDS", 0.05)
    monkeypatch.setattr(console, "_line", lambda _line: (_ for _ in ()).throw(KeyboardInterrupt))
    late = tmp_path / "late"
    with pytest.raises(KeyboardInterrupt):
        console._wait(module.subprocess.Popen(python(f"import time; time.sleep(0.5); open({str(late)!r}, 'w')")))
    assert not late.exists()


def test_both_languages_say_the_same_things():
    def places(text: str) -> set[str]:
        return {field.partition(":")[0] for _, field, _, _ in string.Formatter().parse(text) if field}

    assert PORTUGUESE.keys() == ENGLISH.keys()
    assert {key: places(text) for key, text in PORTUGUESE.items()} == {
        key: places(text) for key, text in ENGLISH.items()
    }


@pytest.mark.parametrize(
    ("config", "variable", "expected"),
    [
        (None, None, PORTUGUESE),
        ("language: pt-BR\n", None, PORTUGUESE),
        ('# x\nlanguage: "en"  # y\n', None, ENGLISH),
        ("model:\n  language: en\n", None, PORTUGUESE),
        ("language: en\n", "pt-BR", PORTUGUESE),
        ("language: pt-BR\n", "en", ENGLISH),
    ],
)
def test_the_language_is_the_one_in_the_settings(tmp_path, monkeypatch, config, variable, expected):
    monkeypatch.delenv("BALCAO_LANGUAGE", raising=False)
    if config is not None:
        (tmp_path / "config.yaml").write_text(config)
    if variable:
        monkeypatch.setenv("BALCAO_LANGUAGE", variable)
    assert words(tmp_path) is expected
