"""How work is reported and rated, and when a matter should be done over. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consult_app.kernel.errors import Refused

MOST_PHOTOS = 20
"""Evidence files one report may bring."""


class OrderState(StrEnum):
    """Where a work order stands."""

    ASSIGNED = "assigned"
    CLOSED = "closed"
    REPLACED = "replaced"


class Rating(StrEnum):
    """满意度: the three words of the form."""

    SATISFIED = "满意"
    FAIR = "基本满意"
    DISSATISFIED = "不满意"


class Role(StrEnum):
    """Who rates: the one who raised the matter, or a resident it concerns."""

    PROPOSER = "proposer"
    RESIDENT = "resident"


ROLE_WORDS = {Role.PROPOSER: "提议人", Role.RESIDENT: "居民"}

STATE_WORDS = {OrderState.ASSIGNED: "办理中", OrderState.CLOSED: "已办结", OrderState.REPLACED: "已改派"}


class PercentOutOfRange(Refused):
    """A progress that is no share of the work."""

    text = "进度应在 0 到 100 之间。"
    field = "percent"


class TooManyFiles(Refused):
    """A report with more evidence than one can look at."""

    text = "一次最多附 {limit} 个文件。"
    field = "evidence"


class NegativeBudget(Refused):
    """A budget below nothing."""

    text = "金额不能为负数。"
    field = "budget"


@dataclass(frozen=True)
class Satisfaction:
    """Forms returned, by rating."""

    satisfied: int
    fair: int
    dissatisfied: int

    @property
    def returned(self) -> int:
        """All forms."""
        return self.satisfied + self.fair + self.dissatisfied

    @property
    def suggests_rework(self) -> bool:
        """不满意 on more than a third of the forms (domain.md §1.3, step 6; a proposal, no law)."""
        return self.dissatisfied * 3 > self.returned

    @property
    def words(self) -> str:
        """`满意 8、基本满意 3、不满意 1，共 12 份`."""
        counts = f"满意 {self.satisfied}、基本满意 {self.fair}、不满意 {self.dissatisfied}"
        return f"{counts}，共 {self.returned} 份"


def count(ratings: Iterable[str]) -> Satisfaction:
    """Count ratings."""
    found = list(ratings)
    return Satisfaction(*(found.count(rating) for rating in Rating))


def checked_percent(percent: int) -> int:
    """A share of the work in whole percent; refused below 0 and above 100."""
    if not 0 <= percent <= 100:
        raise PercentOutOfRange()
    return percent
