from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.voting.measures import (
    Measure,
    Op,
    Threshold,
    Unit,
    measure_words,
    percent,
    shortfall_words,
    threshold_words,
)


@pytest.mark.parametrize(
    ("op", "ratio", "words"),
    [
        (">=", "2/3", "三分之二以上"),
        (">", "1/2", "过半数"),
        (">", "2/3", "超过三分之二"),
        (">=", "3/4", "四分之三以上"),
        (">=", "1/2", "半数以上"),
        (">=", "1/10", "十分之一以上"),
        ("=", "1", "全体一致"),
    ],
)
def test_thresholds_are_said_as_the_law_says_them(op, ratio, words):
    assert threshold_words(Threshold(Op(op), ratio)) == words


def test_at_least_includes_the_number_and_more_than_does_not():  # civil-code-1259
    assert Threshold(Op.AT_LEAST, "2/3").met(40, 60)
    assert not Threshold(Op.MORE_THAN, "2/3").met(40, 60)
    assert Threshold(Op.MORE_THAN, "2/3").met(41, 60)


def test_of_nobody_nothing_is_reached():
    assert not Threshold(Op.AT_LEAST, "2/3").met(0, 0)
    assert not Threshold(Op.EXACTLY, "1").met(0, 0)


@given(
    st.sampled_from(Op),
    st.sampled_from(["1/2", "2/3", "3/4", "1/5", "1"]),
    st.integers(0, 10**9),
    st.integers(1, 10**9),
)
def test_needed_is_the_smallest_number_that_reaches_the_share(op, ratio, part, whole):
    threshold = Threshold(op, ratio)
    needed = threshold.needed(whole)
    exact = Fraction(needed, whole)
    if op is Op.EXACTLY:
        assert exact >= Fraction(ratio)
        return
    assert threshold.met(needed, whole)
    assert not threshold.met(needed - 1, whole)
    assert threshold.met(part, whole) == (part >= needed)


def test_percentages_are_truncated_never_rounded_up():
    short = Measure("approval_area", "同意面积", 674_000, 900_000, Threshold(Op.AT_LEAST, "3/4"), Unit.AREA)
    assert percent(short) == "74.88%"


def test_a_measure_says_what_is_missing():
    short = Measure("participation_area", "参与表决面积", 515_950, 900_000, Threshold(Op.AT_LEAST, "2/3"), Unit.AREA)
    assert measure_words(short) == ("参与表决面积 5,159.50 ㎡ / 9,000.00 ㎡（57.32%），须三分之二以上，还差 840.50 ㎡")


def test_shortfalls_are_said_together_heads_first():
    two_thirds = Threshold(Op.AT_LEAST, "2/3")
    area = Measure("participation_area", "参与表决面积", 515_950, 900_000, two_thirds, Unit.AREA)
    heads = Measure("participation_heads", "参与表决人数", 48, 90, two_thirds)
    assert shortfall_words((area, heads)) == "还差 12 人 / 840.50 ㎡"
    assert shortfall_words((Measure("quorum", "到会人数", 60, 90, two_thirds),)) == ""
