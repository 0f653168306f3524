"""The receipt that answers a vote: with the codes of what stands in the box, read back from the row that was written.

Of a secret vote nothing can be read back, for it is sealed as it comes in: its first receipt has the codes of what was
sealed, and a repeated one has none.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult_app.storage.among import among, keys
from consult_app.storage.base import table_of
from consult_app.storage.rows import Question
from consult_app.storage.store import Work
from consult_app.voting.box import Vote
from consult_app.voting.choices import Channel
from consult_app.voting.codes import codes_of
from consult_app.voting.credentials import serial_words
from consult_app.voting.receipts import Receipt
from consult_app.voting.tables import Ballot
from consult_app.voting.voters import Voter


def receipts_of(work: Work, votes: Sequence[Vote], ballots: Sequence[str]) -> list[Receipt]:
    """The receipts of votes that were stored in this transaction, in their order; `ballots` are the keys of their ballots."""
    asked = [key for vote, key in zip(votes, ballots, strict=True) if vote.voter.slip_key and not vote.voter.secret]
    stored = dict(_BALLOTS.ask(work.db, keys(asked))) if asked else {}
    return [_receipt(work, vote, stored.get(key, "")) for vote, key in zip(votes, ballots, strict=True)]


def repeated_receipt(db: Session, voter: Voter) -> Receipt:
    """The receipt of a form that came again; the codes are those of what counts now."""
    told = voter.slip_key and not voter.secret
    letters = (db.scalar(_COUNTED, {"elector": voter.elector_id}) or "") if told else ""
    codes = codes_of(voter.slip_key, voter.serial, letters)
    channel, serial = Channel(voter.channel), serial_words(voter.serial)
    return Receipt(serial, voter.voted_at, channel, True, voter.motion_id, codes, voter.words or "")


def _receipt(work: Work, vote: Vote, stored: str) -> Receipt:
    voter = vote.voter
    letters = vote.letters if voter.secret else stored
    codes = codes_of(voter.slip_key, voter.serial, letters)
    return Receipt(vote.serial, work.now, vote.channel, False, voter.motion_id, codes, voter.words or "")


_BALLOT = table_of(Ballot)
_BALLOTS = Question(select(_BALLOT.c.id, _BALLOT.c.choices).where(among(_BALLOT.c.id, "keys")))
_COUNTED = select(_BALLOT.c.choices).where(_BALLOT.c.elector_id == bindparam("elector"), _BALLOT.c.set_aside.is_(False))
