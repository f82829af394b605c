"""A PDF file as PDFium reads and draws it: glyphs with their places, rules and strokes, the page as a picture.

The one module that calls the library, through its plain C interface: a call for each object of a page costs less than a
Python object for it. Lengths are points; x runs to the right and y down the page as it is shown.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple, Self

from attrs import Factory, define

from ...errors import ReadError
from ...limits import Limits
from ...messages import Phrase
from .geometry import Bounds, Matrix, Point, along, box_through, hull, through, times
from .picture import Picture, scale_for

LOST = "\ufffd"
"""Stands for what cannot be told: a glyph without a character, two glyphs printed over each other, a torn figure."""
THIN = 3.0
"""Thickness up to which a drawing is a rule; rules nearer than this are one."""
FLAT = 0.1
"""Distance up to which drawings lie on one straight line."""
ASKEW = 0.01
"""Radians from which on a glyph does not stand upright."""
WIDEST = 1.5
"""Ems that a glyph is wide at most."""
MAX_LENGTH = 1e5
"""Points that a side of a page has at most; the format itself allows 14,400."""
MAX_DEPTH = 12
"""Depth to which drawings are looked up in each other."""
CURVE_STEPS = (0.25, 0.5, 0.75, 1.0)

TYPED_OVER = ("FREETEXT", "STAMP", "STRIKEOUT", "REDACT")
"""Annotations that show something of their own, or take away what is there; fields of a form do when filled in."""
HIDDEN = 2 | 32
"""The flags of an annotation that is not shown."""

_SPACES = frozenset((9, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200C)))
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS |= {ord("⼾"): "户", ord("⾭"): "青"}  # Unicode has these in their traditional form
_RADICALS |= dict(
    zip(
        map(ord, "⺁⺟⺠⺩⺪⺬⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
        "厂母民王疋示虎西见角贝车辶长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that fonts name in place of the characters which look the same."""


@define(eq=False)
class Glyph:
    """A character on the page: from where to where it goes, its baseline and the height of its letters.

    ``index`` is its number for the library, which tells by it where its ink is.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    index: int


class Rule(NamedTuple):
    """A straight line: how far to the right it is, or down the page, and from where to where it goes."""

    at: float
    start: float
    end: float


@define(eq=False)
class Drawn:
    """Drawings on a page beside its text.

    ``fills`` are filled areas without a border, ``strokes`` the pieces of slanted and curved lines.
    """

    upright: list[Rule] = Factory(list)
    level: list[Rule] = Factory(list)
    fills: list[Bounds] = Factory(list)
    strokes: list[tuple[float, float, float, float]] = Factory(list)
    images: list[Bounds] = Factory(list)

    def straight(self, x0: float, y0: float, x1: float, y1: float, thickness: float) -> bool:
        """Add a line that is upright or level and no thicker than ``thickness``; False where it is neither."""
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if wide <= thickness:
            self.upright.append(Rule(round((x0 + x1) / 2, 1), min(y0, y1), max(y0, y1)))
        if high <= thickness:
            self.level.append(Rule(round((y0 + y1) / 2, 1), min(x0, x1), max(x0, x1)))
        return min(wide, high) <= thickness


def broken(found: Phrase) -> ReadError:
    """Return the error for a file that is no whole PDF file."""
    return ReadError(
        f"the PDF file is damaged or cut short ({found}): get it again, or open it and save it anew",
        code="broken-file",
        expected=Phrase("a whole PDF file", "完整的PDF文件"),
        found=found,
    )


class File:
    """An open PDF file; closed at the end of a ``with`` block."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2.raw as library

        self._library: Any = library
        self._content = content
        self._raw = library.FPDF_LoadMemDocument64(content, len(content), None)
        self._form: Any = None
        if not self._raw:
            error = library.FPDF_GetLastError()
            if error in (library.FPDF_ERR_PASSWORD, library.FPDF_ERR_SECURITY):
                raise ReadError(
                    "the PDF file is encrypted: open it with its password and save it without one",
                    code="encrypted",
                    expected=Phrase("a PDF file without a password", "没有密码的PDF文件"),
                    found=Phrase(
                        "a PDF file; open it with its password and save it without one",
                        "PDF文件，请用密码打开并另存为没有密码的文件",
                    ),
                )
            raise broken(Phrase("it can't be opened", "不能打开"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._form is not None:
            self._library.FPDFDOC_ExitFormFillEnvironment(self._form[0])
        self._library.FPDF_CloseDocument(self._raw)

    def __len__(self) -> int:
        return int(self._library.FPDF_GetPageCount(self._raw))

    def page(self, number: int) -> Page:
        """Open a page, counted from 1."""
        raw = self._library.FPDF_LoadPage(self._raw, number - 1)
        if not raw:
            raise broken(Phrase(f"page {number} can't be read", f"第{number}页不能读取"))
        typed: tuple[Bounds, ...] = ()
        if self._library.FPDFPage_GetAnnotCount(raw) > 0:
            typed = tuple(_typed_over(self._library, raw, self._form_environment()))
            self._library.FPDFPage_Flatten(raw, self._library.FLAT_NORMALDISPLAY)
            self._library.FPDF_ClosePage(raw)
            raw = self._library.FPDF_LoadPage(self._raw, number - 1)
        return Page(self._library, raw, number, typed)

    def _form_environment(self) -> Any:
        if self._form is None:
            config = self._library.FPDF_FORMFILLINFO(version=2)
            self._form = self._library.FPDFDOC_InitFormFillEnvironment(self._raw, config), config
        return self._form[0]


def _typed_over(library: Any, page: Any, form: Any) -> Iterator[Bounds]:
    """Boxes, in the page's places, where annotations show or strike out something that they do not draw."""
    kinds = {getattr(library, f"FPDF_ANNOT_{kind}") for kind in TYPED_OVER}
    for index in range(library.FPDFPage_GetAnnotCount(page)):
        annotation = library.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind, rect = library.FPDFAnnot_GetSubtype(annotation), library.FS_RECTF()
        shows = kind in kinds or (kind == library.FPDF_ANNOT_WIDGET and _is_filled_in(library, form, annotation))
        draws = library.FPDFAnnot_GetAP(annotation, library.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2
        hidden = library.FPDFAnnot_GetFlags(annotation) & HIDDEN
        if shows and not draws and not hidden and library.FPDFAnnot_GetRect(annotation, rect):
            yield rect.left, rect.top, rect.right, rect.bottom
        library.FPDFPage_CloseAnnot(annotation)


def _is_filled_in(library: Any, form: Any, field: Any) -> bool:
    """Return whether a field of a form has a text, or may have: what it has not itself it has from its parent."""
    kind = library.FPDFAnnot_GetValueType(field, b"V")
    own = _value(lambda *to: library.FPDFAnnot_GetStringValue(field, b"V", *to))
    value = own or _value(lambda *to: library.FPDFAnnot_GetFormFieldValue(form, field, *to))
    is_known = library.FPDFAnnot_GetFormFieldType(form, field) > 0
    may_inherit = not is_known and kind == library.FPDF_OBJECT_UNKNOWN and library.FPDFAnnot_HasKey(field, b"Parent")
    return bool(value.strip("\ufeff\0") or kind == library.FPDF_OBJECT_ARRAY or may_inherit)


def _value(function: Callable[[Any, int], int]) -> str:
    size = function(None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    function(buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace")


class Page:
    """An open page; closed at the end of a ``with`` block."""

    def __init__(self, library: Any, raw: Any, number: int, typed: tuple[Bounds, ...]) -> None:
        self._library, self._raw, self._number = library, raw, number
        self._text: Any = None
        self._ink = [ctypes.c_double() for _ in range(4)]
        box = library.FS_RECTF()
        if not library.FPDF_GetPageBoundingBox(raw, box):
            raise broken(Phrase(f"page {number} has no size", f"第{number}页没有尺寸"))
        wide, high = box.right - box.left, box.top - box.bottom
        if not (0 < wide <= MAX_LENGTH and 0 < high <= MAX_LENGTH):
            raise broken(Phrase(f"page {number} has no size", f"第{number}页没有尺寸"))
        self._turn = library.FPDFPage_GetRotation(raw)
        self._view: Matrix = (
            (1, 0, 0, -1, -box.left, box.top),
            (0, 1, 1, 0, -box.bottom, -box.left),
            (-1, 0, 0, 1, box.right, -box.bottom),
            (0, -1, -1, 0, box.top, box.right),
        )[self._turn]
        self.width: float
        self.height: float
        self.width, self.height = (high, wide) if self._turn % 2 else (wide, high)
        self.typed_over: list[Bounds] = [box_through(self._view, area) for area in typed]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._text is not None:
            self._library.FPDFText_ClosePage(self._text)
        self._library.FPDF_ClosePage(self._raw)

    # --- text

    def glyphs(self, limits: Limits) -> tuple[list[Glyph], list[Glyph], int]:
        """The glyphs that stand upright, those that stand askew or on their heads, and how many have no character."""
        library = self._library
        self._text = text = library.FPDFText_LoadPage(self._raw)
        count = library.FPDFText_CountChars(text)
        if count > limits.characters:
            page = self._number
            raise limits.passed(
                "characters", Phrase(f"{count} characters on page {page}", f"第{page}页有{count}个字符")
            )
        code_of, box_of, origin_of = (
            library.FPDFText_GetUnicode,
            library.FPDFText_GetLooseCharBox,
            library.FPDFText_GetCharOrigin,
        )
        standing: list[Glyph] = []
        askew: list[Glyph] = []
        unmapped = 0
        box, x, y = library.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        left, top = self._view[4], self._view[5]
        line, size, stands = None, 0.0, False
        for index in range(count):
            code = code_of(text, index)
            if (code < 32 and not self._is_shown(code, index)) or not box_of(text, index, box):
                continue
            origin_of(text, index, x, y)
            is_new = y.value != line
            if is_new or 48 <= code < 58:
                line = y.value
                size, stands = self._style(index)
            character = self._character(code, index, is_new)
            if character is None:
                continue
            unmapped += character == LOST
            if stands and not self._turn:
                x0 = box.left + left
                # The box of a vertical script is as high and wide as its font, not as the glyph.
                x1 = min(box.right + left, x0 + WIDEST * size)
                standing.append(Glyph(character, x0, x1, top - y.value, size, index))
            else:
                glyph = self._turned(character, index, size, stands)
                (standing if stands else askew).append(glyph)
        return standing, askew, unmapped

    def _is_shown(self, code: int, index: int) -> bool:
        """Return whether a code below those of letters is that of a glyph: a hyphen, or one without a character."""
        return code == 2 or (code == 0 and bool(self._library.FPDFText_HasUnicodeMapError(self._text, index)))

    def _character(self, code: int, index: int, is_new: bool) -> str | None:
        """The character of a glyph; None for a space that the library adds. ``is_new``: the first of its line."""
        if code in _SPACES:
            return None if self._library.FPDFText_IsGenerated(self._text, index) else " "
        if (is_new or code < 128) and self._library.FPDFText_HasUnicodeMapError(self._text, index):
            return LOST
        return _character(code)

    def _style(self, index: int) -> tuple[float, bool]:
        """The size of a glyph, and whether it stands upright where the page is shown."""
        matrix = self._library.FS_MATRIX()
        self._library.FPDFText_GetMatrix(self._text, index, matrix)
        a, b, c, d = matrix.a, -matrix.b, matrix.c, -matrix.d
        if self._turn:
            a, b, c, d, _, _ = times((a, -b, c, -d, 0, 0), (*self._view[:4], 0, 0))
        stands = a > 0 > d and abs(b) <= ASKEW * a and abs(c) <= -d
        return self._library.FPDFText_GetFontSize(self._text, index) * abs(a * d - b * c) ** 0.5, stands

    def _turned(self, text: str, index: int, size: float, stands: bool) -> Glyph:
        """A glyph of a turned page or of turned text."""
        x0, _, x1, bottom = self.ink(index)
        if not stands:
            return Glyph(text, x0, x1, bottom, size, index)
        x, y = ctypes.c_double(), ctypes.c_double()
        self._library.FPDFText_GetCharOrigin(self._text, index, x, y)
        x0, baseline = through(self._view, x.value, y.value)
        wide = unicodedata.east_asian_width(text) in "WF"
        return Glyph(text, x0, x0 + size if wide else max(x1, x0), baseline, size, index)

    def ink(self, index: int) -> Bounds:
        """Return where the ink of a glyph is."""
        left, right, bottom, top = box = self._ink
        self._library.FPDFText_GetCharBox(self._text, index, *box)
        if self._turn:
            return box_through(self._view, (left.value, top.value, right.value, bottom.value))
        x, y = self._view[4], self._view[5]
        return left.value + x, y - top.value, right.value + x, y - bottom.value

    # --- drawings

    def drawn(self) -> Drawn:
        """Return what is drawn beside text."""
        found = Drawn(images=list(self.typed_over))
        library = self._library
        count = library.FPDFPage_CountObjects(self._raw)
        objects = (library.FPDFPage_GetObject(self._raw, index) for index in range(count))
        self._draw(objects, self._view, found, 0)
        return found

    def _draw(self, objects: Iterator[Any], view: Matrix, found: Drawn, depth: int) -> None:
        library = self._library
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for drawn in objects:
            kind = library.FPDFPageObj_GetType(drawn)
            if kind == library.FPDF_PAGEOBJ_TEXT:
                continue
            if kind == library.FPDF_PAGEOBJ_FORM:
                if depth < MAX_DEPTH:
                    count = library.FPDFFormObj_CountObjects(drawn)
                    inner = (library.FPDFFormObj_GetObject(drawn, index) for index in range(count))
                    self._draw(inner, times(self._matrix(drawn), view), found, depth + 1)
                continue
            if not library.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
                continue
            bounds = box_through(view, (left.value, top.value, right.value, bottom.value))
            if kind != library.FPDF_PAGEOBJ_PATH:
                found.images.append(bounds)
            elif not found.straight(*bounds, THIN):
                self._path(drawn, bounds, view, found)

    def _matrix(self, drawn: Any) -> Matrix:
        matrix = self._library.FS_MATRIX()
        self._library.FPDFPageObj_GetMatrix(drawn, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _path(self, drawn: Any, bounds: Bounds, view: Matrix, found: Drawn) -> None:
        """Add the lines of a path; one that is only filled may have sides that no one sees."""
        library = self._library
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        library.FPDFPath_GetDrawMode(drawn, fill, stroke)
        if not fill.value and not stroke.value:
            return
        pieces = list(self._pieces(drawn, times(self._matrix(drawn), view)))
        if not stroke.value:
            # Many thin rectangles may be one path; what is else is an area.
            for part in pieces:
                box = hull(part)
                if not found.straight(*box, THIN):
                    found.fills.append(box)
            return
        for part in pieces:
            for (x0, y0), (x1, y1) in pairwise(part):
                if not found.straight(x0, y0, x1, y1, FLAT):
                    found.strokes.append((x0, y0, x1, y1))

    def _pieces(self, path: Any, matrix: Matrix) -> Iterator[list[Point]]:
        """The points of each part of a path, curves as short straight lines."""
        library = self._library
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[Point] = []
        bend: list[Point] = []
        for index in range(library.FPDFPath_CountSegments(path)):
            segment = library.FPDFPath_GetPathSegment(path, index)
            kind = library.FPDFPathSegment_GetType(segment)
            library.FPDFPathSegment_GetPoint(segment, x, y)
            point = through(matrix, x.value, y.value)
            if kind == library.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = [point]
            elif kind == library.FPDF_SEGMENT_BEZIERTO:
                bend.append(point)
                if len(bend) == 3:
                    points += [along(points[-1] if points else bend[0], bend, step) for step in CURVE_STEPS]
                    bend = []
            else:
                points.append(point)
            if library.FPDFPathSegment_GetClose(segment) and points and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1:
            yield points

    # --- picture

    def picture(self, scale: float | None = None, part: Bounds | None = None) -> Picture:
        """The page in grey, as a person sees it; or a ``part`` of it."""
        library = self._library
        scale = scale_for(self.width, self.height) if scale is None else scale
        x0, y0, right, foot = part or (0.0, 0.0, self.width, self.height)
        left, top = int(max(0.0, x0) * scale), int(max(0.0, y0) * scale)
        whole = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        wide, high = min(whole[0], int(right * scale) + 1) - left, min(whole[1], int(foot * scale) + 1) - top
        size = max(1, wide), max(1, high)
        bitmap = library.FPDFBitmap_CreateEx(*size, library.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            raise MemoryError
        try:
            library.FPDFBitmap_FillRect(bitmap, 0, 0, *size, 0xFFFFFFFF)
            flags = library.FPDF_ANNOT | library.FPDF_GRAYSCALE
            library.FPDF_RenderPageBitmap(bitmap, self._raw, -left, -top, *whole, 0, flags)
            stride = library.FPDFBitmap_GetStride(bitmap)
            pixels = ctypes.string_at(library.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
        finally:
            library.FPDFBitmap_Destroy(bitmap)
        return Picture(pixels, size, stride, scale, (left / scale, top / scale))


def _character(code: int) -> str:
    """Return what a code of the library stands for; a hyphen at the end of a line has a code of its own."""
    if code == 2:
        return "-"
    if 0x2E80 <= code < 0x2FE0:
        return _RADICALS.get(code, chr(code))
    if code == 0 or 0xD800 <= code < 0xF900 or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return LOST
    return chr(code)
