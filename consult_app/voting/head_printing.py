"""链头单: while a vote is open the chain's head goes onto paper once an hour, out of the organiser's reach (threat 8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.heads import PrintedHead
from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState
from consult_app.voting.motions import at, record
from consult_app.voting.tables import Motion

EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class HeadDue:
    """An open vote whose head was not printed for an hour."""

    motion_id: int
    title: str
    since: datetime


def print_head(work: Work, motion_id: int) -> PrintedHead:
    """The head as it stands now, put on record as printed; the record itself comes after it. Refused unless the vote is open."""
    motion = at(work.db, motion_id, "打印链头单", MotionState.OPEN, election=True)
    head = PrintedHead(*chain.head(work.db))
    record(work, "head.printed", motion, seq=head.seq, digest=head.digest, short=head.digest[:8].upper())
    return head


def open_votes(db: Session) -> tuple[int, ...]:
    """The motions that are voted on now."""
    return tuple(db.scalars(select(Motion.id).where(Motion.state == MotionState.OPEN).order_by(Motion.id)))


def heads_due(db: Session, now: datetime) -> tuple[HeadDue, ...]:
    """The open votes whose head was last printed, or which were opened, an hour ago or more; the longest waiting first."""
    rows = db.execute(
        select(Motion.id, Motion.title, Motion.opened_at).where(
            Motion.state == MotionState.OPEN, Motion.opened_at.is_not(None), Motion.opened_at <= now - EVERY
        )
    ).all()
    printed = {one.subject: one.at for one in chain.of_events(db, ["head.printed"])} if rows else {}
    waiting = (HeadDue(row.id, row.title, printed.get(f"motion:{row.id}", row.opened_at)) for row in rows)
    return tuple(sorted((one for one in waiting if now - one.since >= EVERY), key=lambda one: one.since))
