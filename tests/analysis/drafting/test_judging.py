"""A changed price counts at once: a draft that still says the old one is refused."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from agent.analysis.drafting.drafts import Drafter
from agent.analysis.drafting.llama import Ended
from agent.analysis.drafting.prompt import brief
from agent.analysis.drafting.writer import Stopped
from agent.analysis.retrieval.replies import Reply, ReplyBook
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, StoredMessage
from tests.analysis.drafting.writers import Wordless
from tests.test_flow import until

NOON = datetime(2026, 11, 22, 12, 0).astimezone()


def book(price: str) -> ReplyBook:
    return ReplyBook(replies=(Reply(id="frete", title="Frete", text=f"O frete custa {price}."),))


def asked() -> StoredMessage:
    return StoredMessage(
        id=1,
        wa_id="a",
        conversation_id=1,
        chat_title="Ana",
        direction=Direction.IN,
        kind=Kind.TEXT,
        author=None,
        text="Quanto custa o frete?",
        state=MessageState.COMPLETE,
        origin=Change.NEW,
        first_seen=NOON,
    )


class OneSentence(Wordless):
    """A writer that always says the same."""

    def write(
        self, turns: Sequence[StoredMessage], hints: Sequence[str], stopped: Stopped
    ) -> Iterator[tuple[str, Ended | None]]:
        yield "O frete custa R$ 20,00.", None
        yield "", "finished"


async def said(drafter: Drafter) -> str:
    text = ""
    async for grown in drafter.draft([asked()], patient=True):
        text = grown
    return text


async def test_a_draft_with_the_old_price_is_refused_at_once() -> None:
    drafter = Drafter(OneSentence(), brief(book("R$ 20,00"), (), NOON), polite=False)
    drafter.start()
    await until(lambda: drafter.state == "ready")
    assert await said(drafter) == "O frete custa R$ 20,00."
    drafter.judge_by(brief(book("R$ 35,00"), (), NOON))
    assert await said(drafter) == ""
    await drafter.close()
