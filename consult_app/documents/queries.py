"""What one can ask about documents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult_app.documents import model
from consult_app.documents.rules import KIND_WORDS, DocumentKind, DocumentState, code_of
from consult_app.documents.tables import Document
from consult_app.files import queries as files
from consult_app.kernel.errors import Missing, Refused
from consult_app.proposals.tables import Proposal


class UnknownCode(Refused):
    """No document bears the code."""

    text = "没有编号为 {code} 的文件，请核对页脚上的编号。"
    field = "code"


class NotIssued(Refused):
    """The PDF of a document is asked for that has none yet."""

    text = "「{title}」还没有印发，没有 PDF。"


@dataclass(frozen=True)
class DocumentLine:
    """A document without its content. `pages` is 0 for a draft."""

    id: int
    kind: DocumentKind
    artefact: str
    title: str
    code: str
    state: DocumentState
    digest: str
    proposal_id: int
    meeting_id: int | None
    motion_id: int | None
    attachment_id: int | None
    sha256: str
    pages: int
    drafted_at: datetime
    issued_at: datetime | None
    voided_at: datetime | None
    void_reason: str

    @property
    def kind_words(self) -> str:
        """会前公告, 结果公示, …"""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True)
class DocumentFacts:
    """A document and what it says."""

    line: DocumentLine
    content: model.Document


def documents(db: Session, proposal_id: int) -> tuple[DocumentLine, ...]:
    """The documents of a matter, oldest first."""
    return _lines(db, Document.proposal_id == proposal_id)


def documents_of_body(db: Session, body_id: int) -> tuple[DocumentLine, ...]:
    """All documents of a body, oldest first."""
    return _lines(db, Document.proposal_id.in_(select(Proposal.id).where(Proposal.body_id == body_id)))


def document(db: Session, document_id: int) -> DocumentFacts:
    """One document with its content; refused when there is none of that number."""
    row = db.execute(select(*_COLUMNS, Document.content).where(Document.id == document_id)).first()
    if row is None:
        raise Missing(what="文件", id=document_id)
    return DocumentFacts(_line(row[:-1]), model.Document.from_dict(row.content))


def document_by_code(db: Session, typed: str) -> DocumentLine:
    """The document that bears a code as a person types it; refused when there is none."""
    code = code_of(typed)
    found = _lines(db, Document.code == code)
    if not found:
        raise UnknownCode(code=typed.strip() or "（空）")
    return found[0]


def newest(db: Session, proposal_id: int, kind: DocumentKind) -> DocumentLine | None:
    """The newest document of a kind in a matter that is not void; None when there is none."""
    found = [line for line in documents(db, proposal_id) if line.kind is kind and line.state is not DocumentState.VOID]
    return found[-1] if found else None


def pdf(db: Session, document_id: int) -> bytes:
    """The PDF of an issued document; refused for a draft."""
    line = document(db, document_id).line
    if line.attachment_id is None:
        raise NotIssued(title=line.title)
    return files.content(db, line.attachment_id)


def _lines(db: Session, condition: ColumnElement[bool]) -> tuple[DocumentLine, ...]:
    return tuple(_line(tuple(row)) for row in db.execute(select(*_COLUMNS).where(condition).order_by(Document.id)))


_NAMES = tuple(DocumentLine.__dataclass_fields__)
_COLUMNS = tuple(getattr(Document, name) for name in _NAMES)


def _line(row: tuple[Any, ...]) -> DocumentLine:
    values = dict(zip(_NAMES, row, strict=True))
    values["kind"] = DocumentKind(values["kind"])
    values["state"] = DocumentState(values["state"])
    return DocumentLine(**values)
