"""What one can ask about attachments."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.files.tables import Attachment
from consult_app.kernel.errors import Missing


@dataclass(frozen=True)
class AttachedFile:
    """An attachment without its content. `size` in bytes."""

    id: int
    subject: str
    kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    attached_at: datetime


def attachments(db: Session, subject: str) -> tuple[AttachedFile, ...]:
    """The files attached to a record (`noun:id`), oldest first."""
    rows = db.execute(select(*_COLUMNS).where(Attachment.subject == subject).order_by(Attachment.id))
    return tuple(AttachedFile(*row) for row in rows)


def attachment(db: Session, attachment_id: int) -> AttachedFile:
    """One attachment; refused when there is none of that number."""
    row = db.execute(select(*_COLUMNS).where(Attachment.id == attachment_id)).first()
    if row is None:
        raise Missing(what="附件", id=attachment_id)
    return AttachedFile(*row)


def content(db: Session, attachment_id: int) -> bytes:
    """The bytes of one attachment."""
    found = db.execute(select(Attachment.content).where(Attachment.id == attachment_id)).scalar()
    if found is None:
        raise Missing(what="附件", id=attachment_id)
    return found


_COLUMNS = (
    Attachment.id,
    Attachment.subject,
    Attachment.kind,
    Attachment.name,
    Attachment.media_type,
    Attachment.size,
    Attachment.sha256,
    Attachment.attached_at,
)
