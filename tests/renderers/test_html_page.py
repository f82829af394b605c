"""The HTML page: notes that change nothing, marks that need no colour, and how it looks in a real browser.

The tests with a browser run where chromium, chromedriver and selenium are installed, and are skipped elsewhere.
"""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from chromium import A4_WIDTH, PAINTED, SCHEMES, WIDTHS, browser, contrast, luminance, show
from gipa_reports import (
    Cell,
    Report,
    Section,
    State,
    UnknownFormatError,
    UnknownIdError,
    UnknownRow,
    parse,
    read,
    render,
)
from gipa_reports.testing import reports
from places import SAMPLE

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["browser"]  # a fixture, asked for by its name

HOSTILE = (
    "</output></td></table><h2>三、收到和处理政府信息公开申请情况</h2><script>alert(1)</script>\n规章\t1\t2\t3 & \"'"
)
STATES = {
    "disclosure.regulations.issued": Cell.not_applicable("/"),
    "disclosure.normative_documents.repealed": Cell.blank(),
    "disclosure.penalties.decisions": Cell.invalid("约七件"),
    "disclosure.coercion.decisions": Cell.absent(),
    "disclosure.licensing.decisions": Cell.of(46, "件"),
}
NOTES = {
    "requests.carried_out.total": "本列第一项加第二项之和为15，第三项加第四项之和为16。",
    "disclosure.penalties.decisions": "原文写的是“约七件”。",
    "disclosure.normative_documents.repealed": HOSTILE,
    "proceedings.reconsideration.upheld": "与上一年相差很大。",
}
IN_ORDER = [
    "disclosure.normative_documents.repealed",
    "disclosure.penalties.decisions",
    "requests.carried_out.total",
    "proceedings.reconsideration.upheld",
]


@pytest.fixture(scope="module")
def report() -> Report:
    """The sample with a cell in each state, a row that the form does not have, and markup in its prose."""
    sample = parse(SAMPLE)
    changed = {figure.id.partition(".")[2]: sample[figure.id] for figure in sample.disclosure.cells()}
    changed |= {cell_id.partition(".")[2]: cell for cell_id, cell in STATES.items()}
    return evolve(
        sample,
        disclosure=type(sample.disclosure).of("2021", changed),
        requests=evolve(sample.requests, unknown=(UnknownRow(("本机关自行增加的一行", "1", "2")),)),
        sections=evolve(sample.sections, problems=Section(("<script>alert(1)</script> & <b>", "一" * 400, "a" * 400))),
    )


@pytest.fixture(scope="module")
def page(report: Report) -> LexborHTMLParser:
    return LexborHTMLParser(render(report, "html", notes=NOTES))


def only(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (node,) = tree.css(selector)
    return node


# --- notes ---------------------------------------------------------------------------------------------------------

words = st.one_of(st.text(max_size=60), st.sampled_from([HOSTILE, "", "规章", "\\", "〔缺〕", "<!--", "]]>", "&lt;"]))


@given(report=reports(), data=st.data())
def test_notes_change_nothing_in_what_is_read(report: Report, data: st.DataObject) -> None:
    ids = [figure.id for figure in report.cells()]
    notes = data.draw(st.dictionaries(st.sampled_from(ids), words, max_size=8))
    assert parse(render(report, "html", notes=notes), format="html") == report


def test_a_note_to_every_cell_changes_nothing(report: Report) -> None:
    notes = {figure.id: HOSTILE for figure in report.cells()}
    noted = render(report, "html", notes=notes)
    assert parse(noted) == report
    assert noted.count('class="noted"') == len(notes) == 200


def test_no_notes_is_the_plain_page(report: Report) -> None:
    assert render(report, "html", notes={}) == render(report, "html")


def test_marks_and_notes_name_each_other(page: LexborHTMLParser) -> None:
    """Numbered in the order of the form, whatever the order of the mapping; the list goes on from table to table."""
    items = page.css("ol.notes li")
    assert [item.id for item in items] == ["note-1", "note-2", "note-3", "note-4"]
    assert [only(item, "a").attributes["href"] for item in items] == [f"#{cell_id}" for cell_id in IN_ORDER]
    assert [notes.attributes["start"] for notes in page.css("ol.notes")] == ["1", "3", "4"]
    assert items[2].text() == f"四、结转下年度继续办理·总计：{NOTES['requests.carried_out.total']}"
    for number, cell_id in enumerate(IN_ORDER, start=1):
        cell = only(page, f'td[id="{cell_id}"]')
        assert cell.attributes["aria-describedby"] == f"note-{number}"
        link = only(cell, "a")
        assert (link.attributes["href"], link.attributes["aria-label"]) == (f"#note-{number}", f"注{number}")
        assert items[number - 1].text().endswith(f"：{NOTES[cell_id]}")
    assert len(page.css("td.noted")) == 4


@pytest.mark.parametrize("cell_id", ["requests.received.sum", "requests.received", "nothing", "", "<b>"])
def test_a_note_to_no_cell_is_refused_by_name(report: Report, cell_id: str) -> None:
    with pytest.raises(UnknownIdError, match=re.escape(repr(cell_id))) as raised:
        render(report, "html", notes={"requests.received.total": "", cell_id: "x"})
    assert (raised.value.code, raised.value.found) == ("unknown-id", cell_id)


def test_a_cell_of_the_other_edition_is_no_cell(report: Report) -> None:
    with pytest.raises(UnknownIdError, match=re.escape("disclosure.procurement.amount")):
        render(report, "html", notes={"disclosure.procurement.amount": "x"})


def test_other_formats_show_no_notes(report: Report) -> None:
    with pytest.raises(UnknownFormatError, match="text"):
        render(report, "text", notes=NOTES)


# --- the page without a browser ------------------------------------------------------------------------------------


def test_markup_in_words_is_shown_as_words(page: LexborHTMLParser) -> None:
    assert page.css("script, b") == []
    assert [p.text() for p in page.css("p") if "script" in p.text()] == ["<script>alert(1)</script> & <b>"]
    assert only(page, "#note-1").text().endswith(HOSTILE)
    assert len(page.css("table")) == 3


def test_the_page_asks_for_nothing(report: Report) -> None:
    """One file: no script, and nothing that a browser would load."""
    text = render(report, "html", notes=NOTES)
    tree = LexborHTMLParser(text)
    assert tree.css("link, img, script, iframe, object, [src], [onclick]") == []
    assert [a for a in tree.css("[href]") if not (a.attributes["href"] or "").startswith("#")] == []
    style = only(tree, "style").text()
    assert not re.search(r"url\(|@import|@font-face|expression", style)


def test_every_link_has_its_end_and_every_id_is_one(page: LexborHTMLParser) -> None:
    ids = [node.id for node in page.css("[id]")]
    assert len(set(ids)) == len(ids) == 200 + len(NOTES)
    assert {(a.attributes["href"] or "")[1:] for a in page.css("a")} <= set(ids)


def test_labels_head_rows_or_columns_and_figures_head_nothing(page: LexborHTMLParser) -> None:
    figures = [cell for cell in page.css("td") if cell.id]
    assert len(figures) == 200
    assert {th.attributes.get("scope") for th in page.css("th")} == {"row", "col"}
    assert [th.text() for th in page.css("thead th[scope=row], tbody td th")] == []
    assert [len(table.css("thead tr")) for table in page.css("table")] == [0, 3, 3]
    assert [th.text() for th in page.css("[data-table=disclosure] th[scope=row]")] == [
        "规章",
        "行政规范性文件",
        "行政许可",
        "行政处罚",
        "行政强制",
        "行政事业性收费",
    ]
    assert len(page.css("[data-table=disclosure] tbody")) == 4
    # A row that the form does not have: nobody knows what its cells are.
    added = [cell.text() for cell in page.css("[data-table=requests] td") if not cell.id]
    assert [text for text in added if text] == ["本机关自行增加的一行", "1", "2"]


def test_the_key_explains_the_marks_that_are_there(report: Report, page: LexborHTMLParser) -> None:
    def keys(tree: LexborHTMLParser) -> list[str | None]:
        return [span.attributes["data-key"] for span in tree.css(".key span")]

    assert keys(page)[:3] == ["absent", "blank", "invalid"]
    full = type(report.disclosure).of("2021", {}, default=Cell.not_applicable("/"))
    plain = LexborHTMLParser(render(evolve(report, disclosure=full), "html"))
    assert keys(plain) == keys(page)[3:]


def test_units_and_marks_are_shown_as_they_are(page: LexborHTMLParser) -> None:
    shown = {cell_id: only(page, f'td[id="{cell_id}"]').text() for cell_id in STATES}
    assert list(shown.values()) == ["/", "", "约七件", "〔缺〕", "46件"]


def test_two_fragments_stand_on_one_page(report: Report) -> None:
    """No ids, and no rule of style that reaches beyond the fragment."""
    tree = LexborHTMLParser(f"<body><p>x</p>{report._repr_html_()}{report._repr_html_()}</body>")
    assert tree.css("[id], script, a") == []
    assert len(tree.css("table")) == 6
    style = tree.css("style")[0].text()
    selectors = [one.strip() for rule in re.findall(r"([^{}]+)\{", style) for one in rule.split(",")]
    assert len(selectors) > 10
    assert [selector for selector in selectors if not selector.startswith(".gipa-report")] == []


def test_a_fragment_escapes_its_title(report: Report) -> None:
    text = evolve(report, title="<img src=x>")._repr_html_()
    assert "<strong>&lt;img src=x&gt; · 2023</strong>" in text


# --- in a browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(report: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(render(report, "html", notes=NOTES), "utf-8")
    return path.as_uri()


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_that_is_written_can_be_read(browser: Chrome, address: str, scheme: str) -> None:
    show(browser, address, scheme=scheme)
    painted = browser.execute_script(PAINTED)
    names = {name for name, _, _ in painted}
    assert names >= {"TD::before blank", "TD::before invalid", "A::after ", "LI::marker ", "SPAN::after ", "TH "}
    pale = {name: contrast(colour, behind) for name, colour, behind in painted if contrast(colour, behind) < 4.5}
    assert pale == {}
    body = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (luminance(body) > 0.5) == (scheme == "light")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_and_focus_stand_out_from_the_paper(browser: Chrome, address: str, scheme: str) -> None:
    """The frame of a noted cell, and the outline of what has the focus: 3:1 at least."""
    show(browser, address, scheme=scheme)
    frame, behind, outline, paper = browser.execute_script("""
        const cell = getComputedStyle(document.querySelector("td.noted"));
        const box = document.querySelector(".table");
        box.focus({focusVisible: true});
        const focus = getComputedStyle(box);
        return [cell.boxShadow.match(/rgb\\([^)]*\\)/)[0], cell.backgroundColor,
                focus.outlineStyle === "solid" && focus.outlineColor, getComputedStyle(document.body).backgroundColor];
    """)
    assert contrast(frame, behind) >= 3
    assert contrast(outline, paper) >= 3


def test_each_state_is_told_in_words(browser: Chrome, address: str) -> None:
    show(browser, address)
    marks = browser.execute_script("""
        return Object.fromEntries([...document.querySelectorAll("[data-table=disclosure] td[data-state]")].map(
            cell => [cell.dataset.state, getComputedStyle(cell, "::before").content]));
    """)
    assert marks == {
        "value": "none",
        "blank": '"〔空〕"',
        "invalid": '"〔疑〕"',
        "not_applicable": '"" / "不适用"',
        "absent": "none",  # the cell has its mark as text
    }
    assert set(marks) == {str(state) for state in State}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(browser: Chrome, address: str, width: int) -> None:
    show(browser, address, width=width)
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert inner == width
    assert whole <= width
    scrolling = browser.execute_script(
        "return [...document.querySelectorAll('.table')].map(box => box.scrollWidth > box.clientWidth)"
    )
    assert scrolling == ([False, True, True] if width == 400 else [False, False, False])


def test_a_figure_is_never_broken_on_a_screen(browser: Chrome, report: Report, tmp_path: Path) -> None:
    """A table grows wider, and its box scrolls, before a number stands on two lines and is read as two."""
    cells = {figure.id.partition(".")[2]: 12345678901234 for figure in report.proceedings.cells()}
    path = tmp_path / "wide.html"
    wide = evolve(report, proceedings=type(report.proceedings).of("2021", cells))
    path.write_text(render(wide, "html", notes=NOTES), "utf-8")
    for width in WIDTHS:
        show(browser, path.as_uri(), width=width)
        lines = browser.execute_script("""
            return [...document.querySelectorAll("[data-table=proceedings] td")].map(cell => {
                const words = document.createRange();
                words.selectNodeContents(cell.firstChild);
                return words.getClientRects().length;
            });
        """)
        assert lines == [1] * 15
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_row_labels_stay_in_sight_on_a_phone(browser: Chrome, address: str) -> None:
    """Scrolled to its last column, each row of 三 still shows the words of its label, and beside them the total."""
    show(browser, address, width=400)
    rows = browser.execute_script("""
        const box = document.querySelector("[data-table=requests]").parentElement;
        box.scrollLeft = box.scrollWidth;
        const frame = box.getBoundingClientRect();
        return [...box.querySelectorAll("tbody tr:has([data-state])")].map(row => {
            const words = document.createRange();
            words.selectNodeContents([...row.querySelectorAll("th")].at(-1));
            const label = words.getBoundingClientRect();
            const total = row.lastElementChild.getBoundingClientRect();
            return [label.left - frame.left, total.left - label.right, frame.right - total.right];
        });
    """)
    assert len(rows) == 25
    assert [row for row in rows if min(row) < -0.5] == []  # half a pixel: columns stand between pixels


def test_links_lead_to_the_note_and_back(browser: Chrome, address: str) -> None:
    from selenium.webdriver.common.by import By

    show(browser, address, width=400)
    for number, cell_id in enumerate(IN_ORDER, start=1):
        for link, target in ((f"a[href='#note-{number}']", f"note-{number}"), (f"a[href='#{cell_id}']", cell_id)):
            browser.find_element(By.CSS_SELECTOR, link).click()
            top, bottom, outline = browser.execute_script("""
                const target = document.querySelector(":target"), frame = target.getBoundingClientRect();
                return [frame.top, frame.bottom, getComputedStyle(target).outlineStyle];
            """)
            assert browser.execute_script("return document.querySelector(':target').id") == target
            assert (top >= 0, bottom <= 900, outline) == (True, True, "solid"), (link, top, bottom)


def test_the_keyboard_reaches_tables_and_marks_in_order(browser: Chrome, address: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    show(browser, address)
    reached = []
    for _ in range(6):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        reached.append(browser.execute_script("return document.activeElement.getAttribute('aria-label')"))
    assert reached == [
        "主动公开政府信息情况",
        "注1",
        "注2",
        None,  # the links of the two notes
        None,
        "收到和处理政府信息公开申请情况",
    ]


def test_who_listens_hears_marks_and_notes(browser: Chrome, address: str) -> None:
    show(browser, address)

    def heard(selector: str) -> tuple[str, str, str]:
        root = browser.execute_cdp_cmd("DOM.getDocument", {})["root"]["nodeId"]
        node = browser.execute_cdp_cmd("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        tree = browser.execute_cdp_cmd("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})
        found = tree["nodes"][0]
        role, name, description = (found.get(key, {}).get("value", "") for key in ("role", "name", "description"))
        return role, name, description

    browser.execute_cdp_cmd("DOM.enable", {})
    browser.execute_cdp_cmd("Accessibility.enable", {})
    note = f"行政处罚·本年处理决定数量：{NOTES[IN_ORDER[1]]}"
    assert heard(f"[id='{IN_ORDER[1]}']") == ("cell", "〔疑〕 约七件 注2", note)
    assert heard("[id='disclosure.regulations.issued']")[1] == "不适用 /"
    assert heard("a[href='#note-2']") == ("link", "注2", "")
    assert heard("[data-table=requests]")[1] == "收到和处理政府信息公开申请情况"
    assert heard("thead th:last-of-type")[0] == "columnheader"
    assert heard("tbody th[scope=row]")[0] == "rowheader"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_paper_is_white_and_wide_enough(browser: Chrome, address: str, scheme: str) -> None:
    show(browser, address, width=A4_WIDTH, scheme=scheme, media="print")
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert whole <= inner == A4_WIDTH
    overflowing = browser.execute_script("""
        return [...document.querySelectorAll(".table, table, td, th, p")].filter(
            node => node.scrollWidth > node.clientWidth + 1).map(node => node.outerHTML.slice(0, 80));
    """)
    assert overflowing == []
    painted = browser.execute_script(PAINTED)
    assert [name for name, colour, _ in painted if contrast(colour, "rgb(255, 255, 255)") < 4.5] == []


def test_a_table_over_two_pages_has_its_heading_on_both(browser: Chrome, report: Report, tmp_path: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    more = tuple(UnknownRow((f"增{number}", "1", "2")) for number in range(60))
    path = tmp_path / "long.html"
    path.write_text(render(evolve(report, requests=evolve(report.requests, unknown=more)), "html"), "utf-8")
    show(browser, path.as_uri(), media="")  # the medium is what the browser says: paper when it prints
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    with pdfplumber.open(io.BytesIO(base64.b64decode(printed["data"]))) as pdf:
        sizes = {(round(page.width), round(page.height)) for page in pdf.pages}
        texts = ["".join(page.extract_text().split()) for page in pdf.pages]
    assert sizes == {(595, 842)}

    with_rows = [text for text in texts if "增" in text]
    assert len(with_rows) >= 2
    assert [text.count("商业企业") for text in with_rows] == [1] * len(with_rows)


def test_a_blank_cell_of_a_printed_page_is_blank_again(browser: Chrome, tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    blank = Cell.blank()
    sample = parse(SAMPLE)
    changed = {figure.id.partition(".")[2]: sample[figure.id] for figure in sample.requests.cells()}
    changed |= {"received.business": blank, "granted.total": blank, "carried_out.total": blank}
    whole = evolve(sample, requests=type(sample.requests).of("2021", changed))
    path = tmp_path / "blank.html"
    path.write_text(render(whole, "html"), "utf-8")
    show(browser, path.as_uri(), media="")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    reading = read(base64.b64decode(printed["data"]))
    assert reading.report is not None
    assert {cell.id for cell in whole.cells() if reading.report[cell.id] != whole[cell.id]} == set()
    assert [cell.id for cell in whole.cells() if reading.codes(cell.id)] == []
