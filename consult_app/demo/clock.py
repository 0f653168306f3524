"""A clock of the story's own, moved forward by hand; the program's clock cannot be moved."""

from datetime import date, datetime, time, timedelta

from consult_app.kernel.text import CHINA, legal_day


class Backwards(Exception):
    """A bug in the story: a clock only goes forward."""


class StoryClock:
    """Stands still until it is moved on; always in China's time."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(CHINA)

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self._now

    @property
    def today(self) -> date:
        """The legal day it shows."""
        return legal_day(self._now)

    def forward(self, **span: float) -> None:
        """Move on by a `timedelta(**span)`."""
        self.to(self._now + timedelta(**span))

    def to(self, moment: datetime) -> None:
        """Move on to a moment."""
        if moment < self._now:
            raise Backwards(moment)
        self._now = moment.astimezone(CHINA)

    def to_day(self, day: date, hour: int, minute: int = 0) -> None:
        """Move on to an hour of a legal day."""
        self.to(at(day, hour, minute))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An hour of a legal day in China."""
    return datetime.combine(day, time(hour, minute), CHINA)
