"""零票报告: before a vote begins, that nothing is in the box: counted from the tables, put on record, signed by scrutineers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState, SlipState
from consult_app.voting.credentials import serial_words
from consult_app.voting.motions import at, record
from consult_app.voting.tables import (
    Ballot,
    Conflict,
    Credential,
    HandCount,
    PaperCount,
    PaperEntry,
    Participation,
    SealedBallot,
)


class BoxNotEmpty(Refused):
    """Votes are in already: what is reported would not be true."""

    text = "「{title}」已有 {count} 条投票记录，不能出零票报告。"


@dataclass(frozen=True)
class Zero:
    """What is in the box: all zero but the slips. `seq` and `digest` are the head of the chain at that moment."""

    participations: int
    ballots: int
    paper: int
    hands: int
    conflicts: int
    slips: int
    first: str
    last: str
    used: int
    seq: int = 0
    digest: str = ""

    @property
    def inside(self) -> int:
        """Everything that is or was a vote."""
        return self.participations + self.ballots + self.paper + self.hands + self.conflicts + self.used


def zero(db: Session, motion_id: int) -> Zero:
    """What is in the box of a motion now, with the head of the chain."""
    live = (Credential.motion_id == motion_id, Credential.state == SlipState.LIVE)
    used = (Credential.motion_id == motion_id, Credential.state == SlipState.USED)
    first, last, slips = db.execute(
        select(func.min(Credential.serial), func.max(Credential.serial), func.count(Credential.id)).where(*live)
    ).one()
    seq, digest = chain.head(db)
    return Zero(
        participations=_count(db, Participation, motion_id),
        ballots=_count(db, Ballot, motion_id) + _count(db, SealedBallot, motion_id),
        paper=_count(db, PaperEntry, motion_id) + _count(db, PaperCount, motion_id),
        hands=_count(db, HandCount, motion_id),
        conflicts=_count(db, Conflict, motion_id),
        slips=slips,
        first=serial_words(first or 0),
        last=serial_words(last or 0),
        used=db.scalar(select(func.count(Credential.id)).where(*used)) or 0,
        seq=seq,
        digest=digest,
    )


def _count(db: Session, table: Any, motion_id: int) -> int:
    return db.scalar(select(func.count()).select_from(table).where(table.motion_id == motion_id)) or 0


def report_zero(work: Work, motion_id: int, rehearsal: str = "") -> Zero:
    """Put on record that the box is empty, with what a rehearsal came to; refused (`BoxNotEmpty`) once a vote is in."""
    motion = at(work.db, motion_id, "出零票报告", MotionState.FROZEN, MotionState.ISSUED, MotionState.OPEN)
    found = zero(work.db, motion_id)
    if found.inside:
        raise BoxNotEmpty(title=motion.title, count=found.inside)
    record(work, "room.zeroed", motion, slips=found.slips, rehearsal=rehearsal)
    return zero(work.db, motion_id)
