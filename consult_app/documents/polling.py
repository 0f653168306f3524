"""Draft the papers around a vote: zero report, register of slips, notice of extension, and the sheet for one who objects."""

from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.documents import gather
from consult_app.documents.actions import draft
from consult_app.documents.dispute_sheet import dispute_sheet
from consult_app.documents.extension import Extension, extension_notice
from consult_app.documents.issue_sheet import issue_sheet
from consult_app.documents.rules import DocumentKind
from consult_app.documents.zero_report import zero_report
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import legal_day
from consult_app.storage.store import Work
from consult_app.voting import queries as voting
from consult_app.voting.disputing import note_dispute
from consult_app.voting.rehearsing import newest_rehearsal
from consult_app.voting.zeroing import report_zero


class NotExtended(Refused):
    """A notice is to tell of an extension that there was not."""

    text = "「{title}」没有延期，不能起草延期公告。"


def draft_zero_report(work: Work, motion_id: int) -> int:
    """Put on record that the box is empty and draft the 零票报告, with the newest rehearsal. Refused: `BoxNotEmpty`."""
    motion, rehearsal = voting.motion(work.db, motion_id), newest_rehearsal(work.db, motion_id)
    found = report_zero(work, motion_id, rehearsal)
    content = zero_report(gather.matter(work.db, motion.proposal_id), motion, found, rehearsal, work.now)
    return draft(work, DocumentKind.ZERO_REPORT, content, proposal_id=motion.proposal_id, motion_id=motion_id)


def draft_dispute_sheet(work: Work, motion_id: int, elector_id: int) -> int:
    """Put on record that a voter's sheet is made and draft the 争议核查单. Refused when the motion has no such voter."""
    found = note_dispute(work, motion_id, elector_id)
    proposal_id = found.motion.proposal_id
    content = dispute_sheet(gather.matter(work.db, proposal_id), found, work.now)
    return draft(work, DocumentKind.DISPUTE_SHEET, content, proposal_id=proposal_id, motion_id=motion_id)


def draft_issue_sheet(work: Work, motion_id: int) -> int:
    """Draft the 选票发放登记表 of the slips as they stand."""
    motion = voting.motion(work.db, motion_id)
    content = issue_sheet(gather.matter(work.db, motion.proposal_id), motion, voting.slips(work.db, motion_id))
    return draft(work, DocumentKind.ISSUE_SHEET, content, proposal_id=motion.proposal_id, motion_id=motion_id)


def draft_extension_notice(work: Work, motion_id: int) -> int:
    """Draft the 延期公告 of the newest extension. Refused: `NotExtended`."""
    motion = voting.motion(work.db, motion_id)
    matter = gather.matter(work.db, motion.proposal_id)
    content = extension_notice(matter, extension(work.db, motion_id), day=legal_day(work.now))
    return draft(work, DocumentKind.EXTENSION_NOTICE, content, proposal_id=motion.proposal_id, motion_id=motion_id)


def extension(db: Session, motion_id: int) -> Extension:
    """The newest extension of a motion, as the audit chain has it. Refused: `NotExtended`."""
    title = voting.motion(db, motion_id).title
    told = [one for one in chain.of_events(db, ("motion.extended",)) if one.subject == f"motion:{motion_id}"]
    if not told:
        raise NotExtended(title=title)
    facts = told[-1].facts
    return Extension(title, facts["before"], facts["closes"], facts["reason"], facts.get("clause", ""))
