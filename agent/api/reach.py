"""What the routes can reach of the running agent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from agent.api.intent_file import IntentFile
from agent.api.knowledge_folder import KnowledgeFolder
from agent.api.model_shelf import ModelShelf
from agent.api.passwords import Passwords
from agent.api.reply_file import ReplyFile
from agent.api.settings_file import SettingsFile
from agent.api.turnstile import Turnstiles
from agent.api.understanding import Understanding
from agent.contract.frames import StateFrame
from agent.contract.health import Health
from agent.contract.sessions import SessionState
from agent.ports import Analyst, Connector
from agent.recordings.desk import RecordingDesk
from agent.settings import Settings
from agent.storage.audit import AUDIT_HEAD, AuditStore
from agent.storage.backup import BackupFolder
from agent.storage.forgetting import Forgetting
from agent.storage.key import Derived
from agent.storage.restore_order import RestoreOrders
from agent.storage.rota import Rota
from agent.storage.store import SqlStore
from agent.telemetry.monitor import Watch


def utc_now() -> datetime:
    """The time, unless a test brings its own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Reach:
    """One for the whole API; ``compose`` makes it, and tests make one of real parts."""

    settings: Settings
    config: Path
    """The settings' file."""
    store: SqlStore
    secrets: Derived
    local_token: str
    """What the profile's token file holds: who can read it is this profile's owner on this machine."""
    health: Callable[[], Awaitable[Health]]
    analyst: Analyst
    session: Callable[[], SessionState]
    screen: Callable[[], StateFrame | None]
    """What the page said last of its screen; None while no page is open."""
    replies: ReplyFile
    settings_file: SettingsFile
    pause: Callable[[bool], bool] = field(default=lambda _on: False)
    """Stops the capture, or lets it go on; False: no page is open."""
    switch: Callable[[bool], None] | None = None
    """Opens the session, or closes it in order; None: it is not this program's."""
    show: Callable[[], Awaitable[bool]] | None = None
    """Brings the page's window to the front; False: no page is open."""
    now: Callable[[], datetime] = field(default=utc_now)
    recordings: RecordingDesk | None = None
    """Records the session; None: it is not this program's."""
    connector: Connector | None = None
    """Another system that knows the customers."""
    backups: BackupFolder | None = None
    """The copies of the database; None where it is not this program that makes them."""
    restores: RestoreOrders | None = None
    """Takes an order to restore a copy at the next start; None where nobody would start the agent again."""
    start_again: Callable[[], None] = lambda: None
    """Ends the agent in order, and starts it anew."""
    rota: Rota = field(default_factory=Rota)
    """What runs by the clock."""
    turnstiles: Turnstiles = field(default_factory=Turnstiles)
    passwords: Passwords = field(default_factory=Passwords)

    watch: Watch = None  # type: ignore[assignment] # made below, where the agent brings none
    """How the machine is doing."""
    intents: IntentFile = None  # type: ignore[assignment] # made below, where the agent brings none
    """The business's own intents."""
    knowledge: KnowledgeFolder = None  # type: ignore[assignment] # made below, where the agent brings none
    models: ModelShelf = field(default_factory=ModelShelf)
    """The model files of this machine."""
    forgetting: Forgetting = None  # type: ignore[assignment] # made below, where the agent brings none
    """Erases somebody everywhere."""
    understanding: Understanding = field(init=False)

    def __post_init__(self) -> None:
        """What works for the routes in the background; ``Site.serve`` runs it."""
        if self.forgetting is None:
            forgetting = Forgetting(self.store, self.settings.profile_dir, self.secrets, now=self.now)
            object.__setattr__(self, "forgetting", forgetting)
        if self.intents is None:
            object.__setattr__(self, "intents", IntentFile(self.settings.profile_dir))
        if self.knowledge is None:
            object.__setattr__(self, "knowledge", KnowledgeFolder(self.settings.knowledge_path))
        if self.watch is None:
            object.__setattr__(self, "watch", Watch(self.settings.profile_dir, self.settings.backup.every_hours))
        object.__setattr__(self, "understanding", Understanding(self.store, self.analyst))

    @property
    def audit(self) -> AuditStore:
        """The audit log."""
        return self.store.audit(self.secrets.key("audit"), self.settings.profile_dir / AUDIT_HEAD)
