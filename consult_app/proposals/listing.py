"""The list of matters: one read for thousands of lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import VenueLevel, next_level
from consult_app.bodies.tables import Venue
from consult_app.kernel.errors import Missing
from consult_app.kernel.text import short_day
from consult_app.proposals.rules import OUTCOME_WORDS, OVERDUE_LIMIT, Outcome, ProposalState
from consult_app.proposals.tables import Proposal
from consult_app.rolls.pinyin import initials

SOON = 7
"""Days within which a due day is told as `3 天后` rather than by its date."""


@dataclass(frozen=True)
class ProposalLine:
    """One line of the list of matters. `overdue_times` counts the due days that passed before they were put off."""

    id: int
    number: str
    title: str
    source: str
    proposer: str
    step_code: str
    step_name: str
    ordinal: int
    state: ProposalState
    outcome: Outcome | None
    due_on: date | None
    overdue_times: int
    venue: str
    venue_level: VenueLevel
    responsible: str
    registered_at: datetime
    ended_at: datetime | None

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.state is ProposalState.RUNNING

    @property
    def state_words(self) -> str:
        """`进行中`, or how it ended."""
        return "进行中" if self.outcome is None else OUTCOME_WORDS[self.outcome]

    def days_left(self, today: date) -> int | None:
        """Days until it is due, negative when overdue; None without a due day."""
        return None if self.due_on is None else (self.due_on - today).days

    def is_overdue(self, today: date) -> bool:
        """Whether its due day has passed."""
        return self.due_on is not None and self.due_on < today

    def due_words(self, today: date) -> str:
        """`逾期 4 天`, `今天`, `3 天后`, `3月29日`, or `—`."""
        return due_words(self.due_on, today)

    def is_flagged(self, today: date) -> bool:
        """Whether it has been overdue twice and belongs before the next venue level (domain.md §1.3, step 5)."""
        return self.is_running and self.overdue_times + self.is_overdue(today) >= OVERDUE_LIMIT

    @property
    def next_level(self) -> VenueLevel | None:
        """The level it would go up to; None at the highest."""
        return next_level(self.venue_level)


def due_words(due_on: date | None, today: date) -> str:
    """A due day as one says it today."""
    if due_on is None:
        return "—"
    days = (due_on - today).days
    if days < 0:
        return f"逾期 {-days} 天"
    if days == 0:
        return "今天"
    return f"{days} 天后" if days <= SOON else short_day(due_on)


def proposals(db: Session, body_id: int, state: str | None = None) -> tuple[ProposalLine, ...]:
    """The matters of a body, newest first; only those of a state when one is named."""
    conditions = [Proposal.body_id == body_id]
    if state is not None:
        conditions.append(Proposal.state == ProposalState(state))
    return _lines(db, conditions)


def line(db: Session, proposal_id: int) -> ProposalLine:
    """One matter as a line; refused when there is none of that number."""
    found = _lines(db, [Proposal.id == proposal_id])
    if not found:
        raise Missing(what="议题", id=proposal_id)
    return found[0]


def matching(db: Session, body_id: int, words: str, limit: int = 20) -> tuple[ProposalLine, ...]:
    """The matters whose number, title, proposer or pinyin initials hold the words, newest first."""
    words = words.strip()
    if not words:
        return ()
    if words.isascii() and words.isalpha():
        lines = _lines(db, [Proposal.body_id == body_id])
        return tuple(one for one in lines if words.lower() in initials(one.title) + " " + initials(one.proposer))[
            :limit
        ]
    holds = or_(
        *(column.contains(words, autoescape=True) for column in (Proposal.number, Proposal.title, Proposal.proposer))
    )
    return _lines(db, [Proposal.body_id == body_id, holds], limit)


def _lines(
    db: Session, conditions: Sequence[ColumnElement[bool]], limit: int | None = None
) -> tuple[ProposalLine, ...]:
    rows = db.execute(
        select(*_COLUMNS)
        .join(Venue, Venue.id == Proposal.venue_id)
        .where(*conditions)
        .order_by(Proposal.id.desc())
        .limit(limit)
    )
    return tuple(_line(row) for row in rows)


_COLUMNS: tuple[Any, ...] = (
    Proposal.id,
    Proposal.number,
    Proposal.title,
    Proposal.source,
    Proposal.proposer,
    Proposal.step_code,
    Proposal.step_name,
    Proposal.ordinal,
    Proposal.state,
    Proposal.outcome,
    Proposal.due_on,
    Proposal.overdue_times,
    Venue.name.label("venue"),
    Venue.level.label("venue_level"),
    Proposal.responsible,
    Proposal.registered_at,
    Proposal.ended_at,
)


def _line(row: Any) -> ProposalLine:
    values = row._asdict()
    values["state"] = ProposalState(row.state)
    values["outcome"] = None if row.outcome is None else Outcome(row.outcome)
    values["venue_level"] = VenueLevel(row.venue_level)
    return ProposalLine(**values)
