"""Where a matter may come from, who decides it, how it may end, and what it needs by law. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from consult_app.kernel.errors import Refused


class Source(StrEnum):
    """议题来源: where a matter comes from."""

    RESIDENT = "resident"
    OWNER = "owner"
    VILLAGER = "villager"
    GRID_WORKER = "grid_worker"
    PARTY_MEMBER = "party_member"
    COMMITTEE = "committee"
    PETITION = "petition"
    HANDED_DOWN = "handed_down"


class DecisionBody(StrEnum):
    """决定主体: who takes the decision, apart from the venue that discusses it (domain.md §1.5)."""

    CONSENSUS = "consensus"
    RESIDENTS_COUNCIL = "residents_council"
    OWNERS_ASSEMBLY = "owners_assembly"
    OWNERS_COMMITTEE = "owners_committee"
    VILLAGERS_ASSEMBLY = "villagers_assembly"
    VILLAGERS_REPS_MEETING = "villagers_reps_meeting"
    VILLAGE_GROUP = "village_group"
    RESIDENTS_ASSEMBLY = "residents_assembly"
    RESIDENTS_REPS_MEETING = "residents_reps_meeting"
    COLLECTIVE_ASSEMBLY = "collective_assembly"


class Flag(StrEnum):
    """A property of a matter on which some artefacts depend."""

    VOTE = "vote"
    NEEDS_ASSEMBLY = "needs_assembly"
    COMMITTEE_CHANGED = "committee_changed"


class Outcome(StrEnum):
    """结果: how a matter ends."""

    DONE = "done"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    NOT_PASSED = "not_passed"
    QUORUM_FAILED = "quorum_failed"


class ProposalState(StrEnum):
    """Whether a matter is under way."""

    RUNNING = "running"
    ENDED = "ended"


class StepState(StrEnum):
    """Where one step of a matter stands."""

    DONE = "done"
    PRESENT = "present"
    WAITING = "waiting"
    RETURNED = "returned"


SOURCE_WORDS = {
    Source.RESIDENT: "居民提出",
    Source.OWNER: "业主提出",
    Source.VILLAGER: "村民提出",
    Source.GRID_WORKER: "网格员提出",
    Source.PARTY_MEMBER: "党员提出",
    Source.COMMITTEE: "居（村）委会、业委会提出",
    Source.PETITION: "联名提出",
    Source.HANDED_DOWN: "上级交办",
}

DECISION_WORDS = {
    DecisionBody.CONSENSUS: "相关方协商一致",
    DecisionBody.RESIDENTS_COUNCIL: "居民议事会",
    DecisionBody.OWNERS_ASSEMBLY: "业主大会",
    DecisionBody.OWNERS_COMMITTEE: "业主委员会",
    DecisionBody.VILLAGERS_ASSEMBLY: "村民会议",
    DecisionBody.VILLAGERS_REPS_MEETING: "村民代表会议",
    DecisionBody.VILLAGE_GROUP: "村民小组会议",
    DecisionBody.RESIDENTS_ASSEMBLY: "居民会议",
    DecisionBody.RESIDENTS_REPS_MEETING: "居民代表会议",
    DecisionBody.COLLECTIVE_ASSEMBLY: "农村集体经济组织成员（代表）大会",
}

OUTCOME_WORDS = {
    Outcome.DONE: "办结",
    Outcome.DECLINED: "不予受理",
    Outcome.MERGED: "并案办理",
    Outcome.WITHDRAWN: "撤回",
    Outcome.NOT_PASSED: "表决未通过",
    Outcome.QUORUM_FAILED: "未达法定参与人数",
}

FLAG_WORDS = {
    Flag.VOTE: "须表决",
    Flag.NEEDS_ASSEMBLY: "须由村（居）民会议或者代表会议决定",
    Flag.COMMITTEE_CHANGED: "选举或者更换业主委员会",
}

_ASSEMBLIES = {
    DecisionBody.VILLAGERS_ASSEMBLY,
    DecisionBody.VILLAGERS_REPS_MEETING,
    DecisionBody.RESIDENTS_ASSEMBLY,
    DecisionBody.RESIDENTS_REPS_MEETING,
}

OBJECTION_DAYS = 7
"""Days for objections to a result unless the matter sets others (domain.md §1.3; a proposal, no law)."""

LONGEST_PERIOD = 365
"""Most days a notice or objection period may last."""

OVERDUE_LIMIT = 2
"""A step that has become overdue this often is flagged to the next venue level (domain.md §1.3, step 5)."""


class FlagRequired(Refused):
    """Someone turns off what the chosen decision body makes compulsory."""

    text = "由{body}决定的事项{flag}，不能取消。"
    field = "flags"


class PeriodOutOfRange(Refused):
    """A number of days that no notice can have."""

    text = "{what}应在 0 到 {limit} 天之间。"


def required_flags(body: DecisionBody) -> frozenset[Flag]:
    """What the decision body makes compulsory.

    A statutory body votes; before a village or residents' assembly the party organisation studies the matter
    (villagers-committees-2025-28, residents-committees-2025-30).
    """
    found = set() if body is DecisionBody.CONSENSUS else {Flag.VOTE}
    return frozenset(found | ({Flag.NEEDS_ASSEMBLY} if body in _ASSEMBLIES else set()))


def settled_flags(body: DecisionBody, chosen: Mapping[str, bool]) -> tuple[Flag, ...]:
    """The flags a matter gets: those compulsory and those chosen; turning off a compulsory one is refused."""
    compulsory = required_flags(body)
    for flag in compulsory:
        if chosen.get(flag) is False:
            raise FlagRequired(body=DECISION_WORDS[body], flag=FLAG_WORDS[flag])
    return tuple(flag for flag in Flag if flag in compulsory or chosen.get(flag))


def needs_item(body: DecisionBody) -> bool:
    """Whether the secretary must name the item of law and the reason: owners' matters (civil-code-278)."""
    return body is DecisionBody.OWNERS_ASSEMBLY


def checked_days(days: int, what: str, field: str) -> int:
    """A number of days of a period; refused below 0 and above a year."""
    if not 0 <= days <= LONGEST_PERIOD:
        raise PeriodOutOfRange(what=what, limit=LONGEST_PERIOD, field=field)
    return days


def number_words(year: int, sequence: int) -> str:
    """`2026-001`."""
    return f"{year}-{sequence:03d}"


def waits_of(notice_days: int | None, objection_days: int) -> dict[str, int]:
    """The waits a matter sets by name; a notice period that is not settled yet is left to the template."""
    return {"objection": objection_days} | ({} if notice_days is None else {"notice": notice_days})
