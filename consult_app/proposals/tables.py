"""Tables of matters, their steps and milestones."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Json, Moment, Numbered


class TemplateCopy(Base):
    """流程副本: a step template as it stood when a matter began, kept once for each digest."""

    __tablename__ = "template_copy"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[Any] = mapped_column(Json)


class Proposal(Numbered, Base):
    """议题: one matter. `step_*`, `due_on` and `responsible` repeat the present step, so that a list is one read."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("body_id", "year", "sequence"),
        Index("ix_proposal_body_id_state_due_on", "body_id", "state", "due_on"),
        {"sqlite_autoincrement": True},
    )

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(20))
    proposer: Mapped[str] = mapped_column(String(120))
    taken_down: Mapped[bool]
    recorder: Mapped[str] = mapped_column(String(120))
    affected_range: Mapped[str] = mapped_column(String(500))
    wish: Mapped[str] = mapped_column(Text)
    registered_at: Mapped[datetime] = mapped_column(Moment)

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    supervisor_venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    template_digest: Mapped[str] = mapped_column(ForeignKey("template_copy.digest"))

    decision_body: Mapped[str | None] = mapped_column(String(40))
    rule_id: Mapped[str | None] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(200))
    rule_reason: Mapped[str] = mapped_column(String(500))
    participants: Mapped[Any] = mapped_column(Json)
    timetable: Mapped[Any] = mapped_column(Json)
    notice_days: Mapped[int | None]
    objection_days: Mapped[int]
    flags: Mapped[Any] = mapped_column(Json)

    state: Mapped[str] = mapped_column(String(20))
    step_code: Mapped[str] = mapped_column(String(40))
    step_name: Mapped[str] = mapped_column(String(40))
    ordinal: Mapped[int]
    due_on: Mapped[date | None]
    overdue_times: Mapped[int]
    responsible: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[str | None] = mapped_column(String(20))
    outcome_reason: Mapped[str] = mapped_column(String(500))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class StepRun(Numbered, Base):
    """步骤办理: one pass through a step. A step that was sent back and begun again has several; the newest counts.

    A returned pass without a reason was empty: the completion that began it was undone.
    """

    __tablename__ = "step_run"
    __table_args__ = (UniqueConstraint("proposal_id", "step_code", "round"), {"sqlite_autoincrement": True})

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    step_code: Mapped[str] = mapped_column(String(40))
    round: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date | None]
    overdue_times: Mapped[int]
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_by: Mapped[str] = mapped_column(String(120))
    returned_at: Mapped[datetime | None] = mapped_column(Moment)
    return_reason: Mapped[str] = mapped_column(String(500))


class Milestone(Numbered, Base):
    """办理节点: an artefact reached a state, with its evidence. It may be made void (作废); it is never deleted."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("proposal_id", "code", "version"), {"sqlite_autoincrement": True})

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    code: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    happened_on: Mapped[date]
    reached_at: Mapped[datetime] = mapped_column(Moment)
    reached_by: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(String(500))
    evidence: Mapped[Any] = mapped_column(Json)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    voided_by: Mapped[str] = mapped_column(String(120))
    void_reason: Mapped[str] = mapped_column(String(500))
