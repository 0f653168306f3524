"""Tables of notices."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Moment, Numbered


class Notice(Numbered, Base):
    """公示: a document that was put up. Its period of `required_days` runs from the first posting."""

    __tablename__ = "notice"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    required_days: Mapped[int]
    first_posted_at: Mapped[datetime] = mapped_column(Moment)
    taken_down_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_down_by: Mapped[str] = mapped_column(String(120))


class Posting(Numbered, Base):
    """张贴: the proof that a notice was put up: where, when, by whom, with a photo."""

    __tablename__ = "posting"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    place: Mapped[str] = mapped_column(String(200))
    posted_by: Mapped[str] = mapped_column(String(120))
    posted_at: Mapped[datetime] = mapped_column(Moment)
    photo_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))


class Objection(Numbered, Base):
    """异议: what someone objects to a notice, and the answer. `upheld` is empty until it is answered."""

    __tablename__ = "objection"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment)
    in_time: Mapped[bool]
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[str] = mapped_column(String(120))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
