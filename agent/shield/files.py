"""Files that run, hide others, or are not what their name says."""

import re
import unicodedata

_RUNS = frozenset(
    {
        *("exe", "scr", "pif", "bat", "cmd", "msi", "lnk", "reg", "hta", "jar"),  # Windows runs them on a double click.
        *("js", "jse", "vbs", "vbe", "wsf", "ps1"),  # Scripts: so do these.
        *("apk", "xapk", "apkm"),  # Android installs them.
        *("iso", "img", "dmg"),  # Disks: what is in them carries no mark of having come from outside.
        *("zip", "rar", "7z", "cab"),  # Nobody sees what is in them before they are opened.
        *("docm", "dotm", "xlsm", "xlsb", "pptm"),  # Documents with macros.
    }
)
_LINKED = frozenset({"exe", "scr", "bat", "cmd", "msi", "lnk", "hta", "jar", "vbs", "apk", "xapk", "iso"})
"""At the end of a link. Pages load ``.js`` and shops serve ``.zip``: these are left out there."""

_TURNED = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067")
"""Marks that turn the direction round: ``nota_\u202efdp.exe`` is drawn as ``nota_exe.pdf``."""

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,400}", re.IGNORECASE)
_PATH = re.compile(r"^(?:https?://)?[^/?#]{1,255}(/[^?#]*)", re.IGNORECASE)
_LONGEST = 300


def is_dangerous_file(name: str) -> bool:
    """Whether a file's name says that it runs or hides one, or is drawn as another name."""
    name = name[-_LONGEST:]
    return any(mark in name for mark in _TURNED) or _ending(name) in _RUNS


def dangerous_links(text: str) -> list[str]:
    """Links in a text whose path ends as a file that runs; as they are written."""
    return [link[0] for link in _LINK.finditer(text) if (path := _PATH.match(link[0])) and _ending(path[1]) in _LINKED]


def plain_name(name: str) -> str:
    """A file's name in the order in which it is written, without marks that nobody sees."""
    return "".join(char for char in name if unicodedata.category(char) not in ("Cf", "Cc"))


def _ending(name: str) -> str:
    """What counts for the computer: ``nota.pdf.exe`` is an ``exe``, and so is one with a space behind it."""
    seen = unicodedata.normalize("NFKC", plain_name(name)).rstrip(" .\t)]}\"'").lower()
    return seen.rpartition(".")[2] if "." in seen else ""
