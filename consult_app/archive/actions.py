"""What one can do with the archive: take back the signed paper, file a matter, note an export."""

import hashlib
from typing import Any

from sqlalchemy import func, select

from consult_app.archive.rules import (
    OFFICE,
    Retention,
    archive_code,
    checked_part,
    default_retention,
    parts_of,
)
from consult_app.archive.tables import Filing, Scan
from consult_app.audit import chain
from consult_app.bodies.tables import Body
from consult_app.documents import queries as documents
from consult_app.documents.actions import reach
from consult_app.documents.rules import KIND_WORDS, MINUTES, DocumentKind, DocumentState, code_words
from consult_app.documents.tables import Document
from consult_app.files.actions import attach
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import legal_day
from consult_app.proposals import actions as proposals
from consult_app.proposals.rules import ProposalState
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work


class NotSignable(Refused):
    """A scan comes back of a document that was not issued or has become void."""

    text = "编号 {code} 的「{title}」{state}，不能附签字件。"
    field = "code"


class AlreadyFiled(Refused):
    """A matter has its 档号."""

    text = "本议题已经归档，档号 {code}。"


class CodeTaken(Refused):
    """Another matter bears the 档号."""

    text = "档号 {code} 已被使用，请换一个件号。"
    field = "code"


class NoFonds(Refused):
    """Neither the form nor the body's settings name the 全宗号."""

    text = "请填写全宗号（由档案馆给定，例如 Z109）；也可以在设置中为「{body}」填好。"
    field = "fonds"


def attach_scan(work: Work, code: str, name: str, content: bytes) -> int:
    """Bind a signed paper (PDF or picture) to the issued document of a code and return the scan's number.

    Reaches `<artefact>.signed`, for minutes also the opinion's, and `signed_minutes.scanned` for those that resolve;
    of an ended matter it is bound only. The same file again changes nothing.
    """
    line = documents.document_by_code(work.db, code)
    if line.state is not DocumentState.ISSUED:
        state = "还没有印发" if line.state is DocumentState.DRAFT else "已经作废"
        raise NotSignable(code=code_words(line.code), title=line.title, state=state)
    sha256 = hashlib.sha256(content).hexdigest()
    known = work.db.scalar(select(Scan.id).where(Scan.document_id == line.id, Scan.sha256 == sha256))
    if known:
        return known
    attachment = attach(work, f"document:{line.id}", "签字扫描件", name, content)
    scan = Scan(document_id=line.id, attachment_id=attachment, sha256=sha256, received_at=work.now)
    work.db.add(scan)
    work.db.flush()
    chain.append(
        work,
        "document.scanned",
        f"document:{line.id}",
        proposal=line.proposal_id,
        kind=KIND_WORDS[line.kind],
        code=line.code,
        sha256=sha256,
        of=line.sha256,
        attachment=attachment,
    )
    if work.db.get_one(Proposal, line.proposal_id).state == ProposalState.RUNNING:
        _reach_signed(work, work.db.get_one(Document, line.id), scan)
    return scan.id


def file(
    work: Work, proposal_id: int, *, fonds: str = "", retention: str = "", office: str = OFFICE, code: str | None = None
) -> str:
    """File a matter and return its 档号; reaches `filing.filed`.

    `fonds` and `retention` default to the body's 全宗号 and the retention of the matter's outcome; the number is the next
    of its kind. A whole `code` may be given instead. Refused when the matter is filed or the 档号 is taken.
    """
    proposal = work.db.get(Proposal, proposal_id)
    if proposal is None:
        raise Missing(what="议题", id=proposal_id)
    filed = work.db.scalar(select(Filing.code).where(Filing.proposal_id == proposal_id))
    if filed:
        raise AlreadyFiled(code=filed)
    parts = parts_of(code) if code else _next_parts(work, proposal, fonds, retention, office)
    filing = Filing(
        proposal_id=proposal_id,
        code=archive_code(*parts),
        fonds=parts[0],
        year=parts[1],
        retention=parts[2],
        office=parts[3],
        number=parts[4],
        filed_at=work.now,
        filed_by=work.actor.name,
    )
    if work.db.scalar(select(Filing.id).where(Filing.code == filing.code)):
        raise CodeTaken(code=filing.code)
    work.db.add(filing)
    work.db.flush()
    chain.append(work, "archive.filed", f"proposal:{proposal_id}", code=filing.code, retention=filing.retention)
    proposals.reach(work, proposal_id, "filing.filed", f"档号 {filing.code}", archive_code=filing.code)
    return filing.code


def note_export(work: Work, proposal_id: int, *, code: str, manifest: str, files: int) -> None:
    """Witness that a bundle left: how many files, and the SHA-256 of its list."""
    chain.append(work, "archive.exported", f"proposal:{proposal_id}", code=code, manifest=manifest, files=files)


def _next_parts(
    work: Work, proposal: Proposal, fonds: str, retention: str, office: str
) -> tuple[str, int, Retention, str, int]:
    body = work.db.get_one(Body, proposal.body_id)
    fonds = fonds.strip() or str(body.policy.get("fonds", ""))
    if not fonds:
        raise NoFonds(body=body.name)
    fonds, office = checked_part(fonds, "全宗号", "fonds"), checked_part(office, "机构代码", "office")
    period = Retention(retention) if retention else default_retention(proposal.outcome)
    year = legal_day(work.now).year
    last = work.db.scalar(
        select(func.max(Filing.number)).where(
            Filing.fonds == fonds, Filing.year == year, Filing.retention == period, Filing.office == office
        )
    )
    return fonds, year, period, office, (last or 0) + 1


def _reach_signed(work: Work, document: Document, scan: Scan) -> None:
    what = f"收到签字件，编号 {code_words(document.code)}"
    reach(work, document, "signed", what, scan=scan.id, sha256=scan.sha256)
    if DocumentKind(document.kind) not in MINUTES:
        return
    evidence: dict[str, Any] = {"document": document.id, "scan": scan.id, "sha256": scan.sha256}
    if document.kind == DocumentKind.MINUTES and document.artefact != "opinion":
        proposals.reach(work, document.proposal_id, "opinion.signed", what, **evidence)
    if document.artefact == "resolution":
        proposals.reach(work, document.proposal_id, "signed_minutes.scanned", what, **evidence)
