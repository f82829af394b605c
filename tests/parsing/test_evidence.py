"""What ``Reading.explain`` tells of a figure."""

from __future__ import annotations

import pytest

import places
from gipa_reports import UnknownIdError, read

SAMPLE = places.SAMPLE.read_text(encoding="utf-8")

SHORT = """石桥镇人民政府2023年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项 | |||
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 7 | 31 | |
行政规范性文件 | 4 | 5 | 60 |
三、收到和处理政府信息公开申请情况
"""


def test_a_figure_that_is_plainly_there() -> None:
    reading = read(SAMPLE)
    told = reading.explain("requests.received.natural_person")
    assert told.place == reading.locations["requests.received.natural_person"]
    assert (told.strategy, told.row, told.doubts) == ("every_column_filled", "一、本年新收政府信息公开申请数量", ())
    assert told.columns[0] == "natural_person"
    assert any("自然人" in row for row in told.heading)


def test_a_figure_that_nothing_places() -> None:
    told = read(SHORT).explain("disclosure.regulations.issued")
    assert told.strategy == "lost"
    assert "position-lost" in [doubt.code for doubt in told.doubts]
    assert told.columns == ("issued", "repealed", "in_force")


def test_a_cell_that_the_source_does_not_have() -> None:
    told = read(SHORT).explain("disclosure.fees.amount")
    assert (told.strategy, told.place, told.heading) == ("absent", None, ())


def test_a_mistyped_id_is_refused() -> None:
    with pytest.raises(UnknownIdError):
        read(SHORT).explain("disclosure.fees")
