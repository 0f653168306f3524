import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.meetings.rules import (
    MAJORITY,
    TWO_THIRDS,
    Presence,
    Quorum,
    counts,
    escalation_advice,
    has_quorum,
    quorum_measure,
)


@pytest.mark.parametrize(
    ("present", "expected", "quorum", "reached"),
    [
        (13, 25, MAJORITY, True),
        (12, 24, MAJORITY, False),  # civil-code-1259: half is not more than half
        (13, 24, MAJORITY, True),
        (16, 24, TWO_THIRDS, True),  # 以上 includes the number
        (15, 24, TWO_THIRDS, False),
        (17, 25, TWO_THIRDS, True),
        (16, 25, TWO_THIRDS, False),
        (0, 0, MAJORITY, False),
    ],
)
def test_quorum_is_compared_exactly(present: int, expected: int, quorum: Quorum, reached: bool) -> None:
    assert has_quorum(present, expected, quorum) is reached
    assert quorum_measure(present, expected, quorum).reached is reached


@given(
    st.integers(0, 500),
    st.integers(1, 500),
    st.sampled_from([MAJORITY, TWO_THIRDS, Quorum(3, 4), Quorum(1, 1), Quorum(2, 3, above=True)]),
)
def test_needed_is_the_least_that_reaches(present: int, expected: int, quorum: Quorum) -> None:
    measure = quorum_measure(present, expected, quorum)
    assert measure.reached is has_quorum(present, expected, quorum)
    if measure.needed <= expected:
        assert has_quorum(measure.needed, expected, quorum)
    assert not has_quorum(measure.needed - 1, expected, quorum)


def test_lack_is_said_in_heads() -> None:
    assert quorum_measure(15, 25, TWO_THIRDS).words == "实到 15 人，应到 25 人，未达到三分之二以上，还差 2 人"


def test_observers_are_not_expected_and_the_excused_are() -> None:
    people = [
        (Presence.PRESENT, False),
        (Presence.PRESENT, True),
        (Presence.EXCUSED, False),
        (Presence.OBSERVER, False),
        (Presence.EXPECTED, False),
    ]
    counted = counts(people)
    assert (counted.expected, counted.present, counted.in_room) == (4, 2, 1)
    assert (counted.observers, counted.excused, counted.absent) == (1, 1, 1)


def test_two_sessions_without_agreement_advise_to_go_up() -> None:
    assert escalation_advice(1, False) is None
    assert escalation_advice(2, True) is None
    assert "上一级" in (escalation_advice(2, False) or "")
