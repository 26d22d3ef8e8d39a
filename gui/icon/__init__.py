"""The mark in the window's title, the task bar and the switcher. ``scripts/draw_icon.py`` makes the files."""

import tkinter as tk
from importlib.resources import files

SIZES = (16, 24, 32, 48, 64, 128, 256)


def put_on(root: tk.Tk) -> None:
    """Every window of ``root`` wears it; the desktop takes the size that it needs."""
    pictures = [
        tk.PhotoImage(master=root, data=files(__name__).joinpath(f"balcao-{size}.png").read_bytes()) for size in SIZES
    ]
    root.iconphoto(True, *pictures)
