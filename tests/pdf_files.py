"""PDF files made by hand for the tests: text at places, lines, and whatever is wrong with them.

Chinese needs no font file: the font is named, and what its character codes mean is a part of PDF itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

HEIGHT = 842
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 4 0 R>>]>>"
)
_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    "/Descent -120/CapHeight 880/StemV 93>>"
)


class Page:
    """What is drawn on a page; x and y in points from its upper left corner, y that of the baseline."""

    def __init__(self) -> None:
        self._drawn: list[str] = []

    def text(self, x: float, y: float, text: str, size: float = 10, turn: str = "1 0 0 1") -> Page:
        code = text.encode("utf-16-be").hex()
        self._drawn.append(f"BT /F {size} Tf {turn} {x} {HEIGHT - y} Tm <{code}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self._drawn.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def draw(self, operators: str) -> Page:
        """Anything else, as the format has it: y counts from the foot of the page."""
        self._drawn.append(operators)
        return self

    def table(
        self, xs: Sequence[float], top: float, rows: Iterable[Sequence[str]], height: float = 20, sides: bool = True
    ) -> float:
        """Ruled rows; a line break in a cell is one on the page. Returns where the table ends."""
        y = top
        for row in rows:
            self.line(xs[0], y, xs[-1], y)
            for x, cell in zip(xs, row, strict=False):
                for number, line in enumerate(cell.split("\n")):
                    if line:
                        self.text(x + 3, y + 13 + 12 * number, line)
            y += max(height, *(12.0 * cell.count("\n") + height for cell in row))
        self.line(xs[0], y, xs[-1], y)
        for x in xs if sides else xs[1:-1]:
            self.line(x, top, x, y)
        return y

    def content(self) -> bytes:
        return "\n".join(self._drawn).encode("ascii")


def stream(content: bytes, entries: str = "", filters: str = "/Filter/FlateDecode") -> bytes:
    """A stream object; ``content`` is what stands in the file."""
    return f"<<{entries}{filters}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def pdf(*pages: Page | bytes, more: dict[int, bytes] | None = None, resources: str = "", entries: str = "") -> bytes:
    """A file of ``pages``, bytes being the content as it stands in the file; ``more`` are objects from number 5 on.

    ``entries`` are more of each page.
    """
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: _FONT.encode(), 4: _DESCRIPTOR.encode(), **(more or {})}
    kids: list[str] = []
    for page in pages:
        number = max(objects) + 1
        content = zlib.compress(page.content()) if isinstance(page, Page) else page
        objects[number] = stream(content)
        objects[number + 1] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 {HEIGHT}]/Contents {number} 0 R"
            f"/Resources<</Font<</F 3 0 R>>{resources}>>{entries}>>"
        ).encode()
        kids.append(f"{number + 1} 0 R")
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return written(objects)


def written(objects: dict[int, bytes]) -> bytes:
    """The objects with all that makes them a file."""
    file = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in sorted(objects.items()):
        places[number] = len(file)
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    size = max(objects) + 1
    table = len(file)
    file += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{places.get(number, 0):010d} 00000 n \n".encode() for number in range(1, size))
    file += f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(file)


def bomb(megabytes: int, unit: bytes = b" ") -> bytes:
    """That many megabytes, packed into a thousandth."""
    packer = zlib.compressobj(9)
    block = unit * (2**20 // len(unit))
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
