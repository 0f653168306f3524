"""疑难票: on what grounds a ballot is questioned, what the rule says about each, and how people may decide. Pure.

Defects of identity do not participate, defects of marking participate as an abstention, co-owners and split owners stop
and ask (domain.md §2.4).
"""

from enum import StrEnum

from consult_app.voting.verdicts import Code


class Ground(StrEnum):
    """Why a ballot, a head or a majority is questioned."""

    UNSIGNED = "unsigned"
    NOT_VOTER = "not_voter"
    NO_AUTHORITY = "no_authority"
    FORGED = "forged"
    LATE = "late"
    CO_OWNERS = "co_owners"
    SPLIT_OWNER = "split_owner"
    MAJORITY_SPLIT = "majority_split"


class Outcome(StrEnum):
    """How it was decided."""

    COUNTED = "counted"
    EXCLUDED = "excluded"
    RESTATED = "restated"
    NOT_FOLLOWED = "not_followed"


IDENTITY = (Ground.UNSIGNED, Ground.NOT_VOTER, Ground.NO_AUTHORITY, Ground.FORGED, Ground.LATE)
"""Defects of identity: a ballot that has one takes no part at all."""

RAISED = (*IDENTITY, Ground.CO_OWNERS, Ground.SPLIT_OWNER)
"""Grounds on which people question a ballot; a split majority is found by the count itself."""

GROUND_WORDS = {
    Ground.UNSIGNED: "票上没有本人签名",
    Ground.NOT_VOTER: "不是业主（有权表决人）本人所投",
    Ground.NO_AUTHORITY: "代投而没有书面授权委托书",
    Ground.FORGED: "冒名或者伪造签名",
    Ground.LATE: "截止以后才交回",
    Ground.CO_OWNERS: "共有人的意见不一致",
    Ground.SPLIT_OWNER: "同一业主几套房屋的意见不一致",
    Ground.MAJORITY_SPLIT: "面积与人数的多数意见不一致",
}

RULE_WORDS = dict.fromkeys(IDENTITY, "身份不符的票不参与表决：属实的，不计入参与，也不计入同意或反对。") | {
    Ground.CO_OWNERS: "共有一个专有部分的，只有一票，由共有人推选一人行使；推选以前不能认定。",
    Ground.SPLIT_OWNER: "一个业主不论有几套房屋，只按一人计，只有一个意见，须由本人明确。",
    Ground.MAJORITY_SPLIT: "未返回的票计入「已表决的多数意见」，须按面积、按人数都是同一个多数；不一致的，无从计入。",
}

CODES = {
    Ground.CO_OWNERS: Code.NEEDS_REVIEW_COOWNER_CONFLICT,
    Ground.SPLIT_OWNER: Code.NEEDS_REVIEW_SPLIT_OWNER,
    Ground.MAJORITY_SPLIT: Code.NEEDS_REVIEW_MAJORITY_SPLIT,
}
"""Grounds that leave the verdict open until they are decided."""

OUTCOME_WORDS = {
    Outcome.COUNTED: "计入",
    Outcome.EXCLUDED: "不计入，视为没有参与表决",
    Outcome.RESTATED: "按书面明确的意见计入",
    Outcome.NOT_FOLLOWED: "未返回的票不计入多数意见",
}


def outcomes(ground: Ground) -> tuple[Outcome, ...]:
    """How a doubt on this ground may be decided."""
    if ground is Ground.MAJORITY_SPLIT:
        return (Outcome.NOT_FOLLOWED,)
    if ground in IDENTITY:
        return (Outcome.EXCLUDED, Outcome.COUNTED)
    return (Outcome.COUNTED, Outcome.RESTATED, Outcome.EXCLUDED)


def outcome_words(ground: Ground, outcome: Outcome) -> str:
    """The decision in words: `查明不属实，计入`, `按书面明确的意见计入`."""
    if outcome is Outcome.COUNTED:
        return "查明不属实，计入" if ground in IDENTITY else "以已投的票为准，计入"
    if outcome is Outcome.EXCLUDED and ground in IDENTITY:
        return "查明属实，不计入，视为没有参与表决"
    return OUTCOME_WORDS[outcome]
