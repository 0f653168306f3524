"""Paper ballots and shows of hands: two tellers enter apart and must agree; a filled ballot is ticked off as signed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, update

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import required
from consult_app.storage.store import Work
from consult_app.voting.box import by_words, put_ballot
from consult_app.voting.casting import CountedByHands
from consult_app.voting.choices import (
    CHANNEL_WORDS,
    SLIP_WORDS,
    Channel,
    DuplicatePolicy,
    SlipState,
    check_choices,
    written,
)
from consult_app.voting.credentials import serial_words
from consult_app.voting.issuing import COUNTING, SlipSettled, slip_of
from consult_app.voting.motions import at, record
from consult_app.voting.proxying import standing
from consult_app.voting.rule import Rule
from consult_app.voting.rules import Choice
from consult_app.voting.secret_paper import PaperIsSecret
from consult_app.voting.tables import (
    Ballot,
    Conflict,
    Credential,
    Elector,
    HandCount,
    Motion,
    PaperEntry,
    Participation,
    Proxy,
)


class Entered(StrEnum):
    """What came of one teller's entry."""

    WAITING = "waiting"
    AGREED = "agreed"
    DISAGREES = "disagrees"
    SET_ASIDE = "set_aside"
    REPLACED = "replaced"


ENTERED_WORDS = {
    Entered.WAITING: "已录入，等待另一名计票人录入同一张选票。",
    Entered.AGREED: "两人录入一致，已计入。",
    Entered.DISAGREES: "与另一名计票人的录入不一致，请两人重看这张选票后各自再录一次。",
    Entered.SET_ASIDE: "这位业主已投过票，按规则以先到的有效票为准，本张纸质选票不计，已列入重复票清单。",
    Entered.REPLACED: "这位业主已投过票，按规则以纸质选票为准，原投票不再计入，已列入重复票清单。",
}


class AlreadyEntered(Refused):
    """The paper ballot is in the count already."""

    text = "选票 {serial} 已录入并计入，无须再录。"
    field = "human_code"


class NothingToSign(Refused):
    """The slip has no filled ballot that waits for a signature."""

    text = "选票 {serial} 没有待签字的填好的选票。"
    field = "human_code"


class AreaNotByHands(Refused):
    """A rule with area cannot be decided by counting heads in a room."""

    text = "这项表决按面积和人数两项计票，举手只能数人数，请逐人登记。"


class VotesAlready(Refused):
    """Individual votes are in; a count of hands would count some people twice."""

    text = "已有 {count} 人单独投票，不能再录入举手总数，否则会重复计票。请逐人登记。"


class HandsExceed(Refused):
    """More hands were counted than people are there, or more people than may vote."""

    text = "第 {item} 项合计 {total} 人，多于到会的 {present} 人。"
    field = "counts"


class TooManyPresent(Refused):
    """More people are said to be there than may vote."""

    text = "到会 {present} 人，多于应到的 {eligible} 人。"
    field = "present"


class BadCount(Refused):
    """A count is missing or below zero."""

    text = "第 {item} 项的人数没有填完整。"
    field = "counts"


def enter_paper(work: Work, motion_id: int, human_code: str, choices: Mapping[str, str], teller: str) -> Entered:
    """Enter what one teller reads on a paper ballot; the first entry holds the voter's lock, the second must agree.

    A missing choice is a blank and counts as an unreadable mark. A voter who had voted another way is a conflict, decided
    by the motion's duplicate policy and listed for the scrutineers. Refused in a secret vote (`PaperIsSecret`): see `secret_paper`.
    """
    motion = at(work.db, motion_id, "录入纸质选票", *COUNTING)
    if motion.by_hands:
        raise CountedByHands
    if motion.secret:
        raise PaperIsSecret
    teller = required(teller, "计票人姓名", 60, "teller")
    slip = slip_of(work.db, motion_id, human_code)
    letters = written(check_choices(choices, [str(n) for n in range(1, motion.item_count + 1)], paper=True))
    vote = _vote_of(work, motion_id, slip.elector_id)
    _check_enterable(work, slip, vote)
    _enter(work, motion, slip, teller, letters)
    if vote is None:
        _take_part(work, motion, slip)
    elif vote.channel != Channel.PAPER or vote.credential_id != slip.id:
        _note_conflict(work, motion, slip, vote)
    others = _latest(work, slip.id)
    others.pop(teller)
    if not others:
        return Entered.WAITING
    if letters not in others.values():
        return Entered.DISAGREES
    return _agree(work, motion, slip, letters)


def sign_ballot(work: Work, motion_id: int, human_code: str) -> bool:
    """Tick off a filled ballot whose printed form its voter has signed; False when it was ticked off before."""
    motion = at(work.db, motion_id, "登记签字", *COUNTING)
    slip = slip_of(work.db, motion_id, human_code)
    ballot = work.db.scalar(
        select(Ballot).where(
            Ballot.motion_id == motion_id,
            Ballot.elector_id == slip.elector_id,
            Ballot.needs_signature,
            Ballot.set_aside.is_(False),
        )
    )
    vote = _vote_of(work, motion_id, slip.elector_id)
    if ballot is None or vote is None or vote.credential_id != slip.id:
        raise NothingToSign(serial=serial_words(slip.serial))
    if ballot.signed:
        return False
    ballot.signed, vote.signed_at = True, work.now
    record(work, "ballot.signed", motion, serial=serial_words(slip.serial))
    return True


def enter_hand_count(
    work: Work, motion_id: int, teller: str, counts: Mapping[str, Mapping[str, int]], present: int | None = None
) -> Entered:
    """Enter one teller's count of hands: item -> choice -> people. Adopted once the latest counts of two tellers agree.

    `present` is how many were there; without it, the most that raised a hand for any one item. Refused for a rule with
    area, and when individual votes are in.
    """
    motion = at(work.db, motion_id, "录入举手计数", *COUNTING)
    teller = required(teller, "计票人姓名", 60, "teller")
    if "area" in Rule.from_dict(motion.rule).measures:
        raise AreaNotByHands
    if voted := work.db.scalar(select(func.count(Participation.id)).where(Participation.motion_id == motion_id)):
        raise VotesAlready(count=voted)
    table = {str(n): _hands(counts.get(str(n), {}), n) for n in range(1, motion.item_count + 1)}
    there = max(sum(row.values()) for row in table.values()) if present is None else present
    _check_hands(table, there, motion.eligible_heads)
    work.db.add(HandCount(motion_id=motion_id, teller=teller, present=there, counts=table, at=work.now))
    work.db.flush()
    record(work, "hands.entered", motion, teller=teller)
    others = {row.teller: (row.present, row.counts) for row in _hand_counts(work, motion_id) if row.teller != teller}
    if not others:
        return Entered.WAITING
    motion.by_hands = (there, table) in others.values()
    if not motion.by_hands:
        return Entered.DISAGREES
    record(work, "hands.agreed", motion)
    return Entered.AGREED


def _check_enterable(work: Work, slip: Credential, vote: Participation | None) -> None:
    dead = (SlipState.REPLACED, SlipState.SPOILED, SlipState.RETURNED, SlipState.MISSING)
    if slip.state in dead:
        raise SlipSettled(serial=serial_words(slip.serial), state=SLIP_WORDS[SlipState(slip.state)], act="录入")
    counted = vote is not None and vote.channel == Channel.PAPER and not vote.pending
    if counted or work.db.scalar(select(Conflict.decided_at).where(Conflict.credential_id == slip.id)):
        raise AlreadyEntered(serial=serial_words(slip.serial))


def _enter(work: Work, motion: Motion, slip: Credential, teller: str, letters: str) -> None:
    work.db.add(PaperEntry(motion_id=motion.id, credential_id=slip.id, teller=teller, choices=letters, at=work.now))
    work.db.flush()
    record(work, "ballot.entered", motion, teller=teller, serial=serial_words(slip.serial))


def _take_part(work: Work, motion: Motion, slip: Credential) -> None:
    """Hold the lock from the first entry on: the paper is there, whatever the second teller reads on it."""
    work.db.add(
        Participation(
            motion_id=motion.id,
            elector_id=slip.elector_id,
            credential_id=slip.id,
            channel=Channel.PAPER,
            at=work.now,
            pending=True,
            proxy_id=proxy.id if (proxy := standing(work.db, slip.elector_id)) else None,
        )
    )
    slip.state, slip.settled_at = SlipState.USED, work.now
    work.db.flush()


def _note_conflict(work: Work, motion: Motion, slip: Credential, vote: Participation) -> None:
    if work.db.scalar(select(Conflict.id).where(Conflict.credential_id == slip.id)):
        return
    prevails = motion.duplicate_policy == DuplicatePolicy.PAPER_PREVAILS
    work.db.add(
        Conflict(
            motion_id=motion.id,
            credential_id=slip.id,
            elector_id=slip.elector_id,
            first_channel=vote.channel,
            first_at=vote.at,
            second_channel=Channel.PAPER,
            second_at=work.now,
            counted=Channel.PAPER if prevails else vote.channel,
        )
    )
    work.db.flush()
    what = f"先{CHANNEL_WORDS[Channel(vote.channel)]}，后{CHANNEL_WORDS[Channel.PAPER]}"
    record(work, "ballot.conflict", motion, serial=serial_words(slip.serial), what=what)


def _agree(work: Work, motion: Motion, slip: Credential, letters: str) -> Entered:
    vote = _vote_of(work, motion.id, slip.elector_id)
    assert vote is not None, "the first entry holds the lock"
    conflict = work.db.scalar(select(Conflict).where(Conflict.credential_id == slip.id))
    if conflict is not None and conflict.counted != Channel.PAPER:
        return Entered.SET_ASIDE
    if conflict is not None:
        work.db.execute(
            update(Ballot)
            .where(Ballot.motion_id == motion.id, Ballot.elector_id == slip.elector_id)
            .values(set_aside=True)
        )
        vote.channel, vote.at, vote.credential_id = Channel.PAPER, work.now, slip.id
    vote.pending = False
    kept = put_ballot(work, _voter(work, motion, slip), letters, signed=True, needs_signature=False)
    agent = work.db.scalar(select(Proxy.agent).where(Proxy.id == vote.proxy_id)) if vote.proxy_id else None
    facts: dict[str, Any] = {"serial": serial_words(slip.serial), "channel": by_words(Channel.PAPER, agent)}
    record(work, "ballot.cast", motion, **facts, seal=kept)
    return Entered.AGREED if conflict is None else Entered.REPLACED


def _voter(work: Work, motion: Motion, slip: Credential) -> Any:
    return work.db.execute(
        select(Elector.id.label("elector_id"), Elector.heads, Elector.area, Motion.id.label("motion_id"), Motion.secret)
        .join(Motion, Motion.id == Elector.motion_id)
        .where(Elector.id == slip.elector_id)
    ).one()


def _vote_of(work: Work, motion_id: int, elector_id: int) -> Participation | None:
    return work.db.scalar(
        select(Participation).where(Participation.motion_id == motion_id, Participation.elector_id == elector_id)
    )


def _latest(work: Work, credential_id: int) -> dict[str, str]:
    """The latest entry of each teller for a slip."""
    rows = work.db.execute(
        select(PaperEntry.teller, PaperEntry.choices)
        .where(PaperEntry.credential_id == credential_id)
        .order_by(PaperEntry.id)
    )
    return dict(rows.all())


def _hand_counts(work: Work, motion_id: int) -> list[HandCount]:
    """The latest count of each teller."""
    rows = work.db.scalars(select(HandCount).where(HandCount.motion_id == motion_id).order_by(HandCount.id))
    return list({row.teller: row for row in rows}.values())


def _hands(row: Mapping[str, int], item: int) -> dict[str, int]:
    shown = {choice.value: row.get(choice.value, 0) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)}
    if not row or any(count < 0 for count in shown.values()):
        raise BadCount(item=item)
    return shown


def _check_hands(table: Mapping[str, Mapping[str, int]], present: int, eligible: int) -> None:
    if present > eligible:
        raise TooManyPresent(present=present, eligible=eligible)
    for item, row in table.items():
        if sum(row.values()) > present:
            raise HandsExceed(item=item, total=sum(row.values()), present=present)
