"""The desktop's notifications where the library hands them to the operating system: nothing behind it exists here."""

import pytest
from desktop_notifier import Notification
from desktop_notifier.backends.dummy import DummyNotificationCenter


class Service:
    """What the desktop was asked to show; ``works=False``: it refuses."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, str]] = []
        """Title and text."""
        self.works = True
        service = self

        class Center(DummyNotificationCenter):
            async def _send(self, notification: Notification) -> None:
                service.asked.append((notification.title, notification.message))
                if not service.works:
                    raise OSError("no bus")

        monkeypatch.setattr("desktop_notifier.main.get_backend_class", lambda: Center)
