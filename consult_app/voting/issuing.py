"""Slips: make them, hand them out, replace a lost one, take back an unused one, mark one as spoiled."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import moment_words, required
from consult_app.storage.store import Work
from consult_app.voting.choices import CHANNEL_WORDS, SLIP_WORDS, Channel, MotionState, SlipState
from consult_app.voting.codes import KEY_LENGTH, return_codes
from consult_app.voting.credentials import (
    TOKEN_LENGTH,
    human_code,
    is_human_code,
    is_token,
    scanned,
    serial_words,
    slip_url,
    token_digest,
)
from consult_app.voting.motions import at, record
from consult_app.voting.tables import Credential, Elector, Motion, Participation
from consult_app.voting.words import needed, words_of


@dataclass(frozen=True)
class IssuedSlip:
    """A slip at the one moment its token is known: print it now, it cannot be asked for again.

    `codes` are its return codes, one a choice for each question; `words` its two words for the notice board.
    """

    serial: str
    token: str
    human_code: str
    url: str
    room: str
    label: str
    names: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...] = ()
    words: str = ""


class UnknownCode(Refused):
    """No slip of this motion bears the code."""

    text = "没有代码为「{code}」的选票，请对照选票再输一次。"
    field = "human_code"


class SlipSettled(Refused):
    """The slip is used, replaced or out of the count already."""

    text = "选票 {serial} 已是「{state}」，不能再{act}。"
    field = "human_code"


class AlreadyVoted(Refused):
    """The voter has voted; says when and by which channel, never what."""

    text = "选票 {serial} 已于 {at} 通过{channel}投过票，每人只计一次。"


@dataclass(frozen=True)
class Taken:
    """What slips made in one act must not share: human codes and words."""

    codes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


class AlreadyHanded(Refused):
    """The slip is with its voter already; said, never booked twice."""

    text = "选票 {serial} 已于 {at} 登记领取，没有重复登记。"
    field = "human_code"


ALIVE = (MotionState.ISSUED, MotionState.OPEN)
COUNTING = (MotionState.OPEN, MotionState.CLOSED)


def issue_slips(work: Work, motion_id: int, base_url: str) -> tuple[IssuedSlip, ...]:
    """Make one slip for every elector, in the order of the roll; `base_url` is the vote server's address.

    May be done again until voting opens (paper jam, another address): the earlier slips then die. Refused: `WrongState`.
    """
    motion = at(work.db, motion_id, "发放选票", MotionState.FROZEN, MotionState.ISSUED)
    again = motion.state == MotionState.ISSUED
    if again:
        _replace_all(work, motion_id)
    electors = work.db.execute(
        select(Elector.id, Elector.label, Elector.names, Elector.rooms)
        .where(Elector.motion_id == motion_id)
        .order_by(Elector.id)
    ).all()
    motion.slip_key = motion.slip_key or work.token(KEY_LENGTH)
    first = _next_serial(work.db, motion_id)
    slips, rows, taken = [], [], Taken()
    for serial, elector in enumerate(electors, start=first):
        slip = _new_slip(work, motion, serial, base_url, elector, taken)
        slips.append(slip)
        rows.append(_row(work, motion, elector.id, serial, slip))
    work.db.execute(insert(Credential), rows)
    motion.state, motion.issued_at = MotionState.ISSUED, work.now
    record(work, "motion.issued", motion, count=len(slips), first=serial_words(first), again=again)
    return tuple(slips)


def reissue(work: Work, motion_id: int, code: str, reason: str, base_url: str) -> IssuedSlip:
    """Replace a lost or damaged slip; the old one dies at once. Refused when its voter has voted."""
    motion = at(work.db, motion_id, "补发选票", *ALIVE)
    old = live_slip(work.db, motion_id, code, "补发")
    reason = required(reason, "补发的理由", 200, "reason")
    elector = work.db.get_one(Elector, old.elector_id)
    serial = _next_serial(work.db, motion_id)
    slip = _new_slip(work, motion, serial, base_url, elector, Taken(words=_words_out(work.db, motion_id)))
    _settle(work, old, SlipState.REPLACED, reason)
    work.db.execute(insert(Credential), [_row(work, motion, elector.id, serial, slip)])
    record(work, "credential.reissued", motion, serial=serial_words(old.serial), replacement=slip.serial, reason=reason)
    return slip


def hand_out(work: Work, motion_id: int, code: str) -> None:
    """Note that a slip was handed to its voter against signature. Refused also: `AlreadyHanded`."""
    motion = at(work.db, motion_id, "登记领票", *ALIVE)
    slip = live_slip(work.db, motion_id, code, "领取")
    if slip.handed_at is not None:
        raise AlreadyHanded(serial=serial_words(slip.serial), at=moment_words(slip.handed_at))
    slip.handed_at = work.now
    record(work, "credential.handed", motion, serial=serial_words(slip.serial))


def spoil(work: Work, motion_id: int, code: str, reason: str) -> None:
    """Put a damaged slip out of the count without replacing it. Refused when its voter has voted."""
    motion = at(work.db, motion_id, "作废选票", MotionState.ISSUED, *COUNTING)
    slip = live_slip(work.db, motion_id, code, "作废")
    reason = required(reason, "作废的理由", 200, "reason")
    _settle(work, slip, SlipState.SPOILED, reason)
    record(work, "credential.spoiled", motion, serial=serial_words(slip.serial), reason=reason)


def take_back(work: Work, motion_id: int, code: str) -> None:
    """Book a slip that came back unused; it cannot be voted with any more (threat 10)."""
    motion = at(work.db, motion_id, "收回选票", MotionState.ISSUED, *COUNTING)
    slip = live_slip(work.db, motion_id, code, "收回")
    _settle(work, slip, SlipState.RETURNED, None)
    record(work, "credential.returned", motion, serial=serial_words(slip.serial))


def slip_of(db: Session, motion_id: int, code: str) -> Credential:
    """The slip of a motion by its human code, its serial or its scanned address, locked; refused (`UnknownCode`) without one."""
    typed = scanned(code)
    by_code = Credential.human_code == typed
    by_serial = Credential.serial == int(typed) if typed.isdecimal() and len(typed) <= 6 else None
    wanted = by_code if is_human_code(typed) or by_serial is None else by_serial
    if is_token(typed):
        wanted = Credential.token_digest == token_digest(typed)
    found = db.scalar(select(Credential).where(Credential.motion_id == motion_id, wanted).with_for_update())
    if found is None:
        raise UnknownCode(code=code.strip())
    return found


def live_slip(db: Session, motion_id: int, code: str, act: str) -> Credential:
    """A slip that has not been used or settled; else refused with when and how it was."""
    slip = slip_of(db, motion_id, code)
    vote = db.execute(
        select(Participation.at, Participation.channel).where(
            Participation.motion_id == motion_id, Participation.elector_id == slip.elector_id
        )
    ).first()
    if vote is not None:
        channel = CHANNEL_WORDS[Channel(vote.channel)]
        raise AlreadyVoted(serial=serial_words(slip.serial), at=moment_words(vote.at), channel=channel)
    if slip.state != SlipState.LIVE:
        raise SlipSettled(serial=serial_words(slip.serial), state=SLIP_WORDS[SlipState(slip.state)], act=act)
    return slip


def _settle(work: Work, slip: Credential, state: SlipState, reason: str | None) -> None:
    slip.state, slip.settled_at, slip.reason = state, work.now, reason


def _replace_all(work: Work, motion_id: int) -> None:
    work.db.execute(
        update(Credential)
        .where(Credential.motion_id == motion_id, Credential.state == SlipState.LIVE)
        .values(state=SlipState.REPLACED, settled_at=work.now, reason="重新印制", words=None)
    )


def _next_serial(db: Session, motion_id: int) -> int:
    return (db.scalar(select(func.max(Credential.serial)).where(Credential.motion_id == motion_id)) or 0) + 1


def _new_slip(
    work: Work, motion: Motion, serial: int, base_url: str, elector: Elector | Row[Any], taken: Taken
) -> IssuedSlip:
    code = _fresh_code(work, taken.codes)
    token, words = _fresh_token(work, motion, taken.words)
    return IssuedSlip(
        serial=serial_words(serial),
        token=token,
        human_code=code,
        url=slip_url(base_url, token),
        room="、".join(elector.rooms),
        label=elector.label,
        names=tuple(elector.names),
        codes=return_codes(motion.slip_key, serial, motion.item_count),
        words=words,
    )


def _fresh_token(work: Work, motion: Motion, taken: set[str]) -> tuple[str, str]:
    """A token whose words no other slip has, and those words; none in a secret vote, and where the slips are of old."""
    while True:
        token = work.token(TOKEN_LENGTH)
        if motion.secret or not motion.slip_key:
            return token, ""
        words = words_of(motion.slip_key, token, needed(motion.eligible_heads))
        if words not in taken:
            taken.add(words)
            return token, words


def _words_out(db: Session, motion_id: int) -> set[str]:
    """The words that are on slips."""
    found = db.scalars(select(Credential.words).where(Credential.motion_id == motion_id))
    return {words for words in found if words}


def _fresh_code(work: Work, codes: set[str]) -> str:
    """A human code that no slip bears yet: 35 bits of chance may meet by accident, and a code must name one slip."""
    while True:
        code = human_code(work.token)
        if code not in codes and not work.db.scalar(select(Credential.id).where(Credential.human_code == code)):
            codes.add(code)
            return code


def _row(work: Work, motion: Motion, elector_id: int, serial: int, slip: IssuedSlip) -> dict[str, Any]:
    return {
        "motion_id": motion.id,
        "elector_id": elector_id,
        "serial": serial,
        "token_digest": token_digest(slip.token),
        "human_code": slip.human_code,
        "words": slip.words or None,
        "state": SlipState.LIVE,
        "issued_at": work.now,
    }
