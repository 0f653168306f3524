"""Put another ballot in the place of a voter's, or take theirs out of the count, because people decided so.

No ballot is deleted: the one that gives way is set aside and stays in the box.
"""

from typing import Any

from sqlalchemy import select, update

from consult_app.storage.store import Work
from consult_app.voting.box import put_ballot
from consult_app.voting.credentials import serial_words
from consult_app.voting.motions import record
from consult_app.voting.tables import Ballot, Credential, Elector, Motion, Participation


def vote_of(work: Work, elector_id: int) -> Participation | None:
    """A voter's taking part, if they did."""
    return work.db.scalar(select(Participation).where(Participation.elector_id == elector_id))


def serial_of(work: Work, elector_id: int) -> str:
    """The number of the slip a voter voted with."""
    found = work.db.scalar(
        select(Credential.serial)
        .join(Participation, Participation.credential_id == Credential.id)
        .where(Participation.elector_id == elector_id)
    )
    return serial_words(found) if found is not None else "（无选票）"


def take_out(work: Work, elector_id: int) -> None:
    """Set a voter's ballots aside; that they took part stays on record, so that they cannot vote again."""
    work.db.execute(update(Ballot).where(Ballot.elector_id == elector_id).values(set_aside=True))


def put_in(work: Work, motion: Motion, elector_id: int, letters: str, how: str) -> None:
    """Count these letters for a voter in the place of what counted; `how` is the way they came, for the record."""
    take_out(work, elector_id)
    voter = work.db.execute(
        select(Elector.id.label("elector_id"), Elector.motion_id, Elector.heads, Elector.area, Motion.secret)
        .join(Motion, Motion.id == Elector.motion_id)
        .where(Elector.id == elector_id)
    ).one()
    kept = put_ballot(work, voter, letters, signed=True, needs_signature=False)
    facts: dict[str, Any] = {"serial": serial_of(work, elector_id), "channel": how}
    record(work, "ballot.cast", motion, **facts, seal=kept)


def swap(work: Work, elector_id: int) -> None:
    """Count the one of a voter's two ballots that was set aside, and set the other aside."""
    for ballot in work.db.scalars(select(Ballot).where(Ballot.elector_id == elector_id)).all():
        ballot.set_aside = not ballot.set_aside
