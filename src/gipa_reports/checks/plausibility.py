"""Rules ``P``: hints. Nothing here is wrong for certain."""

from __future__ import annotations

from collections.abc import Iterable

from ..messages import Phrase
from ..template import words
from . import notes
from .model import HINT, Outcome, Rule
from .peers import bare_sentences, same_prose
from .subject import Subject, cell_name, cells_by_id, figures_of, holes, row_names


def no_power_to_regulate(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Organs that may make no regulations have none.

    Townships, subdistricts and 苏木; counties, districts and banners, with their bureaus; the bureaus of a 地区. The
    governments of provinces and of cities with districts, and ministries, may make 规章. A city without districts may
    not, but its name does not tell, and neither does that of a bureau of a city: nothing is said of these.

    **Why.** 规章 are made by ministries, provinces and cities with districts (立法法 第九十一条, 第九十三条). Who has
    none and counts some has counted other documents.

    **Example.** 乡镇、街道没有规章制定权，表二规章为3，请核对。

    **Undecided** where the agency is not known or a cell of the row has no figure. **Not applicable** to other
    agencies.

    **Clause.** Table 二, 第二十条第（一）项.
    """
    report = subject.report
    if report.agency is None:
        yield rule.undecided("regulations", (), notes.NO_AGENCY)
        return
    who = _without_power(report.agency)
    if who is None:
        yield rule.not_applicable("regulations", "the agency may make regulations, or its name does not tell")
        return
    zh_who, en_who = who
    ids = report.disclosure.form.ids_of["regulations"]
    values = {cell_id: subject.cell(cell_id).value for cell_id in ids}
    counted = {cell_id: value for cell_id, value in values.items() if value}
    if counted:
        cell_id, value = next(iter(counted.items()))
        name = cell_name(report.disclosure.form, cell_id)
        zh = f"{zh_who}没有规章制定权，表二“{name}”为{value}，请核对。"
        en = f"{en_who} make no regulations, but {cell_id} is {value}; please check."
        operands = subject.operands(counted)
        yield rule.failed("regulations", counted, zh, en, expected=0, actual=value, operands=operands)
    elif None in values.values():
        yield rule.undecided("regulations", holes(subject, ids))
    else:
        yield rule.passed("regulations")


def _without_power(agency: str) -> tuple[str, str] | None:
    """Kind of an organ that may make no regulations, in Chinese and in English; None for others."""
    name = "".join(agency.split())
    if words.BASIC_LEVEL.search(name):
        return "乡镇、街道", "Townships"
    region = words.REGION.match(name)
    if region is not None and words.NO_LEGISLATION.search(region[0]):
        return "县、区、旗和地区的机关", "The organs of counties, districts and prefectures"
    return None


def decisions_are_items(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The number of decisions is not the number of items.

    In table 二 of edition 2019: 处理决定数量 is not 上一年项目数量 with 本年增/减, where that is more than 2.

    **Why.** Items are the matters on the list, decisions the cases; who copies one to the other has misread the column.

    **Example.** 行政许可的处理决定数量(35)与项目数量相同，请核对。

    **Undecided** where one of the cells has no figure. **Not applicable** to the form of 2021.

    **Clause.** Table 二, 第二十条第（五）项 and 第（六）项, edition 2019.
    """
    table = subject.report.disclosure
    if table.edition != "2019":
        yield rule.not_applicable("", "the form of 2021 does not count items")
        return
    for row in table.form.rows:
        columns = [column.id for column in table.form.columns_of[row.id]]
        if columns != ["prior_year_items", "change", "decisions"]:
            continue
        ids = table.form.ids_of[row.id]
        values = figures_of(subject, ids)
        if values is None:
            yield rule.undecided(row.id, holes(subject, ids))
            continue
        items, change, decisions = values
        if decisions > 2 and decisions in (items, items + change):
            name = row_names("disclosure", "2019")[row.id]
            column = table.form.columns_of[row.id][2].label
            zh = f"{name}的{column}({decisions})与项目数量相同，请核对。"
            en = f"Row {row.id}: decisions({decisions}) are as many as items; please check."
            yield rule.failed(row.id, ids, zh, en, actual=decisions, operands=subject.operands(ids))
        else:
            yield rule.passed(row.id)


def share_above_one(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """No result is more than the whole.

    In each column of table 三 no row of results is more than （七）总计, and in each group of table 四 no outcome is
    more than 总计, so that no share is above 1.

    **Why.** Shares are what is quoted from these tables.

    **Example.** 表三总计列：予以公开(5)大于总计(3)，请核对。

    **Undecided** where the total has no figure.

    **Clause.** Tables 三 and 四.
    """
    for table in (subject.report.requests, subject.report.proceedings):
        for identity in table.form.identities:
            if identity.name not in ("results_add_up", "outcomes_add_up"):
                continue
            (whole_id,) = identity.right
            whole = subject.cell(whole_id).value
            if whole is None:
                yield rule.undecided(whole_id, [whole_id])
                continue
            more = [cell for cell in identity.left if (value := subject.cell(cell).value) is not None and value > whole]
            if not more:
                yield rule.passed(whole_id)
            for cell_id in more:
                value = subject.cell(cell_id).value
                name, total = cell_name(table.form, cell_id), cell_name(table.form, whole_id)
                zh = f"“{name}”({value})大于“{total}”({whole})，请核对。"
                en = f"{cell_id}({value}) is more than {whole_id}({whole}); please check."
                operands, cells = subject.operands([cell_id], [whole_id]), [cell_id, whole_id]
                yield rule.failed(cell_id, cells, zh, en, expected=f"≤{whole}", actual=value, operands=operands)


def negative_count(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """No count is negative.

    Only 本年增/减 in table 二 of edition 2019 may be.

    **Why.** A minus sign is mostly a dash that meant "none".

    **Example.** 表三“予以公开·自然人”为-1，数量不应为负，请核对。

    **Undecided** where the table is absent.

    **Clause.** Tables 二, 三 and 四.
    """
    for table in subject.report.tables:
        values = {cell_id: cell.value for cell_id, cell in cells_by_id(table).items()}
        negative = {
            cell_id: value
            for cell_id, value in values.items()
            if value is not None and value < 0 and not cell_id.endswith(".change")
        }
        for cell_id, value in negative.items():
            zh = f"“{cell_name(table.form, cell_id)}”为{value}，数量不应为负，请核对。"
            en = f"{cell_id} is {value}; a count is not negative, please check."
            yield rule.failed(cell_id, [cell_id], zh, en, actual=value, operands=subject.operands([cell_id]))
        if not negative:
            absent = table.is_absent
            yield rule.undecided(table.id, (), notes.TABLE_ABSENT) if absent else rule.passed(table.id)


def prose_shared(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The prose is not that of another unit.

    The share of the characters of sections 一 and 五 that stand in sentences of one other report of the same run,
    figures and years left out. Above 50 % there is a hint.

    **Why.** A report tells of its own organ; what thirty units have word for word was written for none of them.

    **Example.** 第一、五部分有81%的文字与青山区甲局的报告相同，请核对是否为本单位情况。

    **Undecided** where the report has no prose. **Not applicable** without other
    reports, and where the agency is not known.

    **Clause.** Sections 一 and 五 of the form.
    """
    report = subject.report
    if subject.peers is None or report.agency is None:
        yield rule.not_applicable("prose", "no other reports were given")
        return
    if next(bare_sentences(report), None) is None:
        yield rule.undecided("prose", (), notes.NO_PROSE)
        return
    nearest = subject.peers.nearest(report)
    name, share, quote = nearest or ("", 0, "")
    whose = Phrase(f"the report of {name}", f"{name}的报告")
    yield same_prose(rule, share, quote, whose, Phrase("this organ", "本单位"))


RULES = (
    Rule("P101", "township-regulations", no_power_to_regulate, HINT),
    Rule("P102", "decisions-are-items", decisions_are_items, HINT, editions=("2019",)),
    Rule("P103", "share-above-one", share_above_one, HINT),
    Rule("P104", "negative-count", negative_count, HINT),
    Rule("P105", "prose-shared", prose_shared, HINT),
)
