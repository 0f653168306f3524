"""Cast a vote: by phone, with a helper, by a named show of hands. One lock per voter across all channels.

The phone path is Core only and short: one read, two inserts, one update, one audit entry.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, Table, and_, bindparam, insert, select, update

from consult_app.audit import chain
from consult_app.bodies.rules import LegalMode
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import moment_words, required
from consult_app.storage.base import Base, Moment
from consult_app.storage.store import Work
from consult_app.voting.choices import (
    CHANNEL_WORDS,
    Channel,
    MotionState,
    SlipState,
    check_choices,
    written,
)
from consult_app.voting.credentials import is_human_code, is_token, normalised, serial_words, token_digest
from consult_app.voting.issuing import AlreadyVoted, UnknownCode
from consult_app.voting.motions import at, digest
from consult_app.voting.receipts import Receipt
from consult_app.voting.tables import Ballot, Credential, Elector, Motion, Participation, Proxy

BALLOT_ID_LENGTH = 20
"""Characters of base 32 in a ballot's random key: it says nothing of when the ballot came."""


class UnknownSlip(Refused):
    """No slip answers to this token or code. Says nothing of how near it was."""

    text = "打不开这张选票。请核对选票上的代码，或把选票交给工作人员。"


class SlipDead(Refused):
    """The slip was replaced, spoiled, taken back or written off."""

    text = "选票 {serial} 已作废或已收回，不能再投。请把选票交给工作人员。"


class NotOpen(Refused):
    """Voting has not begun."""

    text = "投票还没有开始，请等主持人宣布开始后再投。"


class VotingClosed(Refused):
    """Voting is over, by act or by the clock."""

    text = "投票已于 {at} 截止，不能再投。"


class CountedByHands(Refused):
    """A show of hands was counted; a vote of one's own would count twice."""

    text = "这项表决已按举手计数，不再接受单独投票。"


class OneWitness(Refused):
    """The act needs two different people."""

    text = "需要两名不同的人员共同办理。"
    field = "second"


def cast_ballot(work: Work, token: str, choices: Mapping[str, str], form_key: str) -> Receipt:
    """Store a phone's vote by the slip's token. The same form sent again gets the first receipt and changes nothing.

    Refused: `UnknownSlip`, `NotOpen`, `VotingClosed`, `SlipDead`, `AlreadyVoted`, `NotChosen`, `UnknownChoice`.
    """
    if not is_token(token):
        raise UnknownSlip
    slip = work.db.execute(_BY_TOKEN, {"key": token_digest(token)}).first()
    return _cast_by_phone(work, slip, choices, form_key)


def cast_by_code(work: Work, human_code: str, choices: Mapping[str, str], form_key: str) -> Receipt:
    """Store a phone's vote by the code printed on the slip, where the QR code could not be read. Refusals as `cast_ballot`."""
    if not is_human_code(human_code):
        raise UnknownSlip
    slip = work.db.execute(_BY_CODE, {"key": normalised(human_code)}).first()
    return _cast_by_phone(work, slip, choices, form_key)


def cast_assisted(work: Work, motion_id: int, human_code: str, choices: Mapping[str, str], helper: str) -> Receipt:
    """Store the vote of someone who is helped at the desk, under the helper's name (无障碍环境建设法 art. 48)."""
    helper = required(helper, "协助人员姓名", 60, "helper")
    code = normalised(human_code)
    slip = work.db.execute(_BY_CODE, {"key": code}).first() if is_human_code(code) else None
    if slip is None or slip.motion_id != motion_id:
        raise UnknownCode(code=human_code.strip())
    _check_slip(work, slip)
    return _store(work, slip, choices, Channel.ASSISTED, helper=helper)


def cast_by_hand(
    work: Work, motion_id: int, elector_id: int, choices: Mapping[str, str], first: str, second: str
) -> Receipt:
    """Store the vote of a named person who raised their hand, seen by two. A live slip of theirs is used up with it."""
    witnesses = "、".join(two_people(first, second))
    at(work.db, motion_id, "登记举手表决", MotionState.OPEN)
    if work.db.scalar(select(Elector.motion_id).where(Elector.id == elector_id)) != motion_id:
        raise Missing(what="表决人", id=elector_id)
    voter = work.db.execute(_OF_ELECTOR, {"key": elector_id}).one()
    _check_open(work, voter)
    return _store(work, voter, choices, Channel.HAND, helper=witnesses)


def two_people(first: str, second: str) -> tuple[str, str]:
    """Two names, cleaned; refused (`OneWitness`) when they are the same."""
    one = required(first, "第一位人员姓名", 60, "first")
    other = required(second, "第二位人员姓名", 60, "second")
    if one == other:
        raise OneWitness
    return one, other


def put_ballot(work: Work, voter: Any, letters: str, *, signed: bool, needs_signature: bool) -> str | None:
    """Put a ballot into the box; returns the seal that the audit chain keeps of a named one (threat 8), None for a secret one."""
    ballot_id = work.token(BALLOT_ID_LENGTH)
    work.db.execute(
        _PUT_BALLOT,
        {
            "id": ballot_id,
            "motion_id": voter.motion_id,
            "elector_id": None if voter.secret else voter.elector_id,
            "choices": letters,
            "heads": voter.heads,
            "area": 0 if voter.secret else voter.area,
            "needs_signature": needs_signature,
            "signed": signed,
            "set_aside": False,
        },
    )
    return None if voter.secret else seal(ballot_id, voter.elector_id, letters)


def seal(ballot_id: str, elector_id: int, letters: str) -> str:
    """What the chain keeps of a named ballot: a digest that cannot be undone without the ballot's random key."""
    return digest([ballot_id, elector_id, letters])[:32]


def by_words(channel: Channel, agent: str | None) -> str:
    """`手机`, or `手机，受托人某某代投` where an agent's mandate stands: how a ballot came."""
    return CHANNEL_WORDS[channel] + (f"，受托人{agent}代投" if agent else "")


def _cast_by_phone(work: Work, slip: Row[Any] | None, choices: Mapping[str, str], form_key: str) -> Receipt:
    if slip is None:
        raise UnknownSlip
    form = _form_digest(form_key, {} if slip.secret else choices)
    if form and form == slip.form_digest and slip.voted_with == slip.credential_id:
        return Receipt(serial_words(slip.serial), slip.voted_at, Channel(slip.channel), repeated=True)
    _check_slip(work, slip)
    return _store(work, slip, choices, Channel.PHONE, form=form)


def _check_slip(work: Work, slip: Row[Any]) -> None:
    """Refuse a slip that cannot be voted with: voted first, so that a late repeat still hears when it was counted."""
    _check_voted(slip)
    if slip.slip_state != SlipState.LIVE:
        raise SlipDead(serial=serial_words(slip.serial))
    _check_open(work, slip)


def _check_voted(voter: Row[Any]) -> None:
    if voter.voted_at is not None:
        channel = CHANNEL_WORDS[Channel(voter.channel)]
        raise AlreadyVoted(serial=_serial(voter), at=moment_words(voter.voted_at), channel=channel)


def _check_open(work: Work, voter: Row[Any]) -> None:
    _check_voted(voter)
    if voter.state in (MotionState.CLOSED, MotionState.DECLARED):
        raise VotingClosed(at=moment_words(voter.closed_at))
    if voter.state != MotionState.OPEN:
        raise NotOpen
    if work.now >= voter.closes_at:
        raise VotingClosed(at=moment_words(voter.closes_at))
    if voter.by_hands:
        raise CountedByHands


def _store(
    work: Work,
    voter: Row[Any],
    choices: Mapping[str, str],
    channel: Channel,
    *,
    form: str | None = None,
    helper: str = "",
) -> Receipt:
    chosen = check_choices(choices, [str(n) for n in range(1, voter.item_count + 1)])
    work.db.execute(
        _TAKE_PART,
        {
            "motion_id": voter.motion_id,
            "elector_id": voter.elector_id,
            "credential_id": voter.credential_id,
            "channel": channel,
            "at": work.now,
            "form_digest": form,
            "helper": helper or None,
            "pending": False,
            "proxy_id": voter.proxy_id,
        },
    )
    needs_signature = voter.legal_mode == LegalMode.ASSISTED and channel is not Channel.HAND
    kept = put_ballot(work, voter, written(chosen), signed=False, needs_signature=needs_signature)
    if voter.credential_id is not None:
        work.db.execute(_USE_SLIP, {"used": voter.credential_id, "now": work.now})
    facts: dict[str, Any] = {"serial": _serial(voter), "channel": by_words(channel, voter.agent)}
    if kept:
        facts["seal"] = kept
    if helper:
        facts["helper"] = helper
    chain.append(work, "ballot.cast", f"motion:{voter.motion_id}", **facts)
    return Receipt(_serial(voter), work.now, channel)


def _serial(voter: Row[Any]) -> str:
    return serial_words(voter.serial) if voter.serial is not None else "（无选票）"


def _form_digest(form_key: str, choices: Mapping[str, str]) -> str | None:
    """What tells a form sent again from another vote: its key and, in an open vote, what was chosen. Nothing without a key."""
    return digest([form_key, dict(choices)]) if form_key else None


def _voters() -> Select[*tuple[Any, ...]]:
    """Everything the path needs to know of a voter, in one read; on PostgreSQL it locks the voter across all channels."""
    return (
        select(
            Elector.id.label("elector_id"),
            Elector.heads,
            Elector.area,
            Motion.id.label("motion_id"),
            Motion.state,
            Motion.closes_at,
            Motion.closed_at,
            Motion.item_count,
            Motion.legal_mode,
            Motion.secret,
            Motion.by_hands,
            Credential.id.label("credential_id"),
            Credential.serial,
            Credential.state.label("slip_state"),
            Participation.at.label("voted_at"),
            Participation.channel,
            Participation.form_digest,
            Participation.credential_id.label("voted_with"),
            Proxy.id.label("proxy_id"),
            Proxy.agent,
        )
        .select_from(Elector)
        .join(Motion, Motion.id == Elector.motion_id)
        .outerjoin(Participation, Participation.elector_id == Elector.id)
        .outerjoin(Proxy, and_(Proxy.elector_id == Elector.id, Proxy.revoked_at.is_(None)))
        .with_for_update(of=Elector)
    )


def _table(mapped: type[Base]) -> Table:
    """The bare table: Core statements on it pass the mapper by."""
    assert isinstance(mapped.__table__, Table)
    return mapped.__table__


_SLIPS = _voters().join(Credential, Credential.elector_id == Elector.id)
_BY_TOKEN = _SLIPS.where(Credential.token_digest == bindparam("key"))
_BY_CODE = _SLIPS.where(Credential.human_code == bindparam("key"))
_OF_ELECTOR = (
    _voters()
    .outerjoin(Credential, and_(Credential.elector_id == Elector.id, Credential.state == SlipState.LIVE))
    .where(Elector.id == bindparam("key"))
)

_TAKE_PART = insert(_table(Participation))
_PUT_BALLOT = insert(_table(Ballot))
_USE_SLIP = (
    update(_table(Credential))
    .where(Credential.id == bindparam("used"))
    .values(state=SlipState.USED, settled_at=bindparam("now", type_=Moment()))
)
