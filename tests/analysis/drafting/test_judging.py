"""A changed price counts at once: a draft that still says the old one is refused."""

from collections.abc import Collection, Generator, Iterator, Sequence
from datetime import datetime

from agent.analysis.drafting.assignment import Assignment
from agent.analysis.drafting.drafts import Drafter
from agent.analysis.drafting.llama import Ended
from agent.analysis.drafting.prompt import brief
from agent.analysis.drafting.writer import Stopped
from agent.analysis.retrieval.replies import Reply, ReplyBook
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, StoredMessage
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


class OneSentence:
    """A writer that always says the same."""

    name: str | None = "modelo"
    learning = False

    def open(self, stopped: Stopped) -> None:
        return

    def learn(self, stopped: Stopped) -> None:
        return

    def read(self, turns: Sequence[StoredMessage], stopped: Stopped) -> None:
        return

    def write(
        self, turns: Sequence[StoredMessage], hints: Sequence[str], stopped: Stopped
    ) -> Iterator[tuple[str, Ended | None]]:
        yield "O frete custa R$ 20,00.", None
        yield "", "finished"

    def compose(self, wanted: Assignment, stopped: Stopped) -> Generator[tuple[str, Ended | None]]:
        yield "", "stopped"

    def forget(self, conversations: Collection[int]) -> None:
        return

    def close(self) -> None:
        return


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
