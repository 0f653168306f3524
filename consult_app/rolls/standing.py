"""How a roll stands: published, objected to, frozen, amended since."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.text import legal_day
from consult_app.rolls import queries
from consult_app.rolls.canonical import canonical_lines, digest_of
from consult_app.rolls.joins import that_matter
from consult_app.rolls.life import RollLife, RollState, life_of
from consult_app.rolls.publicity import Period, answer_due, period
from consult_app.rolls.rules import RollKind
from consult_app.rolls.tables import RollAmendment, RollFreeze, RollNotice, RollObjection, RollPoster


@dataclass(frozen=True)
class PosterFacts:
    """A paper of a roll that was made to be put up; `document` is its attachment, `digest` the roll's on that day."""

    id: int
    roll_id: int
    digest: str
    document: int
    document_digest: str
    days: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class NoticeFacts:
    """A publication of a roll; `document` and `photo` are attachments, `digest` is the roll's on the day of posting."""

    id: int
    roll_id: int
    place: str
    posted_by: str
    posted_at: datetime
    days: int
    digest: str
    document_digest: str
    document: int | None
    photo: int

    @property
    def period(self) -> Period:
        """From posting to the last day on which one may object."""
        return period(legal_day(self.posted_at), self.days)


@dataclass(frozen=True)
class ObjectionFacts:
    """An objection to a published roll; `upheld` is None until it is answered."""

    id: int
    notice_id: int
    name: str
    contact: str
    line: str
    text: str
    received_at: datetime
    in_time: bool
    answer_due: date
    upheld: bool | None
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class FreezeFacts:
    """A freezing; `intact` says whether the lines still give the digest."""

    roll_id: int
    digest: str
    frozen_at: datetime
    frozen_by: str
    unpublished_why: str
    intact: bool


@dataclass(frozen=True)
class AmendmentFacts:
    """A change after freezing: the day it happened and the rule it falls under; `before` and `after` are entries."""

    id: int
    roll_id: int
    line: str
    kind: str
    happened_on: date
    rule: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    recorded_at: datetime
    recorded_by: str


def digest(db: Session, roll_id: int) -> str:
    """SHA-256 of the roll's canonical lines as they are now."""
    roll = queries.roll(db, roll_id)
    owners = roll.kind is RollKind.OWNERS
    units = queries.units(db, roll_id) if owners else ()
    people = queries.people(db, roll_id, with_struck=owners)
    return digest_of(canonical_lines(roll.kind, roll.as_of, units, people, queries.joins(db, roll_id)))


def frozen_digest(db: Session, roll_id: int) -> str:
    """The digest under which the roll was frozen; blank when it is not."""
    return db.scalar(select(RollFreeze.digest).where(RollFreeze.roll_id == roll_id)) or ""


def freezing(db: Session, roll_id: int) -> FreezeFacts | None:
    """How the roll was frozen; None when it is not."""
    row = db.get(RollFreeze, roll_id)
    if row is None:
        return None
    intact = row.digest == digest(db, roll_id)
    return FreezeFacts(roll_id, row.digest, row.frozen_at, row.frozen_by, row.unpublished_why, intact)


def poster(db: Session, roll_id: int) -> PosterFacts | None:
    """The newest paper of a roll that waits to be put up; None when there is none, or the roll changed since."""
    row = db.scalar(select(RollPoster).where(RollPoster.roll_id == roll_id).order_by(RollPoster.id.desc()).limit(1))
    if row is None or row.digest != digest(db, roll_id):
        return None
    if db.scalar(select(RollNotice.id).where(RollNotice.document_id == row.document_id).limit(1)) is not None:
        return None
    return PosterFacts(
        row.id, row.roll_id, row.digest, row.document_id, row.document_digest, row.days, row.made_at, row.made_by
    )


@dataclass(frozen=True)
class Counts:
    """How many lines a roll has, how many lack something, and how many pairs of namesakes nobody decided on."""

    lines: int
    faults: int
    pairs: int


def life(db: Session, roll_id: int, today: date, counts: Counts | None = None) -> RollLife:
    """Where a roll stands between its import and the vote, what is to be done next, and why not yet.

    `counts` where whoever asks has counted already.
    """
    roll = queries.roll(db, roll_id)
    counted = counts or _counts(db, roll)
    posted, heard, frozen = notices(db, roll_id), objections(db, roll_id), db.get(RollFreeze, roll_id)
    made = poster(db, roll_id) if frozen is None else None
    now = digest(db, roll_id) if posted or frozen else ""
    state = RollState(
        kind=roll.kind,
        accepted_on=legal_day(roll.accepted_at),
        lines=counted.lines,
        faults=counted.faults,
        pairs=counted.pairs,
        left_out=sum(line.get("rejected", 0) for line in roll.report.get("lines", ())),
        poster_on=legal_day(made.made_at) if made else None,
        period=max((notice.period for notice in posted), key=lambda each: each.last_day, default=None),
        changed=bool(posted) and posted[0].digest != (frozen.digest if frozen else now),
        objections=len(heard),
        answers_due=tuple(each.answer_due for each in heard if each.answered_at is None),
        frozen_on=legal_day(frozen.frozen_at) if frozen else None,
        intact=frozen is None or frozen.digest == now,
        amendments=len(amendments(db, roll_id)),
    )
    return life_of(state, today)


def _counts(db: Session, roll: queries.RollFacts) -> Counts:
    if roll.kind is not RollKind.OWNERS:
        listed = len(queries.people(db, roll.id))
        return Counts(listed, len(queries.faults(db, roll.id)) if listed else 0, 0)
    units = queries.units(db, roll.id)
    pairs = len(that_matter(queries.proposals(db, roll.id), units))
    return Counts(len(units), len(queries.faults(db, roll.id)) if units else 0, pairs)


def notices(db: Session, roll_id: int) -> tuple[NoticeFacts, ...]:
    """The publications of a roll, newest first."""
    rows = db.scalars(select(RollNotice).where(RollNotice.roll_id == roll_id).order_by(RollNotice.id.desc()))
    return tuple(
        NoticeFacts(
            row.id, row.roll_id, row.place, row.posted_by, row.posted_at, row.days, row.digest, row.document_digest,
            row.document_id, row.photo_id,
        )
        for row in rows
    )  # fmt: skip


def objections(db: Session, roll_id: int) -> tuple[ObjectionFacts, ...]:
    """The objections to a roll in the order they came."""
    query = select(RollObjection).join(RollNotice, RollNotice.id == RollObjection.notice_id)
    rows = db.scalars(query.where(RollNotice.roll_id == roll_id).order_by(RollObjection.id))
    return tuple(
        ObjectionFacts(
            row.id, row.notice_id, row.name, row.contact, row.line, row.text, row.received_at, row.in_time,
            answer_due(legal_day(row.received_at)), row.upheld, row.answer, row.answered_by, row.answered_at,
        )
        for row in rows
    )  # fmt: skip


def amendments(db: Session, roll_id: int) -> tuple[AmendmentFacts, ...]:
    """What changed after the roll was frozen, by the day it happened."""
    query = select(RollAmendment).where(RollAmendment.roll_id == roll_id)
    rows = db.scalars(query.order_by(RollAmendment.happened_on, RollAmendment.id))
    return tuple(
        AmendmentFacts(
            row.id, row.roll_id, row.line, row.kind, row.happened_on, row.rule, row.before, row.after, row.reason,
            row.recorded_at, row.recorded_by,
        )
        for row in rows
    )  # fmt: skip
