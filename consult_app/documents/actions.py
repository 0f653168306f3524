"""What one can do with documents: draft, edit, issue, make void."""

import hashlib
from typing import Any

from sqlalchemy import select

from consult_app.audit import chain
from consult_app.documents import model
from consult_app.documents.rules import (
    ARTEFACTS,
    CODE_LENGTH,
    KIND_WORDS,
    STATE_WORDS,
    DocumentKind,
    DocumentState,
    code_words,
)
from consult_app.documents.tables import Document
from consult_app.files.actions import attach
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import required
from consult_app.proposals import actions as proposals
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work


class NotDraft(Refused):
    """A document that was issued or made void is to change."""

    text = "「{title}」{state}，不能再{what}。需要改动时请作废后重新起草。"


class ChangedMeanwhile(Refused):
    """The draft was edited after the PDF was made of it."""

    text = "「{title}」在排版期间又被修改，请重新印发。"


class NotPdf(Refused):
    """What is to be issued is no PDF."""

    text = "「{title}」的排版结果不是 PDF，没有印发。"


def draft(
    work: Work,
    kind: str,
    content: model.Document,
    *,
    proposal_id: int,
    meeting_id: int | None = None,
    motion_id: int | None = None,
    artefact: str | None = None,
) -> int:
    """Keep a document as a draft and return its number. `artefact` names the workflow artefact it is, by default its kind's."""
    if work.db.get(Proposal, proposal_id) is None:
        raise Missing(what="议题", id=proposal_id)
    kind = DocumentKind(kind)
    title = required(content.title.replace("\n", ""), "标题", 300, "title")
    found = Document(
        kind=kind,
        artefact=artefact if artefact is not None else ARTEFACTS.get(kind, ""),
        title=title,
        code=_fresh_code(work),
        state=DocumentState.DRAFT,
        content=content.to_dict(),
        digest=content.digest(),
        proposal_id=proposal_id,
        meeting_id=meeting_id,
        motion_id=motion_id,
        sha256="",
        pages=0,
        drafted_at=work.now,
        void_reason="",
    )
    work.db.add(found)
    work.db.flush()
    _witness(work, found, "document.drafted")
    return found.id


def edit(work: Work, document_id: int, content: model.Document) -> None:
    """Replace what a draft says. Refused once it is issued or void; an unchanged text changes nothing."""
    found = _draft(work, document_id, "修改")
    digest = content.digest()
    if digest == found.digest:
        return
    found.title = required(content.title.replace("\n", ""), "标题", 300, "title")
    found.content, found.digest = content.to_dict(), digest
    _witness(work, found, "document.changed")


def issue(work: Work, document_id: int, pdf: bytes, *, digest: str, pages: int) -> None:
    """Issue a draft with the PDF made of it outside the transaction; reaches `<artefact>.issued`.

    `digest` is that of the content the PDF was made of: refused when the draft has changed since.
    """
    found = _draft(work, document_id, "印发")
    if found.digest != digest:
        raise ChangedMeanwhile(title=found.title)
    if not pdf.startswith(b"%PDF-"):
        raise NotPdf(title=found.title)
    found.attachment_id = attach(work, _subject(found), KIND_WORDS[DocumentKind(found.kind)], _file_name(found), pdf)
    found.sha256, found.pages = hashlib.sha256(pdf).hexdigest(), pages
    found.state, found.issued_at = DocumentState.ISSUED, work.now
    _witness(work, found, "document.issued", sha256=found.sha256, pages=pages)
    reach(work, found, "issued", f"「{found.title}」已印发，编号 {code_words(found.code)}")


def void(work: Work, document_id: int, reason: str) -> None:
    """Make a document void, for a reason; it stays in the file. Making it void again changes nothing."""
    found = _document(work, document_id)
    if found.state == DocumentState.VOID:
        return
    found.void_reason = required(reason, "作废理由", 200, "reason")
    found.state, found.voided_at = DocumentState.VOID, work.now
    _witness(work, found, "document.voided", reason=found.void_reason)


def reach(work: Work, document: Document, state: str, what: str, **evidence: Any) -> bool:
    """Reach the milestone `<artefact>.<state>` of the document's matter, where its template has one."""
    if not document.artefact:
        return False
    return proposals.reach(
        work, document.proposal_id, f"{document.artefact}.{state}", what, document=document.id, **evidence
    )


def _fresh_code(work: Work) -> str:
    while True:
        code = work.token(CODE_LENGTH)
        if work.db.scalar(select(Document.id).where(Document.code == code)) is None:
            return code


def _document(work: Work, document_id: int) -> Document:
    found = work.db.get(Document, document_id)
    if found is None:
        raise Missing(what="文件", id=document_id)
    return found


def _draft(work: Work, document_id: int, what: str) -> Document:
    found = _document(work, document_id)
    if found.state != DocumentState.DRAFT:
        raise NotDraft(title=found.title, state=STATE_WORDS[DocumentState(found.state)], what=what)
    return found


def _file_name(document: Document) -> str:
    title = "".join("_" if char in '\\/:*?"<>|\n' else char for char in document.title)
    return f"{title[:80]}-{document.code}.pdf"


def _witness(work: Work, document: Document, event: str, **facts: object) -> None:
    chain.append(
        work,
        event,
        _subject(document),
        proposal=document.proposal_id,
        kind=KIND_WORDS[DocumentKind(document.kind)],
        title=document.title,
        code=document.code,
        digest=document.digest,
        **facts,
    )


def _subject(document: Document) -> str:
    return f"document:{document.id}"
