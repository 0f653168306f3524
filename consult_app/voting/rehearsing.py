"""Put on record that a rehearsal was held for a motion; its own votes stand nowhere in these data."""

from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState
from consult_app.voting.motions import at, record


def note_rehearsal(work: Work, motion_id: int, words: str) -> None:
    """Note what a rehearsal came to, in words."""
    record(work, "room.rehearsed", at(work.db, motion_id, "登记演练", *MotionState, election=True), words=words)
