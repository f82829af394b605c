"""A synthetic corpus: as many reports as you like, in a mix of layouts and formats, each with its truth.

A sample depends on its number and the seed alone, so that the truth of any source can be made again when it is wanted.
Agencies and prose are invented; the figures add up.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from operator import add, sub
from pathlib import Path
from typing import Literal

from attrs import frozen

from ..memo import remembered
from ..renderers import render
from ..report import Cell, Disclosure, Proceedings, Report, Requests, Section, Sections
from ..template import FORMS, Edition, Form
from .layouts import KEEPS_BLANKS, LAYOUTS, flatten

SampleFormat = Literal["text", "markdown", "html"]

_ENDINGS: dict[SampleFormat, str] = {"text": "txt", "markdown": "md", "html": "html"}
_PLACES = ("云湖", "青山", "临江", "白石", "南屏", "东篱", "望海", "清泉", "柳溪", "长桥")
_KINDS = ("市人民政府", "区人民政府", "县教育局", "市城市管理局", "县卫生健康局", "区临江街道办事处", "镇人民政府")
_PROSE = (
    "本机关按照条例要求开展政府信息公开工作。",
    "全年通过门户网站发布各类信息，及时回应社会关切。",
    "存在的问题：公开内容还不够细致，队伍建设有待加强。",
    "下一步将完善制度，加强培训。",
    "本年度没有更多内容。",
)
_YEARS = range(2019, 2026)


@frozen
class Sample:
    """One source of the corpus: its file name, its content, and the report that it was made from.

    ``layout`` is the number of the text layout, None in the other formats.
    """

    number: int
    name: str
    format: SampleFormat
    layout: int | None
    truth: Report
    content: bytes


def samples(count: int, seed: int = 0) -> Iterator[Sample]:
    """The first ``count`` samples of the corpus with this seed."""
    return (sample(number, seed) for number in range(count))


def sample(number: int, seed: int = 0) -> Sample:
    """One sample, the same whenever it is asked for."""
    rng = random.Random(f"{seed}:{number}")
    kind, layout = _shape(rng)
    truth = _report(rng, number, blanks=layout is None or layout in KEEPS_BLANKS)
    if layout is not None:
        content = flatten(truth, layout, rng=rng).encode("gb18030" if rng.random() < 0.1 else "utf-8")
    else:
        rendered = render(truth, kind)
        content = rendered.encode() if isinstance(rendered, str) else rendered
    return Sample(number, _name(number, kind), kind, layout, truth, content)


def truth_of(number: int, seed: int = 0) -> Report:
    """The report of a sample, without writing it out."""
    rng = random.Random(f"{seed}:{number}")
    _, layout = _shape(rng)
    return _report(rng, number, blanks=layout is None or layout in KEEPS_BLANKS)


def number_of(name: str) -> int:
    """The number of the sample whose file, or path, has this name."""
    return int(Path(name).stem.removeprefix("report-"))


def write_samples(folder: str | os.PathLike[str], numbers: Iterable[int], seed: int = 0) -> None:
    """Write samples as files, a thousand in a subfolder."""
    for number in numbers:
        one = sample(number, seed)
        path = Path(folder, f"{number // 1000:04}", one.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)


def differences(truth: Report, cells: Iterable[tuple[str, str, Decimal | int | None, str]]) -> list[str]:
    """The ids of cells that differ from ``truth`` without a flag, or are missing.

    ``cells`` are (id, state, value, codes), as they stand in the columns of the long form; ``value`` is the count, or
    the amount.
    """
    found = {cell_id: (state, value, codes) for cell_id, state, value, codes in cells}
    wrong = []
    for figure in truth.cells():
        state, value, codes = found.get(figure.id, ("", None, ""))
        if (state, value) != (figure.state.value, figure.value) and not codes:
            wrong.append(figure.id)
    return wrong


def _name(number: int, kind: SampleFormat) -> str:
    return f"report-{number:07}.{_ENDINGS[kind]}"


def _shape(rng: random.Random) -> tuple[SampleFormat, int | None]:
    """Three in four are text, in all layouts alike."""
    if rng.random() < 0.75:
        return "text", rng.randint(1, max(LAYOUTS))
    return rng.choice(("markdown", "html")), None


def _report(rng: random.Random, number: int, *, blanks: bool) -> Report:
    year = rng.choice(_YEARS)
    edition: Edition = "2019" if year <= 2020 or rng.random() < 0.05 else "2021"
    agency = f"{rng.choice(_PLACES)}{rng.choice(_KINDS)}"
    requests = Requests.from_rows(edition, _request_rows(rng, edition))
    proceedings = Proceedings.from_rows(edition, tuple(_with_total(rng, 4) for _ in FORMS["proceedings", edition].rows))
    return Report(
        Disclosure.from_rows(edition, _disclosure_rows(rng, edition, blanks=blanks)),
        requests,
        proceedings,
        Sections(*(Section((text,)) for text in _prose(rng, number))),
        f"{agency}{year}年政府信息公开工作年度报告",
        agency,
        year,
    )


def _prose(rng: random.Random, number: int) -> Iterator[str]:
    for text in (_PROSE[0], "", "", "", _PROSE[2], _PROSE[4]):
        yield f"{text}{rng.choice(_PROSE[1:4])}（编号{number}）" if text else _PROSE[1]


@remembered(4096)
def _count(value: int) -> Cell:
    return Cell.of(value)


def _figure(rng: random.Random) -> int:
    """Most figures of most reports are nought."""
    chance = rng.random()
    if chance < 0.8:
        return 0
    return rng.randint(1, 9) if chance < 0.95 else rng.randint(10, 99_999)


def _disclosure_rows(rng: random.Random, edition: Edition, *, blanks: bool) -> tuple[tuple[Cell, ...], ...]:
    layout = FORMS["disclosure", edition]

    def cell(kind: str) -> Cell:
        if blanks and rng.random() < 0.05:
            return Cell.blank()
        if kind == "amount":
            return Cell.of(Decimal(rng.randint(0, 10**7)).scaleb(-rng.randint(0, 4)))
        return _count(_figure(rng))

    return tuple(tuple(cell(column.kind) for column in layout.columns_of[row.id]) for row in layout.rows)


def _request_rows(rng: random.Random, edition: Edition) -> tuple[tuple[Cell, ...], ...]:
    """Rows that add up in both directions."""
    layout = FORMS["requests", edition]
    figures = _request_figures(rng, layout)
    return tuple(tuple(_count(figure) for figure in (*figures[row.id], sum(figures[row.id]))) for row in layout.rows)


def _request_figures(rng: random.Random, layout: Form) -> dict[str, list[int]]:
    results = [row.id for row in layout.rows if row.spans and row.id != "processed_total"]
    nothing = [0] * 6  # most kinds of result do not occur in most reports
    figures = {row_id: [_figure(rng) for _ in range(6)] if rng.random() < 0.3 else nothing for row_id in results}
    processed = list(map(sum, zip(*figures.values(), strict=True)))
    carried_out = [_figure(rng) for _ in range(6)]
    handled = list(map(add, processed, carried_out))
    carried_in = [rng.randint(0, figure) for figure in handled]
    return figures | {
        "received": list(map(sub, handled, carried_in)),
        "carried_in": carried_in,
        "processed_total": processed,
        "carried_out": carried_out,
    }


def _with_total(rng: random.Random, count: int) -> tuple[Cell, ...]:
    figures = [_figure(rng) for _ in range(count)]
    return tuple(_count(figure) for figure in (*figures, sum(figures)))


__all__ = ["Sample", "differences", "number_of", "sample", "samples", "truth_of", "write_samples"]
