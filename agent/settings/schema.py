"""Every setting, its type, its limits and its default. ``config.yaml`` explains them; a test keeps the two alike."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from agent.settings.opening import OpeningTimes, Weekday
from agent.settings.program import ROOT

ProfileName = Annotated[str, Field(pattern=r"^\w[\w.-]{0,63}$")]
Port = Annotated[int, Field(ge=0, le=65535)]


class Group(BaseModel):
    """Settings that belong together."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BrowserSettings(Group):
    """Which browser is started, and how."""

    executable: Path | None = None
    headless: bool = False
    arguments: tuple[str, ...] = ()
    page_memory_mb: int = Field(default=1500, ge=0)


class PageSettings(Group):
    """The page that the browser opens."""

    url: str = Field(default="https://web.whatsapp.com/", pattern=r"^https?://[^\s/]+")
    use_here: bool = False


class ApiSettings(Group):
    """The HTTP interface."""

    enabled: bool = True
    host: str = Field(default="127.0.0.1", min_length=1)
    port: Port = 8080
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    cors_origins: tuple[str, ...] = ()
    body_kb: int = Field(default=1024, ge=16, le=65_536)
    slow_body_s: float = Field(default=10, ge=0.1, le=300)


class WebsocketSettings(Group):
    """The stream of events."""

    enabled: bool = True
    port: Port = 8081
    max_connections: int = Field(default=100, ge=1, le=10_000)
    heartbeat_s: float = Field(default=20, ge=0.1, le=300)


class SecuritySettings(Group):
    """Who may come in, and how often they may ask."""

    access_minutes: int = Field(default=15, ge=1, le=120)
    refresh_days: int = Field(default=30, ge=1, le=365)
    second_factor: bool = True
    lock_after: int = Field(default=5, ge=3, le=50)
    lock_minutes: int = Field(default=15, ge=1, le=1440)
    requests_a_minute: int = Field(default=600, ge=10, le=1_000_000)
    logins_a_minute: int = Field(default=10, ge=1, le=100_000)
    key_store: Literal["file", "keyring"] = "file"


class PrivacySettings(Group):
    """Personal data: what is masked, and how long it is kept."""

    mask_prompts: bool = True
    mask_exports: bool = False
    keep_days: int | None = Field(default=None, ge=1, le=36_500)
    keep_days_by_tag: dict[str, int] = {}


class WebhookSettings(Group):
    """Other systems that are told of events."""

    private_addresses: bool = False
    timeout_s: float = Field(default=10, ge=0.1, le=120)
    attempts: int = Field(default=20, ge=1, le=100)


class ConnectorSettings(Group):
    """Another system that knows the customers, asked by phone number."""

    kind: Literal["rest"] = "rest"
    url: str = Field(pattern=r"^https?://[^\s/]+.*\{phone\}")
    key_env: str | None = None
    fields: dict[str, str] = {}
    timeout_s: float = Field(default=2, ge=0.1, le=30)
    cache_minutes: int = Field(default=10, ge=0, le=1440)
    private_address: bool = False


class CompanySettings(Group):
    """What is the company's own, and so no reason for a caution."""

    pix_keys: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class BackupSettings(Group):
    """Copies of the database."""

    every_hours: int = Field(default=24, ge=0, le=720)
    keep: int = Field(default=7, ge=1, le=365)


class ReportSettings(Group):
    """Reports that are made by themselves."""

    every: tuple[Literal["day", "week", "month"], ...] = Field(default=(), max_length=3)
    formats: tuple[Literal["pdf", "csv", "xlsx"], ...] = Field(default=("pdf", "xlsx"), max_length=3)
    keep: int = Field(default=60, ge=1, le=1000)


class ServerSettings(Group):
    """A server that writes the drafts instead of a model file."""

    url: str = Field(pattern=r"^https?://[^\s/]+")
    name: str = Field(min_length=1)
    key_env: str | None = None
    remote: bool = False


class ModelSettings(Group):
    """The language model that drafts replies."""

    drafts: bool = True
    name: str = Field(default="auto", min_length=1)
    path: Path | None = None
    threads: int | None = Field(default=None, ge=1, le=512)
    gpu_layers: int = Field(default=0, ge=-1)
    context_tokens: int = Field(default=4096, ge=512, le=131_072)
    max_tokens: int = Field(default=96, ge=8, le=1024)
    temperature: float = Field(default=0.3, ge=0, le=2)
    chat_memory_mb: int = Field(default=256, ge=0, le=65_536)
    server: ServerSettings | None = None


class SuggestionSettings(Group):
    """The replies that are offered."""

    limit: int = Field(default=3, ge=1, le=3)
    replies: Path | None = None
    knowledge: Path | None = None


class AttendanceSettings(Group):
    """When somebody is there to answer, and how soon."""

    first_answer_minutes: float = Field(default=5, gt=0, le=10_080)
    hours: dict[Weekday, OpeningTimes] = {}
    holidays: tuple[date, ...] = ()


class LearningSettings(Group):
    """What is made of what the attendants pick."""

    enabled: bool = True


class FlowSettings(Group):
    """The queue between the page and the decisions."""

    queue: int = Field(default=1000, ge=10, le=1_000_000)


class LogSettings(Group):
    """What is written to the console and to the log file."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Settings(BaseSettings):
    """All settings. ``Settings()`` holds the defaults; only ``load`` reads the file and the environment."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="BALCAO_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        env_parse_none_str="null",
    )

    profile: ProfileName = "default"
    profiles_dir: Path = Path("profiles")
    language: Literal["pt-BR", "en"] = "pt-BR"
    attendant: str = Field(default="", max_length=100)
    browser: BrowserSettings = BrowserSettings()
    page: PageSettings = PageSettings()
    api: ApiSettings = ApiSettings()
    websocket: WebsocketSettings = WebsocketSettings()
    security: SecuritySettings = SecuritySettings()
    privacy: PrivacySettings = PrivacySettings()
    webhooks: WebhookSettings = WebhookSettings()
    connector: ConnectorSettings | None = None
    company: CompanySettings = CompanySettings()
    backup: BackupSettings = BackupSettings()
    reports: ReportSettings = ReportSettings()
    model: ModelSettings = ModelSettings()
    suggestions: SuggestionSettings = SuggestionSettings()
    attendance: AttendanceSettings = AttendanceSettings()
    learning: LearningSettings = LearningSettings()
    flow: FlowSettings = FlowSettings()
    logs: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed in: a test that builds settings must not depend on the machine's environment."""
        return (init_settings,)

    @property
    def profile_dir(self) -> Path:
        """Absolute folder of this profile: browser data, database, logs. It need not exist yet."""
        return ROOT / self.profiles_dir.expanduser() / self.profile

    @property
    def replies_file(self) -> Path:
        """Absolute path of the canned replies. It need not exist."""
        chosen = self.suggestions.replies
        return self.profile_dir / "replies.yaml" if chosen is None else ROOT / chosen.expanduser()

    @property
    def knowledge_path(self) -> Path:
        """Absolute path of the knowledge base, a folder or one file. It need not exist."""
        chosen = self.suggestions.knowledge
        return self.profile_dir / "knowledge" if chosen is None else ROOT / chosen.expanduser()

    @property
    def tls_certificate_file(self) -> Path | None:
        """Absolute path of the certificate; None speaks HTTP."""
        chosen = self.api.tls_certificate
        return None if chosen is None else ROOT / chosen.expanduser()

    @property
    def tls_key_file(self) -> Path | None:
        """Absolute path of the certificate's key."""
        chosen = self.api.tls_key
        return None if chosen is None else ROOT / chosen.expanduser()

    @property
    def log_file(self) -> Path:
        """Absolute path of the JSON log."""
        return self.profile_dir / "logs" / "agent.log"

    @property
    def model_file(self) -> Path | None:
        """Absolute path of the GGUF file that was set by hand; None when the model goes by its name."""
        return None if self.model.path is None else ROOT / self.model.path.expanduser()
