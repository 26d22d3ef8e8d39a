"""Recordings with real texts: those in which a person is go with them, and the others stay."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from agent.storage import recorded
from agent.storage.forgetting import Forgetting
from agent.storage.ledger import Ledger
from agent.storage.repositories.subject import Known
from agent.storage.store import SqlStore
from agent.storage.traces import Traces
from tests.storage.chats import row, shows
from tests.storage.filmed import filmed, torn
from tests.storage.test_erasing import SECRETS

ANA, PHONE = "Ana Fulgêncio", "+5511911112222"


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        (Known(traces=Traces.of([ANA], [])), True),
        (Known(traces=Traces.of(["ANA FULGÊNCIO"], [])), True),
        (Known(traces=Traces.of(["Caio"], [PHONE])), True),
        (Known(listed=(("loja", ANA, "outra coisa"),)), True),
        (Known(traces=Traces.of(["Fulgênc"], ["+5511911113333"])), False),
        (Known(listed=(("loja", "Ana", None),), messages=(("loja", "3EB0"),)), False),
    ],
)
async def test_a_person_is_known_by_names_numbers_and_titles(tmp_path: Path, known: Known, holds: bool) -> None:
    path = await filmed(tmp_path, "conversa", ANA, "me liga no (11) 91111-2222")
    assert recorded.without(tmp_path, known) == (int(holds), ())
    assert path.exists() is not holds


async def test_a_message_is_known_by_its_id(tmp_path: Path) -> None:
    path = await filmed(tmp_path, "conversa", ANA, "oi")
    ids = [text for text in _texts(path) if text.startswith("3EB0") and len(text) == 22]
    assert ids
    assert recorded.without(tmp_path, Known(messages=(("loja", ids[0]),))) == (1, ())


def _texts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return list(recorded._texts(archive))


async def test_what_cannot_be_read_or_is_being_made_is_named(tmp_path: Path) -> None:
    (await filmed(tmp_path, "cut", ANA, "oi")).write_bytes(b"PK\x03\x04")
    part = torn(tmp_path, "oi")
    with FileLock(part / "lock"):
        assert recorded.without(tmp_path, Known(traces=Traces.of([ANA], []))) == (0, ("cut.balcao", part.name))
    assert recorded.without(tmp_path, Known(traces=Traces.of([ANA], []))) == (1, ("cut.balcao",))


async def test_after_a_crash_in_the_midst_all_of_them_go(store: SqlStore, tmp_path: Path) -> None:
    await store.save(shows(row("A", "oi"), title=ANA, phone=PHONE))
    await filmed(tmp_path, "conversa", ANA, "oi")
    (person,) = await store.people.find(ANA)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    forgetting = Forgetting(store, tmp_path, SECRETS, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recorded, "without", cut)
        with pytest.raises(KeyboardInterrupt):
            await forgetting.erase(person.id, "user:1")
    assert await store.people.find(ANA) == []
    assert Ledger(tmp_path, SECRETS).pending
    await Forgetting(store, tmp_path, SECRETS).again()
    assert recorded.with_texts(tmp_path) == ()
    assert not Ledger(tmp_path, SECRETS).pending
