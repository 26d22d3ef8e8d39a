"""No dialog is forgotten: each of them is opened here, and by the pictures."""

from gui.tabs.customers.tab import CustomersTab
from tests.gui.conftest import OpenWindow
from tests.gui.customers_office import seed
from tests.gui.dialogs import DIALOGS, close, places, shown
from tests.gui.recordings_office import DEMO, with_recordings
from tests.gui.served import ServedOffice


def test_every_dialog_is_in_the_pictures() -> None:
    known = {place for place in DIALOGS if place.rpartition(".")[2] != "log"}
    assert places() == known


def test_every_dialog_opens_and_fits_on_the_screen(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(seed(served))
    with_recordings(served, DEMO)
    desk = open_window(percent=125)
    desk.until(lambda: desk.window.office.connection.value == "live" and desk.sees("loja: Ao vivo"))
    desk.window.go("customers", customer=1)
    tab = desk.window.tabs["customers"]
    assert isinstance(tab, CustomersTab)
    desk.until(lambda: tab.card.customer is not None)
    large = dict[str, tuple[int, int]]()
    for place, open_it in DIALOGS.items():
        open_it(desk)
        desk.until(lambda: shown(desk) is not None, place)
        dialog = shown(desk)
        assert dialog is not None
        if dialog.winfo_width() > 1280 or dialog.winfo_height() > 800:
            large[place] = (dialog.winfo_width(), dialog.winfo_height())
        close(desk)
    assert large == {}
    assert [text for text in desk.window.office.toasts.texts if "Error" in text] == []
