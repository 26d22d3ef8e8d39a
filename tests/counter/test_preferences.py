"""How each person likes the card is remembered, by the real database."""

from pathlib import Path

from sqlalchemy import text

from agent.contract.commands import PreferencesCommand
from agent.contract.workplace import Preferences
from agent.core.errands import Errand, KeepPreferences, ShowPreferences
from agent.core.events import Event, Served
from agent.counter.habits import Habits
from agent.storage.habits import readable
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from tests.storage.fresh import KEY, fresh_file

LEFT = Preferences(
    place="left", theme="contrast", scale=150, language="es", tour_seen=True, shortcuts={"pick1": "Alt+Q"}
)


async def done(store: SqlStore, errand: Errand) -> list[Event]:
    worker = Habits(store.habits)
    assert isinstance(errand, worker.takes)
    return [event async for event in worker.do(errand)]


async def shown(store: SqlStore, attendant: str, session: str = "loja") -> Preferences:
    (told,) = await done(store, ShowPreferences(session, attendant))
    assert isinstance(told, Served)
    assert isinstance(told.command, PreferencesCommand)
    return told.command.preferences


async def test_who_never_said_has_the_usual_and_has_not_seen_the_tour(store: SqlStore) -> None:
    assert await shown(store, "Ana") == Preferences()
    assert not (await shown(store, "Ana")).tour_seen


async def test_each_person_and_each_session_has_their_own(store: SqlStore) -> None:
    assert await done(store, KeepPreferences("loja", "Ana", LEFT)) == []
    assert await done(store, KeepPreferences("loja", "", Preferences(scale=200))) == []
    assert await shown(store, "Ana") == LEFT
    assert (await shown(store, "")).scale == 200
    assert await shown(store, "Bia") == Preferences()
    assert await shown(store, "Ana", "outra") == Preferences()


async def test_the_last_wish_counts(store: SqlStore) -> None:
    for scale in (125, 150, 175):
        await done(store, KeepPreferences("loja", "Ana", LEFT.model_copy(update={"scale": scale})))
    assert (await shown(store, "Ana")).scale == 175


async def test_they_outlive_a_restart(tmp_path: Path) -> None:
    await fresh_file(tmp_path / "data.db")
    for wanted in (Preferences(), LEFT):
        store = await open_store(tmp_path / "data.db", KEY)
        assert await shown(store, "Ana") == wanted
        await done(store, KeepPreferences("loja", "Ana", LEFT))
        await store.close()


async def test_what_another_version_kept_is_taken_as_far_as_it_fits(store: SqlStore) -> None:
    await done(store, KeepPreferences("loja", "Ana", LEFT))
    async with store._write() as db:
        kept = '{"place": "ceiling", "scale": 900, "theme": "dark", "language": "en", "wallpaper": "cats"}'
        await db.execute(text("update habits set preferences = :kept"), {"kept": kept})
    assert await shown(store, "Ana") == Preferences(theme="dark", language="en")
    assert readable(None) == Preferences()
