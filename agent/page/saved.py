"""Saved HTML files: a whole page, or a part of one."""

import html
import re
from pathlib import Path

from agent.errors import BadInput

MOST_BYTES = 64 * 1024 * 1024
"""A whole page with its pictures inside is a few MB."""

_WHOLE = re.compile(r"<html[\s>]", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def load_saved(path: Path, lang: str) -> str:
    """The file as a whole HTML document. A part of a page is put into an empty one in ``lang``.

    Raises:
        BadInput: there is no such file, or it is no HTML.
    """
    raw = _bytes(path)
    text = _decode(raw, path)
    if text.lstrip("\ufeff \r\n\t").startswith(("From: ", "MIME-Version:")):
        raise BadInput(
            f"{path} is a web archive (MHTML), not HTML.", "Save the page again as 'Webpage, HTML only' or 'complete'."
        )
    if "<" not in text:
        raise BadInput(f"{path} holds no HTML.", "Save the page, or copy one row's outer HTML into a file.")
    if _WHOLE.search(text):
        return text
    return f'<!doctype html><html id="whatsapp-web" lang="{html.escape(lang)}"><body>{text}</body></html>'


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if 0 < size <= MOST_BYTES and path.is_file() else b""
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(f"{path} cannot be read ({reason}).", "Check the file's name and its permissions.") from error
    if path.is_dir():
        raise BadInput(f"{path} is a folder.", "Name one HTML file in it.")
    if size > MOST_BYTES:
        raise BadInput(
            f"{path} has {size // 2**20} MiB; at most {MOST_BYTES // 2**20} are read.", "Save the page alone."
        )
    if not raw.strip():
        raise BadInput(f"{path} is empty.", "Save the page again, or name another file.")
    return raw


def _decode(raw: bytes, path: Path) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        declared = _DECLARED.search(raw[:4096])
        encodings = ["utf-8-sig", *([declared.group(1).decode("ascii")] if declared else [])]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise BadInput(f"{path} is not a text file.", "Name an HTML file that is saved as UTF-8.")
