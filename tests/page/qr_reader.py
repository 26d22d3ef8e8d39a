"""Reads a QR code from its modules, by the standard and by nothing of the library that draws: byte mode, level L."""

from collections.abc import Callable

Modules = list[list[bool]]

_GROUPS = {  # Version: correction words a block, then (blocks, data words in each) twice (ISO 18004, table 9, level L).
    1: (7, (1, 19), (0, 0)), 2: (10, (1, 34), (0, 0)), 3: (15, (1, 55), (0, 0)), 4: (20, (1, 80), (0, 0)),
    5: (26, (1, 108), (0, 0)), 6: (18, (2, 68), (0, 0)), 7: (20, (2, 78), (0, 0)), 8: (24, (2, 97), (0, 0)),
    9: (30, (2, 116), (0, 0)), 10: (18, (2, 68), (2, 69)), 11: (20, (4, 81), (0, 0)), 12: (24, (2, 92), (2, 93)),
    13: (26, (4, 107), (0, 0)), 14: (30, (3, 115), (1, 116)),
}  # fmt: skip
_ALIGNED = {2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46),
            10: (6, 28, 50), 11: (6, 30, 54), 12: (6, 32, 58), 13: (6, 34, 62), 14: (6, 26, 46, 66)}  # fmt: skip
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)
_LEVEL_L = 0b01
_BYTES = 0b0100


def read_qr(modules: Modules) -> str:
    """The text of a code without its border. Raises ``ValueError`` where it is not as the standard wants it."""
    size = len(modules)
    version = (size - 17) // 4
    finder = [[True] * 7, [True, *[False] * 5, True], *[[True, False, True, True, True, False, True]] * 3]
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        rows = [modules[top + n][left : left + 7] for n in range(7)]
        if rows != [*finder, finder[1], finder[0]]:
            raise ValueError("a finder is missing")
    mask = _format(modules)
    words = _words(modules, version, mask)
    data = _joined(words, version)
    bits = "".join(f"{word:08b}" for word in data)
    counted = 8 if version < 10 else 16
    if int(bits[:4], 2) != _BYTES:
        raise ValueError("not in byte mode")
    length = int(bits[4 : 4 + counted], 2)
    start = 4 + counted
    return bytes(int(bits[start + 8 * n : start + 8 * n + 8], 2) for n in range(length)).decode()


def _format(modules: Modules) -> int:
    """Number of the mask, from the fifteen bits around the first finder."""
    places = [(8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(n, 8) for n in (7, 5, 4, 3, 2, 1, 0)]
    told = int("".join(str(int(modules[i][j])) for i, j in places), 2) ^ 0b101010000010010
    if told >> 13 != _LEVEL_L:
        raise ValueError("not of level L")
    return told >> 10 & 0b111


def _is_data(size: int, version: int) -> list[list[bool]]:
    """Where words stand: nowhere near finders, timing, alignment, format and version."""
    free = [[True] * size for _ in range(size)]

    def take(top: int, left: int, height: int, width: int) -> None:
        for i in range(max(top, 0), min(top + height, size)):
            for j in range(max(left, 0), min(left + width, size)):
                free[i][j] = False

    take(0, 0, 9, 9)
    take(0, size - 8, 9, 8)
    take(size - 8, 0, 8, 9)
    take(6, 0, 1, size)
    take(0, 6, size, 1)
    last = size - 7
    for i in _ALIGNED.get(version, ()):
        for j in _ALIGNED[version]:
            if (i, j) not in ((6, 6), (6, last), (last, 6)):
                take(i - 2, j - 2, 5, 5)
    if version >= 7:
        take(0, size - 11, 6, 3)
        take(size - 11, 0, 3, 6)
    return free


def _words(modules: Modules, version: int, mask: int) -> list[int]:
    size, masked = len(modules), _MASKS[mask]
    free = _is_data(size, version)
    bits = ""
    upward = True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        rows = range(size - 1, -1, -1) if upward else range(size)
        for i in rows:
            for j in (right, right - 1):
                if free[i][j]:
                    bits += str(int(modules[i][j] != masked(i, j)))
        upward = not upward
    return [int(bits[n : n + 8], 2) for n in range(0, len(bits) - 7, 8)]


def _joined(words: list[int], version: int) -> list[int]:
    """Data words in their order: the blocks are woven into each other, the shorter ones first."""
    _, *groups = _GROUPS[version]
    lengths = [length for count, length in groups for _ in range(count)]
    blocks: list[list[int]] = [[] for _ in lengths]
    coming = iter(words)
    for n in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if n < length:
                block.append(next(coming))
    return [word for block in blocks for word in block]
