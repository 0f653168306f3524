"""从多: ballots that were delivered and not returned follow the majority, only where all its conditions hold.

指导规则26(2) leaves it to the procedure rules, and it is contested (domain.md §2.4): off by default, shown with and without.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import bounded
from consult_app.voting.choices import SlipState
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import CAREFUL, NOTHING, Policy, Weight
from consult_app.voting.tables import Credential, Elector, Motion, Participation

FOLLOWING = Policy(follow_majority=True, clause_in_rules=True, delivery_proved=True, warning_printed=True)


class FollowNotOwners(Refused):
    """Only owners' procedure rules may let the unreturned follow."""

    text = "「{rule}」不适用未返回表决票计入多数意见的做法。"
    field = "follow_clause"


class FollowUnwarned(Refused):
    """The paper itself must warn what silence will mean."""

    text = "采用未返回的表决票计入多数意见的，必须在表决票上写明提示。"
    field = "follow_clause"


def clause(rule: Rule, typed: str, *, warned: bool) -> str:
    """The clause of the procedure rules that lets the unreturned follow; refused without the warning on the paper."""
    found = bounded(typed, "议事规则的条款", 400, "follow_clause")
    if not found:
        return ""
    if rule.kind is not Kind.OWNERS:
        raise FollowNotOwners(rule=rule.title)
    if not warned:
        raise FollowUnwarned
    return found


def unreturned(db: Session, motion: Motion) -> dict[int, Weight]:
    """Voters whose slip was handed over against signature and never came back, by number; empty where none may follow."""
    if not motion.follow_clause:
        return {}
    rows = db.execute(
        select(Elector.id, Elector.area, Elector.heads)
        .join(Credential, Credential.elector_id == Elector.id)
        .outerjoin(Participation, Participation.elector_id == Elector.id)
        .where(
            Elector.motion_id == motion.id,
            Credential.handed_at.is_not(None),
            Credential.state.in_((SlipState.LIVE, SlipState.MISSING)),
            Participation.id.is_(None),
        )
    )
    return {id: Weight(area, heads) for id, area, heads in rows}


def policy_of(motion: Motion) -> Policy:
    """The policy a motion's clause amounts to; delivery is proved voter by voter (`unreturned`)."""
    return FOLLOWING if motion.follow_clause else CAREFUL


def weight_of(found: dict[int, Weight]) -> Weight:
    """All of them together."""
    return sum(found.values(), NOTHING)
