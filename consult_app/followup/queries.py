"""What one can ask about work orders and reviews."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.files.queries import AttachedFile, attachments
from consult_app.followup.rules import ROLE_WORDS, OrderState, Rating, Role, Satisfaction, count
from consult_app.followup.tables import FollowUp, Progress, Review, WorkOrder
from consult_app.kernel.errors import Missing
from consult_app.kernel.text import area_words, legal_day
from consult_app.proposals import records
from consult_app.proposals.tables import Proposal


@dataclass(frozen=True)
class ProgressFacts:
    """One report on a work order, with its evidence."""

    id: int
    percent: int
    text: str
    reported_at: datetime
    reported_by: str
    evidence: tuple[AttachedFile, ...]


@dataclass(frozen=True)
class WorkOrderFacts:
    """A work order with its reports, oldest first; `budget` in 0.01 yuan."""

    id: int
    proposal_id: int
    responsible: str
    unit: str
    task: str
    due_on: date
    budget: int
    state: OrderState
    assigned_at: datetime
    assigned_by: str
    closed_at: datetime | None
    closing: str
    progress: tuple[ProgressFacts, ...]
    evidence: tuple[AttachedFile, ...]

    @property
    def percent(self) -> int:
        """How much is done by the last report."""
        return self.progress[-1].percent if self.progress else 0

    @property
    def budget_words(self) -> str:
        """`12,000.00 元`, or `无`."""
        return f"{area_words(self.budget)} 元" if self.budget else "无"

    def was_late(self) -> bool:
        """Whether it was closed after its due day."""
        return self.closed_at is not None and legal_day(self.closed_at) > self.due_on


@dataclass(frozen=True)
class ReviewFacts:
    """One satisfaction form."""

    id: int
    round: int
    reviewer: str
    role: Role
    rating: Rating
    comment: str
    recorded_at: datetime
    recorded_by: str

    @property
    def role_words(self) -> str:
        """`提议人`, `居民`."""
        return ROLE_WORDS[self.role]


@dataclass(frozen=True)
class FollowUpFacts:
    """One call on someone afterwards."""

    id: int
    visited: str
    means: str
    text: str
    recorded_at: datetime
    recorded_by: str


def work_orders(db: Session, proposal_id: int) -> tuple[WorkOrderFacts, ...]:
    """The work orders of a matter, oldest first; a replaced one stays."""
    rows = db.scalars(select(WorkOrder).where(WorkOrder.proposal_id == proposal_id).order_by(WorkOrder.id))
    return tuple(_order(db, row) for row in rows)


def work_order(db: Session, order_id: int) -> WorkOrderFacts:
    """One work order; refused when there is none of that number."""
    row = db.get(WorkOrder, order_id)
    if row is None:
        raise Missing(what="办理责任单", id=order_id)
    return _order(db, row)


def reviews(db: Session, proposal_id: int) -> tuple[ReviewFacts, ...]:
    """Every satisfaction form of a matter, all rounds, oldest first."""
    rows = db.scalars(select(Review).where(Review.proposal_id == proposal_id).order_by(Review.id))
    return tuple(_review(row) for row in rows)


def satisfaction(db: Session, proposal_id: int) -> Satisfaction:
    """The count of the present round of reviews."""
    present = round_of(db, proposal_id)
    ratings = select(Review.rating).where(Review.proposal_id == proposal_id, Review.round == present)
    return count(db.scalars(ratings))


def follow_ups(db: Session, proposal_id: int) -> tuple[FollowUpFacts, ...]:
    """Every call on someone afterwards, oldest first."""
    rows = db.scalars(select(FollowUp).where(FollowUp.proposal_id == proposal_id).order_by(FollowUp.id))
    return tuple(
        FollowUpFacts(row.id, row.visited, row.means, row.text, row.recorded_at, row.recorded_by) for row in rows
    )


def satisfaction_by_month(db: Session, body_id: int) -> tuple[tuple[date, Satisfaction], ...]:
    """The forms of a body's matters by the month they came in (its first day), oldest first."""
    rows = db.execute(
        select(Review.recorded_at, Review.rating).join(Proposal).where(Proposal.body_id == body_id).order_by(Review.id)
    )
    months: dict[date, list[str]] = {}
    for recorded_at, rating in rows:
        months.setdefault(legal_day(recorded_at).replace(day=1), []).append(rating)
    return tuple((month, count(ratings)) for month, ratings in sorted(months.items()))


def round_of(db: Session, proposal_id: int) -> int:
    """Which round of reviews is under way: the newest pass through the step that reviews."""
    proposal = records.matter(db, proposal_id)
    template = records.template(db, proposal)
    if template.artefact("satisfaction") is None:
        return 1
    code = template.step_of("satisfaction").code
    return max((run.round for run in records.runs(db, proposal_id) if run.step_code == code), default=1)


def _order(db: Session, row: WorkOrder) -> WorkOrderFacts:
    reports = db.scalars(select(Progress).where(Progress.order_id == row.id).order_by(Progress.id)).all()
    return WorkOrderFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        responsible=row.responsible,
        unit=row.unit,
        task=row.task,
        due_on=row.due_on,
        budget=row.budget,
        state=OrderState(row.state),
        assigned_at=row.assigned_at,
        assigned_by=row.assigned_by,
        closed_at=row.closed_at,
        closing=row.closing,
        progress=tuple(_progress(db, report) for report in reports),
        evidence=attachments(db, f"work_order:{row.id}"),
    )


def _progress(db: Session, row: Progress) -> ProgressFacts:
    evidence = attachments(db, f"progress:{row.id}")
    return ProgressFacts(row.id, row.percent, row.text, row.reported_at, row.reported_by, evidence)


def _review(row: Review) -> ReviewFacts:
    return ReviewFacts(
        id=row.id,
        round=row.round,
        reviewer=row.reviewer,
        role=Role(row.role),
        rating=Rating(row.rating),
        comment=row.comment,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )
