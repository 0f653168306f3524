"""The steady clock goes on by its counter, whoever sets the computer's; small drifts are not told, leaps are."""

from datetime import UTC, datetime, timedelta

import pytest

from consult_app.kernel.clock import LEAP, SteadyClock, span_words

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class Computer:
    """A wall clock and a counter, each moved by hand."""

    def __init__(self) -> None:
        self.wall, self.count = START, 500.0

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.count += seconds


@pytest.fixture
def computer() -> Computer:
    return Computer()


@pytest.fixture
def clock(computer: Computer) -> SteadyClock:
    return SteadyClock(lambda: computer.wall, lambda: computer.count)


def test_it_goes_with_the_wall_clock_while_nobody_sets_that(computer, clock):
    computer.pass_time(3600)
    assert clock() == computer.wall
    assert clock.leap == timedelta()


@pytest.mark.parametrize("hours", [-5, 5, 24 * 365])
def test_threat_18_a_wall_clock_that_is_set_does_not_move_it(computer, clock, hours):
    computer.wall += timedelta(hours=hours)
    computer.pass_time(60)
    assert clock() == START + timedelta(minutes=1)
    assert clock.leap == timedelta(hours=hours)


def test_a_drift_within_two_minutes_is_not_told(computer, clock):
    computer.wall += LEAP
    assert clock.leap == timedelta()
    computer.wall += timedelta(seconds=1)
    assert clock.leap == LEAP + timedelta(seconds=1)


def test_many_small_steps_add_up_to_a_leap(computer, clock):
    for _ in range(3):
        computer.wall += timedelta(minutes=1)
    assert clock.leap == timedelta(minutes=3)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(hours=3, minutes=5), "3 小时 5 分钟"),
        (timedelta(hours=-5), "5 小时"),
        (timedelta(minutes=12, seconds=20), "12 分钟"),
        (timedelta(hours=47), "47 小时"),
        (timedelta(days=-9, hours=5), "8 天"),
    ],
)
def test_a_span_in_words(span, words):
    assert span_words(span) == words
