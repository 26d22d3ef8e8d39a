"""The composition root: settings in, a runnable agent out. The only place that names adapters."""

import secrets
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TextIO

from agent.analysis.analyst import LocalAnalyst, create_analyst
from agent.analysis.drafting.models import check_name
from agent.analysis.drafting.server import ServerOptions
from agent.analysis.learning.ranking import Ranking
from agent.analysis.reading.intents_file import read_own_intents
from agent.analysis.retrieval.replies import ReplyBook, load_replies
from agent.api.intent_file import IntentFile
from agent.api.knowledge_folder import KnowledgeFolder
from agent.api.local_token import make_local_token
from agent.api.reach import Reach
from agent.api.reply_file import ReplyFile
from agent.api.settings_file import SettingsFile
from agent.api.shelf import CounterShelf
from agent.api.site import Site, address
from agent.connectors.rest import RestConnector, RestOptions
from agent.core.hours import attendance_of
from agent.core.state import State
from agent.counter.customers import customer_workers
from agent.counter.habits import Habits
from agent.counter.recalling import Recaller
from agent.counter.replies import Changes, ReplyClerk, ReplyTeller
from agent.counter.writing import Writing
from agent.errands import Worker
from agent.errors import BadInput
from agent.jobs.backups import BackupSchedule
from agent.jobs.learner import Learner
from agent.jobs.monitor import Facts, Watching
from agent.jobs.reports import Plan, ReportSchedule
from agent.jobs.retention import Retention
from agent.jobs.webhooks import Webhooks
from agent.net.client import Outside
from agent.page.pairing_code import show_pairing
from agent.page.profile import check_room, locked_profile
from agent.page.renewal import Limits
from agent.page.session import Beside, Prepare, WhatsAppPage, open_page
from agent.page.takeover import take_over
from agent.ports import Analyst, Connector, Page, Store
from agent.recordings.desk import RecordingDesk
from agent.recordings.empty import empty_store
from agent.recordings.page_replay import page_finished
from agent.recordings.screening import Screening
from agent.reports.files import company_of
from agent.runtime import Agent
from agent.settings import CONFIG_FILE, Settings
from agent.shield import Company
from agent.storage.audit import AUDIT_HEAD, AuditStore
from agent.storage.backup import BackupFolder
from agent.storage.forgetting import Forgetting
from agent.storage.key import DATABASE_FILE, keys_of
from agent.storage.key_change import settle_key
from agent.storage.opening import open_store
from agent.storage.restore_order import RestoreOrders
from agent.storage.rota import Rota
from agent.storage.store import SqlStore
from agent.stream.memory import MemoryStream
from agent.telemetry.monitor import Watch


def build(
    settings: Settings,
    prepare: Prepare | None = None,
    config: Path | None = None,
    arguments: Mapping[str, object] | None = None,
    *,
    starts_again: bool = False,
) -> Agent:
    """An agent for these settings; nothing is opened yet.

    ``prepare`` runs on the browser before the page is opened; ``config`` is the file that the settings came from, and
    ``arguments`` are those that the command line gave, by dotted name. ``starts_again``: whoever runs the agent builds
    and runs it anew when it ends with ``again``.
    """
    folder, keys = settings.profile_dir, keys_of(settings)
    restores = RestoreOrders(folder, keys.derived)

    def audit_of(opened: SqlStore) -> AuditStore:
        return opened.audit(keys.derived().key("audit"), folder / AUDIT_HEAD)

    def page() -> AbstractAsyncContextManager[Page]:
        return _page(settings, prepare)

    @asynccontextmanager
    async def store() -> AsyncIterator[Store]:
        check_room(folder)
        with locked_profile(folder):
            settle_key(keys)
            restored = await restores.carry_out(keys)
            opened = await open_store(folder / DATABASE_FILE, keys.database())
            try:
                if restored is not None:
                    await restores.tell(restored, opened, audit_of(opened))
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
            connected=settings.connector is not None,
            attendance=attendance_of(settings),
            company=company(settings),
        )

    rota = Rota()
    ranking = Ranking() if settings.learning.enabled else None
    understands = analyst(settings, ranking)

    connected = connector(settings)
    changes = Changes()

    def taken_up(book: ReplyBook) -> None:
        understands.take_replies(book)
        changes.tell()

    replies = ReplyFile(settings.replies_file, taken_up)

    async def webhooks(opened: Store) -> None:
        if isinstance(opened, SqlStore):
            outside = Outside(private=settings.webhooks.private_addresses, timeout_s=settings.webhooks.timeout_s)
            await Webhooks(outside, attempts=settings.webhooks.attempts, rota=rota).run(opened)

    def texts() -> dict[str, str]:
        return {reply.id: reply.text for reply in load_replies(settings.replies_file).replies}

    async def learn(opened: Store) -> None:
        if ranking is not None and isinstance(opened, SqlStore):
            learner = Learner(ranking, texts(), understands.renew, understands.teach, reread=texts, rota=rota)
            await learner.run(opened)
        else:
            understands.teach(())

    def backups() -> BackupFolder:
        return BackupFolder(folder, keys.database(), keys.derived())

    async def back_up(opened: Store) -> None:
        if isinstance(opened, SqlStore):
            copies = settings.backup
            await BackupSchedule(backups(), copies.every_hours, copies.keep, rota=rota).run(opened)

    async def report(opened: Store) -> None:
        if isinstance(opened, SqlStore):
            wanted = settings.reports
            plan = Plan(wanted.every, wanted.formats, wanted.keep)
            schedule = ReportSchedule(
                folder, plan, attendance_of(settings), lambda: company_name(settings), settings.language, rota=rota,
                titles=lambda: intent_titles(settings),
            )  # fmt: skip
            await schedule.run(opened, opened.audit(keys.derived().key("audit"), folder / AUDIT_HEAD))

    watch = Watch(folder, settings.backup.every_hours)

    async def watches(agent: Agent, opened: Store) -> None:
        def facts() -> Facts:
            session = agent.session_state()
            first = understands.first_token_ms
            return Facts(session.state, session.life, session.model, first, understands.refitted)

        if isinstance(opened, SqlStore):
            await Watching(watch, facts, backups(), rota=rota).run(opened)

    async def forgets(agent: Agent, opened: Store) -> Forgetting:
        if not isinstance(opened, SqlStore):
            raise TypeError("nobody can be erased from another store")
        forgetting = Forgetting(opened, folder, keys.derived(), memory=agent)
        await forgetting.again()
        return forgetting

    async def retention(forgetting: Forgetting) -> None:
        kept = settings.privacy
        await Retention(kept.keep_days, kept.keep_days_by_tag, rota).run(forgetting)

    def workers(opened: Store) -> list[Worker]:
        if not isinstance(opened, SqlStore):
            raise TypeError("the counter needs the store's own parts")
        return [
            Habits(opened.habits),
            Recaller(opened),
            Writing(opened, understands),
            *customer_workers(opened, audit_of(opened)),
            ReplyTeller(CounterShelf(replies, opened.announce), opened.habits, changes),
            ReplyClerk(CounterShelf(replies, opened.announce), opened.habits, datetime.now),
        ]

    def site(agent: Agent, opened: Store) -> Site:
        if not isinstance(opened, SqlStore):
            raise TypeError("the API needs the store's own parts")
        stream = MemoryStream(opened)
        opened.on_events(stream.wake)
        return Site(
            Reach(
                settings=settings,
                config=config or CONFIG_FILE,
                store=opened,
                secrets=keys.derived(),
                local_token=make_local_token(folder),
                health=agent.health,
                analyst=understands,
                session=agent.session_state,
                screen=agent.screen,
                pause=agent.pause,
                switch=agent.switch.turn,
                show=agent.bring_to_front,
                recordings=agent.recordings,
                replies=replies,
                settings_file=SettingsFile(config or CONFIG_FILE, settings, arguments or {}),
                connector=connected,
                backups=backups(),
                restores=restores if starts_again else None,
                start_again=agent.start_again,
                watch=watch,
                rota=rota,
                intents=IntentFile(folder, understands.train, understands.renew_intents),
                knowledge=KnowledgeFolder(settings.knowledge_path, understands.take_knowledge),
                forgetting=agent.forgetting,  # type: ignore[arg-type] # made by ``forgets`` once the store is open
            ),
            stream,
        )

    made = Agent(
        session=settings.profile,
        site=site,
        open_page=page,
        open_store=store,
        analyst=understands,
        learn=learn,
        workers=workers,
        webhooks=webhooks,
        connector=connected,
        backup=back_up,
        reports=report,
        watches=watches,
        forgets=forgets,
        retention=retention,
        first_state=first_state,
        address=address(settings),
        room=settings.flow.queue,
        browser_data=folder / "browser",
        limits=Limits(page_mb=settings.browser.page_memory_mb),
    )
    made.recordings = recording_desk(settings, made, understands, origin="page" if prepare is None else "demo")
    return made


def recording_desk(settings: Settings, session: Agent, understands: Analyst, *, origin: str) -> RecordingDesk:
    """Records the session, and knows how to make the golden results."""
    golden = partial(page_finished, executable=settings.browser.executable)
    screening = Screening(settings.browser.executable)
    return RecordingDesk(
        settings.profile_dir,
        session,
        understands,
        empty_store,
        page_golden=golden,
        screening=screening,
        origin=origin,
    )


def connector(settings: Settings) -> Connector | None:
    """The connected system that knows the customers; None where there is none.

    Raises:
        BadInput: its address may not be asked, or its key is missing.
    """
    if settings.connector is None:
        return None
    options = settings.connector.model_dump(exclude={"kind"})
    return RestConnector(RestOptions(**options, language=settings.language))


def company_name(settings: Settings) -> str:
    """What the business is called, by its replies file; the profile's name where that does not say."""
    try:
        return company_of(load_replies(settings.replies_file).business, settings.profile)
    except BadInput:  # A file that was broken by hand is no reason to have no figures.
        return settings.profile


def intent_titles(settings: Settings) -> dict[str, str]:
    """What the company calls its own intents, by name; none where their file cannot be read."""
    try:
        return read_own_intents(settings.profile_dir / "intents.yaml").titles()
    except BadInput:
        return {}


def company(settings: Settings) -> Company:
    """What is the company's own: by the settings, and by what its canned replies say."""
    own, book, now = settings.company, load_replies(settings.replies_file), datetime.now().astimezone()
    texts = [f"{name}: {value}" for name, value in book.business.items()]
    texts += [book.fill_text(reply.text, now) for reply in book.replies]
    return Company.read((*own.pix_keys, *own.phones), own.domains, texts)


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
        mask_prompts=settings.privacy.mask_prompts,
        ranking=ranking,
        attendant=settings.attendant,
        profile=folder,
        own=(*settings.company.pix_keys, *settings.company.domains, *settings.company.phones),
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
