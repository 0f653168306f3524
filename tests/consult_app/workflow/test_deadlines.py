from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consult_app.workflow import deadlines

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_the_national_day_holiday_of_2026_is_not_worked() -> None:
    assert not any(deadlines.is_working_day(date(2026, 10, day)) for day in range(1, 8))
    assert deadlines.working_days_after(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_a_swapped_saturday_is_worked() -> None:
    assert date(2026, 10, 10).weekday() == 5
    assert deadlines.is_working_day(date(2026, 10, 10))


def test_civil_code_201_the_first_day_is_not_counted() -> None:
    assert deadlines.days_after(date(2026, 6, 1), 15) == date(2026, 6, 16)


def test_civil_code_203_a_period_that_ends_on_a_holiday_ends_with_the_next_working_day() -> None:
    assert deadlines.period_end(date(2026, 9, 24), 7) == date(2026, 10, 8)  # 1 October is a holiday
    assert deadlines.period_end(date(2026, 11, 23), 7) == date(2026, 11, 30)  # a Monday stays


def test_a_year_not_yet_announced_is_weekdays_less_fixed_holidays_and_says_so() -> None:
    new_year = date(2035, 1, 1)
    assert not deadlines.certain(new_year)
    assert deadlines.working_day_from(new_year) == date(2035, 1, 2)  # a Tuesday
    assert deadlines.uncertain_words(new_year) == "2035 年放假安排未收录，按周一至周五和固定节日推算"
    assert deadlines.uncertain_words(date(2026, 11, 22)) == ""


@given(DAYS, st.integers(0, 60))
def test_a_due_working_day_is_worked_and_counts_back(day: date, days: int) -> None:
    due = deadlines.working_days_after(day, days)
    assert deadlines.working_days_between(day, due) == days
    assert days == 0 or (due > day and deadlines.is_working_day(due))


@given(DAYS, st.integers(0, 400))
def test_a_period_never_ends_early_nor_on_a_day_off(day: date, days: int) -> None:
    end = deadlines.period_end(day, days)
    assert end >= day + timedelta(days=days)
    assert deadlines.is_working_day(end)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_more_days_are_never_due_earlier(day: date, few: int, more: int) -> None:
    few, more = sorted((few, more))
    assert deadlines.working_days_after(day, few) <= deadlines.working_days_after(day, more)
    assert deadlines.period_end(day, few) <= deadlines.period_end(day, more)
