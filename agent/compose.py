"""The composition root: settings in, a runnable agent out. The only place that names adapters."""

import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from agent.analysis.analyst import LocalAnalyst, create_analyst
from agent.analysis.models import check_name
from agent.core.state import State
from agent.page.profile import check_room, locked_profile
from agent.page.session import Prepare, WhatsAppPage, open_page
from agent.ports import Page, Store
from agent.runtime import Agent
from agent.settings import Settings
from agent.storage.key import DATABASE_FILE, database_key
from agent.storage.opening import open_store


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
            limit=settings.suggestions.limit,
            drafts=settings.model.drafts,
        )

    return Agent(
        session=settings.profile,
        open_page=page,
        open_store=store,
        analyst=analyst(settings),
        first_state=first_state,
        address=(settings.api.host, settings.api.port) if settings.api.enabled else None,
        room=settings.flow.queue,
    )


def analyst(settings: Settings) -> LocalAnalyst:
    """Sentiment, intent and replies; the model is loaded in the background.

    Raises:
        ModelMissing: there is no such model. One that is only not here yet is fetched meanwhile.
        BadInput: the replies file cannot be used.
    """
    model = settings.model
    if model.drafts:
        check_name(model.name, settings.model_file)
    return create_analyst(
        replies=settings.replies_file,
        drafts=model.drafts,
        model=model.name,
        model_file=settings.model_file,
        threads=model.threads,
        gpu_layers=model.gpu_layers,
        context_tokens=model.context_tokens,
        max_tokens=model.max_tokens,
        temperature=model.temperature,
    )


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
    ) as page:
        yield page
