"""``user`` and ``apikey``: who may sign in, and which systems may ask, on a real encrypted database."""

import asyncio
import json
import re
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from agent.api.passwords import Cost, Passwords
from agent.api.tokens import digest_of
from agent.contract.access import Role, UserAccount
from agent.contract.audit import AuditRecord
from agent.errors import BadInput
from agent.settings import Settings
from agent.storage.key import keys_of
from agent.storage.repositories.attempts import LockRule, mark_of
from agent.storage.repositories.families import Entry
from agent.storage.store import SqlStore
from tests.cli.conftest import Command
from tests.cli.database import with_store

PASSWORD = "sete gatos pulam o muro"
TWICE = f"{PASSWORD}\n{PASSWORD}\n"


@pytest.fixture
def user(command: Command) -> Command:
    """``user("list")``: one of the ``user`` commands."""
    return partial(command, "user")


@pytest.fixture
def apikey(command: Command) -> Command:
    """``apikey("list")``: one of the ``apikey`` commands."""
    return partial(command, "apikey")


@pytest.fixture(autouse=True)
def begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agent has run once; hashes are cheap."""
    folder.mkdir(mode=0o700)
    with_store(folder)
    cheap = Cost(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(Passwords.__init__, "__defaults__", (cheap,))


def stored(folder: Path) -> list[UserAccount]:
    users: list[UserAccount] = with_store(folder, lambda store: store.accounts.listed())
    return users


def is_right(folder: Path, name: str, password: str) -> bool:
    credential = with_store(folder, lambda store: store.accounts.credential(name=name))
    return asyncio.run(Passwords().verify(password, credential.password_hash)).right


def audited(folder: Path) -> list[AuditRecord]:
    """The audit log, the newest line first; it is proven by the profile's own key."""
    settings = Settings(profiles_dir=folder.parent, profile=folder.name)
    key = keys_of(settings).derived().key("audit")
    lines: list[AuditRecord] = with_store(folder, lambda store: store.audit(key).page())
    return lines


def test_there_is_nobody_at_first(user: Command, folder: Path) -> None:
    assert "user add NAME --role admin" in user("list")
    assert stored(folder) == []


def test_the_first_administrator_is_added_with_a_password_of_their_own(user: Command, folder: Path) -> None:
    told = user("add", "Ana.Souza", "--role", "admin", answer=TWICE)
    assert "ana.souza may sign in, as admin." in told
    assert "authenticator app" in told
    assert PASSWORD not in told
    (ana,) = stored(folder)
    assert (ana.name, ana.role, ana.password_once) == ("ana.souza", Role.ADMIN, False)
    assert is_right(folder, "ana.souza", PASSWORD)
    assert "admin" in user("list").splitlines()[1]
    assert json.loads(user("list", "--json"))[0]["name"] == "ana.souza"


def test_a_generated_password_is_shown_once_and_has_to_be_changed(user: Command, folder: Path) -> None:
    told = user("add", "bia", "--generate")
    found = re.search(r"good for 3 days: (\S{19})$", told, re.MULTILINE)
    assert found is not None
    assert is_right(folder, "bia", found[1])
    assert "has to choose a password" in user("list")
    assert found[1] not in user("list", "--json")


@pytest.mark.parametrize(
    ("words", "answer", "reason"),
    [
        (("add", "ana"), "senha123456789\nsenha123456789\n", "tried first.*several words"),
        (("add", "ana"), "curta\ncurta\n", "12 to 256"),
        (("add", "mariana"), "minha mariana querida\nminha mariana querida\n", "holds the user's name"),
        (("add", "ana<b>"), "", "cannot be a name"),
        (("add", "caio"), TWICE, "already.*user list"),
        (("disable", "nobody"), "", "no user 'nobody'.*user list"),
        (("enable", "nobody"), "", "no user 'nobody'"),
        (("password", "nobody"), TWICE, "no user 'nobody'"),
        (("reset-2fa", "nobody"), "", "no user 'nobody'"),
        (("disable", "caio"), "", "last administrator"),
    ],
)
def test_nonsense_gets_one_sentence_and_what_to_do(
    user: Command, folder: Path, words: tuple[str, ...], answer: str, reason: str
) -> None:
    with_store(folder, lambda store: store.accounts.add("caio", Role.ADMIN, None))
    with pytest.raises(BadInput, match=reason):
        user(*words, answer=answer)
    assert [one.name for one in stored(folder)] == ["caio"]


def test_two_different_passwords_are_asked_for_again(user: Command, folder: Path) -> None:
    assert "do not match" in user("add", "ana", answer=f"{PASSWORD}\nother words\n{TWICE}")
    assert is_right(folder, "ana", PASSWORD)


def test_a_disabled_user_is_signed_out_and_let_in_again(user: Command, folder: Path) -> None:
    async def signed_in(store: SqlStore) -> None:
        ana = await store.accounts.add("ana", Role.ATTENDANT, None)
        await store.families.begin(Entry(ana.id, None), "f", "d", timedelta(hours=1))

    with_store(folder, signed_in)
    assert with_store(folder, lambda store: store.families.who(1, "f")) is not None
    user("disable", "ana")
    assert with_store(folder, lambda store: store.families.who(1, "f")) is None
    assert "disabled" in user("list")
    user("enable", "ana")
    assert with_store(folder, lambda store: store.families.who(1, "f")) is None
    assert stored(folder)[0].disabled_at is None


def test_a_lock_is_shown_and_taken_away(user: Command, folder: Path) -> None:
    settings = Settings(profiles_dir=folder.parent, profile=folder.name)
    mark = mark_of(keys_of(settings).derived().key("names"), "ana")
    rule = LockRule(1, timedelta(hours=1))
    user("add", "ana", answer=TWICE)
    for way in (("enable", "ana"), ("password", "ana")):
        with_store(folder, lambda store: store.accounts.count_attempt(mark, rule))
        assert "locked until" in user("list")
        user(*way, answer=TWICE)
        assert "locked until" not in user("list")


def test_another_password_and_a_lost_app(user: Command, folder: Path) -> None:
    user("add", "ana", answer=TWICE)
    user("password", "ana", answer="oito cabras sobem o monte\noito cabras sobem o monte\n")
    assert is_right(folder, "ana", "oito cabras sobem o monte")
    with_store(folder, lambda store: store.accounts.begin_second_factor(1, "S"))
    with_store(folder, lambda store: store.accounts.confirm_second_factor(1, "S", step=1))
    assert stored(folder)[0].second_factor
    user("reset-2fa", "ana")
    assert not stored(folder)[0].second_factor


def test_a_key_is_made_shown_once_listed_and_revoked(apikey: Command, folder: Path) -> None:
    assert "There is no key" in apikey("list")
    told = apikey("add", "CRM", "--scope", "customers:read", "--scope", "analysis", "--days", "30")
    found = re.search(r"Shown this once: (bk_\S{43})$", told, re.MULTILINE)
    assert found is not None
    assert with_store(folder, lambda store: store.api_keys.use(digest_of(found[1]))) is not None
    shown = apikey("list")
    assert "analysis, customers:read" in shown
    assert found[1] not in shown
    apikey("revoke", "1")
    assert with_store(folder, lambda store: store.api_keys.use(digest_of(found[1]))) is None
    assert "revoked" in apikey("list")
    with pytest.raises(BadInput, match="no key 1 that is good"):
        apikey("revoke", "1")
    assert json.loads(apikey("add", "ERP", "--scope", "analysis", "--json"))["key"].startswith("bk_")


def test_a_key_without_a_scope_is_not_made(apikey: Command, folder: Path) -> None:
    apikey("add", "CRM", code=2)
    apikey("add", "CRM", "--scope", "everything", code=2)
    with pytest.raises(BadInput, match="name of a key"):
        apikey("add", "x" * 101, "--scope", "analysis")
    assert with_store(folder, lambda store: store.api_keys.listed()) == []


def test_what_a_command_did_is_in_the_audit_log_without_names(user: Command, apikey: Command, folder: Path) -> None:
    user("add", "mariana", answer=TWICE)
    user("disable", "mariana")
    user("reset-2fa", "mariana")
    user("password", "mariana", "--generate")
    apikey("add", "CRM", "--scope", "analysis")
    apikey("revoke", "1")
    lines = audited(folder)
    assert [line.action for line in reversed(lines)] == [
        "user.added", "user.changed", "user.second_factor_removed", "user.reset", "key.made", "key.revoked"
    ]  # fmt: skip
    assert {line.actor for line in lines} == {"command"}
    assert "mariana" not in "".join(line.model_dump_json() for line in lines)
