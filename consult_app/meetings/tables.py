"""Tables of meetings."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Json, Moment, Numbered


class Meeting(Numbered, Base):
    """会议: one session on one matter. `quorum` is {numerator, denominator, above, source}."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("proposal_id", "ordinal"), {"sqlite_autoincrement": True})

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    ordinal: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(40))
    convener: Mapped[str] = mapped_column(String(120))
    chair: Mapped[str] = mapped_column(String(120))
    recorder: Mapped[str] = mapped_column(String(120))
    quorum: Mapped[Any] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class AgendaItem(Numbered, Base):
    """议程: one item of a meeting; `minutes` is the time planned for it."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "ordinal"), {"sqlite_autoincrement": True})

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    ordinal: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    presenter: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Attendance(Numbered, Base):
    """签到: one person of a meeting. `is_listed` was named in the call; `elector_key` ties the person to a roll."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "name"), {"sqlite_autoincrement": True})

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    capacity: Mapped[str] = mapped_column(String(120))
    presence: Mapped[str] = mapped_column(String(20))
    is_listed: Mapped[bool]
    elector_key: Mapped[str | None] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(200))
    arrived_at: Mapped[datetime | None] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)


class Statement(Numbered, Base):
    """发言: one entry of the record in one version; a correction is a new version, the old one stays."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("meeting_id", "number", "version"), {"sqlite_autoincrement": True})

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    number: Mapped[int]
    version: Mapped[int]
    speaker: Mapped[str] = mapped_column(String(120))
    capacity: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Opinion(Numbered, Base):
    """协商意见: what the meeting agreed, what stays open, and the dissent, in one version."""

    __tablename__ = "consultation_opinion"
    __table_args__ = (UniqueConstraint("meeting_id", "version"), {"sqlite_autoincrement": True})

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    version: Mapped[int]
    agreed: Mapped[str] = mapped_column(Text)
    unsettled: Mapped[str] = mapped_column(Text)
    dissent: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
