"""Pages of a PDF file with their text told apart by whether it is painted: pdfminer reads all of it alike."""

from __future__ import annotations

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFStackT
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import Matrix
from pdfplumber import page

from .pdf_page import NO_INK

CLEAR = 0.05
"""Up to this opacity no one sees a thing."""

_MODES = 4
"""Ways to paint text: fill it, stroke it, both, neither. From this number on the same, and text clips what follows."""
_FILLED, _STROKED = (0, 2), (1, 2)


class Page(page.Page):
    """A page on which text that leaves no ink has the colour ``NO_INK``."""

    @property
    def layout(self) -> LTPage:
        """What is on it, read once."""
        if not hasattr(self, "_layout"):
            device = PDFPageAggregator(self.pdf.rsrcmgr, pageno=self.page_number, laparams=self.pdf.laparams)
            _Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout


class _Interpreter(PDFPageInterpreter):
    """Follows the way in which text is painted, and how opaque it is, also into forms that a page draws."""

    _is_veiled = False
    """Whether all that is drawn is transparent, whatever it says itself: the form that it is in is drawn so."""
    _mode = 0
    """The way of painting that holds where a form is drawn."""

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self.textstate.render = self._mode
        self._opacity = (1.0, 1.0)
        self._opacities: list[tuple[float, float]] = []

    def subinterp(self) -> PDFPageInterpreter:
        inner = super().subinterp()
        assert isinstance(inner, _Interpreter)
        inner._is_veiled = self._is_veiled or self._opacity[0] <= CLEAR
        inner._mode = self.textstate.render
        return inner

    def do_q(self) -> None:
        super().do_q()
        self._opacities.append(self._opacity)

    def do_Q(self) -> None:  # noqa: N802 - the name of the operator
        super().do_Q()
        if self._opacities:
            self._opacity = self._opacities.pop()

    def do_gs(self, name: PDFStackT) -> None:
        states = dict_value(dict_value(self.resources).get("ExtGState"))
        state = dict_value(states.get(literal_name(name)))
        fill, stroke = (resolve1(state.get(key)) for key in ("ca", "CA"))
        self._opacity = (
            fill if isinstance(fill, int | float) else self._opacity[0],
            stroke if isinstance(stroke, int | float) else self._opacity[1],
        )

    def do_TJ(self, seq: PDFStackT) -> None:  # noqa: N802 - the name of the operator
        colour = self.graphicstate.ncolor
        if not self._leaves_ink():
            self.graphicstate.ncolor = NO_INK
        super().do_TJ(seq)
        self.graphicstate.ncolor = colour

    def _leaves_ink(self) -> bool:
        mode = self.textstate.render % _MODES
        fill, stroke = self._opacity
        is_painted = (mode in _FILLED and fill > CLEAR) or (mode in _STROKED and stroke > CLEAR)
        return is_painted and not self._is_veiled
