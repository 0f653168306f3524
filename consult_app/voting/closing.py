"""Open a vote, extend it, close it by two people, and declare its result once the books balance."""

from datetime import datetime

from sqlalchemy import func, select, update

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import moment_words, required
from consult_app.proposals import actions as proposals
from consult_app.storage.store import Work
from consult_app.voting import box_keys, counting, secret_paper, unsettled
from consult_app.voting.casting import two_people
from consult_app.voting.choices import MotionState, SlipState
from consult_app.voting.drafting import ClosesEarly
from consult_app.voting.motions import at, digest, record
from consult_app.voting.rule import Rule
from consult_app.voting.tables import Conflict, Credential, HandCount, Motion
from consult_app.voting.tallies import Tally
from consult_app.voting.verdicts import CODE_WORDS, Code, verdict_words

EXTENDABLE = (MotionState.FROZEN, MotionState.ISSUED, MotionState.OPEN)


class SlipsFirst(Refused):
    """A vote by slips cannot open before the slips are there."""

    text = "这项表决按面积和人数计票，请先发放选票再开始投票。"


class TooLate(Refused):
    """The closing time has passed: an extension must be announced before it (domain.md §2.4)."""

    text = "原定 {closes} 已经截止，不能再延期。延期只能在截止以前决定并公告。"
    field = "closes_at"


class NotLater(Refused):
    """The new closing time is not after the old one."""

    text = "新的截止时间必须晚于原定的 {closes}。"
    field = "closes_at"


class SlipsUnaccounted(Refused):
    """The books do not balance: slips that were issued are neither used, returned nor written off."""

    text = "选票账目不平：还有 {live} 张选票没有下落，登记未交回 {missing} 张。请收回、作废，或如实登记未交回的张数。"
    field = "missing"


class PaperUnsettled(Refused):
    """Paper ballots wait for the second teller, or two tellers read them differently."""

    text = "还有 {count} 张纸质选票没有由两名计票人录入一致，不能宣布结果。"


class PapersUncounted(Refused):
    """The papers of a secret vote have not been counted by two tellers who agree."""

    text = "票箱里有 {count} 张无记名纸质选票，还没有由两名计票人清点、录入一致，不能宣布结果。"


class HandsUnsettled(Refused):
    """The tellers' counts of hands do not agree."""

    text = "举手计数还没有由两名计票人录入一致，不能宣布结果。"


class ConflictsUnseen(Refused):
    """Conflicting pairs have not been seen by two scrutineers."""

    text = "还有 {count} 组重复票没有经两名监票人确认，不能宣布结果。"


class DoubtsOpen(Refused):
    """Questioned ballots have not been decided about by two people."""

    text = "还有 {count} 张疑难票没有裁定，不能宣布结果。"


class Undecided(Refused):
    """People must decide first: the count itself knows no result (domain.md §2.6)."""

    text = "结果还须由人决定，不能宣布：{open}。"


def open_vote(work: Work, motion_id: int) -> None:
    """Begin voting; refused after the closing time, and without slips where area counts."""
    motion = at(work.db, motion_id, "开始投票", MotionState.FROZEN, MotionState.ISSUED)
    if motion.closes_at <= work.now:
        raise ClosesEarly
    if motion.state == MotionState.FROZEN and "area" in Rule.from_dict(motion.rule).measures:
        raise SlipsFirst
    motion.state, motion.opened_at = MotionState.OPEN, work.now
    if motion.secret:
        box_keys.public_key(work, motion_id)
    record(work, "motion.opened", motion, closes=moment_words(motion.closes_at), plan=motion.plan_digest)


def extend(work: Work, motion_id: int, closes_at: datetime, reason: str, clause: str) -> None:
    """Put the closing time later; only before the present one, with the reason and the rule that allows it on record.

    `clause` is the clause of the procedure rules, or the decision, on which it rests. Refused: `TooLate`, `NotLater`.
    """
    motion = at(work.db, motion_id, "延期", *EXTENDABLE, election=True)
    reason = required(reason, "延期的理由", 300, "reason")
    clause = required(clause, "允许延期的依据", 200, "clause")
    if work.now >= motion.closes_at:
        raise TooLate(closes=moment_words(motion.closes_at))
    if closes_at <= motion.closes_at:
        raise NotLater(closes=moment_words(motion.closes_at))
    before, motion.closes_at = motion.closes_at, closes_at
    record(
        work, "motion.extended", motion, closes=moment_words(closes_at), before=moment_words(before), reason=reason,
        clause=clause,
    )  # fmt: skip


def close_vote(work: Work, motion_id: int, first: str, second: str) -> None:
    """Close the vote, a signed act of two people. From now on choices may be seen; paper in the box may still be entered.

    The box of a secret vote is opened with it, unless the scrutineers hold its key: then `box_keys.open_box` follows.
    """
    motion = at(work.db, motion_id, "截止投票", MotionState.OPEN)
    one, other = two_people(first, second)
    motion.state, motion.closed_at, motion.closed_by = MotionState.CLOSED, work.now, [one, other]
    box = box_keys.box_digest(work.db, motion_id)
    record(work, "motion.closed", motion, first=one, second=other, box=box)
    if motion.secret:
        box_keys.open_without_cards(work, motion)


def declare(work: Work, motion_id: int, missing: int = 0) -> None:
    """Declare the result: the verdict by the motion's own rule, stored with its digest.

    `missing` is how many slips did not come back, as counted by people; it must balance the books. Reaches
    `count_sheet.recorded`. Refused: `SlipsUnaccounted`, `PaperUnsettled`, `HandsUnsettled`, `ConflictsUnseen`,
    `DoubtsOpen`, and `Undecided` where the law leaves the result to people.
    """
    motion = at(work.db, motion_id, "宣布结果", MotionState.CLOSED)
    _check_settled(work, motion)
    _write_off(work, motion, missing)
    found = counting.tally(work.db, motion_id)
    _check_decided(found)
    result = found.to_dict()
    motion.verdict, motion.verdict_digest = result, digest(result)
    motion.state, motion.declared_at = MotionState.DECLARED, work.now
    outcome = outcome_words(found)
    record(
        work, "motion.declared", motion, outcome=outcome, verdict=motion.verdict_digest,
        box=box_keys.box_digest(work.db, motion_id),
    )  # fmt: skip
    proposals.reach(
        work, motion.proposal_id, "count_sheet.recorded", outcome, motion=motion_id, digest=motion.verdict_digest
    )


def outcome_words(found: Tally) -> str:
    """The result in words: of the one question, or of each."""
    if found.passed is None and not any(item.verdict for item in found.items):
        return "意见征询，不作决定"
    words = [CODE_WORDS[item.verdict.code] for item in found.items if item.verdict]
    if len(words) == 1:
        return words[0] if words[0] == CODE_WORDS[Code.PASSED] else f"未通过，{words[0]}"
    passed = sum(1 for item in found.items if item.verdict and item.verdict.passed)
    return f"{len(words)} 项中 {passed} 项通过"


def _check_settled(work: Work, motion: Motion) -> None:
    if box_keys.is_sealed(work.db, motion.id):
        raise box_keys.BoxSealed
    if waiting := secret_paper.uncounted(work.db, motion):
        raise PapersUncounted(count=waiting)
    if pending := counting.turnout(work.db, motion.id).pending_paper:
        raise PaperUnsettled(count=pending)
    unseen = select(func.count(Conflict.id)).where(Conflict.motion_id == motion.id, Conflict.decided_at.is_(None))
    if count := work.db.scalar(unseen):
        raise ConflictsUnseen(count=count)
    if count := unsettled.open_doubts(work.db, motion.id):
        raise DoubtsOpen(count=count)
    hands = select(func.count(HandCount.id)).where(HandCount.motion_id == motion.id)
    if not motion.by_hands and work.db.scalar(hands):
        raise HandsUnsettled


def _check_decided(found: Tally) -> None:
    """Refuse a verdict that is neither passed nor failed, with each question and what is open about it."""
    pending = [item for item in found.items if item.verdict is not None and item.verdict.passed is None]
    words = [verdict_words(item.verdict).removeprefix("待决定：") for item in pending if item.verdict]
    if len(found.items) > 1:
        words = [f"第 {item.code} 项{said}" for item, said in zip(pending, words, strict=True)]
    if words:
        raise Undecided(open="；".join(words))


def _write_off(work: Work, motion: Motion, missing: int) -> None:
    """Balance the books: what is still out must be just as many as people found missing."""
    live = counting.books(work.db, motion.id).live
    if live != missing:
        raise SlipsUnaccounted(live=live, missing=missing)
    work.db.execute(
        update(Credential)
        .where(Credential.motion_id == motion.id, Credential.state == SlipState.LIVE)
        .values(state=SlipState.MISSING, settled_at=work.now)
    )
