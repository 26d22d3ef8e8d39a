"""The code that links this computer with the phone: drawn for a dashboard or a terminal, and shown when wanted.

It lets whoever sees it into the account: it is shown to the person who sits there, and never logged.
"""

import asyncio
from contextlib import suppress
from io import BytesIO, TextIOWrapper
from typing import TextIO

import segno

from agent.contract.frames import PageState, StateFrame
from agent.page.bridge import Bridge

LOOK_S = 0.5
_BORDER = 4
"""Light modules around the code, as the standard wants them."""

_LONGEST_LINK_CODE = 16
"""Twice as many letters as there are today."""

_RESET = "\x1b[0m"
_INK = "\x1b[38;5;16;48;5;231m"
"""Black on white, whatever the terminal's own colours are: many phones do not read a light code on a dark ground."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

TEXTS = {
    "pt-BR": {
        "qr": "No celular, abra o WhatsApp, toque em Dispositivos conectados e em Conectar dispositivo, e aponte a "
        "câmera para este código:",
        "link_code": "No celular, em Dispositivos conectados, Conectar com número de telefone, digite: {code}",
        "qr_expired": "O código venceu. Encerre (Ctrl+C) e inicie de novo para ver outro.",
    },
    "en": {
        "qr": "On the phone, open WhatsApp, tap Linked devices and Link a device, and point the camera at this code:",
        "link_code": "On the phone, in Linked devices, Link with phone number, type: {code}",
        "qr_expired": "The code has expired. Stop (Ctrl+C) and start again to see another one.",
    },
}


def _code(text: str) -> segno.QRCode:
    # The least correction: a screen has no dirt on it, and the code stays small enough for a terminal.
    return segno.make_qr(text, error="l", boost_error=False)


def qr_svg(text: str, *, alone: bool = False) -> str:
    """The QR code of ``text`` as an SVG element, black on white with its border, that takes the size it is given.

    ``alone``: as a document of its own, which names its namespace.
    """
    element = _code(text).svg_inline(border=_BORDER, dark="#000", light="#fff", omitsize=True)
    return element.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1) if alone else element


def qr_png(text: str, pixels: int = 6) -> bytes:
    """The QR code of ``text`` as a PNG picture, ``pixels`` for each module: what a Tk window can draw."""
    out = BytesIO()
    _code(text).save(out, kind="png", border=_BORDER, scale=pixels)
    return out.getvalue()


def qr_terminal(text: str) -> str:
    """The QR code of ``text`` for a terminal of 70 columns or more: two rows of modules in each line."""
    rows = [[bool(module) for module in row] for row in _code(text).matrix_iter(border=_BORDER)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    lines = (
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
    return "".join(f"{_INK}{line}{_RESET}\n" for line in lines)


def pairing_text(screen: StateFrame, language: str) -> str | None:
    """What a person is to be shown on this screen to link the phone; None when there is nothing to link."""
    texts = TEXTS[language]
    if screen.state is PageState.QR and screen.qr:
        with suppress(segno.DataOverflowError):  # Whatever the page has there, it is no code to link with.
            return f"{texts['qr']}\n\n{qr_terminal(screen.qr)}"
    if screen.state is PageState.PAIRING and screen.link_code:
        # The page wrote it, and a terminal obeys control characters.
        code = "".join(letter for letter in screen.link_code if letter.isalnum())[:_LONGEST_LINK_CODE]
        half = len(code) // 2
        return texts["link_code"].format(code=f"{code[:half]}-{code[half:]}") + "\n"
    if screen.state is PageState.QR_EXPIRED:
        return texts["qr_expired"] + "\n"
    return None


async def show_pairing(bridge: Bridge, out: TextIO, language: str, look_s: float = LOOK_S) -> None:
    """Print what is needed to link the phone, and again whenever it changes; until cancelled."""
    if isinstance(out, TextIOWrapper):  # A console of another encoding has no blocks to draw with.
        out.reconfigure(encoding="utf-8", errors="replace")
    shown: tuple[PageState, str | None, str | None] | None = None
    while True:
        screen = bridge.screen
        now = None if screen is None else (screen.state, screen.qr, screen.link_code)
        if screen is not None and now != shown:
            text = pairing_text(screen, language)
            if text is not None:
                with suppress(OSError, ValueError):  # The terminal was closed.
                    out.write(f"\n{text}")
                    out.flush()
            shown = now
        await asyncio.sleep(look_s)
