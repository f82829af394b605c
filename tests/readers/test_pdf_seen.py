"""What a person sees of a figure in a PDF file, and what counts: each way to hide, change or add one."""

from __future__ import annotations

import zlib

import pytest

from gipa_reports.document import Table
from gipa_reports.limits import Limits
from gipa_reports.readers import pdf as reader
from pdf_files import Page, pdf, stream

pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")

HERE = Limits(seconds=None, memory=None)
WIDE = [72, 200, 300, 400, 500]
COLUMNS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
LOST = "\ufffd"
DOTS = zlib.compress(bytes([255] * 24 + [0] * 16 + [255] * 24))
IMAGE = "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray"
WHITE_IMAGE = stream(zlib.compress(bytes([255] * 64)), IMAGE)
DARK_IMAGE = stream(DOTS, IMAGE)
RESOURCES = "/ExtGState<</T<</ca 0/CA 0>>/F<</ca 0.1>>>>/XObject<</W 5 0 R/D 6 0 R>>"
OBJECTS = {5: WHITE_IMAGE, 6: DARK_IMAGE}


def cells(before: str = "", after: str = "", figure: str = "486", entries: str = "", more: bytes = b"") -> list[str]:
    """What is read of the first row of figures, 702 to 722 from the foot; what is drawn before and after the table.

    The first of the figures begins at 203, its baseline 709 from the foot; it is 7.5 high and each digit 5 wide.
    """
    page = Page().draw(before)
    page.table(WIDE, 100, [COLUMNS, ["规章", figure, "5", "3"]])
    page.draw(after)
    content = pdf(page, resources=RESOURCES, entries=entries, more={**OBJECTS, **({8: more} if more else {})})
    [table] = reader.read_document(content, HERE).blocks
    assert isinstance(table, Table)
    assert list(table.rows[0].cells) == COLUMNS
    label, *rest = table.rows[1].cells
    assert label == "规章"
    return rest


def over(text: str, x: float = 203, y: float = 133, size: float = 10) -> str:
    return Page().text(x, y, text, size).content().decode()


HIDDEN = {
    "covered by a white box": "1 g 202 704 20 16 re f 0 g",
    "covered by a black box": "202 704 20 16 re f",
    "covered by a box of its own size": "203 708.5 15 8 re f",
    "covered by a picture": "q 20 0 0 16 202 704 cm /W Do Q",
    "its last digit covered by white": "1 g 213 704 8 16 re f 0 g",
    "its last digit blacked out": "212.8 704 8 16 re f",
    "its lower half covered": "1 g 202 704 20 8.5 re f 0 g",
    "its upper half covered": "1 g 202 712.5 20 8 re f 0 g",
    "half of its last digit covered": "1 g 215.6 704 8 16 re f 0 g",
    "struck out": "0.5 w 202 712.5 m 220 712.5 l S 1 w",
    "struck out by a thin box": "202 712 18 0.7 re f",
    "struck out twice": "0.4 w 202 711.5 m 220 711.5 l S 202 713.5 m 220 713.5 l S 1 w",
    "struck out in red": "1 0 0 RG 202 712.5 m 220 712.5 l S 0 G",
    "struck out aslant": "0.5 w 202 708 m 220 718 l S 1 w",
    "struck out aslant, within its digits": "0.5 w 204 709.5 m 217 716 l S 1 w",
    "struck out by a curve": "0.5 w 202 710 m 206 718 212 704 220 715 c S 1 w",
    "struck out by a cross": "0.5 w 203 708 m 218 717 l S 203 717 m 218 708 l S 1 w",
    "typed over": over("9", 208),
    "typed over, a little off": over("9", 210),
    "typed over, a little lower": over("9", 208, 135),
    "stamped": "q 30 0 0 18 210 702 cm /D Do Q",
    "with handwriting beside it": "0.8 w 230 708 m 236 716 240 706 246 716 c S 1 w",
    "with a drawn minus before it": "0.8 w 201.5 712 m 202.6 712 l S 205 721 m 260 704 l S 1 w",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_figure_that_is_covered_or_changed_is_none(name: str) -> None:
    found, *others = cells(after=HIDDEN[name])
    assert LOST in found
    assert others == ["5", "3"]


WRITTEN: dict[str, str | None] = {
    "white": "1 g {} 0 g",
    "nearly white": "0.97 g {} 0 g",
    "yellow": "1 1 0.6 rg {} 0 g",
    "on its own colour": "0.8 0 0 rg 202 704 60 14 re f {} 0 g",
    "transparent": "q /T gs {} Q",
    "nearly transparent": "q /F gs {} Q",
    "behind a picture, as by OCR": "q 3 Tr {} Q",
    "clipped": "q 0 0 10 10 re W n {} Q",
    "half clipped": "q 200 702 20 9.5 re W n {} Q",
    "tiny": None,
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_figure_that_is_not_seen_is_none(name: str) -> None:
    template = WRITTEN[name]
    drawn = over("486", size=0.8) if template is None else template.format(over("486"))
    found, *others = cells(before=drawn, figure="")
    assert LOST in found or found == ""
    assert "486" not in found
    assert others == ["5", "3"]


SEEN: dict[str, str | None] = {
    "grey": "0.5 g {} 0 g",
    "blue": "0 0 0.8 rg {} 0 g",
    "white on blue": "0 0 0.6 rg 200.5 702.5 99 19 re f 1 g {} 0 g",
    "on yellow": "1 1 0 rg 202 704 60 14 re f 0 g {}",
    "on grey": "0.85 g 200.5 702.5 99 19 re f 0 g {}",
    "underlined": "0.5 w 202 706.5 m 220 706.5 l S 1 w {}",
    "small": None,
}


@pytest.mark.parametrize("name", SEEN)
def test_a_figure_that_is_seen_counts(name: str) -> None:
    template = SEEN[name]
    drawn = over("486", size=5) if template is None else template.format(over("486"))
    assert cells(before=drawn, figure="") == ["486", "5", "3"]


def test_bold_made_by_printing_twice_is_one_figure() -> None:
    assert cells(after=over("486", 203.3)) == ["486", "5", "3"]
    assert cells(after=over("486", 203.3, 132.8)) == ["486", "5", "3"]


ADDED = {
    "a picture": "q 20 0 0 14 230 705 cm /D Do Q",
    "handwriting": "0.8 w 230 708 m 236 716 240 706 246 716 c S 1 w",
    "a drawn digit": "0.8 w 232 706 m 236 718 l S 1 w",
}


@pytest.mark.parametrize("name", ADDED)
def test_an_empty_cell_with_ink_in_it_is_not_blank(name: str) -> None:
    assert cells(after=ADDED[name], figure="") == [LOST, "5", "3"]


def test_a_smaller_raised_digit_is_not_a_digit_of_the_figure() -> None:
    for size, y in ((6, 129), (6, 133), (5, 127)):
        found, *_ = cells(after=over("2", 218.3, y, size))
        assert found not in ("4862", "2486", "486")


APPEARANCE = "/Type/XObject/Subtype/Form/BBox[0 0 30 14]/Resources<</Font<</F 3 0 R>>>>"
FIELDS = {
    "field": "/Subtype/Widget/FT/Tx/V(57)",
    "note": "/Subtype/FreeText/Contents(57)",
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_field_or_note_shows_is_read(name: str) -> None:
    drawn = b"BT /F 10 Tf 1 0 0 1 3 3 Tm <00350037> Tj ET"
    entries = f"/Annots[<</Type/Annot{FIELDS[name]}/F 4/Rect[210 705 240 719]/AP<</N 8 0 R>>>>]"
    assert cells(figure="", entries=entries, more=stream(zlib.compress(drawn), APPEARANCE)) == ["57", "5", "3"]


def test_what_an_annotation_covers_is_not_read() -> None:
    drawn = stream(zlib.compress(b"1 g 0 0 30 14 re f"), APPEARANCE)
    entries = "/Annots[<</Type/Annot/Subtype/Square/F 4/Rect[200 704 230 718]/AP<</N 8 0 R>>>>]"
    found, *others = cells(entries=entries, more=drawn)
    assert LOST in found
    assert others == ["5", "3"]
