"""Reading a QR code from a picture of it: enough for a clean, upright one of version 1 to 6.

ISO/IEC 18004: formats, masks and the zigzag of the words. Errors are not corrected, so what is
read is exactly what was drawn.
"""

import io
from collections.abc import Callable, Iterator

from PIL import Image

Grid = list[list[bool]]
BORDER = 2
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
BLOCKS = {
    "M": {1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4},
    "L": {1: [19], 2: [34], 3: [55], 4: [80], 5: [108], 6: [68] * 2},
}
"""How many words of data each block holds, by error level and version."""
LEVELS = {0b00: "M", 0b01: "L"}
FORMAT_MASK = 0b101010000010010


def decode(picture: bytes) -> str:
    """The text in a picture of a QR code that fills it, but for a border of two modules."""
    grid = _grid(picture)
    version = (len(grid) - 17) // 4
    bits = [grid[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)]
    bits += [grid[y][8] for y in (7, 5, 4, 3, 2, 1, 0)]
    kind = _number(bits) ^ FORMAT_MASK
    blocks = BLOCKS[LEVELS[kind >> 13]][version]
    mask = MASKS[kind >> 10 & 0b111]
    read = [grid[y][x] ^ mask(y, x) for y, x in _path(len(grid), version)]
    words = [_number(read[n : n + 8]) for n in range(0, len(read) - 7, 8)]
    return _text(_in_order(words, blocks), version)


def _grid(picture: bytes) -> Grid:
    """The modules, each looked at in its middle; the size follows from the corner's eye."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    box = image.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert box, "there is nothing dark in the picture"
    left, top, right, bottom = box
    row = top + 1
    eye = next(x for x in range(left, right) if image.getpixel((x, row)) >= 128) - left
    size = round((right - left) / (eye / 7))
    size = 17 + 4 * round((size - 17) / 4)
    width, height = (right - left) / size, (bottom - top) / size
    return [
        [
            image.getpixel((int(left + (x + 0.5) * width), int(top + (y + 0.5) * height))) < 128
            for x in range(size)
        ]
        for y in range(size)
    ]


def _number(bits: list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _path(size: int, version: int) -> Iterator[tuple[int, int]]:
    """The modules that carry words, in pairs of columns from the right, up and down in turn."""
    up = True
    for right in (*range(size - 1, 7, -2), 5, 3, 1):
        rows = range(size - 1, -1, -1) if up else range(size)
        for y in rows:
            for x in (right, right - 1):
                if not _is_fixed(y, x, size, version):
                    yield y, x
        up = not up


def _is_fixed(y: int, x: int, size: int, version: int) -> bool:
    """Eyes with their formats, the two rulers, the small eye of the later versions."""
    if y == 6 or x == 6:
        return True
    if (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9):
        return True
    return version > 1 and abs(y - (size - 7)) <= 2 and abs(x - (size - 7)) <= 2


def _in_order(words: list[int], blocks: list[int]) -> list[int]:
    count = len(blocks)
    return [words[n * count + block] for block in range(count) for n in range(blocks[block])]


def _text(words: list[int], version: int) -> str:
    bits = "".join(f"{word:08b}" for word in words)
    assert bits[:4] == "0100", "only bytes are read here"
    length = int(bits[4:12], 2)
    return bytes(int(bits[12 + 8 * n : 20 + 8 * n], 2) for n in range(length)).decode()
