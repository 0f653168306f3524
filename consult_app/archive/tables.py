"""Tables of the archive."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Moment, Numbered


class Scan(Numbered, Base):
    """签字件: the signed paper as it came back, bound to the issued document by its code."""

    __tablename__ = "scan"
    __table_args__ = (UniqueConstraint("document_id", "sha256"), {"sqlite_autoincrement": True})

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(Moment)


class Filing(Numbered, Base):
    """归档: a matter's 档号 and how long it is kept."""

    __tablename__ = "filing"
    __table_args__ = (
        UniqueConstraint("fonds", "year", "retention", "office", "number"),
        {"sqlite_autoincrement": True},
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    fonds: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    retention: Mapped[str] = mapped_column(String(4))
    office: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    filed_at: Mapped[datetime] = mapped_column(Moment)
    filed_by: Mapped[str] = mapped_column(String(120))
