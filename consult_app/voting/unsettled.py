"""What people still have to decide before a result stands, and what they decided that the count must follow."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.voting.doubtful import CODES, Ground, Outcome
from consult_app.voting.pairs import pairs
from consult_app.voting.rules import Weight
from consult_app.voting.tables import Doubtful, Elector, Motion
from consult_app.voting.verdicts import Code


def open_doubts(db: Session, motion_id: int) -> int:
    """How many questioned ballots nobody has decided about."""
    found = select(func.count(Doubtful.id)).where(Doubtful.motion_id == motion_id, Doubtful.decided_at.is_(None))
    return db.scalar(found) or 0


def open_code(db: Session, motion: Motion) -> Code | None:
    """Why the verdict cannot stand yet: co-owners at odds, or an owner who said two things; None when it can."""
    if any(pair.at_odds and pair.conflict.decided_at is None for pair in pairs(db, motion)):
        return CODES[Ground.CO_OWNERS]
    grounds = set(
        db.scalars(select(Doubtful.ground).where(Doubtful.motion_id == motion.id, Doubtful.decided_at.is_(None)))
    )
    return next((CODES[ground] for ground in (Ground.CO_OWNERS, Ground.SPLIT_OWNER) if ground in grounds), None)


def unfollowed(db: Session, motion: Motion) -> frozenset[str]:
    """Questions on which no single majority was found, and people decided that the unreturned follow none."""
    if not motion.follow_clause:
        return frozenset()
    return frozenset(
        db.scalars(
            select(Doubtful.item).where(Doubtful.motion_id == motion.id, Doubtful.outcome == Outcome.NOT_FOLLOWED)
        )
    )


def excluded(db: Session, motion_id: int) -> Weight:
    """The weight of voters whose ballot was found not to participate."""
    row = db.execute(
        select(func.coalesce(func.sum(Elector.area), 0), func.coalesce(func.sum(Elector.heads), 0))
        .join(Doubtful, Doubtful.elector_id == Elector.id)
        .where(Doubtful.motion_id == motion_id, Doubtful.outcome == Outcome.EXCLUDED)
    ).one()
    return Weight(int(row[0]), int(row[1]))
