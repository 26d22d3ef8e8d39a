import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from agent.errors import BadSettings
from agent.settings import ROOT, Settings, load


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch):
    import os

    for name in list(os.environ):
        if name.startswith("BALCAO_"):
            monkeypatch.delenv(name)


@pytest.fixture
def config(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def complaint(path: Path | None = None, **overrides: object) -> str:
    with pytest.raises(BadSettings) as caught:
        load(path, overrides)
    assert caught.value.code == 2
    return str(caught.value)


def test_an_empty_file_gives_the_defaults(config):
    assert load(config("")) == Settings()


def test_the_shipped_file_gives_the_defaults():
    assert load() == Settings()


def test_arguments_win_over_the_environment_which_wins_over_the_file(config, monkeypatch):
    path = config("profile: file\nlanguage: en\napi:\n  port: 1\n  host: localhost\n")
    monkeypatch.setenv("BALCAO_PROFILE", "environment")
    monkeypatch.setenv("BALCAO_API__PORT", "2")
    settings = load(path, {"api": {"port": 3}})
    assert (settings.profile, settings.language) == ("environment", "en")
    assert (settings.api.port, settings.api.host) == (3, "localhost")


def test_dotted_and_nested_arguments_are_the_same_and_none_is_not_given(config):
    path = config("model: {name: small, threads: 2}")
    dotted = load(path, {"model.name": "large", "model.threads": None, "logs.level": "debug"})
    nested = load(path, {"model": {"name": "large", "threads": None}, "logs": {"level": "debug"}})
    assert dotted == nested
    assert (dotted.model.name, dotted.model.threads, dotted.logs.level) == ("large", 2, "debug")


def test_lists_and_nothing_in_the_environment(config, monkeypatch):
    monkeypatch.setenv("BALCAO_BROWSER__ARGUMENTS", '["--lang=pt-BR"]')
    monkeypatch.setenv("BALCAO_MODEL__PATH", "null")
    monkeypatch.setenv("BALCAO_MODEL__NAME", "")
    settings = load(config("model: {path: a.gguf, name: small}"))
    assert settings.browser.arguments == ("--lang=pt-BR",)
    assert settings.model.path is None
    assert settings.model.name == "small"


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError):
        load().api.port = 1


@pytest.mark.parametrize(
    ("text", "line", "named", "nearest"),
    [
        ("modle:\n  name: x\n", 1, "modle", "model"),
        ("model:\n  # why\n  context_token: 1\n", 3, "model.context_token", "model.context_tokens"),
        ("api: {prot: 1}", 1, "api.prot", "api.port"),
        ("\n\nlangage: en\n", 3, "langage", "language"),
    ],
)
def test_an_unknown_key_names_its_line_and_the_nearest_name(config, text, line, named, nearest):
    said = complaint(path := config(text))
    assert said == f"{path}, line {line}: unknown setting `{named}`. Did you mean `{nearest}`?"


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("api:\n  port: eighty\n", 2, "api.port"),
        ("api:\n  port: 70000\n", 2, "api.port"),
        ("language: fr\n", 1, "language"),
        ("model: 3\n", 1, "model"),
        ("profile: ../other\n", 1, "profile"),
        ("browser:\n  arguments: --lang\n", 2, "browser.arguments"),
        ("browser:\n  arguments:\n    - ok\n    - {a: 1}\n", 2, "browser.arguments.1"),
        ("suggestions:\n  limit: 4\n", 2, "suggestions.limit"),
        ("page:\n  url: web.whatsapp.com\n", 2, "page.url"),
        ("api:\n", 1, "api"),
    ],
)
def test_a_value_that_is_not_allowed_names_its_line_and_key(config, text, line, named):
    said = complaint(path := config(text))
    assert said.startswith(f"{path}, line {line}: `{named}` cannot be ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("api:\n  port: [1\nlogs: {}\n", r"line 3, is not valid YAML \(expected .*\)"),
        ("profile: a\n\tlanguage: en\n", r"line 2, is not valid YAML"),
        ("profile: a\nprofile: b\n", r"line 2: `profile` is set twice \(first on line 1\)"),
        ("api:\n  port: 1\n  port: 2\n", r"line 3: `api.port` is set twice \(first on line 2\)"),
        ("- profile\n", "must hold `key: value` lines"),
        ("just words", "must hold `key: value` lines"),
        ("1: 2\n", "line 1: a key must be a word"),
        ("? [a]\n: 2\n", r"line 1, is not valid YAML \(found unhashable key\)"),
        ("profile: \x07\n", "is not valid YAML"),
        ("a: !!python/object:os.system {}\n", "line 1, is not valid YAML"),
        ("model: &x\n  name: *x\n", "line 2: `model.name` cannot be "),
    ],
)
def test_what_is_no_plain_yaml_mapping_is_refused(config, text, said):
    assert re.search(said, complaint(config(text)))


def test_a_file_that_cannot_be_read(tmp_path):
    assert "does not exist" in complaint(tmp_path / "none.yaml")
    assert "is no file" in complaint(tmp_path)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("profile: balcão".encode("latin-1"))
    assert "is not UTF-8 text (byte 13)" in complaint(latin)


def test_the_place_of_an_error_is_where_the_value_came_from(config, monkeypatch):
    path = config("api:\n  port: 1\n")
    assert complaint(path, **{"api.port": -1}).startswith("The command line: `api.port` cannot be -1")
    monkeypatch.setenv("BALCAO_API__PORT", "x")
    assert complaint(path).startswith("The environment variable BALCAO_API__PORT: `api.port` cannot be 'x'")
    monkeypatch.delenv("BALCAO_API__PORT")
    monkeypatch.setenv("BALCAO_API", '{"prot": 1}')
    assert complaint(path).startswith("The environment variable BALCAO_API: unknown setting `api.prot`.")


def test_an_unknown_variable_is_refused_and_other_variables_are_left_alone(config, monkeypatch):
    monkeypatch.setenv("BALCAO_MODELS", "/elsewhere")
    load(config(""))
    monkeypatch.setenv("BALCAO_MODEL_NAME", "x")
    assert (
        complaint(config(""))
        == "The environment variable BALCAO_MODEL_NAME is no setting. Did you mean BALCAO_MODEL__NAME?"
    )


def test_a_list_in_the_environment_that_is_no_json(config, monkeypatch):
    monkeypatch.setenv("BALCAO_BROWSER__ARGUMENTS", "--lang=pt-BR")
    assert "is not valid JSON" in complaint(config(""))


def test_relative_paths_start_in_the_projects_folder(config, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load(config("profile: shop\nmodel: {path: models/a.gguf}"))
    assert settings.profile_dir == ROOT / "profiles" / "shop"
    assert settings.replies_file == ROOT / "profiles" / "shop" / "replies.yaml"
    assert settings.log_file == ROOT / "profiles" / "shop" / "logs" / "agent.log"
    assert settings.model_file == ROOT / "models" / "a.gguf"
    elsewhere = load(config(f"profiles_dir: '{tmp_path}'\nsuggestions: {{replies: '{tmp_path / 'r.yaml'}'}}"))
    assert elsewhere.profile_dir == tmp_path / "default"
    assert elsewhere.replies_file == tmp_path / "r.yaml"
    assert elsewhere.model_file is None
