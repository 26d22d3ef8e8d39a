"""The replies file as the counter knows it: the same one that the API changes, without the API's ways to refuse."""

from collections.abc import Awaitable, Callable, Mapping

from agent.analysis.retrieval.replies import ReplyBook
from agent.api.problems import Code, Refused, Why
from agent.api.reply_file import ReplyFile
from agent.contract.replies import NewReply


class CounterShelf:
    """Implements ``agent.counter.replies.Shelf``."""

    def __init__(self, file: ReplyFile, announce: Callable[[str, Mapping[str, object]], Awaitable[None]]) -> None:
        """``file``: the application's one. ``announce``: where events go."""
        self._file, self._announce = file, announce

    async def read(self) -> ReplyBook:
        """What it holds now. ``BadInput``: it was broken by hand."""
        return (await self._file.read()).book

    async def add(self, new: NewReply) -> str | None:
        """Put a reply behind all others. None: it is there; else why it is not. ``BadInput`` as above."""
        try:
            reply, _ = await self._file.add(new, None)
        except Refused as refused:
            match refused.code, refused.detail:
                case Code.CONFLICT, Why(key="taken"):
                    return "shortcut_taken"
                case Code.CONFLICT, Why(key="full"):
                    return "shelf_full"
                case Code.INVALID, _:
                    return "unknown_variable"
                case Code.UNAVAILABLE, _:
                    return "not_written"
                case _:
                    return "file_changed"
        await self._announce("replies.changed", {"reply_id": reply.id, "change": "added"})
        return None
