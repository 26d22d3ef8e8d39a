"""A writer for the tests that need nothing but its words."""

from collections.abc import Collection, Generator, Iterator, Sequence

from agent.analysis.drafting.assignment import Assignment
from agent.analysis.drafting.llama import Ended
from agent.analysis.drafting.writer import Stopped
from agent.contract.stored import StoredMessage


class Wordless:
    """A writer that is ready at once, remembers nothing, and has nothing to say; a test's own says what it is about."""

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
        yield "", "finished"

    def compose(self, wanted: Assignment, stopped: Stopped) -> Generator[tuple[str, Ended | None]]:
        yield "", "stopped"

    def forget(self, conversations: Collection[int]) -> None:
        return

    def close(self) -> None:
        return
