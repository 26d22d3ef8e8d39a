"""Settings by the API: every one is told, few may be changed, and the file stays as its owner wrote it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.api.changeable import CHANGEABLE, FILE_ONLY, HIDDEN
from agent.contract.access import Role
from agent.settings import CONFIG_FILE, Settings, load
from agent.settings.describing import described
from tests.api.by_hand import changed_lines, mode, read, write
from tests.api.conftest import Office

WRITTEN = """\
# Ours.
model:
  # Less wild.
  temperature: 0.1   # was 0.3

  # Our own words
  max_tokens: 96
privacy:
  keep_days_by_tag:
    # applicants
    candidato: 90
# The end.
"""


@pytest.fixture
def file(office: Office) -> Path:
    write(office.reach.config, WRITTEN)
    office.reach.config.chmod(0o640)
    return office.reach.config


@pytest.fixture(autouse=True)
def level() -> Iterator[None]:
    before = logging.getLogger().level
    yield
    logging.getLogger().setLevel(before)


def test_every_setting_is_in_one_list() -> None:
    names = {one.name for one in described()}
    assert names == CHANGEABLE | FILE_ONLY, "say of each setting whether the API may change it"
    assert not CHANGEABLE & FILE_ONLY
    assert HIDDEN <= FILE_ONLY


def test_nothing_that_names_a_file_a_program_or_an_address_may_be_changed() -> None:
    open_words = {"url", "host", "port", "executable", "arguments", "path", "cors_origins", "private_addresses"}
    for one in described():
        if one.kind in ("file", "group") or open_words & set(one.key):
            assert one.name in FILE_ONLY, one.name


async def test_every_setting_is_told_with_its_limits_and_words(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    told = {one["name"]: one for one in (await client.get("/api/settings")).json()["items"]}
    assert set(told) == {one.name for one in described()}
    warm = told["model.temperature"]
    assert (warm["kind"], warm["minimum"], warm["maximum"], warm["default"]) == ("number", 0, 2, 0.3)
    assert (warm["value"], warm["next_value"], warm["source"]) == (0.3, 0.1, "file")
    assert warm["description"] == "Less wild."
    assert told["flow.queue"]["description"].startswith("Frames of the page that may wait at once")
    assert told["language"]["choices"] == ["pt-BR", "en"]
    assert (told["profile"]["source"], told["profile"]["overridden"]) == ("argument", True)
    assert (told["backup.keep"]["source"], told["backup.keep"]["restart"]) == ("default", True)
    assert not told["api.host"]["changeable"]
    assert all(one["description"] for one in told.values())


async def test_secrets_are_never_told(office: Office, file: Path) -> None:
    url = "https://ana:geheim@crm.example/contacts?key=geheim&phone={phone}"
    server = '{url: "http://x:geheim@127.0.0.1/v1", name: m}'
    write(file, f'connector: {{url: "{url}"}}\nmodel: {{server: {server}}}\nbrowser: {{arguments: ["--p=geheim"]}}\n')
    client = await office.client(Role.ADMIN)
    answer = await client.get("/api/settings")
    assert answer.status_code == 200
    assert "geheim" not in answer.text
    write(file, f'connector: {{url: "{url}", kind: geheim}}\n')
    answer = await client.get("/api/settings")
    assert answer.status_code == 409
    assert "geheim" not in answer.text


async def test_a_change_touches_nothing_else_in_the_file(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    change = {"model.temperature": 0.7, "model.drafts": False, "language": "en", "backup.keep": 3}
    answer = await client.patch("/api/settings", json=change)
    assert answer.status_code == 200
    told = {one["name"]: one for one in answer.json()["items"]}
    assert {name: one["next_value"] for name, one in told.items()} == change
    assert told["model.temperature"]["value"] == 0.3, "it counts from the next start on"
    assert changed_lines(file, WRITTEN) == [
        "-  temperature: 0.1   # was 0.3",
        "+  temperature: 0.7   # was 0.3",
        "+  drafts: false",
        '+language: "en"',
        "+backup:",
        "+  keep: 3",
    ]
    assert read(file).endswith("# The end.\n")
    assert mode(file) == 0o640
    assert load(file).model.temperature == 0.7
    [line] = await office.reach.audit.page(action="settings.changed")
    assert line.data == {"settings": sorted(change)}


async def test_the_shipped_file_keeps_all_its_words(office: Office) -> None:
    shipped = read(CONFIG_FILE)
    write(office.reach.config, shipped)
    client = await office.client(Role.ADMIN)
    change = {"privacy.keep_days": 400, "privacy.keep_days_by_tag": {"no": 30, "a: b": 7}, "model.threads": None}
    assert (await client.patch("/api/settings", json=change)).status_code == 200
    assert changed_lines(office.reach.config, shipped) == [
        "-  keep_days: null",
        "+  keep_days: 400",
        "-  keep_days_by_tag: {}",
        '+  keep_days_by_tag: {"no": 30, "a: b": 7}',
    ]
    assert load(office.reach.config).privacy.keep_days_by_tag == {"no": 30, "a: b": 7}


async def test_a_block_is_replaced_as_a_whole(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    assert (await client.patch("/api/settings", json={"privacy.keep_days_by_tag": {}})).status_code == 200
    assert load(file).privacy.keep_days_by_tag == {}
    assert read(file).endswith("# The end.\n")


async def test_without_a_file_one_is_made_for_its_owner_only(office: Office) -> None:
    client = await office.client(Role.ADMIN)
    assert (await client.patch("/api/settings", json={"attendant": "Bia: no # &x"})).status_code == 200
    assert load(office.reach.config).attendant == "Bia: no # &x"
    assert mode(office.reach.config) == 0o600


async def test_the_environment_wins_and_the_answer_says_so(
    office: Office, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALCAO_MODEL__TEMPERATURE", "1.5")
    client = await office.client(Role.ADMIN)
    [told] = (await client.patch("/api/settings", json={"model.temperature": 0.2})).json()["items"]
    assert (told["next_value"], told["source"], told["overridden"]) == (1.5, "environment", True)
    assert "temperature: 0.2" in read(file)


async def test_the_level_of_the_log_counts_at_once(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    [told] = (await client.patch("/api/settings", json={"logs.level": "error"})).json()["items"]
    assert (told["value"], told["restart"]) == ("error", False)
    assert logging.getLogger().level == logging.ERROR


@pytest.mark.parametrize("name", sorted(FILE_ONLY))
async def test_what_is_not_on_the_list_is_refused(office: Office, file: Path, name: str) -> None:
    client = await office.client(Role.ADMIN)
    [one] = [one for one in described() if one.name == name]
    for value in (one.default, "x", None, {"url": "http://evil.example"}):
        answer = await client.patch("/api/settings", json={"model.temperature": 1, name: value})
        assert answer.status_code == 422
        assert answer.json()["faults"][0] == {"where": f"body.{name}", "what": "extra_forbidden"}
    assert read(file) == WRITTEN


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"model.temperature": 3},
        {"model.temperature": "0.3"},
        {"model.threads": "2"},
        {"model.threads": 0},
        {"model.drafts": "yes"},
        {"model.drafts": None},
        {"model.name": "../../etc/passwd"},
        {"model.name": "/tmp/model.gguf"},  # noqa: S108
        {"logs.level": "loud"},
        {"attendant": "linha\nbrowser:\n  executable: /bin/sh"},
        {"attendant": "x" * 101},
        {"privacy.keep_days_by_tag": {"a": 0}},
        {"privacy.keep_days_by_tag": {"a": "!!python/object"}},
        {"flow.queue": 10**30},
        {"model": {"path": "/etc/passwd"}},
        {"model__path": "/etc/passwd"},
        {"model__temperature": 1},
        {"unknown": 1},
        [],
        "x",
    ],
)
async def test_what_is_no_good_value_changes_nothing(office: Office, file: Path, change: object) -> None:
    client = await office.client(Role.ADMIN)
    assert (await client.patch("/api/settings", json=change)).status_code == 422
    assert read(file) == WRITTEN


async def test_a_file_that_was_changed_meanwhile_or_broken_is_left_alone(office: Office, file: Path) -> None:
    client = await office.client(Role.ADMIN)
    seen = (await client.get("/api/settings")).headers["etag"]
    write(file, WRITTEN + "# by hand\n")
    change = {"model.temperature": 1.0}
    answer = await client.patch("/api/settings", json=change, headers={"If-Match": seen})
    assert answer.status_code == 409
    assert read(file) == WRITTEN + "# by hand\n"
    write(file, "model: [")
    answer = await client.patch("/api/settings", json=change)
    assert answer.status_code == 409
    assert str(file.parent) not in answer.text
    assert read(file) == "model: ["


async def test_only_administrators_see_them(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.get("/api/settings")).status_code == 403
    assert (await client.patch("/api/settings", json={"language": "en"})).status_code == 403


def test_the_shipped_settings_are_those_of_the_list() -> None:
    assert load(CONFIG_FILE) == Settings()


@pytest.mark.parametrize("times", ["8h às 18h", "08:00-12:00, 11:00-18:00", "10:00-10:00"])
async def test_opening_times_that_cannot_be_are_a_conflict_that_says_why(
    office: Office, file: Path, times: str
) -> None:
    client = await office.client(Role.ADMIN)
    refused = await client.patch("/api/settings", json={"attendance.hours": {"mon": times}})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert "attendance.hours.mon" in refused.text
    assert read(file) == WRITTEN
