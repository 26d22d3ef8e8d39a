"""The accent of the widgets' theme becomes the product's: blue pictures of its buttons and boxes are dyed.

The theme (sv-ttk) draws its widgets from small pictures, of which some are blue. Only their colour is changed: a
point that was lighter, weaker or clearer than others still is, so that hovered and pressed buttons differ as before.
"""

import colorsys
import struct
import sys
import tkinter as tk
import zlib
from array import array
from collections.abc import Callable
from pathlib import Path

import sv_ttk

_BLUE = (185 / 360, 235 / 360)
_STRONG = 0.25
"""Greys have a hue, too."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"

Point = tuple[int, int, int]


def dye(root: tk.Tk, theme: str, accent: str, ink: str) -> None:
    """Dye a theme of sv-ttk that was loaded: ``light`` or ``dark``. ``ink``: of letters on the accent."""
    space, folder = f"::ttk::theme::sv_{theme}", Path(sv_ttk.__file__).with_name("theme")
    change = _turned(_points(root.tk.eval(f"set {space}::colors(-accent)")), _points(accent))
    for name, colour in (("-accent", accent), ("-selbg", accent), ("-selfg", ink)):
        root.tk.eval(f"set {space}::colors({name}) {colour}")
    sheet = tk.PhotoImage(master=root, file=folder / f"spritesheet_{theme}.png", format="png")
    # Written by Tk, it is not packed by rows: its points can be taken as they are.
    dyed = _dyed(root.tk.call(sheet, "data", "-format", "png"), change)
    if dyed is None:
        return
    sheet = tk.PhotoImage(master=root, data=dyed, format="png")
    root.tk.call("source", folder / f"sprites_{theme}.tcl")
    places = root.tk.splitlist(root.tk.eval("set ::spriteinfo"))
    for name, *numbers in (places[at : at + 5] for at in range(0, len(places), 5)):
        x, y, width, height = map(int, numbers)
        image = root.tk.eval(f"set {space}::I({name})")
        area = (x, y, x + width, y + height)
        root.tk.call(image, "copy", sheet, "-from", *area, "-compositingrule", "set")


def _points(colour: str) -> Point:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _is_blue(colour: Point) -> bool:
    hue, _, strength = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    return _BLUE[0] <= hue <= _BLUE[1] and strength >= _STRONG


def _turned(before: Point, after: Point) -> Callable[[Point], Point]:
    """What makes a colour of the second out of one of the first."""
    _, light_before, strength_before = colorsys.rgb_to_hls(*(part / 255 for part in before))
    hue, light_after, strength_after = colorsys.rgb_to_hls(*(part / 255 for part in after))

    def turn(colour: Point) -> Point:
        _, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in colour))
        if light <= light_before:
            light *= light_after / light_before
        else:
            light = 1 - (1 - light) * (1 - light_after) / (1 - light_before)
        strength = min(strength * strength_after / strength_before, 1)
        red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, light, strength))
        return red, green, blue

    return turn


def _dyed(png: bytes, change: Callable[[Point], Point]) -> bytes | None:
    """The same picture with its blue changed; None where it is written in a way that Tk does not write."""
    size, packed, at = (0, 0), b"", len(_SIGNATURE)
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        data = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            *size_, depth, colours, _, _, woven = struct.unpack(">IIBBBBB", data)
            if (depth, colours, woven) != (8, 6, 0):
                return None
            size = (size_[0], size_[1])
        elif kind == b"IDAT":
            packed += data
        at += 12 + length
    (width, height), rows, known = size, bytearray(zlib.decompress(packed)), dict[int, int]()
    step = 1 + width * 4
    for begin in range(0, height * step, step):
        if rows[begin] != 0:
            return None
        points = array("I", bytes(rows[begin + 1 : begin + step]))
        for point in set(points).difference(known):
            *colour, clear = point.to_bytes(4, sys.byteorder)
            red, green, blue = colour
            new = change((red, green, blue)) if _is_blue((red, green, blue)) else (red, green, blue)
            known[point] = int.from_bytes(bytes((*new, clear)), sys.byteorder)
        rows[begin + 1 : begin + step] = array("I", map(known.__getitem__, points)).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 1)), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
