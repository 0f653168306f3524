"""All papers of a body with what became of each: drafted, posted, signed, taken back, filed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.archive.tables import Filing, Scan
from consult_app.documents.queries import DocumentLine, documents_of_body
from consult_app.documents.rules import NOTICES, SIGNERS, DocumentState
from consult_app.documents.tables import Document
from consult_app.kernel.text import short_day
from consult_app.notices.queries import NoticeFacts, notices
from consult_app.proposals.tables import Milestone, Proposal, TemplateCopy
from consult_app.workflow.template import Template, from_data


class PaperState(StrEnum):
    """What a paper waits for, or what became of it."""

    DRAFT = "draft"
    TO_POST = "to_post"
    POSTED = "posted"
    RUN_OUT = "run_out"
    TAKEN_DOWN = "taken_down"
    TO_SIGN = "to_sign"
    SIGNED = "signed"
    SCANNED = "scanned"
    ISSUED = "issued"
    VOID = "void"


PAPER_WORDS = {
    PaperState.DRAFT: "草稿",
    PaperState.TO_POST: "待张贴",
    PaperState.POSTED: "公示中",
    PaperState.RUN_OUT: "公示期满",
    PaperState.TAKEN_DOWN: "已撤下",
    PaperState.TO_SIGN: "待签字",
    PaperState.SIGNED: "已签字",
    PaperState.SCANNED: "签字件已收回",
    PaperState.ISSUED: "已印发",
    PaperState.VOID: "已作废",
}


@dataclass(frozen=True)
class Paper:
    """One document. `signers` are the roles that have to sign it, `scans` the attachments of its signed copies.

    `archive_code` is the 档号 of its matter, blank until that is filed.
    """

    document: DocumentLine
    number: str
    matter: str
    notice: NoticeFacts | None
    signers: tuple[str, ...]
    signed_on: date | None
    scans: tuple[int, ...]
    archive_code: str

    @property
    def id(self) -> int:
        """The document's number."""
        return self.document.id

    @property
    def is_notice(self) -> bool:
        """Whether it is made to be posted."""
        return self.document.kind in NOTICES

    @property
    def state(self) -> PaperState:
        """What it waits for."""
        if self.document.state is DocumentState.VOID:
            return PaperState.VOID
        if self.document.state is DocumentState.DRAFT:
            return PaperState.DRAFT
        if self.is_notice:
            return _posting_state(self.notice)
        if self.scans:
            return PaperState.SCANNED
        if self.signed_on:
            return PaperState.SIGNED
        return PaperState.TO_SIGN if self.signers else PaperState.ISSUED

    @property
    def state_words(self) -> str:
        """`公示中`, `待签字`, …"""
        return PAPER_WORDS[self.state]

    @property
    def words(self) -> str:
        """What there is to know beside the state: `至11月29日，还需 4 天`, `主持人、记录人`; blank when nothing."""
        if self.state in (PaperState.POSTED, PaperState.RUN_OUT) and self.notice:
            return _period_words(self.notice)
        if self.state is PaperState.TAKEN_DOWN and self.notice and self.notice.taken_down_on:
            return f"{short_day(self.notice.taken_down_on)}撤下，{self.notice.standing.words}"
        if self.state is PaperState.TO_SIGN:
            return "、".join(self.signers)
        if self.state is PaperState.SIGNED and self.signed_on:
            return f"{short_day(self.signed_on)}，签字件未收回"
        return ""


def papers(db: Session, body_id: int, today: date) -> tuple[Paper, ...]:
    """The papers of a body as they stand today, newest first."""
    mine = select(Proposal.id).where(Proposal.body_id == body_id)
    posted = {found.document_id: found for found in notices(db, body_id, today)}
    matters = {row.id: row for row in db.execute(_MATTERS.where(Proposal.body_id == body_id))}
    templates = {row.digest: from_data(row.data) for row in db.scalars(select(TemplateCopy))}
    signed = {
        (row.proposal_id, row.code): row.happened_on
        for row in db.execute(
            select(Milestone.proposal_id, Milestone.code, Milestone.happened_on).where(
                Milestone.proposal_id.in_(mine), Milestone.code.endswith(".signed"), Milestone.voided_at.is_(None)
            )
        )
    }
    scans: dict[int, list[int]] = {}
    for document_id, attachment_id in db.execute(
        select(Scan.document_id, Scan.attachment_id)
        .join(Document, Document.id == Scan.document_id)
        .where(Document.proposal_id.in_(mine))
        .order_by(Scan.id)
    ):
        scans.setdefault(document_id, []).append(attachment_id)
    return tuple(
        Paper(
            document=line,
            number=matters[line.proposal_id].number,
            matter=matters[line.proposal_id].title,
            notice=posted.get(line.id),
            signers=_signers(templates[matters[line.proposal_id].template_digest], line),
            signed_on=signed.get((line.proposal_id, f"{line.artefact}.signed")),
            scans=tuple(scans.get(line.id, ())),
            archive_code=matters[line.proposal_id].code or "",
        )
        for line in reversed(documents_of_body(db, body_id))
    )


_MATTERS = select(Proposal.id, Proposal.number, Proposal.title, Proposal.template_digest, Filing.code).outerjoin(
    Filing, Filing.proposal_id == Proposal.id
)


def _posting_state(notice: NoticeFacts | None) -> PaperState:
    if notice is None:
        return PaperState.TO_POST
    if notice.taken_down_on:
        return PaperState.TAKEN_DOWN
    return PaperState.RUN_OUT if notice.standing.is_over else PaperState.POSTED


def _period_words(notice: NoticeFacts) -> str:
    if notice.standing.is_over:
        return f"{notice.standing.words}，可以撤下"
    return f"至{short_day(notice.last_day)}，还需 {notice.standing.remaining} 天"


def _signers(template: Template, line: DocumentLine) -> tuple[str, ...]:
    """The roles, each once; those of an artefact by the template."""
    if not line.artefact:
        return tuple(dict.fromkeys(SIGNERS.get(line.kind, ())))
    found = template.artefact(line.artefact)
    return found.signers if found and "signed" in found.needs else ()
