"""After a restart, who waited goes on waiting since then."""

from datetime import UTC, datetime

from agent.core.errands import RecallQueue
from agent.core.events import Recalled
from agent.counter.recalling import Recaller
from tests.storage.fresh import fresh_store
from tests.storage.test_listed import chat

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


async def test_those_that_waited_are_recalled_with_the_moment() -> None:
    store = await fresh_store()
    await store.save_listed("loja", (chat("Ana", since=AT), chat("Bia", waits=False)), None)
    await store.save_listed("outra", (chat("Caio", since=AT),), None)
    (recalled,) = [event async for event in Recaller(store).do(RecallQueue("loja"))]
    assert isinstance(recalled, Recalled)
    assert [(one.preview.title, one.waits_since) for one in recalled.chats] == [("Ana", AT)]
    await store.close()
