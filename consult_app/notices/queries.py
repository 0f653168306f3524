"""What one can ask about notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult_app.documents.rules import DocumentKind
from consult_app.documents.tables import Document
from consult_app.kernel.errors import Missing
from consult_app.kernel.text import legal_day
from consult_app.notices import rules
from consult_app.notices.rules import Standing
from consult_app.notices.tables import Notice, Objection, Posting
from consult_app.proposals.tables import Proposal


@dataclass(frozen=True)
class PostingFacts:
    """One place where a notice was put up; `photo_id` is an attachment."""

    id: int
    place: str
    posted_by: str
    posted_at: datetime
    photo_id: int


@dataclass(frozen=True)
class ObjectionFacts:
    """One objection; `upheld` None until it is answered."""

    id: int
    name: str
    contact: str
    text: str
    received_at: datetime
    in_time: bool
    upheld: bool | None
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class NoticeFacts:
    """A notice with its postings and objections, as it stands on the day asked for."""

    id: int
    document_id: int
    proposal_id: int
    kind: DocumentKind
    title: str
    code: str
    posted_on: date
    taken_down_on: date | None
    standing: Standing
    last_day: date
    postings: tuple[PostingFacts, ...]
    objections: tuple[ObjectionFacts, ...]

    @property
    def place(self) -> str:
        """`小区公告栏、1幢单元门`: everywhere it was put up."""
        return "、".join(dict.fromkeys(posting.place for posting in self.postings))

    @property
    def open_objections(self) -> int:
        """Objections that still wait for an answer."""
        return sum(1 for objection in self.objections if objection.answered_at is None)


def notices(db: Session, body_id: int, today: date) -> tuple[NoticeFacts, ...]:
    """The notices of a body as they stand today, newest first."""
    return _notices(db, Notice.proposal_id.in_(select(Proposal.id).where(Proposal.body_id == body_id)), today)


def notices_of(db: Session, proposal_id: int, today: date) -> tuple[NoticeFacts, ...]:
    """The notices of a matter as they stand today, newest first."""
    return _notices(db, Notice.proposal_id == proposal_id, today)


def notice(db: Session, notice_id: int, today: date) -> NoticeFacts:
    """One notice; refused when there is none of that number."""
    found = _notices(db, Notice.id == notice_id, today)
    if not found:
        raise Missing(what="公示", id=notice_id)
    return found[0]


def running_out(db: Session, body_id: int, today: date) -> tuple[NoticeFacts, ...]:
    """The notices still up, the one whose period ends first leading: for the calendar of the home page."""
    up = [found for found in notices(db, body_id, today) if found.taken_down_on is None]
    return tuple(sorted(up, key=lambda found: found.last_day))


def _notices(db: Session, condition: ColumnElement[bool], today: date) -> tuple[NoticeFacts, ...]:
    pairs = db.execute(
        select(Notice, Document.kind, Document.title, Document.code)
        .join(Document, Document.id == Notice.document_id)
        .where(condition)
        .order_by(Notice.id.desc())
    ).all()
    ids = [row.Notice.id for row in pairs]
    postings, objections = _postings(db, ids), _objections(db, ids)
    found = []
    for row, kind, title, code in pairs:
        posted_on = legal_day(row.first_posted_at)
        down = legal_day(row.taken_down_at) if row.taken_down_at else None
        found.append(
            NoticeFacts(
                id=row.id,
                document_id=row.document_id,
                proposal_id=row.proposal_id,
                kind=DocumentKind(kind),
                title=title,
                code=code,
                posted_on=posted_on,
                taken_down_on=down,
                standing=rules.standing(posted_on, down, row.required_days, today),
                last_day=rules.last_day(posted_on, row.required_days),
                postings=tuple(postings.get(row.id, ())),
                objections=tuple(objections.get(row.id, ())),
            )
        )
    return tuple(found)


def _postings(db: Session, ids: Sequence[int]) -> dict[int, list[PostingFacts]]:
    found: dict[int, list[PostingFacts]] = {}
    for row in db.scalars(select(Posting).where(Posting.notice_id.in_(ids)).order_by(Posting.id)):
        facts = PostingFacts(row.id, row.place, row.posted_by, row.posted_at, row.photo_id)
        found.setdefault(row.notice_id, []).append(facts)
    return found


def _objections(db: Session, ids: Sequence[int]) -> dict[int, list[ObjectionFacts]]:
    found: dict[int, list[ObjectionFacts]] = {}
    for row in db.scalars(select(Objection).where(Objection.notice_id.in_(ids)).order_by(Objection.id)):
        values = {name: getattr(row, name) for name in ObjectionFacts.__dataclass_fields__}
        found.setdefault(row.notice_id, []).append(ObjectionFacts(**values))
    return found
