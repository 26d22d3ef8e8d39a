"""The tabs of the window, in their order. Each is imported and made when it is first looked at."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gui.tabs.base import Tab


def _of(module: str, name: str) -> "Callable[[], type[Tab]]":
    def load() -> Any:  # noqa: ANN401 (a class that is named by its text)
        return getattr(import_module(f"gui.tabs.{module}"), name)

    return load


TABS: "dict[str, Callable[[], type[Tab]]]" = {
    "dashboard": _of("dashboard.tab", "DashboardTab"),
    "messages": _of("messages.tab", "MessagesTab"),
    "customers": _of("customers.tab", "CustomersTab"),
    "ai": _of("ai.tab", "AiTab"),
    "system": _of("system.tab", "SystemTab"),
}
"""By their names; each gives its class."""
