"""Hold the votes against what the audit chain witnessed of them: an organiser may edit the database afterwards (threat 8)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.chain import Break, Change, Standing
from consult_app.files import witnessing as attachments
from consult_app.voting.box import seal
from consult_app.voting.box_keys import box_digest, is_sealed
from consult_app.voting.motions import digest
from consult_app.voting.plan import stands
from consult_app.voting.sealing import digest_of
from consult_app.voting.tables import Ballot, Elector, Motion, SealedBallot

EVENTS = ("motion.frozen", "ballot.cast", "box.opened", "motion.declared")


def verify(db: Session) -> Standing:
    """Recompute the chain and, when it holds, hold votes and attachments against it; names the first broken entry."""
    standing = chain.verify(db)
    if standing.broken:
        return standing
    breaks = [found for found in (first_break(db), attachments.first_break(db)) if found]
    return replace(standing, broken=min(breaks, key=lambda found: found.seq, default=None))


def first_break(db: Session) -> Break | None:
    """The first entry whose voters, ballot or result no longer stand as witnessed; None when all do.

    Of a named ballot the chain keeps a seal, of a secret one the digest of what was sealed. Once the box is opened secret
    ballots are counted, and held against the digest of the whole box.
    """
    boxes: dict[int, _Box] = {}
    for entry in chain.of_events(db, EVENTS):
        motion_id = int(entry.subject.partition(":")[2])
        fault = _fault(db, boxes, motion_id, entry)
        if fault:
            return Break(entry.seq, fault)
    return next(_strangers(boxes), None)


class _Box:
    """The ballots of one motion: the seals of the named, the number of the secret, and the entry that last spoke of them."""

    def __init__(self, db: Session, motion_id: int) -> None:
        lines = db.execute(
            select(Ballot.id, Ballot.elector_id, Ballot.choices, Ballot.heads, Ballot.area, Elector.heads, Elector.area)
            .outerjoin(Elector, Elector.id == Ballot.elector_id)
            .where(Ballot.motion_id == motion_id)
        ).all()
        self.last = 0
        shut = db.scalars(select(SealedBallot.box).where(SealedBallot.motion_id == motion_id))
        self.sealed = Counter(map(digest_of, shut))
        self.shut = is_sealed(db, motion_id)
        self.secret = sum(elector_id is None for _, elector_id, *_ in lines)
        self.seals = Counter(
            seal(ballot_id, elector_id, letters) if (heads, area) == (own_heads, own_area) else ballot_id
            for ballot_id, elector_id, letters, heads, area, own_heads, own_area in lines
            if elector_id is not None
        )

    def take(self, kept: str | None, sealed: str | None) -> bool:
        """Take out the ballot that an entry witnessed; False when it is not there."""
        if sealed is not None and self.shut:
            self.sealed[sealed] -= 1
            return self.sealed[sealed] >= 0
        if kept is None:
            self.secret -= 1
            return self.secret >= 0
        self.seals[kept] -= 1
        return self.seals[kept] >= 0

    @property
    def left(self) -> int:
        """How many ballots no entry witnessed."""
        return self.secret + self.seals.total() + self.sealed.total()


def _fault(db: Session, boxes: dict[int, _Box], motion_id: int, entry: Change) -> str:
    if entry.event == "motion.frozen":
        return _thawed(db, motion_id, entry)
    if entry.event == "motion.declared":
        verdict = db.scalar(select(Motion.verdict).where(Motion.id == motion_id))
        return "" if digest(verdict) == entry.facts["verdict"] else "表决结果与宣布时不同"
    if entry.event == "box.opened":
        return "" if box_digest(db, motion_id) == entry.facts["box"] else "无记名选票与开封时不同"
    if motion_id not in boxes:
        boxes[motion_id] = _Box(db, motion_id)
    box = boxes[motion_id]
    box.last = entry.seq
    return (
        ""
        if box.take(entry.facts.get("seal"), entry.facts.get("sealed"))
        else f"选票 {entry.facts['serial']} 被改动或删除"
    )


def _thawed(db: Session, motion_id: int, frozen: Change) -> str:
    """What of a frozen motion is no longer as it was frozen; an election by a published list keeps no voters."""
    roll, plan = frozen.facts["roll"], frozen.facts["plan"]
    if roll is not None and _roll_digest(db, motion_id) != roll:
        return "票权清册与冻结时不同"
    motion = db.get(Motion, motion_id)
    return "" if motion and stands(db, motion, plan) else "表决方案（题目、事项、规则）与冻结时不同"


def _strangers(boxes: dict[int, _Box]) -> Iterator[Break]:
    for box in boxes.values():
        if box.left:
            yield Break(box.last, f"此后票箱中多出 {box.left} 张没有存证的选票")


def _roll_digest(db: Session, motion_id: int) -> str:
    names = ("key", "names", "rooms", "heads", "area")
    columns: list[Any] = [getattr(Elector, name) for name in names]
    rows = db.execute(select(*columns).where(Elector.motion_id == motion_id).order_by(Elector.id))
    return digest([dict(zip(names, row, strict=True)) for row in rows])
