"""The composition root: settings in, a runnable agent out. The only place that names adapters."""

import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TextIO

from agent.analysis.analyst import LocalAnalyst, create_analyst
from agent.analysis.drafting.models import check_name
from agent.analysis.drafting.server import ServerOptions
from agent.analysis.learning.ranking import Ranking
from agent.analysis.reading.intents_file import read_own_intents
from agent.analysis.retrieval.replies import load_replies
from agent.core.state import State
from agent.jobs.learner import Learner
from agent.page.pairing_code import show_pairing
from agent.page.profile import check_room, locked_profile
from agent.page.renewal import Limits
from agent.page.session import Beside, Prepare, WhatsAppPage, open_page
from agent.page.takeover import take_over
from agent.ports import Page, Store
from agent.runtime import Agent
from agent.settings import Settings
from agent.storage.key import DATABASE_FILE, database_key
from agent.storage.opening import open_store
from agent.storage.store import SqlStore


def build(settings: Settings, prepare: Prepare | None = None) -> Agent:
    """An agent for these settings; nothing is opened yet. ``prepare`` runs on the browser before the page is opened."""
    folder = settings.profile_dir

    def page() -> AbstractAsyncContextManager[Page]:
        return _page(settings, prepare)

    @asynccontextmanager
    async def store() -> AsyncIterator[Store]:
        check_room(folder)
        with locked_profile(folder):
            opened = await open_store(folder / DATABASE_FILE, database_key(folder))
            try:
                yield opened
            finally:
                await opened.close()

    def first_state() -> State:
        return State(
            session=settings.profile,
            run=secrets.token_hex(4),
            attendant=settings.attendant,
            limit=settings.suggestions.limit,
            drafts=settings.model.drafts,
        )

    ranking = Ranking() if settings.learning.enabled else None
    understands = analyst(settings, ranking)

    async def learn(opened: Store) -> None:
        if ranking is not None and isinstance(opened, SqlStore):
            texts = {reply.id: reply.text for reply in load_replies(settings.replies_file).replies}
            learner = Learner(ranking, texts, on_replies=understands.renew, on_corrections=understands.teach)
            await learner.run(opened)
        else:
            understands.teach(())

    return Agent(
        session=settings.profile,
        open_page=page,
        open_store=store,
        analyst=understands,
        learn=learn,
        first_state=first_state,
        address=(settings.api.host, settings.api.port) if settings.api.enabled else None,
        room=settings.flow.queue,
        browser_data=folder / "browser",
        limits=Limits(page_mb=settings.browser.page_memory_mb),
    )


def analyst(settings: Settings, ranking: Ranking | None = None) -> LocalAnalyst:
    """Sentiment, intent and replies, in the order that ``ranking`` learns; the model is loaded in the background.

    Raises:
        ModelMissing: there is no such model. One that is only not here yet is fetched meanwhile.
        BadInput: the replies file, the knowledge base or the own intents cannot be used.
    """
    model, folder = settings.model, settings.profile_dir
    if folder.is_dir():
        read_own_intents(folder / "intents.yaml")  # A broken file is said now, not in the background.
    if model.drafts and model.server is None:
        check_name(model.name, settings.model_file)
    return create_analyst(
        replies=settings.replies_file,
        knowledge=settings.knowledge_path,
        drafts=model.drafts,
        model=model.name,
        model_file=settings.model_file,
        threads=model.threads,
        gpu_layers=model.gpu_layers,
        context_tokens=model.context_tokens,
        max_tokens=model.max_tokens,
        temperature=model.temperature,
        chat_memory_mb=model.chat_memory_mb,
        ranking=ranking,
        attendant=settings.attendant,
        profile=folder,
        server=None if model.server is None else ServerOptions(**model.server.model_dump()),
    )


def beside(settings: Settings, out: TextIO) -> tuple[Beside, ...]:
    """What runs beside the page by these settings; ``out`` is where a person may be reading."""
    running: list[Beside] = []
    if settings.page.use_here:
        running.append(take_over)
    if settings.browser.headless and out.isatty():
        running.append(lambda _tab, bridge: show_pairing(bridge, out, settings.language))
    return tuple(running)


@asynccontextmanager
async def _page(settings: Settings, prepare: Prepare | None) -> AsyncIterator[WhatsAppPage]:
    async with open_page(
        settings.profile_dir,
        settings.page.url,
        executable=settings.browser.executable,
        headless=settings.browser.headless,
        language=settings.language,
        arguments=settings.browser.arguments,
        prepare=prepare,
        room=settings.flow.queue,
        beside=beside(settings, sys.stdout),
    ) as page:
        yield page
