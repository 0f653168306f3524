"""Put on record that a rehearsal was held for a motion; its own votes stand nowhere in these data."""

from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.text import moment_words
from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState
from consult_app.voting.motions import at, record


def note_rehearsal(work: Work, motion_id: int, words: str) -> None:
    """Note what a rehearsal came to, in words."""
    record(work, "room.rehearsed", at(work.db, motion_id, "登记演练", *MotionState, election=True), words=words)


def newest_rehearsal(db: Session, motion_id: int) -> str:
    """When the newest rehearsal for a motion was held and what it came to; empty when there was none."""
    held = [one for one in chain.of_events(db, ["room.rehearsed"]) if one.subject == f"motion:{motion_id}"]
    return f"{moment_words(held[-1].at)}　{held[-1].facts['words']}" if held else ""
