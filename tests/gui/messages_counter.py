"""A person in front of the tab of messages, and customers who write."""

from datetime import UTC, datetime, timedelta

from agent.contract.stored import SavedBatch
from gui.tabs.messages.tab import MessagesTab
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.people import attendant_comes_in
from tests.gui.served import ServedOffice
from tests.gui.test_window import connected
from tests.storage.chats import row, shows

NOON = datetime.now(UTC).replace(hour=12, minute=0) - timedelta(days=1)


def moment(minutes: int) -> dict[str, str]:
    at = NOON + timedelta(minutes=minutes)
    return {"date": at.strftime("%Y-%m-%d"), "time": at.strftime("%H:%M")}


class Counter:
    """The tab, in front of somebody."""

    def __init__(self, desk: Driver, served: ServedOffice) -> None:
        self.desk, self.served = desk, served
        self.store = served.office.store
        connected(desk)
        desk.window.go("messages")
        desk.until(lambda: "messages" in desk.window.tabs)
        tab = desk.window.tabs["messages"]
        assert isinstance(tab, MessagesTab)
        self.tab, self.finder, self.view = tab, tab.finder, tab.view

    def until_listed(self, *titles: str) -> None:
        self.desk.until(lambda: self.listed == list(titles), f"{titles} in the list")

    @property
    def listed(self) -> list[str]:
        return [getattr(item, "title", None) or item.chat_title for _, item in self.finder.list.model.held_rows()]

    @property
    def notice(self) -> str:
        return self.view.edits.line.text

    @property
    def texts(self) -> list[str]:
        bubbles = self.view.bubbles
        return [bubble.text for number in bubbles.ids if (bubble := bubbles.bubble(number))]

    def open(self, title: str) -> None:
        self.desk.until(lambda: title in self.listed, title)
        at = self.listed.index(title)
        tall = self.finder.list.canvas.winfo_height() // self.finder.list.fit()
        self.finder.list.canvas.event_generate("<Button-1>", x=40, y=(at - self.finder.list.first) * tall + 12)
        self.desk.until(lambda: self.view.line is not None and self.view.line.title == title, title)
        self.desk.until(lambda: self.view.bubbles.ids)

    def search(self, words: str) -> None:
        self.desk.fill(self.finder.entry, words)

    def choose(self, box: object, text: str) -> None:
        values = list(box.cget("values"))  # type: ignore[attr-defined]
        box.current(values.index(text))  # type: ignore[attr-defined]
        box.event_generate("<<ComboboxSelected>>")  # type: ignore[attr-defined]
        self.desk.turn()

    def saved(self, batch: object) -> SavedBatch:
        return self.served.do(self.store.save(batch))  # type: ignore[arg-type]

    def told(self, text: str) -> None:
        self.desk.until(lambda: any(text in one for one in self.desk.window.office.toasts.texts), text)


def attendants_counter(open_window: OpenWindow, served: ServedOffice, name: str) -> Counter:
    """In front of an attendant, who has just signed in."""
    return Counter(attendant_comes_in(open_window, served, name), served)


def says(title: str, *texts: str, since: int = 0, **more: object) -> object:
    rows = [row(f"{title}-{since}-{n}", text, **moment(since + n)) for n, text in enumerate(texts)]
    return shows(*rows, title=title, zone="UTC", **more)  # type: ignore[arg-type]
