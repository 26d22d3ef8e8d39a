"""Settings: arguments > environment (``BALCAO_...``) > ``config.yaml`` > defaults; frozen; unknown keys are errors."""

from agent.settings.loading import CONFIG_FILE, ENVIRONMENT_PREFIX, load
from agent.settings.program import ROOT
from agent.settings.schema import (
    ApiSettings,
    BrowserSettings,
    FlowSettings,
    LogSettings,
    ModelSettings,
    PageSettings,
    Settings,
    SuggestionSettings,
)

__all__ = [
    "CONFIG_FILE",
    "ENVIRONMENT_PREFIX",
    "ROOT",
    "ApiSettings",
    "BrowserSettings",
    "FlowSettings",
    "LogSettings",
    "ModelSettings",
    "PageSettings",
    "Settings",
    "SuggestionSettings",
    "load",
]
