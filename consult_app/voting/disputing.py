"""争议核查: what may be laid before one voter who objects: their line of the roll, their slips, and the proof that nothing changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit.chain import Change
from consult_app.audit.tables import Entry
from consult_app.kernel.errors import Missing
from consult_app.storage.store import Work
from consult_app.voting import explaining, queries
from consult_app.voting.choices import MotionState, SlipState
from consult_app.voting.credentials import serial_words
from consult_app.voting.explaining import VoterLine
from consult_app.voting.facts import MotionFacts
from consult_app.voting.motions import at, record
from consult_app.voting.tables import Credential

OF_A_SLIP = (
    "credential.handed", "credential.unhanded", "credential.reissued", "credential.returned", "credential.spoiled",
    "ballot.cast", "ballot.entered", "ballot.signed", "ballot.conflict", "ballot.conflict_decided",
)  # fmt: skip
"""Entries of the chain that name a slip."""


@dataclass(frozen=True)
class SlipTrace:
    """One slip of the voter and what became of it."""

    serial: str
    state: SlipState
    issued_at: datetime
    handed_at: datetime | None
    settled_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Link:
    """One entry of the chain on the way to its head: its number and digest."""

    seq: int
    digest: str


@dataclass(frozen=True)
class Dispute:
    """Everything one sheet shows to one voter. Of a secret vote no time, no place in the chain and no choice.

    `path` leads from the voter's last entry to `head` without a gap; `printed` says on which paper that head stands,
    empty where none is printed yet.
    """

    motion: MotionFacts
    voter: VoterLine
    slips: tuple[SlipTrace, ...]
    entries: tuple[Change, ...]
    path: tuple[Link, ...]
    head: Link
    printed: str


def dispute(db: Session, motion_id: int, elector_id: int) -> Dispute:
    """The facts of one voter's dispute; refused when the motion has no such voter."""
    motion = queries.motion(db, motion_id)
    found = (line for line in explaining.explanation(db, motion_id).voters if line.elector_id == elector_id)
    voter = next(found, None)
    if voter is None:
        raise Missing(what="表决人", id=elector_id)
    slips = _slips(db, elector_id)
    entries = _entries(db, motion, [slip.serial for slip in slips])
    head, printed = _head(db, motion)
    return Dispute(motion, voter, slips, entries, _path(db, entries, head), head, printed)


def note_dispute(work: Work, motion_id: int, elector_id: int) -> Dispute:
    """Put on record that a voter's sheet is printed: who asked, never how they voted; gives its facts.

    Refused when the motion has no such voter.
    """
    found = dispute(work.db, motion_id, elector_id)
    motion = at(work.db, motion_id, "打印争议核查单", *MotionState, election=True)
    record(work, "dispute.printed", motion, elector=elector_id, label=found.voter.label)
    return found


def _slips(db: Session, elector_id: int) -> tuple[SlipTrace, ...]:
    rows = db.scalars(select(Credential).where(Credential.elector_id == elector_id).order_by(Credential.serial))
    return tuple(
        SlipTrace(
            serial_words(row.serial), SlipState(row.state), row.issued_at, row.handed_at, row.settled_at,
            row.reason or "",
        )
        for row in rows
    )  # fmt: skip


def _entries(db: Session, motion: MotionFacts, serials: list[str]) -> tuple[Change, ...]:
    """The chain's entries about these slips; of a secret vote none that tells when and in which order it came."""
    events = [event for event in OF_A_SLIP if not motion.secret or event.startswith("credential.")]
    columns = (Entry.seq, Entry.at, Entry.actor, Entry.event, Entry.subject, Entry.facts, Entry.digest)
    rows = db.execute(
        select(*columns).where(Entry.subject == f"motion:{motion.id}", Entry.event.in_(events)).order_by(Entry.seq)
    )
    found = (Change(*row) for row in rows)
    return tuple(one for one in found if {one.facts.get("serial"), one.facts.get("replacement")} & set(serials))


def _head(db: Session, motion: MotionFacts) -> tuple[Link, str]:
    """The head that stands on paper: of the declaration or the closing; else the chain's present one."""
    for event, paper in (("motion.declared", "计票表和结果公示"), ("motion.closed", "截止时的计票表")):
        wanted = (Entry.subject == f"motion:{motion.id}", Entry.event == event)
        row = db.execute(select(Entry.seq, Entry.digest).where(*wanted).order_by(Entry.seq.desc()).limit(1)).first()
        if row is not None:
            return Link(*row), paper
    newest = db.execute(select(Entry.seq, Entry.digest).order_by(Entry.seq.desc()).limit(1)).one()
    return Link(*newest), ""


def _path(db: Session, entries: tuple[Change, ...], head: Link) -> tuple[Link, ...]:
    """Every entry from the voter's last one up to the head; nothing where the voter has none before it."""
    before = [entry.seq for entry in entries if entry.seq <= head.seq]
    if not before:
        return ()
    rows = db.execute(
        select(Entry.seq, Entry.digest).where(Entry.seq >= before[-1], Entry.seq <= head.seq).order_by(Entry.seq)
    )
    return tuple(Link(*row) for row in rows)
