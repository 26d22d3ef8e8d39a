"""config.yaml names every setting, with a comment that ends in its default; no setting is without use."""

import json
import re

import pytest
import yaml

from agent.settings import CONFIG_FILE, ENVIRONMENT_PREFIX, Settings
from agent.settings.loading import OTHER_VARIABLES
from tests.structure.sources import ROOT, files, is_code, texts

DEFAULTS = json.loads(Settings().model_dump_json())


def flat(values: dict[str, object], outer: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in values.items():
        found |= flat(value, f"{outer}{name}.") if isinstance(value, dict) and value else {outer + name: value}
    return found


def commented_defaults(text: str) -> dict[str, object]:
    """Key -> the default that the comment above it names; a key whose comment has none is left out."""
    found: dict[str, object] = {}
    group, comment = "", list[str]()
    for line in text.splitlines():
        key = re.match(r"( *)([a-z_]+):(.*)$", line)
        if line.lstrip().startswith("#"):
            comment.append(line.strip(" #"))
            continue
        if key:
            if not key[1]:
                group = ""
            if not key[3].strip():
                group = f"{key[2]}."
            elif len(comment) > 1 and comment[-1].startswith("Default: "):
                found[group + key[2]] = yaml.safe_load(comment[-1].removeprefix("Default: "))
        comment = []
    return found


def test_every_setting_stands_there_with_its_default_and_a_comment():
    text = CONFIG_FILE.read_text("utf-8")
    assert flat(yaml.safe_load(text)) == flat(DEFAULTS)
    assert commented_defaults(text) == flat(DEFAULTS)


def test_a_missing_comment_or_another_default_is_noticed():
    good = "# The api.\napi:\n  # A port.\n  # Default: 8080\n  port: 8080\n"
    assert commented_defaults(good) == {"api.port": 8080}
    assert commented_defaults(good.replace("  # A port.\n", "")) == {}
    assert commented_defaults(good.replace("Default: 8080", "Default: 80")) == {"api.port": 80}
    assert commented_defaults("port: 8080\n") == {}


def uses(key: str, sources: list[str]) -> bool:
    """Whether a source reads the setting by its group's name (``settings.api.port``), so that a search finds it."""
    read = re.compile((r"\b" if "." in key else r"\.") + re.escape(key) + r"\b")
    return any(read.search(source) for source in sources)


@pytest.mark.parametrize("key", sorted(flat(DEFAULTS)))
def test_every_setting_is_used(key):
    sources = [text for path, text in texts("agent/", suffixes=(".py",)) if path != "agent/settings/loading.py"]
    assert uses(key, sources), f"nothing reads `{key}`: take it out of the settings and of config.yaml"


def test_a_setting_without_use_is_noticed():
    assert uses("api.port", ["listen(settings.api.port)"])
    assert not uses("api.port", ["listen(settings.api.portal, port=1)"])
    assert uses("profile", ["settings.profile"])
    assert not uses("profile", ["profile = 1"])


def test_every_variable_of_the_environment_is_a_setting_or_a_known_exception():
    groups = {f"{ENVIRONMENT_PREFIX}{name}".upper() for name in Settings.model_fields}
    named = {
        variable
        for path in files()
        if is_code(path) and path.startswith(("agent/", "scripts/")) and not path.startswith("agent/settings/")
        for variable in re.findall(rf"\b{ENVIRONMENT_PREFIX}[A-Z_]+\b", (ROOT / path).read_text("utf-8"))
    }
    unknown = {name for name in named if name.split("__")[0] not in groups}
    assert unknown <= OTHER_VARIABLES | {"BALCAO_VERSION"}, "an unknown variable would stop the agent"
