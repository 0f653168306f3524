from datetime import date, timedelta

import pytest

from consult_app.documents.rules import DocumentKind
from consult_app.notices.rules import days_up, in_time, last_day, required_days, standing

POSTED = date(2026, 11, 1)


@pytest.mark.parametrize(("day", "over"), [(7, False), (8, True)])
def test_day_of_posting_is_not_counted(day: int, over: bool) -> None:
    """civil-code-201: seven days from 1 November are full on the 8th, not on the 7th."""
    assert standing(POSTED, None, 7, date(2026, 11, day)).is_over is over


def test_what_is_lacking_is_said_in_days() -> None:
    assert standing(POSTED, None, 7, date(2026, 11, 4)).words == "已张贴 3 天，还需 4 天"
    assert standing(POSTED, None, 7, date(2026, 12, 4)).words == "已张贴满 7 天"


def test_notice_taken_down_stops_counting() -> None:
    found = standing(POSTED, date(2026, 11, 5), 7, date(2026, 12, 1))
    assert (found.days, found.remaining) == (4, 3)


@pytest.mark.parametrize(("late", "heard"), [(0, True), (1, False)])
def test_objection_on_the_last_day_is_in_time(late: int, heard: bool) -> None:
    """civil-code-1259: 届满 includes the day."""
    assert in_time(POSTED, 7, last_day(POSTED, 7) + timedelta(days=late)) is heard


def test_clock_set_back_gives_no_negative_days() -> None:
    assert days_up(POSTED, date(2026, 10, 1)) == 0


def test_matter_sets_its_own_periods() -> None:
    assert required_days(DocumentKind.MEETING_NOTICE, 10, None) == 10
    assert required_days(DocumentKind.RESULT_NOTICE, 10, 5) == 5
    assert required_days(DocumentKind.IMPLEMENTATION_NOTICE, 10, 5) == 15
