"""What one can ask about the archive."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult_app.archive.rules import RETENTION_WORDS, Retention
from consult_app.archive.tables import Filing, Scan
from consult_app.documents.tables import Document
from consult_app.files.tables import Attachment
from consult_app.proposals.tables import Proposal


@dataclass(frozen=True)
class FilingFacts:
    """A filed matter."""

    proposal_id: int
    number: str
    title: str
    code: str
    fonds: str
    year: int
    retention: Retention
    filed_at: datetime
    filed_by: str

    @property
    def retention_words(self) -> str:
        """永久, 定期30年, 定期10年."""
        return RETENTION_WORDS[self.retention]


@dataclass(frozen=True)
class ScanFacts:
    """A signed paper that came back, and the issued document it belongs to."""

    id: int
    document_id: int
    document_code: str
    document_title: str
    attachment_id: int
    name: str
    sha256: str
    received_at: datetime


def filings(db: Session, body_id: int) -> tuple[FilingFacts, ...]:
    """The filed matters of a body, newest first."""
    return _filings(db, Proposal.body_id == body_id)


def filing(db: Session, proposal_id: int) -> FilingFacts | None:
    """How a matter is filed; None while it is not."""
    found = _filings(db, Filing.proposal_id == proposal_id)
    return found[0] if found else None


def scans(db: Session, proposal_id: int) -> tuple[ScanFacts, ...]:
    """The signed papers of a matter that came back, oldest first."""
    rows = db.execute(
        select(
            Scan.id,
            Scan.document_id,
            Document.code,
            Document.title,
            Scan.attachment_id,
            Attachment.name,
            Scan.sha256,
            Scan.received_at,
        )
        .join(Document, Document.id == Scan.document_id)
        .join(Attachment, Attachment.id == Scan.attachment_id)
        .where(Document.proposal_id == proposal_id)
        .order_by(Scan.id)
    )
    return tuple(ScanFacts(*row) for row in rows)


def _filings(db: Session, condition: ColumnElement[bool]) -> tuple[FilingFacts, ...]:
    rows = db.execute(
        select(
            Filing.proposal_id,
            Proposal.number,
            Proposal.title,
            Filing.code,
            Filing.fonds,
            Filing.year,
            Filing.retention,
            Filing.filed_at,
            Filing.filed_by,
        )
        .join(Proposal, Proposal.id == Filing.proposal_id)
        .where(condition)
        .order_by(Filing.id.desc())
    )
    return tuple(FilingFacts(*row[:6], Retention(row.retention), row.filed_at, row.filed_by) for row in rows)
