"""Every setting, its type, its limits and its default. ``config.yaml`` explains them; a test keeps the two alike."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder: relative paths in the settings start here, whatever the working folder is."""

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
    model: ModelSettings = ModelSettings()
    suggestions: SuggestionSettings = SuggestionSettings()
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
    def log_file(self) -> Path:
        """Absolute path of the JSON log."""
        return self.profile_dir / "logs" / "agent.log"

    @property
    def model_file(self) -> Path | None:
        """Absolute path of the GGUF file that was set by hand; None when the model goes by its name."""
        return None if self.model.path is None else ROOT / self.model.path.expanduser()
