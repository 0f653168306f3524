"""What one can do with notices: post with proof, take down, hear and answer objections."""

from sqlalchemy import select

from consult_app.audit import chain
from consult_app.documents.actions import reach
from consult_app.documents.rules import NOTICES, DocumentKind, DocumentState
from consult_app.documents.tables import Document
from consult_app.files.actions import attach
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import legal_day, required
from consult_app.notices.rules import days_up, in_time, required_days
from consult_app.notices.tables import Notice, Objection, Posting
from consult_app.proposals.actions import release
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work
from consult_app.workflow.template import HELD


class NotNotice(Refused):
    """A document that is no notice is to be posted."""

    text = "「{title}」不是公告或公示，不能张贴。"


class NotIssued(Refused):
    """A draft or void document is to be posted."""

    text = "「{title}」还没有印发或已作废，请先印发再张贴。"


class PhotoNeeded(Refused):
    """A posting without its photo proves nothing."""

    text = "请附上张贴现场的照片（JPG 或 PNG）。"
    field = "photo"


class TakenDown(Refused):
    """A notice that was taken down is to be posted or taken down again."""

    text = "「{title}」已经撤下。"


class AlreadyAnswered(Refused):
    """An objection has its answer."""

    text = "这件异议已经答复。"


def post(work: Work, document_id: int, *, place: str, posted_by: str, photo: tuple[str, bytes]) -> int:
    """Record that an issued notice was put up, with a photo (name, bytes), and return the notice's number.

    Its first posting starts the period and reaches `<artefact>.posted`; further places are added to it.
    """
    document = _document(work, document_id)
    place = required(place, "张贴地点", 200, "place")
    posted_by = required(posted_by, "张贴人", 120, "posted_by")
    if not photo[1]:
        raise PhotoNeeded
    notice = work.db.scalar(select(Notice).where(Notice.document_id == document_id))
    is_first = notice is None
    if notice is None:
        notice = _first(work, document)
    elif notice.taken_down_at:
        raise TakenDown(title=document.title)
    picture = attach(work, _subject(notice.id), "张贴照片", *photo)
    work.db.add(Posting(notice_id=notice.id, place=place, posted_by=posted_by, posted_at=work.now, photo_id=picture))
    work.db.flush()
    _witness(work, notice, "notice.posted", place=place, title=document.title, posted_by=posted_by, photo=picture)
    if is_first:
        reach(work, document, "posted", f"{posted_by}在{place}张贴", place=place, notice=notice.id, photo=picture)
    return notice.id


def take_down(work: Work, notice_id: int, taken_down_by: str) -> None:
    """Record that a notice was taken down everywhere. Before its period is over this is recorded as it is."""
    notice = _notice(work, notice_id)
    document = work.db.get_one(Document, notice.document_id)
    if notice.taken_down_at:
        raise TakenDown(title=document.title)
    notice.taken_down_by = required(taken_down_by, "撤下人", 120, "taken_down_by")
    notice.taken_down_at = work.now
    days = days_up(legal_day(notice.first_posted_at), legal_day(work.now))
    _witness(work, notice, "notice.taken_down", title=document.title, days=days, required=notice.required_days)


def receive_objection(work: Work, notice_id: int, *, name: str, text: str, contact: str = "") -> int:
    """Record an objection and return its number; one that comes late is kept and marked as late."""
    notice = _notice(work, notice_id)
    objection = Objection(
        notice_id=notice_id,
        name=required(name, "异议人", 120, "name"),
        contact=contact.strip()[:120],
        text=required(text, "异议内容", 5_000, "text"),
        received_at=work.now,
        in_time=in_time(legal_day(notice.first_posted_at), notice.required_days, legal_day(work.now)),
        answer="",
        answered_by="",
    )
    work.db.add(objection)
    work.db.flush()
    _witness(work, notice, "objection.received", objection=objection.id, summary=_summary(objection.text))
    document = work.db.get_one(Document, notice.document_id)
    reach(work, document, HELD, f"收到异议：{_summary(objection.text)}", objection=objection.id)
    return objection.id


def answer_objection(work: Work, objection_id: int, *, answer: str, upheld: bool, answered_by: str = "") -> None:
    """Record the answer to an objection and whether it is upheld; answered once only.

    While an objection waits for its answer, the step of the notice cannot be completed; the last answer lets it go on.
    """
    objection = work.db.get(Objection, objection_id)
    if objection is None:
        raise Missing(what="异议", id=objection_id)
    if objection.answered_at:
        raise AlreadyAnswered
    objection.answer = required(answer, "答复", 5_000, "answer")
    objection.upheld, objection.answered_at = upheld, work.now
    objection.answered_by = answered_by.strip()[:120] or work.actor.name
    work.db.flush()
    notice = _notice(work, objection.notice_id)
    document = work.db.get_one(Document, notice.document_id)
    if document.artefact and not _unanswered(work, notice.id):
        release(work, document.proposal_id, document.artefact, "异议已全部答复")
    _witness(
        work,
        notice,
        "objection.answered",
        objection=objection.id,
        upheld=upheld,
        summary=("异议成立，" if upheld else "异议不成立，") + _summary(objection.answer),
    )


def _unanswered(work: Work, notice_id: int) -> bool:
    waiting = select(Objection.id).where(Objection.notice_id == notice_id, Objection.answered_at.is_(None))
    return work.db.scalar(waiting.limit(1)) is not None


def _first(work: Work, document: Document) -> Notice:
    proposal = work.db.get_one(Proposal, document.proposal_id)
    days = required_days(DocumentKind(document.kind), proposal.notice_days, proposal.objection_days)
    notice = Notice(
        document_id=document.id,
        proposal_id=document.proposal_id,
        required_days=days,
        first_posted_at=work.now,
        taken_down_by="",
    )
    work.db.add(notice)
    work.db.flush()
    return notice


def _document(work: Work, document_id: int) -> Document:
    document = work.db.get(Document, document_id)
    if document is None:
        raise Missing(what="文件", id=document_id)
    if document.kind not in NOTICES:
        raise NotNotice(title=document.title)
    if document.state != DocumentState.ISSUED:
        raise NotIssued(title=document.title)
    return document


def _notice(work: Work, notice_id: int) -> Notice:
    notice = work.db.get(Notice, notice_id)
    if notice is None:
        raise Missing(what="公示", id=notice_id)
    return notice


def _summary(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def _witness(work: Work, notice: Notice, event: str, **facts: object) -> None:
    chain.append(work, event, _subject(notice.id), proposal=notice.proposal_id, document=notice.document_id, **facts)


def _subject(notice_id: int) -> str:
    return f"notice:{notice_id}"
