from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.rolls.cells import area_of, date_of, mark_of, phone_of, text_of
from consult_app.rolls.problems import Code, Fault


def code(found: object) -> Code:
    assert isinstance(found, Fault)
    return found.code


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        (96.79, 9679),
        (89, 8900),
        ("126.39平方米", 12639),
        ("１２９．５８", 12958),
        (" 107.26 ", 10726),
        ("142.68㎡", 14268),
        ("89.5m2", 8950),
        ("1,234.50", 123450),
        (".5", 50),
        (100.10000000000001, 10010),
    ],
)
def test_areas_are_read_as_offices_write_them(cell, area):
    assert area_of(cell) == area


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", Code.MISSING_AREA),
        ("　", Code.MISSING_AREA),
        ("八十九", Code.UNREADABLE_AREA),
        ("约89", Code.UNREADABLE_AREA),
        ("1e5", Code.UNREADABLE_AREA),
        ("89.5.1", Code.UNREADABLE_AREA),
        ("#REF!", Code.UNREADABLE_AREA),
        (True, Code.UNREADABLE_AREA),
        (date(2026, 1, 1), Code.UNREADABLE_AREA),
        (float("nan"), Code.UNREADABLE_AREA),
        (float("inf"), Code.UNREADABLE_AREA),
        (1e300, Code.UNREADABLE_AREA),
        (-56.0, Code.NON_POSITIVE_AREA),
        ("-56", Code.NON_POSITIVE_AREA),
        (0.0, Code.NON_POSITIVE_AREA),
        (88.123, Code.AREA_MORE_THAN_TWO_DECIMALS),
        ("88.123㎡", Code.AREA_MORE_THAN_TWO_DECIMALS),
        (1e12, Code.AREA_TOO_LARGE),
    ],
)
def test_doubtful_areas_are_faults_and_never_guesses(cell, why):
    assert code(area_of(cell)) is why


@given(st.integers(1, 10_000_000))
def test_every_area_of_two_decimals_is_exact_as_number_and_as_text(area):
    text = f"{area // 100}.{area % 100:02d}"
    assert area_of(float(text)) == area
    assert area_of(text) == area
    assert area_of(f" {text} ㎡") == area


@given(st.decimals(min_value="0.001", max_value="9999.999", places=3))
def test_a_third_decimal_is_never_rounded_away(area):
    found = area_of(float(area))
    if (area * 100) % 1 == 0:
        assert found == int(area * 100)
    else:
        assert code(found) is Code.AREA_MORE_THAN_TWO_DECIMALS


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.dates()))
def test_no_cell_breaks_a_reader(cell):
    assert isinstance(text_of(cell), str)
    assert isinstance(area_of(cell), int | Fault)
    assert isinstance(date_of(cell), date | Fault | None)
    assert isinstance(mark_of(cell), bool | Fault)
    assert len(phone_of(cell)) <= 60


@pytest.mark.parametrize(
    "cell",
    [
        "1948年3月8日",
        "1948-03-08",
        "1948.03.08",
        "1948/3/8",
        19480308.0,
        "19480308",
        date(1948, 3, 8),
        datetime(1948, 3, 8, tzinfo=UTC),
        17600.0,
    ],
)
def test_a_day_is_read_in_every_form(cell):
    assert date_of(cell) == date(1948, 3, 8)


@pytest.mark.parametrize("cell", ["1985-1", "2008-02-30", "八五年", "1985-13-01", 0.5, "²"])
def test_an_unclear_day_is_a_fault(cell):
    assert code(date_of(cell)) is Code.UNREADABLE_BIRTH


def test_a_mark_is_yes_no_or_a_fault():
    assert [mark_of(cell) for cell in ("是", "√", "✓", 1.0, True, "村民代表")] == [True] * 6
    assert [mark_of(cell) for cell in ("", "否", "×", 0.0, "　", False)] == [False] * 6
    assert code(mark_of("可能")) is Code.UNREADABLE_MARK


@pytest.mark.parametrize(
    "cell", [13477924275.0, "134-7792-4275", "13477924275", "+86 134 7792 4275", "１３４７７９２４２７５"]
)
def test_a_mobile_number_comes_out_as_eleven_digits(cell):
    assert phone_of(cell) == "13477924275"


def test_text_loses_padding_and_invisible_characters_but_no_rare_one():
    assert text_of("　𬱖\u200b㼆 ") == "𬱖㼆"
    assert text_of("e\u0301") == "é"
    assert text_of(13812345678.0) == "13812345678"
    assert Decimal(text_of(0.5)) == Decimal("0.5")
