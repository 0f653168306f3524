"""The receipt that answers a vote: with the codes of what stands in the box, read back from the row that was written.

Of a secret vote nothing can be read back, for it is sealed as it comes in: its first receipt has the codes of what was
sealed, and a repeated one has none.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult_app.storage.store import Work
from consult_app.voting.box import Vote
from consult_app.voting.choices import Channel
from consult_app.voting.codes import codes_of
from consult_app.voting.credentials import serial_words
from consult_app.voting.receipts import Receipt
from consult_app.voting.tables import Ballot
from consult_app.voting.voters import Voter, filled_up


def receipts_of(work: Work, votes: Sequence[Vote]) -> list[Receipt]:
    """The receipts of votes that were stored in this transaction, in their order."""
    asked = [vote.voter.elector_id for vote in votes if vote.voter.slip_key and not vote.voter.secret]
    stored = _stored(work.db, asked) if asked else {}
    return [_receipt(work, vote, stored) for vote in votes]


def repeated_receipt(db: Session, voter: Voter) -> Receipt:
    """The receipt of a form that came again; the codes are those of what counts now."""
    told = voter.slip_key and not voter.secret
    letters = _stored(db, [voter.elector_id]).get(voter.elector_id, "") if told else ""
    codes = codes_of(voter.slip_key, voter.serial, letters)
    return Receipt(serial_words(voter.serial), voter.voted_at, Channel(voter.channel), True, voter.motion_id, codes)


def _receipt(work: Work, vote: Vote, stored: dict[int, str]) -> Receipt:
    voter = vote.voter
    letters = vote.letters if voter.secret else stored.get(voter.elector_id, "")
    codes = codes_of(voter.slip_key, voter.serial, letters)
    return Receipt(vote.serial, work.now, vote.channel, motion_id=voter.motion_id, codes=codes)


def _stored(db: Session, electors: Sequence[int]) -> dict[int, str]:
    rows = db.execute(_BALLOTS, {"electors": filled_up(sorted(electors))})
    return {row.elector_id: row.choices for row in rows}


_BALLOTS = select(Ballot.elector_id, Ballot.choices).where(
    Ballot.elector_id.in_(bindparam("electors", expanding=True)), Ballot.set_aside.is_(False)
)
