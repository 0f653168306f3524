"""Draft a motion and freeze it: from here on the questions, the rule, the policies and the roll are what they are."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.bodies.rules import LegalMode
from consult_app.kernel.errors import Blank, Missing, Refused
from consult_app.kernel.text import area_words, bounded, required
from consult_app.proposals import actions as proposals
from consult_app.proposals.tables import Proposal
from consult_app.rolls import queries as rolls
from consult_app.rolls import standing as rolls_standing
from consult_app.rolls.electorate import Elector as RollElector
from consult_app.rolls.rules import Electorate, RollKind
from consult_app.storage.store import Work
from consult_app.voting import local_rules
from consult_app.voting.choices import ITEM_LIMIT, DuplicatePolicy, MotionState
from consult_app.voting.following import clause
from consult_app.voting.motions import at, digest, record
from consult_app.voting.plan import plan_digest
from consult_app.voting.rule import VOTED, Rule
from consult_app.voting.scope import Part, owners_within, parts
from consult_app.voting.snapshot import Snapshot, snapshot
from consult_app.voting.tables import Elector, Item, Motion

ELECTORATES = {
    "owners": Electorate.OWNERS,
    "interested_owners": Electorate.OWNERS,
    "adults": Electorate.ADULTS,
    "group_adults": Electorate.ADULTS,
    "households": Electorate.HOUSEHOLDS,
    "household_reps": Electorate.HOUSEHOLDS,
    "group_households": Electorate.HOUSEHOLDS,
    "reps": Electorate.REPRESENTATIVES,
    "reps_meeting": Electorate.REPRESENTATIVES,
    "voters": Electorate.ADULTS,
}
"""The electorates of the rulebook that stand in a body's own roll; any other is a list of members."""


class PaperOnly(Refused):
    """The law asks for a secret election on paper; slips with codes are not for it, only the entry of its tally."""

    text = "「{rule}」依法采用无记名纸质投票并设秘密写票处，不能用二维码选票，请录入计票结果。"
    field = "rule_id"


class SecretByArea(Refused):
    """A secret vote weighted by area would give the voters away by their areas."""

    text = "按面积计票的表决不能采用无记名方式：凭面积就能认出投票人。请改为记名，或改用按人数计票的规则。"
    field = "secret"


class SecretSigned(Refused):
    """A ballot that must be signed, or replaced by paper later, cannot be secret."""

    text = "无记名表决不能采用{what}，因为这需要知道哪张票是谁投的。"
    field = "legal_mode"


class TooManyItems(Refused):
    """More questions than a slip can hold."""

    text = "一次表决最多 {limit} 项，现在是 {count} 项。"
    field = "items"


class ClosesEarly(Refused):
    """The closing time has passed already."""

    text = "截止时间必须晚于现在。"
    field = "closes_at"


class NoRoll(Refused):
    """The body has no roll, or nobody in it may vote under the rule."""

    text = "名册中没有可以表决的人，请先导入名册。"


class RollUnfit(Refused):
    """The roll lacks what a vote rests on (domain.md §2.6: such a roll cannot be frozen)."""

    text = "名册还不能冻结：{faults}。"


def draft_motion(
    work: Work,
    proposal_id: int,
    *,
    title: str,
    items: Sequence[str],
    rule_id: str,
    on: date,
    closes_at: datetime,
    meeting_id: int | None = None,
    legal_mode: str | None = None,
    duplicate_policy: str = DuplicatePolicy.FIRST_VALID,
    secret: bool = False,
    scope: Sequence[Part] = (),
    scope_reason: str = "",
    follow_clause: str = "",
    warning_printed: bool = False,
    legal_item: str = "",
    rule_reason: str = "",
) -> int:
    """Draft a motion on a matter under the version of a rule in force on a day, and return its number.

    `legal_mode` is the body's own unless given; `scope` names the buildings and entrances whose owners alone decide, and
    `scope_reason` why; `follow_clause` is the clause by which unreturned ballots follow the majority (从多), with the
    warning on the paper; `legal_item` and `rule_reason` are those of the matter's screening unless given.
    Refused: `PaperOnly`, `SecretByArea`, `SecretSigned`, `TooManyItems`, `ClosesEarly`, `ScopeNotOwners`,
    `FollowNotOwners`, `FollowUnwarned`, an unknown rule, a blank title or item.
    """
    proposal = work.db.get(Proposal, proposal_id)
    if proposal is None:
        raise Missing(what="议题", id=proposal_id)
    body_id = proposal.body_id
    mode = LegalMode(legal_mode or bodies.body(work.db, body_id).legal_mode)
    rule = local_rules.book(work.db).rule(rule_id, on)
    policy = DuplicatePolicy(duplicate_policy)
    _check_plan(rule, secret, mode, policy)
    questions = _questions(items)
    if closes_at <= work.now:
        raise ClosesEarly
    motion = Motion(
        proposal_id=proposal_id,
        body_id=body_id,
        meeting_id=meeting_id,
        title=required(title, "表决事项", 200, "title"),
        state=MotionState.DRAFTED,
        rule_id=rule.id,
        rule=rule.to_dict(),
        rule_digest=rule.digest,
        voted_on=on,
        legal_mode=mode,
        duplicate_policy=policy,
        secret=secret,
        item_count=len(questions),
        scope=parts(rule, scope),
        scope_reason=required(scope_reason, "只在部分范围表决的理由", 300, "scope_reason") if scope else "",
        legal_item=bounded(legal_item, "事项类别", 200, "legal_item") or proposal.item,
        rule_reason=bounded(rule_reason, "适用规则的理由", 500, "rule_reason") or proposal.rule_reason,
        follow_clause=clause(rule, follow_clause, warned=warning_printed),
        closes_at=closes_at,
        drafted_at=work.now,
        closed_by=[],
    )
    work.db.add(motion)
    work.db.flush()
    _put_items(work, motion.id, questions)
    record(work, "motion.drafted", motion, title=motion.title, rule=rule.id, items=questions)
    return motion.id


def change_motion(
    work: Work,
    motion_id: int,
    *,
    title: str | None = None,
    items: Sequence[str] | None = None,
    closes_at: datetime | None = None,
) -> None:
    """Change the words or the closing time of a draft; refused once it is frozen."""
    motion = at(work.db, motion_id, "修改", MotionState.DRAFTED)
    if title is not None:
        motion.title = required(title, "表决事项", 200, "title")
    if closes_at is not None:
        if closes_at <= work.now:
            raise ClosesEarly
        motion.closes_at = closes_at
    if items is not None:
        questions = _questions(items)
        work.db.execute(delete(Item).where(Item.motion_id == motion_id))
        _put_items(work, motion_id, questions)
        motion.item_count = len(questions)
    record(work, "motion.changed", motion, what=motion.title, items=list(items or ()))


def freeze(work: Work, motion_id: int) -> None:
    """Freeze items, rule, policies and roll, and snapshot the electors (票权清册).

    Reaches `ballot_plan.frozen` and `voting_roll.frozen`. Refused: `WrongState`, `NoRoll`, `RollUnfit`, `PaperOnly`.
    """
    motion = at(work.db, motion_id, "冻结", MotionState.DRAFTED)
    rule = Rule.from_dict(motion.rule)
    _check_plan(rule, motion.secret, LegalMode(motion.legal_mode), DuplicatePolicy(motion.duplicate_policy))
    roll_id, electors = voters_of(work.db, motion, rule)
    kept = snapshot(work.db, roll_id)
    rows = [elector_row(motion_id, elector, kept) for elector in electors]
    work.db.execute(insert(Elector), rows)
    motion.roll_id = roll_id
    motion.roll_digest = digest([{key: row[key] for key in ("key", "names", "rooms", "heads", "area")} for row in rows])
    motion.eligible_heads = sum(row["heads"] for row in rows)
    motion.eligible_area = sum(row["area"] for row in rows)
    motion.plan_digest = plan_digest(work.db, motion)
    motion.frozen_at, motion.state = work.now, MotionState.FROZEN
    area = area_words(motion.eligible_area)
    record(
        work, "motion.frozen", motion, heads=motion.eligible_heads, area=area, plan=motion.plan_digest,
        roll=motion.roll_digest, lines=rolls_standing.digest(work.db, roll_id), rule=motion.rule_digest,
    )  # fmt: skip
    proposals.reach(
        work, motion.proposal_id, "ballot_plan.frozen", motion.title, motion=motion_id, digest=motion.plan_digest
    )
    what = f"{motion.eligible_heads} 人 {area} ㎡"
    proposals.reach(work, motion.proposal_id, "voting_roll.frozen", what, motion=motion_id, digest=motion.roll_digest)


def _check_plan(rule: Rule, secret: bool, mode: LegalMode, policy: DuplicatePolicy) -> None:
    if rule.secret or rule.kind not in VOTED:
        raise PaperOnly(rule=rule.title)
    if not secret:
        return
    if "area" in rule.measures:
        raise SecretByArea
    if mode is LegalMode.ASSISTED:
        raise SecretSigned(what="打印签字的方式")
    if policy is DuplicatePolicy.PAPER_PREVAILS:
        raise SecretSigned(what="以纸质选票为准的办法")


def _questions(items: Sequence[str]) -> list[str]:
    if not items:
        raise Blank(what="至少一项表决内容", field="items")
    if len(items) > ITEM_LIMIT:
        raise TooManyItems(limit=ITEM_LIMIT, count=len(items))
    return [required(text, f"第 {number} 项", 1000, "items") for number, text in enumerate(items, start=1)]


def _put_items(work: Work, motion_id: int, questions: Sequence[str]) -> None:
    rows = [{"motion_id": motion_id, "code": str(n), "text": text} for n, text in enumerate(questions, start=1)]
    work.db.execute(insert(Item), rows)


def voters_of(db: Session, motion: Motion, rule: Rule) -> tuple[int, tuple[RollElector, ...]]:
    """The roll a motion's voters stand in, and they. Refused: `NoRoll`, `RollUnfit`."""
    electorate = ELECTORATES.get(rule.electorate, Electorate.MEMBERS)
    roll = rolls.current_roll(db, motion.body_id, RollKind.MEMBERS if electorate is Electorate.MEMBERS else None)
    if roll is None:
        raise NoRoll
    if faults := rolls.obstacles(db, roll.id):
        more = f"等 {len(faults)} 处" if len(faults) > 3 else ""
        raise RollUnfit(faults="；".join(faults[:3]) + more)
    parking = bool(bodies.body(db, motion.body_id).policy.get("count_parking", False))
    if motion.scope:
        found = owners_within(db, roll.id, motion.scope, motion.voted_on, count_parking=parking)
    else:
        found = rolls.electors(db, roll.id, electorate, motion.voted_on, count_parking=parking)
    if not found:
        raise NoRoll
    return roll.id, found


def elector_row(motion_id: int, elector: RollElector, kept: Snapshot) -> dict[str, Any]:
    """A voter as the frozen roll keeps it, with what the head was formed of."""
    return {
        "motion_id": motion_id,
        "key": elector.key,
        "label": elector.label,
        "names": list(elector.names),
        "rooms": list(elector.rooms),
        "places": kept.places(elector),
        "heads": elector.heads,
        "area": elector.area,
        "persons": list(elector.persons),
        "titles": kept.titles(elector),
        "joined": kept.joined(elector),
        "reason": elector.reason,
    }
