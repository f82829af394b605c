"""The one object that says what a source may ask for: same names in code, errors and command line."""

from __future__ import annotations

import gc
import pickle

import pytest
from attrs import fields

import places
from gipa_reports import CODES, LimitError, Limits, WrongTypeError, parse, read, render
from gipa_reports.document import FormatName
from gipa_reports.limits import CODES as LIMIT_CODES
from gipa_reports.limits import MOST, MOST_SECONDS
from gipa_reports.renderers import FORMATS

SAMPLE = places.SAMPLE.read_text("utf-8")


def test_each_limit_has_a_documented_code_of_its_own() -> None:
    assert list(LIMIT_CODES) == [field.name for field in fields(Limits)]
    assert len(set(LIMIT_CODES.values())) == len(LIMIT_CODES)
    assert set(LIMIT_CODES.values()) <= CODES.keys()


@pytest.mark.parametrize("name", LIMIT_CODES)
def test_the_error_names_the_limit_its_value_and_how_to_raise_it(name: str) -> None:
    error = Limits(**{name: 7}).passed(name, "8 of them", line=3)
    assert (error.code, error.limit, error.expected, error.found, error.line) == (
        LIMIT_CODES[name],
        name,
        "7",
        "8 of them",
        3,
    )
    assert str(error) == (
        f"{LIMIT_CODES[name]}: 8 of them; the limit {name} is 7, "
        f"pass Limits({name}=…) or --limit {name}=… for more (line 3)"
    )
    again = pickle.loads(pickle.dumps(error))
    assert vars(again) == vars(error)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(bytes=1000), "too-large"),
        (Limits(characters=50), "line-too-long"),
        (Limits(lines=20), "too-many-lines"),
        (Limits(rows=10), "too-many-rows"),
    ],
)
def test_limits_hold_and_can_be_raised(limits: Limits, code: str) -> None:
    with pytest.raises(LimitError) as raised:
        parse(SAMPLE, limits=limits)
    assert raised.value.code == code
    reading = read(SAMPLE, limits=limits)
    assert reading.report is None
    assert [problem.code for problem in reading.diagnostics] == [code]
    assert parse(SAMPLE, limits=Limits()) == parse(SAMPLE)


@pytest.mark.parametrize("name", LIMIT_CODES)
@pytest.mark.parametrize("value", [0, -1, True, "9", float("nan"), float("inf"), 1e300, 10**30])
def test_a_limit_is_a_number_above_zero(name: str, value: object) -> None:
    right_type = isinstance(value, int | float if name.endswith("seconds") else int) and value is not True
    with pytest.raises(LimitError if right_type else WrongTypeError) as raised:
        Limits(**{name: value})  # type: ignore[arg-type]
    assert raised.value.code == "bad-limit"
    assert raised.value.message.startswith(name)
    assert raised.value.zh is not None
    assert raised.value.zh.startswith(name)


def test_the_highest_limits_are_those_that_the_system_can_be_asked_for() -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    limits = Limits(seconds=MOST_SECONDS, memory=MOST)
    assert [problem.code for problem in read(b"%PDF-1.7\n", limits=limits).diagnostics] == ["broken-file"]


def test_only_what_a_child_process_may_use_can_be_without_bound() -> None:
    assert Limits(seconds=None, memory=None).seconds is None
    with pytest.raises(WrongTypeError):
        Limits(rows=None)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", FORMATS)
def test_a_reading_goes_with_its_last_reference(format: FormatName) -> None:
    """Nothing that was made of a source refers to itself: memory is free again without a look for garbage."""
    source = render(parse(SAMPLE), format)
    read(source)  # loads what is loaded late
    gc.collect()
    gc.disable()
    try:
        read(source)
        assert gc.collect() == 0
    finally:
        gc.enable()
