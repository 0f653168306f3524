"""How long a notice stays up, and until when one may object. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from consult_app.documents.rules import DocumentKind

PUBLICITY_DAYS = 15
"""Least days that decided matters and their implementation stay published (村委法35, 居委法34)."""

RESULT_DAYS = 7
"""Days a result is open to objections unless the matter says otherwise (domain.md §1.3; a proposal, no law)."""


PROXY_DAYS = 3
"""Days before the vote that the list of proxies is published (浙江省村民委员会选举办法25; elsewhere a proposal, no law)."""


@dataclass(frozen=True)
class Standing:
    """How a notice stands on a day: days it has been up, days it must, days still to go. The first day is not counted."""

    days: int
    required: int

    @property
    def remaining(self) -> int:
        """Days still to go; 0 when the period is over."""
        return max(0, self.required - self.days)

    @property
    def is_over(self) -> bool:
        """Whether it was up long enough."""
        return self.remaining == 0

    @property
    def words(self) -> str:
        """`已张贴 3 天，还需 4 天` or `已张贴满 7 天`."""
        if self.is_over:
            return f"已张贴满 {self.required} 天"
        return f"已张贴 {self.days} 天，还需 {self.remaining} 天"


def days_up(posted_on: date, until: date) -> int:
    """Days a notice has been up: civil-code-201, the day of posting is not counted."""
    return max(0, (until - posted_on).days)


def standing(posted_on: date, taken_down_on: date | None, required: int, today: date) -> Standing:
    """How a notice stands today, or stood when it was taken down."""
    until = min(taken_down_on, today) if taken_down_on else today
    return Standing(days_up(posted_on, until), required)


def last_day(posted_on: date, required: int) -> date:
    """The last day of a notice's period."""
    return posted_on + timedelta(days=required)


def in_time(posted_on: date, required: int, received_on: date) -> bool:
    """Whether an objection came within the period; its last day counts (civil-code-1259)."""
    return received_on <= last_day(posted_on, required)


EXTENSION_DAYS = 1
"""An extension counts once it is announced before the vote would have ended; no law names days for it (domain.md §2.4)."""


def required_days(kind: DocumentKind, notice_days: int | None, objection_days: int | None) -> int:
    """How long a notice of a kind must stay up, by the matter's own periods where it has them."""
    if kind is DocumentKind.MEETING_NOTICE:
        return PUBLICITY_DAYS if notice_days is None else notice_days
    if kind is DocumentKind.PROXY_NOTICE:
        return PROXY_DAYS
    if kind is DocumentKind.EXTENSION_NOTICE:
        return EXTENSION_DAYS
    if kind is DocumentKind.RESULT_NOTICE:
        return RESULT_DAYS if objection_days is None else objection_days
    return PUBLICITY_DAYS
