"""Make the sample reports: three organs of a district over three years, and the district's own report for 2023.

    python examples/samples/make.py [FOLDER]

Names, figures and prose are invented. Each report comes in the format in which its organ publishes; some have a planted
fault, all of which README.md in the folder above lists. PDF needs LibreOffice (``soffice``); without it no PDF is made.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

from attrs import evolve

import gipa_reports
from gipa_reports import Disclosure, FormatName, Period, Proceedings, Report, Requests, Section, Sections
from gipa_reports.template import form

PARENT = "澄江区"
ORGANS = ("澄江区教育局", "澄江区卫生健康局", "澄江区城关街道办事处")
YEARS = (2021, 2022, 2023)
FORMATS: dict[str, FormatName] = {
    "澄江区教育局": "docx",
    "澄江区卫生健康局": "html",
    "澄江区城关街道办事处": "markdown",
}
SUFFIXES = {"docx": ".docx", "html": ".html", "markdown": ".md", "text": ".txt", "xlsx": ".xlsx"}
APPLICANTS = [column.id for column in form("requests", "2021").columns_of["received"]][:-1]
RESULTS = [
    row.id
    for row in form("requests", "2021").rows
    if row.id not in ("received", "carried_in", "processed_total", "carried_out")
]
OFTEN = ("granted", "partially_granted", "unavailable.not_held", "not_processed.petition_or_complaint")

WORK = {
    "澄江区教育局": (
        "招生入学、学校收费、教师招聘",
        "学校一级的公开目录更新不够及时。",
        "每学期开学前逐校核对一次公开目录。",
    ),
    "澄江区卫生健康局": (
        "医疗机构校验、预防接种、职业健康",
        "部分解读材料专业词语多，群众看不懂。",
        "解读材料先请社区医生试读，再行发布。",
    ),
    "澄江区城关街道办事处": (
        "最低生活保障、老旧小区改造、便民服务",
        "社区公开栏的内容与网站不一致。",
        "由街道统一供稿，网站和公开栏同步更换。",
    ),
    "澄江区人民政府": ("财政预决算、规划、重大项目", "各单位公开的口径还不统一。", "每季度通报一次各单位公开情况。"),
}

MANAGED = (
    "公文起草时注明公开属性，每年清理一次已公开的文件，失效的在网页上标明。",
    "建立文件公开台账，由办公室逐件登记，月底与网站核对。",
    "规范性文件统一登记、统一编号、统一发布，当年清理情况随文公布。",
    "主动公开目录按科室拆分到人，新增事项在十个工作日内上网。",
    "对三年以上的旧文件逐件复核，需要继续保留的注明依据。",
    "信息发布实行起草人、科室负责人、分管领导三级审核。",
    "历史公文补录一百余份，目录与电子档案逐一对应。",
    "涉及个人信息的内容发布前先作处理，由法制科把关。",
    "每半年抽查一次已发布的信息，错字和失效链接当周改正。",
    "依申请公开的答复按年装订成册，便于查对同类申请。",
)
PUBLISHED = (
    "在门户网站设政府信息公开专栏，并在办事大厅设查阅点。",
    "网站改版后，首页增加公开指南和申请入口，手机也能填写申请。",
    "微信公众号每周发布一次办事提示，留言在两个工作日内回复。",
    "在图书馆和档案馆各设一台查询机，目录每月更新。",
    "专栏按办事主题重新编排，常用文件三次点击以内可以找到。",
    "网站与公众号合并发布流程，同一信息只录入一次。",
    "为老年人准备大字版的办事指南，在窗口免费领取。",
    "公开电话由专人接听，咨询内容逐条记录并归类。",
    "政策文件页面增加图解和问答，与原文互相链接。",
    "查阅点配备两台电脑和打印机，全年接待查阅群众三百余人次。",
)
SUPERVISED = (
    "由专人负责此项工作，全年组织培训两次，没有发生责任追究的情形。",
    "把信息公开列入科室年度考核，占三分，年底通报结果。",
    "邀请五名社会监督员评议公开工作，意见逐条答复。",
    "分管领导每季度听取一次汇报，进度慢的科室书面说明原因。",
    "新进人员上岗前学习公开条例，考试合格后方可发布信息。",
    "全年自查四次，发现的九个问题在一个月内改完。",
    "与司法局联合讲解答复文书的写法，参加人员六十余人。",
    "没有收到对本机关公开工作的投诉举报，未发生泄密事件。",
    "制定责任清单，逾期未公开的由督查室发提醒单。",
    "年度评议满意率百分之九十六，比上年略有提高。",
)
"""What is said under the headings （三） to （五）: each report has its own of these sentences."""


def request_figures(rng: Random, carried_in: dict[str, int]) -> dict[str, int]:
    """Return the figures of 三, which add up; ``carried_in`` has those of the year before by applicant."""
    figures: dict[str, int] = {}
    for applicant in APPLICANTS:
        received = rng.randrange(12, 60) if applicant == "natural_person" else rng.choice((0, 0, 1, 2, 5))
        open_cases = received + carried_in.get(applicant, 0)
        carried_out = min(open_cases, rng.randrange(4)) if applicant == "natural_person" else 0
        results = dict.fromkeys(RESULTS, 0)
        for _ in range(open_cases - carried_out):
            results[rng.choice(OFTEN if rng.random() < 0.8 else RESULTS)] += 1
        rows = {
            "received": received,
            "carried_in": carried_in.get(applicant, 0),
            **results,
            "processed_total": open_cases - carried_out,
            "carried_out": carried_out,
        }
        figures.update({f"{row}.{applicant}": count for row, count in rows.items()})
    for row in ("received", "carried_in", *RESULTS, "processed_total", "carried_out"):
        figures[f"{row}.total"] = sum(figures[f"{row}.{applicant}"] for applicant in APPLICANTS)
    return figures


def proceeding_figures(rng: Random) -> dict[str, int]:
    """Return the figures of 四, which add up."""
    figures: dict[str, int] = {}
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        counts = {outcome: rng.choice((0, 0, 0, 1, 2)) for outcome in ("upheld", "corrected", "other", "pending")}
        figures.update({f"{group}.{outcome}": count for outcome, count in counts.items()})
        figures[f"{group}.total"] = sum(counts.values())
    return figures


def prose(agency: str, year: int, requests: dict[str, int], proceedings: dict[str, int]) -> Sections:
    """Return the six sections; what they say agrees with the tables."""
    subjects, problem, remedy = WORK[agency]
    at = list(WORK).index(agency) + len(ORGANS) * YEARS.index(year) if agency in ORGANS else -1
    litigation = proceedings["litigation_direct.total"] + proceedings["litigation_after_reconsideration.total"]
    processed, carried_out = requests["processed_total.total"], requests["carried_out.total"]
    overview = (
        f"本报告由{agency}编制，所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
        "（一）主动公开",
        f"围绕{subjects}等群众关心的事项公开政府信息，重要文件与解读材料同步发布。",
        "（二）依申请公开",
        f"本年新收政府信息公开申请{requests['received.total']}件，上年结转{requests['carried_in.total']}件；"
        f"全年办结{processed}件，结转下年度继续办理{carried_out}件。",
        f"因政府信息公开被申请行政复议{proceedings['reconsideration.total']}件，被提起行政诉讼{litigation}件。",
        "（三）政府信息管理",
        MANAGED[at],
        "（四）政府信息公开平台建设",
        PUBLISHED[at],
        "（五）监督保障",
        SUPERVISED[at],
    )
    return Sections(
        overview=Section(overview),
        disclosure=Section(),
        requests=Section(),
        proceedings=Section(),
        problems=Section((f"存在的主要问题：{problem}", f"改进情况：{remedy}")),
        other_matters=Section(("本年度没有收取政府信息公开信息处理费。",)),
    )


def reports() -> Iterator[Report]:
    """Yield the reports of the three organs, year by year, and that of the district for the last year: their sum."""
    units: list[Report] = []
    for number, agency in enumerate(ORGANS):
        rng = Random(number)
        carried: dict[str, int] = {}
        in_force = rng.randrange(8, 30)
        for year in YEARS:
            requests, proceedings = request_figures(rng, carried), proceeding_figures(rng)
            issued, repealed = rng.randrange(1, 6), rng.randrange(2)
            in_force += issued - repealed
            disclosure: dict[str, int | Decimal] = {
                **dict.fromkeys(("regulations.issued", "regulations.repealed", "regulations.in_force"), 0),
                "normative_documents.issued": issued,
                "normative_documents.repealed": repealed,
                "normative_documents.in_force": in_force,
                "licensing.decisions": rng.randrange(40, 400),
                "penalties.decisions": rng.randrange(60),
                "coercion.decisions": rng.randrange(5),
                "fees.amount": Decimal(rng.randrange(10_000)) / 100,
            }
            report = _report(agency, year, disclosure, requests, proceedings)
            if year == YEARS[-1]:
                units.append(report)
            yield report
            carried = {applicant: requests[f"carried_out.{applicant}"] for applicant in APPLICANTS}
    total = gipa_reports.aggregate({unit.agency or "": unit for unit in units}).report
    figures = {cell.id.partition(".")[2]: cell.value for cell in total.cells() if isinstance(cell.value, int)}
    parent = f"{PARENT}人民政府"
    yield evolve(
        total,
        title=f"{parent}{YEARS[-1]}年政府信息公开工作年度报告",
        agency=parent,
        period=_period(YEARS[-1]),
        sections=prose(parent, YEARS[-1], figures, figures),
    )


def _report(
    agency: str,
    year: int,
    disclosure: dict[str, int | Decimal],
    requests: dict[str, int],
    proceedings: dict[str, int],
) -> Report:
    return Report(
        Disclosure.of("2021", disclosure),
        Requests.of("2021", requests),
        Proceedings.of("2021", proceedings),
        prose(agency, year, requests, proceedings),
        title=f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        period=_period(year),
    )


def _period(year: int) -> Period:
    from datetime import date

    return Period(date(year, 1, 1), date(year, 12, 31))


# --- planted faults ------------------------------------------------------------------------------------------------


def with_faults(report: Report) -> Report:
    """Return a report with the faults that README.md lists for it, or as it is."""
    key = report.agency, report.year
    if key == ("澄江区教育局", 2023):
        # A typing error: the sum of a row.
        return _changed(report, {"requests.granted.total": 1})
    if key == ("澄江区卫生健康局", 2022):
        # What was carried in is not what was carried out the year before.
        return _changed(report, {"requests.carried_in.natural_person": 1, "requests.carried_in.total": 1})
    if key == ("澄江区城关街道办事处", 2023) and report.sections.overview is not None:
        # The prose says another number than the table.
        received = report.requests.received.total.value or 0
        words = tuple(
            paragraph.replace(f"新收政府信息公开申请{received}件", f"新收政府信息公开申请{received + 10}件")
            for paragraph in report.sections.overview.paragraphs
        )
        return evolve(report, sections=evolve(report.sections, overview=Section(words)))
    return report


def _changed(report: Report, changes: dict[str, int]) -> Report:
    """Return a report with some figures of 三 larger than they should be."""
    figures = {
        cell.id.removeprefix("requests."): cell.value for cell in report.cells() if cell.id.startswith("requests.")
    }
    counts = {name: value for name, value in figures.items() if isinstance(value, int)}
    for name, more in changes.items():
        counts[name.removeprefix("requests.")] += more
    return evolve(report, requests=Requests.of("2021", counts))


# --- files -----------------------------------------------------------------------------------------------------------


def write(folder: Path) -> None:
    """Write all samples into a folder, those that are there already anew."""
    for report in reports():
        report = with_faults(report)
        assert report.agency is not None
        name = f"{report.agency}{report.year}"
        usual = FORMATS.get(report.agency, "text")
        (folder / f"{name}{SUFFIXES[usual]}").write_bytes(_document(report, usual))
        if report.agency == ORGANS[0] and report.year == YEARS[0]:
            for other in ("text", "xlsx"):
                (folder / f"{name}{SUFFIXES[other]}").write_bytes(_document(report, other))
            (folder / f"{name}.csv").write_bytes(_tables_as_csv(report))
            _write_pdf(folder / f"{name}.docx", folder)


def _document(report: Report, format: FormatName) -> bytes:
    document = gipa_reports.render(report, format)
    return document if isinstance(document, bytes) else document.encode()


def _tables_as_csv(report: Report) -> bytes:
    """Return the lines and tables of a report as a spreadsheet saves them, in UTF-8 with a mark at its beginning."""
    rows = [line.split("\t") for line in str(gipa_reports.render(report, "text")).splitlines()]
    width = max(map(len, rows))
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([*row, *[""] * (width - len(row))] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _write_pdf(source: Path, folder: Path) -> None:
    if shutil.which("soffice") is None:
        print("soffice is not there: no PDF was made")
        return
    with tempfile.TemporaryDirectory() as home:
        command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True)  # noqa: S603 - our own file


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    target.mkdir(parents=True, exist_ok=True)
    write(target)
