import pytest
import setup
from installing.console import Failed
from installing.words import PORTUGUESE

STEPS = (
    "make_environment",
    "install_packages",
    "install_encoder",
    "provide_browser",
    "provide_window",
    "provide_display",
    "provide_shell",
    "provide_office",
    "install_llama",
    "provide_model",
)


@pytest.fixture
def done(monkeypatch):
    """The steps that were done; a step named in ``breaks`` raises what is given there."""
    calls, breaks = list[str](), dict[str, BaseException]()

    def step(name):
        def run(*_arguments, **_options):
            calls.append(name)
            if name in breaks:
                raise breaks[name]

        return run

    for name in STEPS:
        monkeypatch.setattr(setup, name, step(name))
    calls_and_breaks = type("Done", (), {"calls": calls, "breaks": breaks})
    monkeypatch.setattr(setup, "words", lambda _root: PORTUGUESE)
    return calls_and_breaks


def test_the_steps_in_their_order(done, tmp_path, capsys):
    assert setup.main(["--dev"], tmp_path) == 0
    assert tuple(done.calls) == STEPS
    assert capsys.readouterr().err.startswith("Tudo pronto em ")


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        ([], {"provide_display", "provide_shell", "provide_office"}),
        (["--no-model"], {"provide_display", "provide_shell", "provide_office", "install_llama", "provide_model"}),
        (["--dev", "--no-model", "--quiet"], {"install_llama", "provide_model"}),
    ],
)
def test_what_is_not_wanted_is_left_out(done, tmp_path, arguments, left_out):
    assert setup.main(arguments, tmp_path) == 0
    assert set(STEPS) - set(done.calls) == left_out


@pytest.mark.parametrize(
    ("step", "error", "code", "said"),
    [
        ("make_environment", Failed("no ensurepip"), 1, "não pôde ser criado (no ensurepip)"),
        ("install_packages", Failed("ERROR: no connection"), 1, "não puderam ser instalados (ERROR: no connection)"),
        ("provide_browser", OSError(28, "No space left on device"), 1, "A preparação parou ([Errno 28] No space left"),
        ("install_packages", KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_stops_it_is_one_sentence_and_an_exit_code(done, tmp_path, capsys, step, error, code, said):
    done.breaks[step] = error
    assert setup.main([], tmp_path) == code
    assert done.calls[-1] == step
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_another_python_is_refused(done, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(setup.sys, "version_info", (3, 14, 0))
    assert setup.main([], tmp_path) == 1
    assert done.calls == []
    assert "precisa do Python 3.11, 3.12 ou 3.13" in capsys.readouterr().err


def test_a_model_cannot_be_wanted_and_unwanted(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        setup.main(["--no-model", "--model", "x"], tmp_path)
    assert stopped.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
