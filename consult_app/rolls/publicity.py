"""名册公示: how long a roll is open to objections, and by when one is answered. Pure.

The first day of a period is not counted (民法典 art. 201), the last one is (art. 1259).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import day_words
from consult_app.rolls.rules import RollKind

OBJECTION_DAYS = {RollKind.OWNERS: 7, RollKind.PEOPLE: 5, RollKind.MEMBERS: 5}
"""Days a roll is open to objections. Five for people (村委会组织法17, 居委会组织法17); seven for owners is policy, no law."""

ANSWER_DAYS = 3
"""Days within which an objection is answered (村委会组织法17, 居委会组织法17; for owners by analogy)."""

LAWFUL_DAYS = {RollKind.OWNERS: 1, RollKind.PEOPLE: 5, RollKind.MEMBERS: 1}
"""The shortest period a roll may be published for."""


class TooShort(Refused):
    """The law gives a longer period for objections."""

    text = "名册公示的异议期不能少于 {least} 日。"
    field = "days"


@dataclass(frozen=True)
class Period:
    """The days of a publication: posted, and the last day on which one may object."""

    posted_on: date
    last_day: date

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed."""
        return today > self.last_day

    def in_time(self, received_on: date) -> bool:
        """Whether an objection of a day is in time."""
        return received_on <= self.last_day

    def words(self, today: date) -> str:
        """`异议期到2026年11月29日` or `异议期已满`."""
        return "异议期已满" if self.is_over(today) else f"异议期到{day_words(self.last_day)}"


def period(posted_on: date, days: int) -> Period:
    """The period of a publication of some days."""
    return Period(posted_on, posted_on + timedelta(days=days))


def objection_days(kind: RollKind, wanted: int | None = None) -> int:
    """How long a roll of a kind is open to objections; refused when less than the law gives (`TooShort`)."""
    days = OBJECTION_DAYS[kind] if wanted is None else wanted
    if days < LAWFUL_DAYS[kind]:
        raise TooShort(least=LAWFUL_DAYS[kind])
    return days


def answer_due(received_on: date) -> date:
    """The last day for the answer to an objection."""
    return received_on + timedelta(days=ANSWER_DAYS)
