"""The ballot box: votes that were checked are put into it, each with its participation, its slip and its entry in the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, insert, update

from consult_app.audit import chain
from consult_app.bodies.rules import LegalMode
from consult_app.storage.base import table_of
from consult_app.storage.rows import Rows
from consult_app.storage.store import Work
from consult_app.voting.box_keys import BALLOT_ID_LENGTH, public_key
from consult_app.voting.choices import CHANNEL_WORDS, Channel, SlipState
from consult_app.voting.credentials import serial_words
from consult_app.voting.motions import digest
from consult_app.voting.sealing import digest_of, sealed
from consult_app.voting.tables import Ballot, Credential, Participation, SealedBallot


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that passed every check. `voter` is a row of `voters`, `letters` the choices as they are stored."""

    voter: Row[Any]
    letters: str
    channel: Channel
    form: str | None = None
    helper: str = ""

    @property
    def serial(self) -> str:
        """The number of the slip as it is printed."""
        return serial_words(self.voter.serial) if self.voter.serial is not None else "（无选票）"


def put_votes(work: Work, votes: Sequence[Vote]) -> list[str]:
    """Store votes, and give the keys of their ballots: each table is written once for all of them.

    The unique constraint of `Participation` is the lock.
    """
    _PARTICIPATIONS.put(work.db, [_participation(work, vote) for vote in votes])
    ballots = _ballots(work, votes)
    used = [
        {"used": vote.voter.credential_id, "to": SlipState.USED.value, "now": work.now}
        for vote in votes
        if vote.voter.credential_id is not None
    ]
    if used:
        _USED_SLIPS.put(work.db, used)
    chain.append_all(
        work,
        [
            ("ballot.cast", f"motion:{vote.voter.motion_id}", _facts(vote, ballot))
            for vote, ballot in zip(votes, ballots, strict=True)
        ],
    )
    if named := [ballot for ballot in ballots if "box" not in ballot]:
        _BALLOTS.put(work.db, named)
    if closed_up := [ballot for ballot in ballots if "box" in ballot]:
        _SEALED.put(work.db, closed_up)
    return [ballot["id"] for ballot in ballots]


def put_ballot(work: Work, voter: Any, letters: str, *, signed: bool, needs_signature: bool) -> str:
    """Put the ballot of a named vote into the box; returns the seal that the audit chain keeps of it (threat 8)."""
    ballot = _ballot_of(work, voter, letters, signed=signed, needs_signature=needs_signature)
    kept = _seal_of(ballot)
    _BALLOTS.put(work.db, [ballot])
    return kept


def seal(ballot_id: str, elector_id: int, letters: str) -> str:
    """What the chain keeps of a named ballot: a digest that cannot be undone without the ballot's random key."""
    return digest([ballot_id, elector_id, letters])[:32]


def by_words(channel: Channel, agent: str | None) -> str:
    """`手机`, or `手机，受托人某某代投` where an agent's mandate stands: how a ballot came."""
    return CHANNEL_WORDS[channel] + (f"，受托人{agent}代投" if agent else "")


def _participation(work: Work, vote: Vote) -> dict[str, Any]:
    return {
        "motion_id": vote.voter.motion_id,
        "elector_id": vote.voter.elector_id,
        "credential_id": vote.voter.credential_id,
        "channel": vote.channel.value,
        "at": work.now,
        "form_digest": vote.form,
        "helper": vote.helper or None,
        "pending": False,
        "proxy_id": vote.voter.proxy_id,
    }


def _ballots(work: Work, votes: Sequence[Vote]) -> list[dict[str, Any]]:
    """The row of each vote's ballot; a secret one is sealed, and its row names only the motion."""
    keys: dict[int, str] = {}
    for vote in votes:
        if vote.voter.secret and vote.voter.motion_id not in keys:
            keys[vote.voter.motion_id] = public_key(work, vote.voter.motion_id)
    return [
        _sealed(work, vote, keys[vote.voter.motion_id]) if vote.voter.secret else _ballot(work, vote) for vote in votes
    ]


def _sealed(work: Work, vote: Vote, public: str) -> dict[str, Any]:
    return {
        "id": work.token(BALLOT_ID_LENGTH),
        "motion_id": vote.voter.motion_id,
        "box": sealed(public, vote.letters),
    }


def _ballot(work: Work, vote: Vote) -> dict[str, Any]:
    needs_signature = vote.voter.legal_mode == LegalMode.ASSISTED and vote.channel is not Channel.HAND
    return _ballot_of(work, vote.voter, vote.letters, signed=False, needs_signature=needs_signature)


def _ballot_of(work: Work, voter: Any, letters: str, *, signed: bool, needs_signature: bool) -> dict[str, Any]:
    return {
        "id": work.token(BALLOT_ID_LENGTH),
        "motion_id": voter.motion_id,
        "elector_id": voter.elector_id,
        "choices": letters,
        "heads": voter.heads,
        "area": voter.area,
        "needs_signature": needs_signature,
        "signed": signed,
        "set_aside": False,
    }


def _seal_of(ballot: dict[str, Any]) -> str:
    return seal(ballot["id"], ballot["elector_id"], ballot["choices"])


def _facts(vote: Vote, ballot: dict[str, Any]) -> dict[str, Any]:
    """What the chain says of a vote: never what was chosen."""
    facts: dict[str, Any] = {"serial": vote.serial, "channel": by_words(vote.channel, vote.voter.agent)}
    if "box" in ballot:
        facts["sealed"] = digest_of(ballot["box"])
    else:
        facts["seal"] = _seal_of(ballot)
    if vote.helper:
        facts["helper"] = vote.helper
    return facts


_SLIP = table_of(Credential)
_PARTICIPATIONS = Rows(
    insert(table_of(Participation)).inline(),  # its number is nobody's concern
    "motion_id elector_id credential_id channel at form_digest helper pending proxy_id".split(),
)
_BALLOTS = Rows(insert(table_of(Ballot)), table_of(Ballot).c.keys())
_SEALED = Rows(insert(table_of(SealedBallot)), table_of(SealedBallot).c.keys())
_USED_SLIPS = Rows(
    update(_SLIP).where(_SLIP.c.id == bindparam("used")).values(state=bindparam("to"), settled_at=bindparam("now")),
    (),
)
