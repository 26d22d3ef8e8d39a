"""Tells a benchmark when rows are in the database for good."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from agent.contract.stored import RowBatch, SavedBatch
from agent.storage.store import SqlStore


def on_commit(store: SqlStore, told: Callable[[RowBatch, SavedBatch], None]) -> None:
    """Have ``told`` called for every batch that the flow saves, once its transaction is committed."""
    save, together = store.save, store.together
    waiting: list[tuple[RowBatch, SavedBatch]] = []

    async def noted(batch: RowBatch) -> SavedBatch:
        saved = await save(batch)
        waiting.append((batch, saved))
        return saved

    @asynccontextmanager
    async def within() -> AsyncIterator[None]:
        async with together():
            yield
        for batch, saved in waiting:
            told(batch, saved)
        waiting.clear()

    store.save = noted  # type: ignore[method-assign]
    store.together = within  # type: ignore[method-assign]
