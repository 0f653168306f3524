from datetime import UTC, date, datetime

import pytest

from consult_app.demo.clock import Backwards, StoryClock, at


def test_clock_shows_the_legal_day_in_china() -> None:
    clock = StoryClock(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert clock.today == date(2026, 3, 2)


def test_clock_never_goes_back() -> None:
    clock = StoryClock(at(date(2026, 3, 2), 9))
    clock.forward(hours=1)
    with pytest.raises(Backwards):
        clock.to_day(date(2026, 3, 2), 9, 59)
    assert clock() == at(date(2026, 3, 2), 10)
