"""A clock that cannot be set: the time at the start, carried on by a counter (threat 18).

When somebody moves the computer's clock in the middle of a vote, neither the times of the votes nor the closing time move
with it. How far the computer's clock has gone away is told, for a person to judge which of the two is right.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

LEAP = timedelta(minutes=2)
"""A difference that is told; less is the drift of an ordinary clock."""


class SteadyClock:
    """Gives the instant. `wall` is the computer's clock, `counter` seconds that only grow, also while the computer sleeps."""

    def __init__(self, wall: Callable[[], datetime], counter: Callable[[], float]) -> None:
        self.wall = wall
        self.counter = counter
        self._began, self._count = wall(), counter()

    def __call__(self) -> datetime:
        """The instant."""
        return self._began + timedelta(seconds=self.counter() - self._count)

    @property
    def leap(self) -> timedelta:
        """How far the computer's clock was moved since the start, forward or back; zero within `LEAP`."""
        gone = self.wall() - self()
        return gone if abs(gone) > LEAP else timedelta()


def span_words(span: timedelta) -> str:
    """`3 天`, `3 小时 5 分钟`, `12 分钟`: a span without its sign."""
    if abs(span) >= timedelta(days=2):
        return f"{abs(span).days} 天"
    minutes = round(abs(span).total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    return " ".join(
        words for words in (f"{hours} 小时" if hours else "", f"{minutes} 分钟" if minutes else "") if words
    )
