"""What follows an election: the seats it left open are voted again, and one that failed or is void is held once more."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.storage.store import Work
from consult_app.voting import local_rules
from consult_app.voting.choices import MotionState
from consult_app.voting.electing import candidate_names, check_seats, election_rule, put_election
from consult_app.voting.election_count import WHOLE, ElectionCount, agreed
from consult_app.voting.motions import at
from consult_app.voting.rule import Kind
from consult_app.voting.tables import Election, Item, Motion
from consult_app.voting.verdicts import Code

OPEN_SEATS = (Code.RUNOFF_REQUIRED, Code.TIE_REVOTE, Code.SEATS_NOT_FILLED, Code.SEAT_VACANT)


class NothingOpen(Refused):
    """All seats are filled, or the election was not declared: there is nothing to vote again."""

    text = "这次选举没有需要再次投票的名额。"


class NothingToRepeat(Refused):
    """The election stands: only one that is void or that failed as a whole is held again."""

    text = "这次选举有效，不能重新举行。只有作废或者整个无效的选举才能重新投票。"


class FollowedAlready(Refused):
    """The next vote is drafted already."""

    text = "已经起草「{title}」，不能重复起草。"


class NotInTheFirst(Refused):
    """A run-off is between those whom the first vote left: nobody else may stand."""

    text = "「{name}」不是第一次投票中未当选的人员，不能作为另行选举的候选人。"
    field = "candidates"


def draft_runoff(work: Work, motion_id: int, closes_at: datetime, *, on: date, candidates: Sequence[str] = ()) -> int:
    """Draft the vote for the seats an election left open: among the tied, else among those not elected, most votes first.

    `candidates` narrows them. Runs under the rule's run-off, or where it knows none under the rule itself. Refused:
    `NothingOpen`, `NotInTheFirst`, `FollowedAlready`, `NotContested`.
    """
    motion = at(work.db, motion_id, "起草另行选举", MotionState.DECLARED, election=True)
    rule = election_rule(motion)
    verdict = (motion.verdict or {}).get("verdict", {})
    if verdict.get("code") not in OPEN_SEATS or rule.kind is Kind.RECALL:
        raise NothingOpen
    check_first(work.db, motion_id)
    eligible = left_over(work.db, motion)
    names = candidate_names(candidates) if candidates else eligible
    for name in names:
        if name not in eligible:
            raise NotInTheFirst(name=name)
    seats = motion.seats - len(verdict["elected"])
    again = local_rules.book(work.db).rule(rule.runoff, on) if rule.runoff else rule
    check_seats(again, names, seats)
    word = "再次投票" if verdict["tied"] else "另行选举"
    return put_election(
        work, motion.proposal_id, motion.body_id, f"{motion.title}（{word}）", names, seats, again, on, closes_at,
        motion.meeting_id, follows=motion_id,
    )  # fmt: skip


def draft_again(work: Work, motion_id: int, closes_at: datetime, *, on: date) -> int:
    """Draft an election anew that is void or failed as a whole: the same candidates, seats and rule (in its version of the day).

    Refused: `NothingToRepeat`, `FollowedAlready`.
    """
    motion = at(work.db, motion_id, "重新举行", MotionState.VOID, MotionState.DECLARED, election=True)
    code = (motion.verdict or {}).get("verdict", {}).get("code")
    if motion.state != MotionState.VOID and code not in WHOLE:
        raise NothingToRepeat
    check_first(work.db, motion_id)
    names = tuple(work.db.scalars(select(Item.text).where(Item.motion_id == motion_id).order_by(Item.id)))
    rule = local_rules.book(work.db).rule(election_rule(motion).id, on)
    return put_election(
        work, motion.proposal_id, motion.body_id, f"{motion.title}（重新投票）", names, motion.seats, rule, on, closes_at,
        motion.meeting_id, follows=motion_id,
    )  # fmt: skip


def left_over(db: Session, motion: Motion) -> tuple[str, ...]:
    """Who may stand for the seats left open: the tied, else those who got votes and were not elected, most votes first."""
    verdict: Mapping[str, list[str]] = (motion.verdict or {}).get("verdict", {})
    shared = agreed(db, motion.id)
    if shared is None or not verdict:
        return ()
    return tuple(verdict["tied"]) or _losers(shared[0], verdict["elected"])


def leading(db: Session, motion: Motion) -> tuple[str, ...]:
    """Whom a run-off is usually between: one more than the open seats, with all who have as many votes as the last of them."""
    names = left_over(db, motion)
    shared = agreed(db, motion.id)
    verdict = (motion.verdict or {}).get("verdict", {})
    if shared is None or not names or verdict["tied"]:
        return names
    votes = shared[0].votes
    place = min(len(names), motion.seats - len(verdict["elected"]) + 1)
    last = votes[names[place - 1]].heads
    return tuple(name for name in names if votes[name].heads >= last)


def check_first(db: Session, motion_id: int) -> None:
    """Refuse a second vote that would follow the same election, unless the first of them is void."""
    following = (
        select(Motion.title)
        .join(Election, Election.motion_id == Motion.id)
        .where(Election.follows_id == motion_id, Motion.state != MotionState.VOID)
    )
    if title := db.scalar(following.limit(1)):
        raise FollowedAlready(title=title)


def _losers(count: ElectionCount, elected: Sequence[str]) -> tuple[str, ...]:
    votes = count.votes
    left = [name for name in votes if name not in elected and votes[name].heads]
    return tuple(sorted(left, key=lambda name: (votes[name].heads, votes[name].area), reverse=True))
