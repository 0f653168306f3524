"""Legal days and working days on China's calendar. Pure.

The first day is not counted (civil-code-201); a period whose last day is a holiday or weekend ends with the next
working day (civil-code-203). Holidays come from the State Council's yearly notice as `chinese_calendar` keeps it; a year
not yet announced is counted as Monday to Friday less the holidays of fixed date, and `certain` says so.
"""

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays

ONE_DAY = timedelta(days=1)
_FIRST_YEAR = min(holidays).year
_LAST_YEAR = max(holidays).year
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
"""Month and day of the holidays that do not move (全国年节及纪念日放假办法, as of 2025)."""


def certain(day: date) -> bool:
    """Whether the holidays of that year are known."""
    return bool(_FIRST_YEAR <= day.year <= _LAST_YEAR)


def uncertain_words(day: date) -> str:
    """The caution to print beside a working day of a year not yet announced; blank when it is certain."""
    return "" if certain(day) else f"{day.year} 年放假安排未收录，按周一至周五和固定节日推算"


def is_working_day(day: date) -> bool:
    """Whether offices work: weekends that were swapped in count, holidays do not."""
    if certain(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED


def working_day_from(day: date) -> date:
    """The day itself when it is a working day, else the next one."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def days_after(day: date, days: int) -> date:
    """The last day of a period of calendar days that starts the day after `day`, without regard to holidays."""
    return day + timedelta(days=days)


def period_end(day: date, days: int) -> date:
    """The last day of a legal period of calendar days: as `days_after`, moved off a holiday (civil-code-203)."""
    return working_day_from(days_after(day, days))


def working_days_after(day: date, days: int) -> date:
    """The `days`-th working day after `day`, which itself is not counted."""
    for _ in range(days):
        day = working_day_from(day + ONE_DAY)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and with `last`; 0 when `last` is not later."""
    span = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, span + 1))
