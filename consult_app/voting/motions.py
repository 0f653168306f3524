"""A motion at the point where an act is allowed, and the record of what was done to it."""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.errors import Missing, Refused
from consult_app.storage.base import canonical
from consult_app.storage.store import Work
from consult_app.voting.choices import STATE_WORDS, MotionState
from consult_app.voting.tables import Motion


class WrongState(Refused):
    """The motion is not at the point where this can be done."""

    text = "表决现在是「{state}」，不能{act}。"


class ElectionByTally(Refused):
    """An election has secret papers and their sums; no slips, no ballots with a name, no raised hands."""

    text = "「{title}」是无记名纸质选举，只录入计票结果，不能{act}。"


def at(db: Session, motion_id: int, act: str, *states: MotionState, election: bool = False) -> Motion:
    """The motion, locked, if it is in one of the states; else refused with what it is and what was to be done.

    An election is refused unless the act is one that elections know (`election`).
    """
    motion = db.get(Motion, motion_id, with_for_update=True)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    if motion.seats and not election:
        raise ElectionByTally(title=motion.title, act=act)
    if motion.state not in states:
        raise WrongState(state=STATE_WORDS[MotionState(motion.state)], act=act)
    return motion


def record(work: Work, event: str, motion: Motion, **facts: Any) -> None:
    """Append to the audit chain what was done to a motion; its matter stands among the facts."""
    chain.append(work, event, f"motion:{motion.id}", proposal=motion.proposal_id, **facts)


def digest(value: Any) -> str:
    """SHA-256 (64 hex digits) over canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
