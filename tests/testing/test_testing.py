"""The generators, the layouts and the laws themselves, held against examples written by hand; nothing is parsed."""

from __future__ import annotations

import importlib
import inspect
import random
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import gipa_reports
from gipa_reports import testing
from gipa_reports.errors import MissingExtraError, ParseError
from gipa_reports.report import Cell, Disclosure, Proceedings, Report, Requests, Section, Sections, State, UnknownRow
from gipa_reports.template import EDITIONS, FORMS, HEADINGS, TABLES, Edition, TableId, labels
from gipa_reports.testing import KEEPS_BLANKS, LAYOUTS, GridCell, LayoutOptions
from written import SEVEN_ROWS, WRITTEN, decoded, row

few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# --- the layouts, against one table written out by hand ------------------------------------------------------------


def written(layout: int, grid: testing.Grid = SEVEN_ROWS, seed: int = 0, **options: Any) -> str:
    return testing.write_grid(grid, layout, options=LayoutOptions(**options), rng=random.Random(seed))


def test_every_layout_has_its_example() -> None:
    assert set(WRITTEN) == set(LAYOUTS) == set(range(1, 17))
    assert set(LAYOUTS) > KEEPS_BLANKS


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_is_as_written_by_hand(layout: int) -> None:
    assert testing.write_grid(SEVEN_ROWS, layout) == decoded(WRITTEN[layout])


@pytest.mark.parametrize("layout", [3, 4, 5, 6, 7])
def test_pipes_of_a_row_add_up_to_the_width(layout: int) -> None:
    table = written(layout).replace("\n", " ")
    leading = len(SEVEN_ROWS) if layout in (4, 7) else 0
    assert table.count("|") == 4 * len(SEVEN_ROWS) + leading


def test_a_row_of_empty_cells_only() -> None:
    grid = (*SEVEN_ROWS[2:4], (GridCell(""),) * 4)
    tails = {
        1: "⇥40⏎⇥⇥⇥",
        2: " 40 |⏎⏎|⏎|⏎|⏎|",
        3: " 40 | |⏎||||",
        4: " 40 | | ⏎| |||| ",
        5: "⏎|⏎||||",
        6: "40 | |⏎||||",
        7: "40 | |⏎|⏎||||",
        8: "40⏎|⏎|⏎|⏎|⏎|",
        9: "40⏎|⏎|⏎||||",
        10: "3 |⏎40 |",
        11: "40  | ⏎      ⏎⏎| ⏎",
        12: "40  | ⏎⇥⇥⏎⇥⇥",
        13: "40⏎⏎⏎⏎⏎⏎⏎⏎",
        14: "3⏎40",
        15: "行政规范性文件 3 40",
        16: "| 行政规范性文件 | 3 |  | 40 |⏎|  |  |  |  |",
    }
    for layout, tail in tails.items():
        assert written(layout, grid).endswith(decoded(tail)), layout


def test_five_empty_cells_between_pipes() -> None:
    grid = (tuple(GridCell(text) for text in ("25", "", "", "", "", "", "25")),)
    assert written(2, grid) == decoded("25 |⏎|⏎|⏎|⏎|⏎| 25 |")


def test_7_may_keep_an_empty_cell_as_a_lone_pipe() -> None:
    text = written(7, keep_blanks=True)
    assert decoded("|⏎行政规范性文件 |⏎3 |⏎|⏎40 |⏎|⏎第二十条") in text
    assert text.count("|") == written(7).count("|")
    assert written(7, (row("行政许可", "1", "", colspan=2),), keep_blanks=True) == decoded("|⏎行政许可 |⏎1 |⏎| |")


def test_13_may_collapse_gaps_and_wrap_names() -> None:
    assert decoded("行政规范性文件⏎⏎3⏎⏎40⏎⏎第") in written(13, collapse=1.0)
    wrapped = written(13, wrap_headers=True)
    assert "本年制发件数" not in wrapped
    assert wrapped.replace("\n", "") == written(13).replace("\n", "")


def test_15_may_stack_names_and_hold_page_marks() -> None:
    table = Proceedings.of("2021", {}, default=Cell.of(8))
    grid = testing.official_grid(table)
    stacked = written(15, grid, stack_headers=True)
    header, figures = stacked.rsplit("\n", 1)
    assert figures == " ".join(["8"] * 15)
    assert "结果维持" not in stacked
    assert "行政复议" in stacked
    assert {len(line) for line in header.split("\n")} <= {1, 2, 4, 5, 8}
    assert written(15, stack_headers=True) == written(15), "the wide columns of 二 do not stack"
    marked = written(15, page_marks=True).split("\n")
    (mark,) = set(marked) - set(written(15).split("\n"))
    assert re.fullmatch(r"第 \d+ 页|[-—] \d+ [-—]", mark)
    assert 0 < marked.index(mark) < len(marked) - 1


def test_16_may_write_a_table_for_each_row() -> None:
    assert written(16, small_tables=True) == decoded(
        "第二十条第（一）项⏎⏎"
        "| 项目 | 本年制发件数 | 本年废止件数 | 现行有效件数 |⏎|---|---|---|---|⏎| 规章 | 1 | 0 | 12 |⏎⏎"
        "| 项目 | 本年制发件数 | 本年废止件数 | 现行有效件数 |⏎|---|---|---|---|⏎| 行政规范性文件 | 3 |  | 40 |⏎⏎"
        "第二十条第（五）项⏎⏎"
        "| 项目 | 本年处理决定数量 |⏎|---|---|⏎| 行政许可 | 114 |"
    )


def test_16_may_have_an_invented_header() -> None:
    assert written(16, invented_header=True) == decoded(
        "| 项目 | 数据1 | 数据2 | 数据3 |⏎|---|---|---|---|⏎| 第二十条第（一）项 |  |  |  |⏎| 规章 | 1 | 0 | 12 |⏎"
        "| 行政规范性文件 | 3 |  | 40 |⏎| 第二十条第（五）项 |  |  |  |⏎| 行政许可 | 114 |  |  |"
    )
    requests = testing.official_grid(Requests.of("2021", {}, default=Cell.of(6)))
    assert written(16, requests, invented_header=True).startswith(
        "| 项目 |  |  | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 数据7 |\n|---|"
    )
    small = written(16, requests, invented_header=True, small_tables=True)
    assert "（三）不予公开\n\n| 项目 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 数据7 |" in small
    assert "\n| 1.属于国家秘密 | 6 | 6 | 6 | 6 | 6 | 6 | 6 |" in small
    proceedings = testing.official_grid(Proceedings.of("2021", {}, default=Cell.of(6)))
    assert written(16, proceedings, invented_header=True).startswith("| 数据1 | 数据2 |")


def test_16_small_tables_name_the_applicants() -> None:
    requests = testing.official_grid(Requests.of("2019", {}, default=Cell.of(6)))
    assert written(16, requests, small_tables=True).startswith(
        "| 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n|---|---|"
    )


# --- the official form -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_official_widths_and_spans(edition: Edition) -> None:
    tables = (kind.of(edition, {}, default=Cell.blank()) for kind in (Disclosure, Requests, Proceedings))
    disclosure, requests, proceedings = map(testing.official_grid, tables)
    assert [testing.grid_width(grid) for grid in (disclosure, requests, proceedings)] == [4, 10, 15]
    spans = {cell.text: (cell.colspan, cell.rowspan) for line in requests for cell in line if cell.role == "label"}
    assert spans["三、本年度办理结果"] == (1, 22 if edition == "2021" else 20)
    assert (spans["（三）不予公开"], spans["（四）无法提供"], spans["（五）不予处理"]) == ((1, 8), (1, 3), (1, 5))
    assert spans["（六）其他处理"] == ((1, 3) if edition == "2021" else (2, 1))
    assert spans["（一）予以公开"] == spans["（七）总计"] == (2, 1)
    assert spans["四、结转下年度继续办理"] == (3, 1)
    assert requests[0][0].text.startswith("（本列数据的勾稽关系为")
    assert (requests[0][0].colspan, requests[0][0].rowspan) == (3, 3)


def test_tab_grid_of_the_form() -> None:
    requests = Requests.of("2021", {"received.natural_person": 3}, default=Cell.of(0))
    lines = written(1, testing.official_grid(requests)).split("\n")
    assert lines[:5] == [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t\t申请人情况\t\t\t\t\t\t",
        "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计",
        "\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t",
        "一、本年新收政府信息公开申请数量\t\t\t3\t0\t0\t0\t0\t0\t0",
        "二、上年结转政府信息公开申请数量\t\t\t0\t0\t0\t0\t0\t0\t0",
    ]
    assert lines[5] == "三、本年度办理结果\t（一）予以公开" + "\t" + "\t0" * 7
    assert lines[7] == "\t（三）不予公开\t1.属于国家秘密" + "\t0" * 7
    assert lines[8] == "\t\t2.其他法律行政法规禁止公开" + "\t0" * 7
    assert len(lines) == 3 + 25

    proceedings = Proceedings.of("2021", {}, default=Cell.blank())
    assert written(1, testing.official_grid(proceedings)).split("\n") == [
        "行政复议\t\t\t\t\t行政诉讼" + "\t" * 9,
        "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t",
        "\t\t\t\t" + "\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计" * 2,
        "\t" * 14,
    ]


# --- whole reports ---------------------------------------------------------------------------------------------------


def report_of(edition: Edition, default: Cell, **figures: dict[str, Any]) -> Report:
    return Report(
        Disclosure.of(edition, figures.get("disclosure", {}), default=default),
        Requests.of(edition, figures.get("requests", {}), default=default),
        Proceedings.of(edition, figures.get("proceedings", {}), default=default),
        sections=Sections(**{heading.id: Section((f"{heading.ordinal}之文",)) for heading in HEADINGS}),
        title="题",
    )


@pytest.fixture
def noughts() -> Report:
    """All cells nought; money must be decimal."""
    return report_of("2021", Cell.of(0), disclosure={"fees.amount": Decimal(0)})


def test_flatten_writes_sections_in_order(noughts: Report) -> None:
    text = testing.flatten(noughts, 1)
    marks = ["题", *(mark for heading in HEADINGS for mark in (heading.text, f"{heading.ordinal}之文"))]
    places = [text.index(mark + "\n\n") if mark != "六之文" else text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert text.index("二之文") < text.index("规章\t0") < text.index("三、收到和处理")
    assert text.endswith("六之文\n")


def test_flatten_can_do_without(noughts: Report) -> None:
    bare = testing.flatten(noughts, 1, headings=False, header=False, options=LayoutOptions(blank_lines=False))
    assert bare.startswith("一之文\n二之文\n第二十条")
    assert not any(heading.text in bare for heading in HEADINGS)
    assert "\n\n" not in bare
    assert testing.flatten(noughts, 1, header="首页").startswith("首页\n\n一、总体情况\n\n")
    no_title = evolve(noughts, title=None, sections=Sections())
    assert testing.flatten(no_title, 1).startswith("一、总体情况\n\n二、主动公开政府信息情况\n\n第二十条")


def test_flatten_mixes_layouts(noughts: Report) -> None:
    text = testing.flatten(noughts, {"disclosure": 1, "requests": 4, "proceedings": 15})
    assert "规章\t0\t0\t0\n" in text
    assert "\n| （三）不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | | \n" in text
    assert "\n| 2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | || \n" in text
    assert "\n" + " ".join("0" * 15) + "\n" in text


def test_flatten_refuses_what_no_form_has(noughts: Report) -> None:
    unknown = evolve(noughts.disclosure, unknown=(UnknownRow(("行政检查", "1")),))
    absent = Disclosure.all_absent("2021")
    invalid = Disclosure.of("2021", {"regulations.issued": Cell.invalid("三")}, default=Cell.blank())
    for table in (unknown, absent, invalid):
        with pytest.raises(ValueError, match="disclosure"):
            testing.flatten(evolve(noughts, disclosure=table), 1)
    with pytest.raises(ValueError, match="no layout 17"):
        testing.flatten(noughts, 17)
    with pytest.raises(ValueError, match="no layout None for requests"):
        testing.flatten(noughts, {"disclosure": 1, "proceedings": 1})


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("table", TABLES)
def test_which_layouts_keep_the_place_of_a_blank(layout: int, table: TableId, noughts: Report) -> None:
    rows = {
        "disclosure": ("normative_documents.issued", "normative_documents.repealed"),
        "requests": ("received.natural_person", "received.business"),
        "proceedings": ("reconsideration.upheld", "reconsideration.corrected"),
    }

    def text(cell_id: str, **options: Any) -> str:
        changed: dict[str, Any] = {
            table: type(noughts.table(table)).of("2021", {**figures(noughts, table), cell_id: Cell.blank()})
        }
        return testing.flatten(evolve(noughts, **changed), layout, options=LayoutOptions(**options))

    first, second = rows[table]
    assert (text(first) != text(second)) is (layout in KEEPS_BLANKS)
    if layout == 7:
        assert text(first, keep_blanks=True) != text(second, keep_blanks=True)
    if layout == 13:
        assert text(first, collapse=1.0) == text(second, collapse=1.0)


def figures(report: Report, table: TableId) -> dict[str, Cell]:
    return {figure.id.removeprefix(f"{table}."): report[figure.id] for figure in report.table(table).cells()}


@few
@given(testing.plain_reports(), testing.layout_choices())
def test_flatten_holds_every_figure(report: Report, layout: int | dict[TableId, int]) -> None:
    text = testing.flatten(report, layout, headings=False, header=False)
    words = re.split(r"[\s|]+", text)
    for table in report.tables:
        for figure in table.cells():
            assert not figure.text or figure.text in words, figure
    assert len(words) > sum(bool(figure.text) for figure in report.cells())


@few
@given(testing.plain_reports(), testing.layout_choices(), testing.layout_options(), st.integers(0, 99))
def test_flatten_is_deterministic(
    report: Report, layout: int | dict[TableId, int], options: LayoutOptions, seed: int
) -> None:
    def once() -> str:
        return testing.flatten(report, layout, options=options, rng=random.Random(seed))

    assert once() == once()


@few
@given(testing.consistent_reports(), st.sampled_from(sorted(LAYOUTS)), testing.generators())
def test_noise_leaves_the_figures(report: Report, layout: int, rng: random.Random) -> None:
    plain = testing.flatten(report, layout, headings=False, header=False)
    noisy = testing.flatten(report, layout, headings=False, header=False, options=LayoutOptions(noise=0.5), rng=rng)

    def numbers(text: str) -> list[str]:
        narrow = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        return [number.replace(",", "") for number in re.findall(r"-?\d[\d,]*(?:\.\d+)?", narrow)]

    assert numbers(noisy) == numbers(plain)


# --- spelling --------------------------------------------------------------------------------------------------------


def every_label() -> list[str]:
    return [
        named.label + named.note
        for form in FORMS.values()
        for block in form.blocks
        for group in (block.columns, block.rows)
        for named in group
    ]


@pytest.mark.parametrize("label", sorted(set(every_label())))
def test_noise_keeps_the_meaning_of_a_label(label: str) -> None:
    meant = {found.name for found in labels.find(label)}
    rng = random.Random(7)
    spellings = {testing.noise(label, rng) for _ in range(60)}
    assert len(spellings) > 5
    for spelling in spellings:
        assert meant & {found.name for found in labels.find(spelling)}, spelling


@pytest.mark.parametrize("heading", HEADINGS, ids=lambda heading: str(heading.id))
def test_noise_keeps_the_meaning_of_a_heading(heading: Any) -> None:
    rng = random.Random(7)
    spellings = {testing.heading_noise(heading.text, rng) for _ in range(60)}
    assert len(spellings) > 5
    assert {labels.heading(spelling) for spelling in spellings} == {heading.id}
    assert testing.heading_noise("一、别的", random.Random(1)).endswith("别的")


def test_noise_varies_what_it_says() -> None:
    def all_of(text: str) -> str:
        return "\n".join(testing.noise(text, random.Random(seed)) for seed in range(300))

    assert "危及“三安全一稳定”" in all_of("3.危及“三安全一稳定”")
    assert "「三安全一稳定」" in all_of("3.危及“三安全一稳定”")
    assert "３．危及" in all_of("3.危及“三安全一稳定”")
    assert "(一)予以公开" in all_of("（一）予以公开")
    assert "政府规章" in all_of("规章")
    assert "规 章" in all_of("规章")
    assert "（按年末数填报）" in all_of("规章")
    assert "（按年末数填报）" not in all_of("第二十条第（一）项")
    assert set(all_of("1").split()) == {"1", "１"}, "no room for a space"


def test_figure_noise() -> None:
    def all_of(text: str) -> set[str]:
        return {testing.figure_noise(text, random.Random(seed)) for seed in range(50)}

    assert all_of("12345") == {"１２３４５", "12,345"}
    assert all_of("-1234.5万元") == {"-１２３４.５万元", "-1,234.5万元"}
    assert all_of("007") == {"００７", "007"}
    assert all_of("1" * 30) == {"１" * 30, "1" * 30}
    for text in ("", "/", "无"):
        assert all_of(text) == {text}


# --- strategies ------------------------------------------------------------------------------------------------------


@some
@given(testing.reports())
def test_reports_construct(report: Report) -> None:
    assert report.cells()
    assert hash(report) == hash(report)


def test_reports_reach_all_that_matters() -> None:
    """Each of these is found within the examples that a test may draw."""
    wanted: dict[str, Callable[[Report], bool]] = {
        "mixed editions": lambda report: report.disclosure.edition != report.requests.edition,
        "unknown row": lambda report: bool(report.requests.unknown),
        "huge": lambda report: any(isinstance(cell.value, int) and cell.value > 10**50 for cell in report.cells()),
        "vast": lambda report: any(len(cell.text) >= 3000 for cell in report.cells()),
        "exponent": lambda report: any(
            isinstance(cell.value, Decimal) and cell.value.as_tuple().exponent not in (0, -1, -2)
            for cell in report.cells()
        ),
        "invalid with a pipe": lambda report: any(
            cell.state is State.INVALID and "|" in cell.text for cell in report.cells()
        ),
        "all absent": lambda report: report.disclosure.is_absent,
        "tab in prose": lambda report: "\t" in "".join(prose(report)),
        "empty paragraph": lambda report: "" in prose(report),
        "heading in prose": lambda report: any(labels.heading(line) for line in prose(report)),
        "label in prose": lambda report: any(labels.find(line) for line in prose(report)),
        "title not of its year": lambda report: (
            bool(report.title and report.year) and str(report.year) not in str(report.title)
        ),
        "period": lambda report: report.period is not None,
        "nothing said": lambda report: (report.title, report.agency, report.year) == (None, None, None),
    }
    seen: set[str] = set()

    @settings(max_examples=300, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(testing.reports())
    def look(report: Report) -> None:
        seen.update(name for name, holds in wanted.items() if holds(report))

    look()
    assert seen == set(wanted)


def prose(report: Report) -> list[str]:
    found = (report.sections.get(heading.id) for heading in HEADINGS)
    return [paragraph for section in found if section for paragraph in section.paragraphs]


@some
@given(st.data(), st.sampled_from(sorted(FORMS)))
def test_cells_fit_their_columns(data: st.DataObject, key: tuple[TableId, Edition]) -> None:
    column = data.draw(st.sampled_from([column for block in FORMS[key].blocks for column in block.columns]))
    cell = data.draw(testing.cells(column))
    assert isinstance(cell.value, Decimal if column.kind == "amount" else int) is (cell.state is State.VALUE)


@pytest.mark.parametrize("edition", [None, *EDITIONS])
def test_tables_are_of_the_edition_asked_for(edition: Edition | None) -> None:
    strategies = (testing.disclosures, testing.requests_tables, testing.proceedings_tables)

    @few
    @given(st.tuples(*(strategy(edition) for strategy in strategies)))
    def look(tables: tuple[Any, ...]) -> None:
        assert [table.id for table in tables] == list(TABLES)
        assert all(table.edition == (edition or table.edition) for table in tables)

    look()


@few
@given(testing.plain_reports())
def test_plain_reports_are_as_published(report: Report) -> None:
    assert report.title
    assert report.agency
    assert report.agency in report.title
    assert str(report.year) in report.title
    assert all(report.sections.get(heading.id) is not None for heading in HEADINGS)
    assert not any(re.search(r"\d", line) for line in prose(report)), "prose must not contradict a figure"
    for figure in report.cells():
        assert figure.state in testing.PLAIN_STATES
        assert figure.value is None or figure.value >= 0 or figure.id.endswith(".change")
    assert not any(table.unknown for table in report.tables)


@few
@given(testing.plain_reports(states=[State.VALUE, State.BLANK], edition="2019", units=False))
def test_plain_reports_of_a_kind(report: Report) -> None:
    assert {table.edition for table in report.tables} == {"2019"}
    for figure in report.cells():
        assert figure.state in (State.VALUE, State.BLANK)
        assert figure.unit is None


@given(testing.plain_reports(states=[State.BLANK]))
@few
def test_plain_reports_without_figures(report: Report) -> None:
    assert {figure.state for figure in report.cells()} == {State.BLANK}


@pytest.mark.parametrize("states", [[], [State.VALUE, State.ABSENT], [State.INVALID]])
def test_plain_reports_refuse_other_states(states: list[State]) -> None:
    @settings(max_examples=1, database=None)
    @given(testing.plain_reports(states=states))
    def look(report: Report) -> None:
        raise AssertionError("never drawn")

    with pytest.raises(ValueError, match="states is a choice of"):
        look()


@few
@given(testing.consistent_reports(edition=None))
def test_consistent_reports_satisfy_every_identity(report: Report) -> None:
    for table in report.tables:
        for identity in table.form.identities:
            left, right = (sum(report[cell].value or 0 for cell in side) for side in (identity.left, identity.right))
            assert left == right, identity
    assert {figure.state for figure in report.cells()} == {State.VALUE}


@pytest.mark.parametrize("edition", EDITIONS)
def test_consistent_reports_of_an_edition(edition: Edition) -> None:
    @few
    @given(testing.consistent_reports(edition=edition))
    def look(report: Report) -> None:
        assert {table.edition for table in report.tables} == {edition}

    look()


# --- laws ------------------------------------------------------------------------------------------------------------


def reading_of(report: Report | None, *diagnostics: tuple[str, tuple[str, ...], str | None]) -> Any:
    return SimpleNamespace(
        report=report,
        diagnostics=tuple(SimpleNamespace(code=code, cells=ids, table=table) for code, ids, table in diagnostics),
    )


def test_right_or_flagged(noughts: Report) -> None:
    wrong = evolve(noughts, requests=Requests.of("2021", {"received.total": 1}, default=Cell.of(0)))
    testing.check_right_or_flagged(noughts, reading_of(noughts))
    testing.check_right_or_flagged(noughts, reading_of(wrong, ("position-lost", ("requests.received.total",), None)))
    with pytest.raises(AssertionError, match=r"1 cells are silently wrong(?s:.*)requests.received.total: value '0'"):
        testing.check_right_or_flagged(noughts, reading_of(wrong, ("position-lost", ("requests.granted.total",), None)))


def test_another_edition_must_be_owned_up_to(noughts: Report) -> None:
    other = evolve(noughts, disclosure=Disclosure.all_absent("2019"))
    licensing = ("disclosure.licensing.decisions", "disclosure.penalties.decisions", "disclosure.coercion.decisions")
    flagged = ("row-missing", licensing, None)
    with pytest.raises(AssertionError, match=r"regulations\.issued: value '0' was read as nothing"):
        testing.check_right_or_flagged(noughts, reading_of(other, flagged))
    testing.check_right_or_flagged(noughts, reading_of(other, flagged, ("edition-assumed", (), "disclosure")))


def test_a_refusal_is_wrong_unless_allowed(noughts: Report) -> None:
    refused = reading_of(None, ("no-tables", (), None))
    with pytest.raises(AssertionError, match="refused: no-tables"):
        testing.check_right_or_flagged(noughts, refused)
    testing.check_right_or_flagged(noughts, refused, allow_refusal=True)
    with pytest.raises(AssertionError, match="without a reason"):
        testing.check_right_or_flagged(noughts, reading_of(None), allow_refusal=True)


def fake(monkeypatch: pytest.MonkeyPatch, **functions: Callable[..., Any]) -> None:
    for name, function in functions.items():
        monkeypatch.setattr(gipa_reports, name, function, raising=False)


def test_round_trip_shows_the_difference(monkeypatch: pytest.MonkeyPatch, noughts: Report) -> None:
    fake(monkeypatch, render=lambda report, format: "…", parse=lambda source, format=None: noughts)
    testing.check_round_trip(noughts, "text")
    changed = evolve(
        noughts,
        title="别的题",
        sections=Sections(),
        disclosure=Disclosure.all_absent("2019"),
        requests=Requests.of("2021", {"received.total": 1}, default=Cell.of(0)),
        proceedings=evolve(noughts.proceedings, unknown=(UnknownRow(("甲",)),)),
    )
    with pytest.raises(AssertionError) as caught:
        testing.check_round_trip(changed, "text")
    for part in (
        "title: '别的题' became '题'",
        "disclosure.edition: '2019' became '2021'",
        "requests.received.total: value '1' became value '0'",
        "proceedings.unknown: (<UnknownRow cells=('甲',)>,) became ()",
        "prose: overview: () became (",
    ):
        assert part in str(caught.value)


def test_json_round_trip_holds_exponents(monkeypatch: pytest.MonkeyPatch, noughts: Report) -> None:
    fake(monkeypatch, dumps=lambda report: "…", loads=lambda text: noughts)
    testing.check_json_round_trip(noughts)
    nought = Disclosure.of("2021", {"fees.amount": Decimal("0.00")}, default=Cell.of(0))
    assert nought == noughts.disclosure
    with pytest.raises(AssertionError, match="became"):
        testing.check_json_round_trip(evolve(noughts, disclosure=nought))
    with pytest.raises(AssertionError, match="title: '别的题' became '题'"):
        testing.check_json_round_trip(evolve(noughts, title="别的题"))


def test_fixed_point(monkeypatch: pytest.MonkeyPatch, noughts: Report) -> None:
    fake(monkeypatch, parse=lambda source, format=None: noughts, render=lambda report, format: "…")
    testing.check_fixed_point("甲")
    fake(monkeypatch, render=lambda report, format: b"...")
    testing.check_fixed_point(b"a", formats=["docx"])
    times = iter(range(9))
    fake(monkeypatch, render=lambda report, format: str(next(times)))
    with pytest.raises(AssertionError, match="rendering again gives another text"):
        testing.check_fixed_point("甲", formats=["text"])
    fake(monkeypatch, parse=lambda source, format=None: evolve(noughts, title=f"{format}题"))
    with pytest.raises(AssertionError, match="title: 'None题' became 'text题'"):
        testing.check_fixed_point("甲", formats=["text"])


def test_only_gipa_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, format: object = None) -> None:
        raise ParseError("no report", code="not-a-report")

    def fail(source: object, format: object = None) -> None:
        raise RecursionError

    def accept(source: object, format: object = None) -> None:
        return None

    for parse in (refuse, accept):
        fake(monkeypatch, parse=parse, read=accept)
        testing.check_only_gipa_errors(b"\xff")
    fake(monkeypatch, parse=fail)
    with pytest.raises(AssertionError, match="parse raised RecursionError"):
        testing.check_only_gipa_errors("甲")
    fake(monkeypatch, parse=refuse, read=refuse)
    with pytest.raises(AssertionError, match="read raised ParseError"):
        testing.check_only_gipa_errors("甲")


# --- the package -----------------------------------------------------------------------------------------------------


def test_every_public_name_is_there_and_documented() -> None:
    public = {name: value for name, value in vars(testing).items() if not name.startswith("_")}
    assert {"plain_reports", "flatten", "official_grid", "check_right_or_flagged", "LAYOUTS", "FORMATS"} <= set(public)
    for name, value in public.items():
        assert not inspect.isroutine(value) or value.__doc__, name


@pytest.fixture
def reimported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package must be imported anew, and the modules of now come back after the test."""
    for name in [name for name in sys.modules if name.startswith("gipa_reports.testing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(gipa_reports, "testing", testing, raising=False)


def test_without_hypothesis(monkeypatch: pytest.MonkeyPatch, reimported: None) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'gipa-reports\[testing\]'") as caught:
        importlib.import_module("gipa_reports.testing")
    assert caught.value.code == "missing-extra"


def test_another_missing_module_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch, reimported: None) -> None:
    monkeypatch.setitem(sys.modules, "gipa_reports.testing.layouts", None)
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module("gipa_reports.testing")
    assert not isinstance(caught.value, MissingExtraError)
