from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.kernel import text
from consult_app.kernel.errors import Blank, TooLong


def test_legal_day_is_counted_in_china() -> None:
    assert text.legal_day(datetime(2026, 11, 21, 16, 30, tzinfo=UTC)) == date(2026, 11, 22)


def test_dates_are_written_without_leading_zeros() -> None:
    assert text.day_words(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (15, "十五"),
        (26, "二十六"),
        (100, "一百"),
        (105, "一百零五"),
        (278, "二百七十八"),
        (1259, "一千二百五十九"),
        (110, "一百一十"),
    ],
)
def test_article_numbers_in_words(number: int, words: str) -> None:
    assert text.number_words(number) == words


def test_shares_are_truncated_never_rounded_up() -> None:
    assert text.percent_words(666_667, 1_000_001) == "66.66%"
    assert text.percent_words(1, 0) == "—"


@given(st.integers(0, 10**12))
def test_an_area_in_words_reads_back_exactly(area: int) -> None:
    whole, cents = text.area_words(area).replace(",", "").split(".")
    assert int(whole) * 100 + int(cents) == area
    assert text.area_plain(area).replace(".", "").lstrip("0") in (str(area).lstrip("0"), "")


def test_cleaned_keeps_rare_characters_and_drops_controls() -> None:
    assert text.cleaned("　𬱖\u200b王\x07 ") == "𬱖王"


def test_blank_is_refused_with_its_field() -> None:
    with pytest.raises(Blank, match="请填写标题") as refused:
        text.required(" 　", "标题", field="title")
    assert refused.value.field == "title"


def test_too_long_says_how_long() -> None:
    with pytest.raises(TooLong, match="最多 3 个字，现在是 4 个字"):
        text.bounded("一二三四", "标题", 3)
