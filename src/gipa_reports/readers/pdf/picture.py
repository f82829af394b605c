"""A page as a picture in grey: where there is ink, and what is seen of a glyph. Lengths are points of the page."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

from ...memo import remembered
from .geometry import Bounds

SCALE = 1.5
"""Dots to a point: a digit of ordinary size has some sixty."""
SHORT_SIDE = 890
"""Dots that the shorter side of a page has at least: what a person sees does not depend on the unit of the file."""
MAX_DOTS = 9_000_000
CONTRAST = 60
"""Of 255; what differs less from what is around it is not seen."""
SHARP = 6.0
"""Dots to a point where it is looked at closely: in the coarser picture glyphs are up to two dots out of place."""
BLUR = 1.4
"""Points beside a glyph or rule that its ink may reach to."""
SPECK = 4
"""Dots of ink that are no more than a speck."""
BLOT = 0.88
"""The share of its box that the ink of a glyph fills at most."""
TINY = 2.5
"""Dots below which no one can read a digit."""


def scale_for(width: float, height: float, scale: float | None = None) -> float:
    """Dots to a point for a page of this size, ``scale`` if it can be."""
    wanted = max(SCALE, SHORT_SIDE / min(width, height)) if scale is None else scale
    return float(min(wanted, (MAX_DOTS / (width * height)) ** 0.5))


@remembered(256)
def _differs(background: int) -> bytes:
    """A table that makes 1 of each shade that is seen on ``background``, and 0 of the others."""
    return bytes(abs(shade - background) >= CONTRAST for shade in range(256))


class Picture:
    """Rows of dots, each a shade from 0 (black) to 255."""

    def __init__(
        self, pixels: bytes, size: tuple[int, int], stride: int, scale: float, corner: tuple[float, float] = (0, 0)
    ) -> None:
        self.width: int = size[0]
        self.height: int = size[1]
        self._pixels, self._stride, self._scale, self._corner = pixels, stride, scale, corner
        self._on: dict[int, bytes] = {}

    def _ink_on(self, background: int) -> bytes:
        """The picture with 1 where there is ink on this background."""
        # Shades nearly alike share one: white, and what is nearly so.
        background = min(255, (background + 8) // 16 * 16)
        ink = self._on.get(background)
        if ink is None:
            ink = self._on[background] = self._pixels.translate(_differs(background))
        return ink

    def _dots(self, box: Bounds, more: int = 0) -> tuple[int, int, int, int]:
        """The dots of a box, and ``more`` on each side: left, top, right, bottom."""
        scale, (left, top) = self._scale, self._corner
        return (
            max(0, int((box[0] - left) * scale) - more),
            max(0, int((box[1] - top) * scale) - more),
            min(self.width, int((box[2] - left) * scale) + 1 + more),
            min(self.height, int((box[3] - top) * scale) + 1 + more),
        )

    def _rows(self, dots: bytes, x0: int, y0: int, x1: int, y1: int) -> list[bytes]:
        """Return the rows of a part of the picture, or of what was made of it."""
        stride = self._stride
        return [dots[y + x0 : y + x1] for y in range(y0 * stride, y1 * stride, stride)]

    def is_tiny(self, box: Bounds) -> bool:
        """Return whether a box is too low for a digit that can be read."""
        return (box[3] - box[1]) * self._scale < TINY

    def background(self, box: Bounds) -> int:
        """The shade that is most often found in a box, and at its sides."""
        x0, y0, x1, y1 = self._dots(box)
        if x1 <= x0 or y1 <= y0:
            return 255
        at, stride = self._pixels, self._stride
        top, foot = y0 * stride, (y1 - 1) * stride
        if at[top + x0] == at[top + x1 - 1] == at[foot + x0] == at[foot + x1 - 1] == 255:
            return 255
        downs = (y0, (2 * y0 + y1) // 3, (y0 + 2 * y1) // 3, y1 - 1)
        shades = [at[y * stride + x] for y in downs for x in (x0, (x0 + x1) // 2, x1 - 1)]
        return max(shades, key=shades.count)

    def has_contrast(self, box: Bounds) -> bool:
        """Return whether there is anything to see in a box: two shades that differ enough."""
        x0, y0, x1, y1 = self._dots(box)
        if x1 <= x0 or y1 <= y0:
            return False
        middle = (y0 + y1) // 2 * self._stride
        row = self._ink_on(255)[middle + x0 : middle + x1]
        if 1 in row and 0 in row:
            # Nearly always, and cheap: ink on white.
            return True
        rows = self._rows(self._pixels, x0, y0, x1, y1)
        return max(map(max, rows)) - min(map(min, rows)) >= CONTRAST

    def shows(self, box: Bounds, background: int) -> bool:
        """Return whether a glyph whose ink fills ``box`` is seen as a whole: at each side, and not as one blot."""
        x0, y0, x1, y1 = self._dots(box)
        wide, high = x1 - x0, y1 - y0
        if wide <= 0 or high <= 0 or wide + high + 2 < (box[2] - box[0] + box[3] - box[1]) * self._scale:
            # Cut off by the edge of the page.
            return False
        rows = self._rows(self._ink_on(background), x0, y0, x1, y1)
        third = max(2, high // 3)
        if not any(1 in row for row in rows[:third]) or not any(1 in row for row in rows[-third:]):
            return False
        columns = 0
        for row in rows:
            columns |= int.from_bytes(row)
        # One byte a dot, the leftmost highest.
        half = 8 * max(2, (wide + 1) // 2)
        is_whole = columns >> max(0, 8 * wide - half) > 0 and columns & ((1 << half) - 1) > 0
        return is_whole and sum(row.count(1) for row in rows) < BLOT * wide * high

    def has_ink(self, box: Bounds, known: Iterable[Bounds]) -> bool:
        """Return whether there is ink in a box beside what is ``known`` to be there."""
        x0, y0, x1, y1 = self._dots(box)
        rows = self._rows(self._ink_on(self.background(box)), x0, y0, x1, y1)
        inked = {number: bytearray(row) for number, row in enumerate(rows, y0) if 1 in row}
        if not inked:
            return False
        blur = round(BLUR * self._scale)
        for area in known:
            left, top, right, bottom = self._dots(area, blur)
            left, right = max(0, left - x0), min(x1 - x0, right - x0)
            if left < right:
                clean = bytes(right - left)
                for number in range(top, bottom):
                    if number in inked:
                        inked[number][left:right] = clean
        return sum(row.count(1) for row in inked.values()) >= SPECK

    def has_edge(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Return whether a side of an area, upright or level, is seen: its two sides differ, or a line is between."""
        level = y0 == y1
        seen = 0
        for step in (0.2, 0.5, 0.8):
            x, y = (x0 + (x1 - x0) * step) * self._scale, (y0 + (y1 - y0) * step) * self._scale
            shades = [self._at(x + (not level) * off, y + level * off) for off in (-2, -1, 0, 1, 2)]
            seen += max(shades) - min(shades) >= FAINT
        return seen >= 2

    def _at(self, x: float, y: float) -> int:
        across, down = min(max(0, int(x)), self.width - 1), min(max(0, int(y)), self.height - 1)
        return self._pixels[down * self._stride + across]

    def is_blank(self) -> bool:
        """Return whether there is next to nothing on the page."""
        return self._ink_on(255).count(1) < SPECK * 10

    def png(self, box: Bounds, framed: Bounds) -> bytes:
        """A part of the picture as a PNG file, with a frame in it."""
        x0, y0, x1, y1 = self._dots(box)
        rows = list(map(bytearray, self._rows(self._pixels, x0, y0, x1, y1)))
        left, top, right, bottom = self._dots(framed, FRAME)
        for y in range(top, bottom):
            is_level = y < top + FRAME or y >= bottom - FRAME
            for start, end in ((left, right),) if is_level else ((left, left + FRAME), (right - FRAME, right)):
                if y0 <= y < y1:
                    rows[y - y0][start - x0 : end - x0] = bytes(end - start)
        header = struct.pack(">IIBBBBB", max(0, x1 - x0), max(0, y1 - y0), 8, 0, 0, 0, 0)
        dots = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
        chunks = ((b"IHDR", header), (b"IDAT", dots), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


FRAME = 2
"""Dots that a frame is thick."""
FAINT = 16
"""Of 255: a line or an edge of a shade is seen although it is faint, for it is long."""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
