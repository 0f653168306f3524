"""Tables of documents."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Json, Moment, Numbered


class Document(Numbered, Base):
    """文书: one paper of a matter, kept as blocks while it is drafted and as a PDF once it is issued.

    `code` is printed on every page and binds the signed scan to this row; `digest` is the SHA-256 of the content,
    `sha256` that of the PDF. `artefact` is the workflow artefact that the document is.
    """

    __tablename__ = "document"

    kind: Mapped[str] = mapped_column(String(40))
    artefact: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    content: Mapped[Any] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    motion_id: Mapped[int | None] = mapped_column(ForeignKey("motion.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    issued_at: Mapped[datetime | None] = mapped_column(Moment)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    void_reason: Mapped[str] = mapped_column(String(200))
