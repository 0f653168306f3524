"""Verdicts: what a count comes to, with every share it rests on, and how that is said in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from consult_app.voting.measures import Measure, measure_words


class Code(StrEnum):
    """Why a verdict is what it is: passed, or the first thing that is not met."""

    PASSED = "PASSED"
    PARTICIPATION_AREA_NOT_MET = "PARTICIPATION_AREA_NOT_MET"
    PARTICIPATION_HEADS_NOT_MET = "PARTICIPATION_HEADS_NOT_MET"
    APPROVAL_AREA_NOT_MET = "APPROVAL_AREA_NOT_MET"
    APPROVAL_HEADS_NOT_MET = "APPROVAL_HEADS_NOT_MET"
    QUORUM_NOT_MET = "QUORUM_NOT_MET"
    TURNOUT_NOT_MET = "TURNOUT_NOT_MET"
    APPROVAL_NOT_MET = "APPROVAL_NOT_MET"
    NOT_UNANIMOUS = "NOT_UNANIMOUS"
    PETITION_NOT_MET = "PETITION_NOT_MET"
    RUNOFF_REQUIRED = "RUNOFF_REQUIRED"
    TIE_REVOTE = "TIE_REVOTE"
    SEAT_VACANT = "SEAT_VACANT"
    SEATS_NOT_FILLED = "SEATS_NOT_FILLED"
    NOT_ELECTED = "NOT_ELECTED"
    MORE_BALLOTS_THAN_VOTERS = "MORE_BALLOTS_THAN_VOTERS"
    BLANK_ABSTAIN = "BLANK_ABSTAIN"
    OVERVOTE = "OVERVOTE"
    SAME_PERSON_TWICE = "SAME_PERSON_TWICE"
    PROXY_LIMIT = "PROXY_LIMIT"
    PROXY_CANDIDATE = "PROXY_CANDIDATE"
    PROXY_NOT_ALLOWED = "PROXY_NOT_ALLOWED"
    NOTICE_TOO_SHORT = "NOTICE_TOO_SHORT"
    PUBLICITY_TOO_SHORT = "PUBLICITY_TOO_SHORT"
    EXTENSION_TOO_LATE = "EXTENSION_TOO_LATE"
    EXTENSION_NOT_ALLOWED = "EXTENSION_NOT_ALLOWED"
    NEEDS_REVIEW_MAJORITY_SPLIT = "NEEDS_REVIEW_MAJORITY_SPLIT"
    NEEDS_REVIEW_COOWNER_CONFLICT = "NEEDS_REVIEW_COOWNER_CONFLICT"
    NEEDS_REVIEW_SPLIT_OWNER = "NEEDS_REVIEW_SPLIT_OWNER"
    INPUT_INCONSISTENT = "INPUT_INCONSISTENT"


CODE_WORDS: dict[Code, str] = {
    Code.PASSED: "通过",
    Code.PARTICIPATION_AREA_NOT_MET: "参与表决的专有部分面积未达到法定比例",
    Code.PARTICIPATION_HEADS_NOT_MET: "参与表决的业主人数未达到法定比例",
    Code.APPROVAL_AREA_NOT_MET: "同意的专有部分面积未达到法定比例",
    Code.APPROVAL_HEADS_NOT_MET: "同意的业主人数未达到法定比例",
    Code.QUORUM_NOT_MET: "到会未达到法定比例，会议不能举行",
    Code.TURNOUT_NOT_MET: "参加投票未达到法定比例，投票无效",
    Code.APPROVAL_NOT_MET: "同意未达到法定比例",
    Code.NOT_UNANIMOUS: "未经有利害关系的业主一致同意",
    Code.PETITION_NOT_MET: "提议人数未达到法定比例",
    Code.RUNOFF_REQUIRED: "当选人数不足应选名额，须另行选举",
    Code.TIE_REVOTE: "票数相同，须就票数相同的人再次投票",
    Code.SEAT_VACANT: "得票不足已投选票的三分之一，名额暂缺",
    Code.SEATS_NOT_FILLED: "当选人数不足应选名额，名额暂缺",
    Code.NOT_ELECTED: "未当选",
    Code.MORE_BALLOTS_THAN_VOTERS: "收回选票多于投票人数，选举无效",
    Code.BLANK_ABSTAIN: "空白票，按弃权计",
    Code.OVERVOTE: "所选人数多于应选名额，该票无效",
    Code.SAME_PERSON_TWICE: "同一人被选任两个职务，该票无效",
    Code.PROXY_LIMIT: "接受委托超过规定人数",
    Code.PROXY_CANDIDATE: "候选人不得接受委托投票",
    Code.PROXY_NOT_ALLOWED: "不实行委托投票",
    Code.NOTICE_TOO_SHORT: "会议通知提前的天数不足",
    Code.PUBLICITY_TOO_SHORT: "公布的天数不足",
    Code.EXTENSION_TOO_LATE: "延期公告应在原截止时间以前",
    Code.EXTENSION_NOT_ALLOWED: "议事规则不允许延期",
    Code.NEEDS_REVIEW_MAJORITY_SPLIT: "已表决的多数意见不一致，未返回的表决票无从计入，须由人决定",
    Code.NEEDS_REVIEW_COOWNER_CONFLICT: "共有人的表决意见不一致，须由共有人推选一人",
    Code.NEEDS_REVIEW_SPLIT_OWNER: "同一业主的表决意见不一致，须由本人明确",
    Code.INPUT_INCONSISTENT: "数字前后矛盾，不予计算",
}


class Flag(StrEnum):
    """What must be printed beside a verdict."""

    CONTESTED_FOLLOW_MAJORITY = "CONTESTED_FOLLOW_MAJORITY"


FLAG_WORDS: dict[Flag, str] = {
    Flag.CONTESTED_FOLLOW_MAJORITY: "未返回的表决票已按议事规则计入多数意见；此种算法尚有争议",
}


NO_FACTS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a count comes to. `passed` None: a person must decide; nothing may close by itself.

    `measures` stand in the order of the law; `code` names the first that is not met. `facts` are further numbers of
    the family (part_area, elected, days, ...). `without` is the verdict had no unreturned ballot followed the majority.
    """

    passed: bool | None
    code: Code
    measures: tuple[Measure, ...] = ()
    flags: tuple[Flag, ...] = ()
    problem: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    without: "Verdict | None" = None

    def to_dict(self) -> dict[str, Any]:
        """The verdict as plain JSON values, the family's own facts at the top level."""
        table: dict[str, Any] = {
            "passed": self.passed,
            "code": self.code.value,
            "text": verdict_words(self),
            "measures": [measure.to_dict() for measure in self.measures],
            **self.facts,
        }
        if self.flags:
            table["flag"] = self.flags[0].value
            table["flags"] = [flag.value for flag in self.flags]
        if self.problem:
            table["problem"] = self.problem
        if self.without:
            table["without"] = self.without.to_dict()
        return table


def inconsistent(problem: str, facts: Mapping[str, Any] = NO_FACTS, measures: tuple[Measure, ...] = ()) -> Verdict:
    """Numbers that cannot all be true are refused with the difference, never repaired."""
    return Verdict(None, Code.INPUT_INCONSISTENT, measures, problem=problem, facts=facts)


def verdict_words(verdict: Verdict) -> str:
    """`通过`, `未通过：同意未达到法定比例`, `待决定：…`, with the problem where there is one."""
    reason = CODE_WORDS[verdict.code] + (f"（{verdict.problem}）" if verdict.problem else "")
    if verdict.passed is None:
        return f"待决定：{reason}"
    if verdict.passed:
        return reason if verdict.code is not Code.PASSED else "通过"
    return f"未通过：{reason}"


def explanation(verdict: Verdict) -> tuple[str, ...]:
    """The verdict's sentences for people: each measure, then each flag."""
    return tuple(measure_words(measure) for measure in verdict.measures) + tuple(FLAG_WORDS[f] for f in verdict.flags)
