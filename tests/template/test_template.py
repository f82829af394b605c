"""The template says what the two national forms say, and every layer uses its names.

The ids below are written out by hand, from the forms: a test that derived them from the template could not fail.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from gipa_reports.template import EDITIONS, FIGURES, FORMS, TABLES, Edition, TableId, form, labels, vocabulary, words
from gipa_reports.template.labels import Label
from gipa_reports.template.vocabulary import look_up
from places import ROOT

GRAMMARS = ROOT / "grammars"

# --- every cell id -----------------------------------------------------------------------------------------------

DISCLOSURE_2021 = """
    regulations.issued regulations.repealed regulations.in_force
    normative_documents.issued normative_documents.repealed normative_documents.in_force
    licensing.decisions
    penalties.decisions
    coercion.decisions
    fees.amount
"""
DISCLOSURE_2019 = """
    regulations.produced regulations.newly_disclosed regulations.total_disclosed
    normative_documents.produced normative_documents.newly_disclosed normative_documents.total_disclosed
    licensing.prior_year_items licensing.change licensing.decisions
    other_services.prior_year_items other_services.change other_services.decisions
    penalties.prior_year_items penalties.change penalties.decisions
    coercion.prior_year_items coercion.change coercion.decisions
    fees.prior_year_items fees.change
    procurement.items procurement.amount
"""
REQUEST_COLUMNS = "natural_person business research public_interest legal_service other total"
REQUEST_ROWS_2021 = """
    received carried_in
    granted partially_granted
    denied.state_secret denied.prohibited_by_law denied.security_and_stability denied.third_party_rights
    denied.internal_affairs denied.deliberative_process denied.enforcement_files denied.administrative_inquiry
    unavailable.not_held unavailable.needs_compilation unavailable.still_unclear
    not_processed.petition_or_complaint not_processed.duplicate not_processed.publication not_processed.excessive
    not_processed.confirmation
    other.correction_overdue other.fee_overdue other.other
    processed_total carried_out
"""
REQUEST_ROWS_2019 = """
    received carried_in
    granted partially_granted
    denied.state_secret denied.prohibited_by_law denied.security_and_stability denied.third_party_rights
    denied.internal_affairs denied.deliberative_process denied.enforcement_files denied.administrative_inquiry
    unavailable.not_held unavailable.needs_compilation unavailable.still_unclear
    not_processed.petition_or_complaint not_processed.duplicate not_processed.publication not_processed.excessive
    not_processed.confirmation
    other
    processed_total carried_out
"""
PROCEEDINGS = """
    reconsideration.upheld reconsideration.corrected reconsideration.other reconsideration.pending
    reconsideration.total
    litigation_direct.upheld litigation_direct.corrected litigation_direct.other litigation_direct.pending
    litigation_direct.total
    litigation_after_reconsideration.upheld litigation_after_reconsideration.corrected
    litigation_after_reconsideration.other litigation_after_reconsideration.pending
    litigation_after_reconsideration.total
"""


def ids(table: str, names: str) -> tuple[str, ...]:
    return tuple(f"{table}.{name}" for name in names.split())


def product(table: str, rows: str, columns: str) -> tuple[str, ...]:
    return tuple(f"{table}.{row}.{column}" for row in rows.split() for column in columns.split())


CELL_IDS: dict[tuple[TableId, Edition], tuple[str, ...]] = {
    ("disclosure", "2021"): ids("disclosure", DISCLOSURE_2021),
    ("disclosure", "2019"): ids("disclosure", DISCLOSURE_2019),
    ("requests", "2021"): product("requests", REQUEST_ROWS_2021, REQUEST_COLUMNS),
    ("requests", "2019"): product("requests", REQUEST_ROWS_2019, REQUEST_COLUMNS),
    ("proceedings", "2021"): ids("proceedings", PROCEEDINGS),
    ("proceedings", "2019"): ids("proceedings", PROCEEDINGS),
}


@pytest.mark.parametrize(
    ("table", "edition", "count"),
    [
        ("disclosure", "2021", 10),
        ("disclosure", "2019", 22),
        ("requests", "2021", 175),
        ("requests", "2019", 161),
        ("proceedings", "2021", 15),
        ("proceedings", "2019", 15),
    ],
)
def test_number_of_cells(table: TableId, edition: Edition, count: int) -> None:
    cell_ids = form(table, edition).cell_ids
    assert len(cell_ids) == count
    assert len(set(cell_ids)) == count


@pytest.mark.parametrize(("table", "edition"), list(CELL_IDS))
def test_cell_ids_are_those_of_the_form_in_its_order(table: TableId, edition: Edition) -> None:
    assert form(table, edition).cell_ids == CELL_IDS[table, edition]


def test_there_are_two_editions_of_three_tables() -> None:
    assert TABLES == ("disclosure", "requests", "proceedings")
    assert EDITIONS == ("2019", "2021")
    assert set(FORMS) == set(CELL_IDS)
    for (table, edition), each in FORMS.items():
        assert (each.table, each.edition) == (table, edition)


# --- units and kinds ---------------------------------------------------------------------------------------------


def units(table: TableId, edition: Edition) -> dict[str, tuple[str, str | None]]:
    layout = form(table, edition)
    return {
        f"{row.id}.{column.id}": (column.kind, column.unit)
        for row in layout.rows
        for column in layout.columns_of[row.id]
    }


def test_units_of_disclosure_2021() -> None:
    found = units("disclosure", "2021")
    assert found.pop("fees.amount") == ("amount", "万元")
    assert set(found.values()) == {("count", "件")}


def test_units_of_disclosure_2019() -> None:
    found = units("disclosure", "2019")
    assert found.pop("procurement.amount") == ("amount", None), "the form names no unit: 元 or 万元 at will"
    assert found.pop("procurement.items") == ("count", "项")
    changes = {cell: fact for cell, fact in found.items() if cell.endswith(".change")}
    assert changes == {
        f"{row}.change": ("change", "项") for row in ("licensing", "other_services", "penalties", "coercion", "fees")
    }


@pytest.mark.parametrize("table", ["requests", "proceedings"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_requests_and_proceedings_are_counted_in_pieces(table: TableId, edition: Edition) -> None:
    assert set(units(table, edition).values()) == {("count", "件")}


# --- spans and identities ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "results", "other"), [("2021", 22, 3), ("2019", 20, None)])
def test_spans_of_requests(edition: Edition, results: int, other: int | None) -> None:
    """三、本年度办理结果 spans 22 rows (20 in 2019); （三）8, （四）3, （五）5, （六）3."""
    rows = form("requests", edition).rows
    count = {span.terminal: sum(span.terminal in row.spans for row in rows) for span in form("requests", edition).spans}
    expected = {"RESULTS": results, "DENIED": 8, "UNAVAILABLE": 3, "NOT_PROCESSED": 5}
    assert count == expected | ({} if other is None else {"OTHER": other})


def sums(values: dict[str, int], cells: tuple[str, ...]) -> int:
    return sum(values[cell] for cell in cells)


@pytest.mark.parametrize("edition", EDITIONS)
def test_identities_of_requests(edition: Edition) -> None:
    identities = form("requests", edition).identities
    columns = REQUEST_COLUMNS.split()
    by_name: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for identity in identities:
        by_name.setdefault(identity.name, []).append((identity.left, identity.right))
    assert sorted(by_name) == ["applicants_add_up", "column_balance", "results_add_up"]
    assert by_name["column_balance"] == [
        (
            (f"requests.received.{column}", f"requests.carried_in.{column}"),
            (f"requests.processed_total.{column}", f"requests.carried_out.{column}"),
        )
        for column in columns
    ]
    rows = (REQUEST_ROWS_2021 if edition == "2021" else REQUEST_ROWS_2019).split()
    results = rows[2:-2]
    assert by_name["results_add_up"] == [
        (tuple(f"requests.{row}.{column}" for row in results), (f"requests.processed_total.{column}",))
        for column in columns
    ]
    assert by_name["applicants_add_up"] == [
        (tuple(f"requests.{row}.{column}" for column in columns[:-1]), (f"requests.{row}.total",)) for row in rows
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_identities_of_proceedings(edition: Edition) -> None:
    found = [(identity.name, identity.left, identity.right) for identity in form("proceedings", edition).identities]
    groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    assert found == [
        (
            "outcomes_add_up",
            tuple(f"proceedings.{group}.{outcome}" for outcome in ("upheld", "corrected", "other", "pending")),
            (f"proceedings.{group}.total",),
        )
        for group in groups
    ]


# --- labels in the spellings that are met ------------------------------------------------------------------------


def names(text: str) -> set[tuple[str, str, str]]:
    return {(label.kind, label.table, label.name) for label in labels.find(text)}


def one(kind: str, table: str, name: str) -> set[tuple[str, str, str]]:
    return {(kind, table, name)}


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        # width, white space, quotes
        ("(一)予以公开", one("row", "requests", "GRANTED")),
        ("（一）予以公开", one("row", "requests", "GRANTED")),
        ("(一) 予以公开", one("row", "requests", "GRANTED")),
        ("1. 属于国家秘密", one("row", "requests", "DENIED_STATE_SECRET")),
        ("１．属于国家秘密", one("row", "requests", "DENIED_STATE_SECRET")),
        ("1、属于国家秘密", one("row", "requests", "DENIED_STATE_SECRET")),
        ("3.危及“三安全一稳定”", one("row", "requests", "DENIED_SECURITY_AND_STABILITY")),
        ('3.危及"三安全一稳定"', one("row", "requests", "DENIED_SECURITY_AND_STABILITY")),
        ("3.危及三安全一稳定", one("row", "requests", "DENIED_SECURITY_AND_STABILITY")),
        ("商业\n企业", one("column", "requests", "business")),
        ("结果 维持", one("column", "proceedings", "upheld")),
        ("结果\u00a0维持", one("column", "proceedings", "upheld")),
        ("第二十条第（一）项", one("head", "disclosure", "ARTICLE_20_1")),
        ("第二十条  第(一)项", one("head", "disclosure", "ARTICLE_20_1")),
        ("第二十条第（九）项", one("head", "disclosure", "ARTICLE_20_9")),
        # aliases
        ("2.其他法律法规禁止公开", one("row", "requests", "DENIED_PROHIBITED_BY_LAW")),
        ("2.其他法律行政法规禁止公开", one("row", "requests", "DENIED_PROHIBITED_BY_LAW")),
        ("规范性文件", one("row", "disclosure", "NORMATIVE_DOCUMENTS")),
        ("行政规范性文件", one("row", "disclosure", "NORMATIVE_DOCUMENTS")),
        ("现行有效件", one("column", "disclosure", "in_force")),
        ("现行有效数量", one("column", "disclosure", "in_force")),
        ("现行有效件数", one("column", "disclosure", "in_force")),
        ("本年新制发数量", one("column", "disclosure", "issued")),
        ("本年制发件数", one("column", "disclosure", "issued")),
        ("废止数量", one("column", "disclosure", "repealed")),
        ("本年增/减", one("column", "disclosure", "change")),
        ("本年增／减", one("column", "disclosure", "change")),
        ("本年增/", one("column", "disclosure", "change")),
        # explanations in brackets
        ("规章（设区的市、自治州人民政府应提供相关数据）", one("row", "disclosure", "REGULATIONS")),
        ("对外公开总数量（历史累计）", one("column", "disclosure", "total_disclosed")),
        ("本年收费金额（单位：万元）", one("column", "disclosure", "amount")),
        ("本年收费金额(单位:万元)", one("column", "disclosure", "amount")),
        (
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            one("row", "requests", "PARTIALLY_GRANTED"),
        ),
        ("(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)", one("row", "requests", "PARTIALLY_GRANTED")),
        ("（二）部分公开", one("row", "requests", "PARTIALLY_GRANTED")),
        # scripts
        ("規範性文件", one("row", "disclosure", "NORMATIVE_DOCUMENTS")),
        ("規範性檔案", one("row", "disclosure", "NORMATIVE_DOCUMENTS")),
        ("本年制發件數(shù)", one("column", "disclosure", "issued")),
        ("信息內容", one("caption", "disclosure", "INFORMATION")),
        ("資訊內容", one("caption", "disclosure", "INFORMATION")),
        ("上一年專案數量", one("column", "disclosure", "prior_year_items")),
        ("本年增/減", one("column", "disclosure", "change")),
        ("政府集中採購", one("row", "disclosure", "PROCUREMENT")),
        ("採購總金額", one("column", "disclosure", "amount")),
        ("一、本年新收政府資訊公開申請數量", one("row", "requests", "RECEIVED")),
        ("三、本年度辦理結果", one("span", "requests", "RESULTS")),
        ("1.屬於國家祕密", one("row", "requests", "DENIED_STATE_SECRET")),
        ("3.危及“三安全一穩定”", one("row", "requests", "DENIED_SECURITY_AND_STABILITY")),
        ("5.屬於三類內部事務信息", one("row", "requests", "DENIED_INTERNAL_AFFAIRS")),
        ("7.屬於行政執法案卷", one("row", "requests", "DENIED_ENFORCEMENT_FILES")),
        ("8.屬於行政查詢事項", one("row", "requests", "DENIED_ADMINISTRATIVE_INQUIRY")),
        ("1.信訪舉報投訴類申請", one("row", "requests", "NOT_PROCESSED_PETITION_OR_COMPLAINT")),
        ("四、結轉下年度繼續辦理", one("row", "requests", "CARRIED_OUT")),
        ("法人或其他組織", one("caption", "requests", "ORGANISATIONS")),
        ("社會公益組織", one("column", "requests", "public_interest")),
        ("未經復議直接起訴", one("caption", "proceedings", "litigation_direct")),
        # footnote marks
        ("行政许可^1", one("row", "disclosure", "LICENSING")),
        ("行政许可¹", one("row", "disclosure", "LICENSING")),
        ("行政许可①", one("row", "disclosure", "LICENSING")),
        ("行政许可 [1]", one("row", "disclosure", "LICENSING")),
        ("行政许可【2】", one("row", "disclosure", "LICENSING")),
        ("本年收费金额②（单位：万元）", one("column", "disclosure", "amount")),
        ("3.其他^12：", one("row", "requests", "OTHER_OTHER")),
        # a lost ordinal
        ("、本年新收政府信息公开申请数量", one("row", "requests", "RECEIVED")),
        ("本年新收政府信息公开申请数量", one("row", "requests", "RECEIVED")),
        # words that mean two things
        (
            "总计",
            {("column", "requests", "total"), ("column", "proceedings", "total")},
        ),
        ("其他", one("column", "requests", "other")),
        ("其他结果", one("column", "proceedings", "other")),
        ("3.其他", one("row", "requests", "OTHER_OTHER")),
        ("（七）总计", one("row", "requests", "PROCESSED_TOTAL")),
    ],
)
def test_spelling_is_found(spelling: str, expected: set[tuple[str, str, str]]) -> None:
    assert names(spelling) == expected


@pytest.mark.parametrize("spelling", ["（六）其他", "（六）其他处理", "(六)其他处理"])
def test_other_is_a_span_in_2021_and_a_row_in_2019(spelling: str) -> None:
    """One name for both: whether figures follow decides, and that is the grammar's to say."""
    assert {name for _, _, name in names(spelling)} == {"OTHER"}
    assert {kind for kind, _, _ in names(spelling)} <= {"row", "span"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "其他主动公开文件",
        "行政检查",
        "本年新收政府信息公开申请数量为47件",
        "总体情况",
        "规章555",
        "行政许可1",
        "③其他",
        "行政许可^1件",
        "（八）总计",
        "规" * (labels.MAX_LABEL + 1),
    ],
)
def test_what_is_no_label_is_not_found(text: str) -> None:
    assert labels.find(text) == ()


def spellings() -> Iterator[tuple[str, str, str]]:
    """Every label and alias of the template, with the table and name that it must lead to."""
    for each in FORMS.values():
        for span in each.spans:
            yield from ((text, each.table, span.terminal) for text in (span.label, *span.aliases))
        for block in each.blocks:
            if block.head is not None:
                yield block.head.label, each.table, block.head.terminal
            for column in block.columns:
                texts = (column.label, column.label + column.note, *column.aliases)
                yield from ((text, each.table, column.id) for text in texts)
            for row in block.rows:
                name = row.id if each.table == "proceedings" else row.terminal
                yield from ((text, each.table, name) for text in (row.label, row.label + row.note, *row.aliases))


@pytest.mark.parametrize(("text", "table", "name"), sorted(set(spellings())))
def test_every_label_of_the_template_leads_to_its_name(text: str, table: str, name: str) -> None:
    assert (table, name) in {(label.table, label.name) for label in labels.find(text)}


@pytest.mark.parametrize("text", sorted({text for text, _, _ in spellings()}))
def test_normalising_a_label_is_idempotent(text: str) -> None:
    once = labels.normalise(text)
    assert labels.normalise(once) == once


def test_what_is_written_alike_in_both_scripts_is_not_folded() -> None:
    """Where none of the characters that are folded stands, a text is not gone through: those of 工作 are in most."""
    assert [chr(code) for code, there in words.TRADITIONAL.items() if code == there] == []


def test_marks_are_folded_as_by_nfkc() -> None:
    assert labels.normalise("（一）工作情况，甲：乙；丙（！？）") == "(一)工作情况,甲:乙;丙(!?)"


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("一、总体情况", "overview"),
        ("、总体情况", "overview"),
        ("## 一、总体情况", "overview"),
        ("#### 二、主动公开政府信息情况", "disclosure"),
        ("二、行政机关主动公开政府信息情况", "disclosure"),
        ("三、收到和处理政府信息公开申请情况", "requests"),
        ("四、政府信息公开行政复议、行政诉讼情况", "proceedings"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "proceedings"),
        ("五、存在的主要问题及改进情况", "problems"),
        ("五、存在的问题及改进措施", "problems"),
        ("六、其他需要报告的事项", "other_matters"),
        ("一、總體情況", "overview"),
        ("三、收到和處理政府資訊公開申請情況", "requests"),
        ("五、存在的主要問題及改進情況", "problems"),
        ("一、总体情况[1]", "overview"),
        ("三、收到和处理政府信息公开的申请情况", "requests"),
        ("四、政府信息公开行政复议及行政诉讼情况", "proceedings"),
        ("四、因政府信息公开工作被申请行政复议和提起行政诉讼情况", "proceedings"),
        ("五、存在的主要问题和改进措施", "problems"),
        ("五、主要问题及改进措施", "problems"),
        ("六、其它需要说明的事项", "other_matters"),
        ("（二）主动公开政府信息情况", "disclosure"),
        ("2.主动公开政府信息情况", "disclosure"),
        ("（一）主动公开政府信息情况", None),
        ("1.主动公开政府信息情况", None),
        ("（一）存在的主要问题", None),
        ("二、主动公开了哪些信息", None),
        ("（一）主动公开", None),
        ("行政复议", None),
    ],
)
def test_heading(line: str, section: str | None) -> None:
    assert labels.heading(line) == section


def test_headings_are_the_six_sections_in_order() -> None:
    assert [heading.text for heading in words.HEADINGS] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_labels_are_values() -> None:
    (label,) = labels.find("规章")
    assert label == Label("row", "disclosure", "REGULATIONS", "规章")
    assert hash(label) == hash(Label("row", "disclosure", "REGULATIONS", "规章"))


def test_fragments_and_starts_of_labels() -> None:
    assert labels.is_fragment("政府信息公开申")
    assert not labels.is_fragment("申")
    assert not labels.is_fragment("政务新媒体")
    assert labels.starts_label("1.申请人无正当理由逾期不补正、")
    assert not labels.starts_label("规章")
    assert not labels.starts_label("不补正、行政机关不再处理其政府信息公开申请")


# --- grammar and template: the same names, both ways -------------------------------------------------------------


def grammar(table: str) -> str:
    """The grammar without its comments."""
    return re.sub(r"//.*", "", (GRAMMARS / f"{table}.lark").read_text("utf-8"))


def declared(table: str) -> list[str]:
    return [name for line in re.findall(r"^%declare +(.*)$", grammar(table), re.MULTILINE) for name in line.split()]


def rules(table: str) -> dict[str, list[str]]:
    """Rule → the names in its body."""
    body = re.sub(r"^%.*$", "", grammar(table), flags=re.MULTILINE).replace("?", "")
    return {
        match["rule"]: re.findall(r"\w+", match["body"])
        for match in re.finditer(
            r"^(?P<rule>[a-z]\w*) *:(?P<body>.*?)(?=^[a-z]\w* *:|\Z)", body, re.MULTILINE | re.DOTALL
        )
    }


def flat(table: str, rule: str) -> list[str]:
    """The terminals that ``rule`` stands for, in order: the only choice is whether a caption is there."""
    found = []
    for name in rules(table)[rule]:
        found.extend([name] if name.isupper() else flat(table, name))
    return found


def test_there_is_a_grammar_for_each_table() -> None:
    assert sorted(path.stem for path in GRAMMARS.glob("*.lark")) == sorted(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_declared_terminals_are_those_of_the_template(table: TableId) -> None:
    template = {terminal for edition in EDITIONS for terminal in form(table, edition).terminals}
    names = declared(table)
    assert set(names) == template
    assert len(names) == len(set(names)), "declared twice"


@pytest.mark.parametrize("table", TABLES)
def test_used_terminals_are_those_of_the_template(table: TableId) -> None:
    template = {terminal for edition in EDITIONS for terminal in form(table, edition).terminals}
    used = {name for body in rules(table).values() for name in body if name.isupper()}
    assert used == template


@pytest.mark.parametrize(
    ("table", "edition", "start"),
    [
        ("disclosure", "2021", "disclosure_2021"),
        ("disclosure", "2019", "disclosure_2019"),
        ("requests", "2021", "requests_2021"),
        ("requests", "2019", "requests_2019"),
        ("proceedings", "2021", "proceedings"),
        ("proceedings", "2019", "proceedings"),
    ],
)
def test_grammar_reads_the_rows_of_the_template_in_order(table: TableId, edition: Edition, start: str) -> None:
    assert tuple(flat(table, start)) == form(table, edition).terminals


def test_terminals_of_the_smallest_forms() -> None:
    outcomes = ("UPHELD", "CORRECTED", "OTHER", "PENDING", "TOTAL")
    assert form("proceedings", "2021").terminals == (
        *("RECONSIDERATION", *outcomes, "LITIGATION", "LITIGATION_DIRECT", *outcomes),
        *("LITIGATION_AFTER_RECONSIDERATION", *outcomes, FIGURES),
    )
    assert form("disclosure", "2021").terminals == (
        *("ARTICLE_20_1", "INFORMATION", "ISSUED", "REPEALED", "IN_FORCE", "REGULATIONS", "NORMATIVE_DOCUMENTS"),
        *("ARTICLE_20_5", "INFORMATION", "DECISIONS", "LICENSING"),
        *("ARTICLE_20_6", "INFORMATION", "DECISIONS", "PENALTIES", "COERCION"),
        *("ARTICLE_20_8", "INFORMATION", "AMOUNT", "FEES"),
    )


def test_no_name_of_the_form_ends_in_a_figure() -> None:
    """``Word`` tells by its last character that a text is neither label nor heading."""
    spellings, without_ordinals = vocabulary._index()
    assert not [key for key in (*spellings, *without_ordinals, *vocabulary._headings()) if key[-1].isdecimal()]
    assert look_up("行政许可 3").labels == ()
    assert [label.text for label in look_up("行政许可^1").labels] == ["行政许可"]
    assert look_up("一、总体情况^2").section == "overview"


def test_what_goes_on_behind_a_full_stop_is_prose_by_every_answer() -> None:
    """Such a line is told to be prose at once; asked one by one, the answers about it say the same."""
    rng = random.Random(5)
    spellings = [*(h.text for h in words.HEADINGS), *(row.label for form in FORMS.values() for row in form.rows)]
    marks = [
        "。",
        "。",
        "，",
        "（",
        "）",
        "(",
        "说明",
        "5",
        "12",
        "：",
        " ",
        "\t",
        "#",
        ".",
        "件",
        "〔",
        "】",
        "①",
        "^1",
        "”",
    ]
    found = 0
    for _ in range(20_000):
        text = "".join(rng.choice(spellings if rng.random() < 0.3 else marks) for _ in range(rng.randint(2, 7))).strip()
        if 0 < len(text) <= vocabulary.MAX_LINE and vocabulary.GOES_ON.match(text):
            word = look_up(text)
            assert (word.section, word.is_tabular, word.is_fragment) == (None, False, False), text
            found += 1
    assert found > 200
