"""Issue a document: set it outside the transaction, then store PDF and digest inside one."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.documents import actions, pdf, queries
from consult_app.documents.model import Document
from consult_app.documents.queries import DocumentFacts, DocumentLine
from consult_app.documents.rules import code_words
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Actor, Store


@dataclass(frozen=True)
class Issued:
    """An issued document and its PDF."""

    line: DocumentLine
    content: bytes


def issue(store: Store, actor: Actor, document_id: int) -> DocumentLine:
    """Set a draft as PDF and issue it. Refused when it is no draft, was edited meanwhile, or lacks a glyph."""
    facts, issuer = store.ask(_with_issuer, document_id)
    code = facts.line.code
    made = pdf.render(facts.content, code=code_words(code), token=code, issued=store.now(), issuer=issuer)
    store.do(actor, actions.issue, document_id, made, digest=facts.line.digest, pages=pages(made))
    return store.ask(queries.document, document_id).line


def issue_at_once(store: Store, actor: Actor, draft: Callable[..., int], *values: int) -> Issued:
    """Draft by an action and issue what it drafted: for papers that state what was found, and that nobody edits."""
    line = issue(store, actor, store.do(actor, draft, *values))
    return Issued(line, store.ask(queries.pdf, line.id))


def preview(store: Store, document_id: int, content: Document | None = None) -> bytes:
    """The PDF of an issued document, or the draft as it would look, marked 草稿; with other `content` if it is given."""
    facts, issuer = store.ask(_with_issuer, document_id)
    if facts.line.attachment_id is not None:
        return store.ask(queries.pdf, document_id)
    return pdf.render(
        content or facts.content, code=code_words(facts.line.code), token=None, issued=store.now(), issuer=issuer
    )


def pages(content: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(content)) as found:
        return len(found.pages)


def _with_issuer(db: Session, document_id: int) -> tuple[DocumentFacts, str]:
    facts = queries.document(db, document_id)
    proposal = db.get_one(Proposal, facts.line.proposal_id)
    return facts, bodies.body(db, proposal.body_id).name
