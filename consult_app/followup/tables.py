"""Tables of work orders, their progress and the ratings."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Moment, Numbered


class WorkOrder(Numbered, Base):
    """办理责任单: who does what until when, for how much (`budget` in 0.01 yuan)."""

    __tablename__ = "work_order"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    responsible: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(120))
    task: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    budget: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    assigned_at: Mapped[datetime] = mapped_column(Moment)
    assigned_by: Mapped[str] = mapped_column(String(120))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closing: Mapped[str] = mapped_column(Text)


class Progress(Numbered, Base):
    """进展记录: one report on a work order; append only. Its evidence are attachments of `progress:ID`."""

    __tablename__ = "progress"

    order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"), index=True)
    percent: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(Moment)
    reported_by: Mapped[str] = mapped_column(String(120))


class Review(Numbered, Base):
    """满意度评议: one form. `round` counts up when a matter comes to its review again; earlier rounds stay."""

    __tablename__ = "review"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    round: Mapped[int]
    reviewer: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(20))
    rating: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(String(120))


class FollowUp(Numbered, Base):
    """回访: one call on someone after the work was done."""

    __tablename__ = "follow_up"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    visited: Mapped[str] = mapped_column(String(60))
    means: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(String(120))
