"""Saved pages are read by the script of the page itself, in a real browser, and nothing of theirs runs."""

import io
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from agent.errors import BadInput
from agent.page.inspect import inspect_file, show
from agent.page.saved import load_saved

SAVED = Path(__file__).parent / "saved"
ROW_2026 = (SAVED / "row-2026.html").read_text(encoding="utf-8")
ROW_2025 = (SAVED / "row-2025.html").read_text(encoding="utf-8")

OURS = {
    "id": "3EB0A1B2C3D4E5F60718",
    "kind": "text",
    "direction": "out",
    "author": "Loja da Ana",
    "text": "Abrimos sim!\nDas 9h às 13h 😊",
    "time": "20:31",
    "date": "2026-07-11",
    "status": "delivered",
    "quoted": {"author": "Maria", "text": "Vocês abrem sábado?"},
    "edited": True,
    "forwarded": False,
    "reactions": ["❤️"],
}


Save = Callable[[str | bytes], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Write a file and name it."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "saved.html"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def whole_page(*rows: str, head: str = "") -> str:
    page = (SAVED / "page.html").read_text(encoding="utf-8")
    return page.replace("<!--ROWS-->", "".join(rows)).replace("<!--HEAD-->", head)


@pytest.mark.browser
async def test_a_whole_page(save: Save) -> None:
    read = await inspect_file(save(whole_page(ROW_2026)), "en")
    assert read["title"] == "Maria"
    assert read["rows"] == [OURS]
    assert read["chats"] == [
        {
            "title": "Maria",
            "unread": 0,
            "last_text": "Abrimos sim!",
            "last_author": None,
            "last_direction": "out",
            "last_time": "20:31",
            "last_clock": "20:31",
            "last_date": None,
            "last_media": False,
            "is_open": True,
        }
    ]
    assert read["anchors"]["message"] == {"rank": 0, "matches": 1}
    assert read["anchors"]["qr"] == {"rank": None, "matches": 0}


@pytest.mark.browser
async def test_one_row_alone_in_each_generation(save: Save) -> None:
    assert (await inspect_file(save(ROW_2026), "pt-BR"))["rows"] == [OURS]
    read = await inspect_file(save(ROW_2025), "pt-BR")
    assert read["rows"] == [
        {
            "id": "3A0102030405060708",
            "kind": "image",
            "direction": "in",
            "author": "~Bia",
            "text": "olha essa",
            "time": "20:05",
            "date": "2025-07-13",
            "status": None,
            "quoted": None,
            "edited": False,
            "forwarded": True,
            "reactions": [],
        }
    ]
    assert (read["title"], read["chats"]) == (None, [])


@pytest.mark.browser
async def test_nothing_of_the_file_runs_or_is_fetched(save: Save) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            try:
                asked.append(server.accept()[0].recv(100))
            except OSError:
                return

        threading.Thread(target=listen, daemon=True).start()
        base = f"http://127.0.0.1:{server.getsockname()[1]}"
        spoil = "document.querySelectorAll('[data-id]').forEach((e) => e.remove())"
        head = (
            f'<script>{spoil}</script><script src="{base}/a.js"></script><link rel="stylesheet" href="{base}/a.css">'
            f'<meta http-equiv="refresh" content="0; url={base}/away">'
        )
        row = ROW_2026.replace("<span></span>", f'<img src="{base}/a.png" onerror="{spoil}">', 1)
        read = await inspect_file(save(whole_page(row, head=head) + f"<script>{spoil}</script>"), "pt-BR")
    assert [one["id"] for one in read["rows"]] == [OURS["id"]]
    assert asked == []


@pytest.mark.browser
def test_the_command_prints_json_and_refuses_in_one_sentence(save: Save) -> None:
    saved = save(ROW_2026)
    command = [sys.executable, "-m", "agent", "inspect", "--lang", "pt-BR", "--json"]
    done = subprocess.run([*command, str(saved)], capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(done.stdout)["rows"] == [OURS]
    missing = subprocess.run([*command, str(saved) + "x"], capture_output=True, text=True, timeout=120, check=False)
    assert missing.returncode == BadInput.code
    assert missing.stdout == ""
    assert "cannot be read" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_a_part_of_a_page_gets_the_language_that_was_named(save: Save) -> None:
    assert '<html id="whatsapp-web" lang="es">' in load_saved(save("<p>oi</p>"), "es")
    assert load_saved(save(whole_page()), "es") == whole_page()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"only words", "holds no HTML"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR<", "is not a text file"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n<html>", "web archive"),
    ],
)
def test_what_is_no_saved_page_is_refused(save: Save, content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        load_saved(save(content), "pt-BR")


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        load_saved(tmp_path, "pt-BR")
    with pytest.raises(BadInput, match="cannot be read"):
        load_saved(tmp_path / "none.html", "pt-BR")


def test_other_encodings_are_read(save: Save) -> None:
    for content in ('<meta charset="iso-8859-1"><p>não</p>'.encode("latin-1"), "<p>não</p>".encode("utf-16")):
        assert "<p>não</p>" in load_saved(save(content), "pt-BR")


def test_tables_show_what_was_read_as_it_is() -> None:
    out = io.StringIO()
    row = {**OURS, "text": "[bold]não[/bold] [/x]", "quoted": None}
    read = {"title": "[red]Zé", "chats": [], "rows": [row], "anchors": {"qr": {"rank": None, "matches": 0}}}
    show(read, Console(file=out, width=200))
    assert "[bold]não[/bold] [/x]" in out.getvalue()
    assert "[red]Zé" in out.getvalue()
    assert "edited" in out.getvalue()
