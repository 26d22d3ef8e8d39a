"""What a person does with the session: stop and start it, see its page, link the phone by a code that is replaced."""

import pytest

from agent.contract.access import Role
from agent.contract.frames import PageState, StateFrame
from agent.contract.life import Life, LifeLevel
from gui import pairing
from gui.pairing import PairingWindow
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.gui.system import dialog, no_dialog, opened, press, section, told
from tests.gui.test_window import connected, status


def becomes(served: ServedOffice, state: str, life: Life | None, kind: str) -> None:
    """As the supervisor tells it."""
    session = served.office.session
    session.state = session.state.model_copy(update={"state": state, "life": life})
    served.do(served.served.append(kind=kind))


def test_a_session_is_stopped_after_a_question_and_started(open_window: OpenWindow, served: ServedOffice) -> None:
    asked = served.office.session.turns
    desk = open_window()
    connected(desk)
    desk.until(lambda: "Ao vivo" in status(desk, "session"))
    desk.click("Parar sessão")
    press(desk, dialog(desk), "Cancelar")
    no_dialog(desk)
    assert asked == []
    desk.click("Parar sessão")
    press(desk, dialog(desk), "Parar sessão")
    told(desk, "Parando a sessão")
    assert asked == [False]
    becomes(served, "stopped", None, "session.stopped")
    desk.until(lambda: status(desk, "session") == "● loja: Parada")
    desk.click("Iniciar sessão")
    desk.until(lambda: asked == [False, True])
    becomes(served, "running", Life(level=LifeLevel.LIVE), "session.started")
    desk.until(lambda: "Ao vivo" in status(desk, "session"))
    desk.until(lambda: desk.sees("Parar sessão"))


def test_the_same_in_the_list_of_sessions(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    sessions = section(desk, "sessions")
    desk.until(lambda: "loja" in sessions.cards)
    card = sessions.cards["loja"]
    desk.click(card.page)
    told(desk, "na frente")
    assert served.office.session.shown == 1
    desk.click(card.turn)
    press(desk, dialog(desk), "Parar sessão")
    desk.until(lambda: served.office.session.turns == [False])
    becomes(served, "stopped", None, "session.stopped")
    desk.until(lambda: card.lines["state"].cget("text") == "Parada")
    assert card.head.cget("text") == "● loja: Parada"
    assert card.page.instate(["disabled"])
    assert card.qr.instate(["disabled"])
    desk.click(card.turn)
    desk.until(lambda: served.office.session.turns == [False, True])


def test_where_there_is_no_page_that_is_said(open_window: OpenWindow, served: ServedOffice) -> None:
    served.office.session.is_open = False
    desk = open_window()
    connected(desk)
    desk.until(lambda: "Ao vivo" in status(desk, "session"))
    desk.click("Abrir o WhatsApp")
    told(desk, "Inicie-a, ou espere um pouco")


def test_an_attendant_stops_nothing(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window, served, Role.ATTENDANT)
    desk.until(lambda: "Ao vivo" in status(desk, "session"))
    for button in ("Parar sessão", "Abrir o WhatsApp"):
        desk.click(button)
        told(desk, "não tem permissão")
    assert (served.office.session.turns, served.office.session.shown) == ([], 0)
    no_dialog(desk)


def test_a_narrow_window_leaves_out_what_the_menu_has_too(open_window: OpenWindow) -> None:
    desk = open_window(geometry="900x600+0+0", percent=200)
    connected(desk)
    desk.turn(0.1)
    width = desk.root.winfo_width()
    shown = [one for one in desk.all() if one.winfo_class() == "TButton" and one.master.winfo_y() < 40]
    assert shown
    assert all(one.winfo_rootx() - desk.root.winfo_rootx() + one.winfo_width() <= width for one in shown)
    assert all(one.winfo_width() >= one.winfo_reqwidth() for one in shown), "none is squeezed"


def picture(window: PairingWindow) -> object:
    shown = window._picture
    return None if shown is None else window.tk.call(str(shown), "data")


def pairing_window(desk: Driver) -> PairingWindow:
    desk.until(lambda: [one for one in desk.root.winfo_children() if isinstance(one, PairingWindow)])
    return next(one for one in desk.root.winfo_children() if isinstance(one, PairingWindow))


def test_the_code_is_shown_replaced_and_gone(
    open_window: OpenWindow, served: ServedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing, "_EVERY_MS", 100)
    session = served.office.session

    def shows(state: PageState, at_ms: float, **more: object) -> None:
        session.screen = StateFrame(seq=1, at_ms=at_ms, kind="state", state=state, **more)

    shows(PageState.QR, 1.0, qr="2@the-first-code")
    desk = open_window()
    connected(desk)
    desk.until(lambda: "Ao vivo" in status(desk, "session"))
    desk.click("Conectar celular")
    window = pairing_window(desk)
    desk.until(lambda: picture(window) is not None)
    first = picture(window)
    assert "O código muda sozinho" in str(window.line.cget("text"))
    shows(PageState.QR, 20_001.0, qr="2@another-code-20-seconds-later")
    desk.until(lambda: picture(window) not in (None, first), "the code is replaced")
    shows(PageState.PAIRING, 30_000.0, link_code="ABCD1234")
    desk.until(lambda: window.code.cget("text") == "ABCD1234")
    assert picture(window) is None
    shows(PageState.QR_EXPIRED, 40_000.0)
    desk.until(lambda: "venceu" in str(window.line.cget("text")))
    assert (window.code.cget("text"), picture(window)) == ("", None)
    shows(PageState.READY, 50_000.0)
    desk.until(lambda: "já está conectado" in str(window.line.cget("text")))
    desk.press("<Escape>", window)
    assert not window.winfo_exists()
