"""Count: from a tally and a rule to a verdict. Pure and exact; areas are whole numbers of 0.01 m²."""

from dataclasses import dataclass, replace
from enum import StrEnum

from consult_app.voting.measures import Base, Measure, Threshold, Unit, amount_words, plain
from consult_app.voting.rule import VOTED, Kind, Rule
from consult_app.voting.verdicts import Code, Flag, Verdict, inconsistent


class Choice(StrEnum):
    """What a ballot says. INVALID is a marking defect only (空白、多选、无法辨认), not a defect of identity."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    INVALID = "invalid"


CHOICE_WORDS = {Choice.FOR: "同意", Choice.AGAINST: "反对", Choice.ABSTAIN: "弃权", Choice.INVALID: "填写无效"}


@dataclass(frozen=True, slots=True)
class Weight:
    """票权: area in 0.01 m² and heads (persons, households or votes, as the rule counts)."""

    area: int = 0
    heads: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.area + other.area, self.heads + other.heads)

    def of(self, measure: str) -> int:
        """The weight by one measure, `area` or `heads`."""
        return self.area if measure == "area" else self.heads


NOTHING = Weight()


@dataclass(frozen=True, slots=True)
class Policy:
    """What the law leaves to the procedure rules; the defaults are the careful ones.

    Unreturned ballots follow the majority (从多) only where the procedure rules say so, delivery to each owner is
    proved, and the paper warned of it.
    """

    invalid_mark_participates: bool = True
    follow_majority: bool = False
    clause_in_rules: bool = False
    delivery_proved: bool = False
    warning_printed: bool = True

    @property
    def follows(self) -> bool:
        return self.follow_majority and self.clause_in_rules and self.delivery_proved and self.warning_printed


CAREFUL = Policy()


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums of one question. `present` is 到会 or 参加投票; None means that just those who chose were there.

    `left_early` are present who left without choosing; they stay in the base. Owners' ballots have no `present`.
    """

    eligible: Weight
    in_favour: Weight = NOTHING
    against: Weight = NOTHING
    abstain: Weight = NOTHING
    invalid: Weight = NOTHING
    present: int | None = None
    left_early: int = 0
    unreturned: Weight = NOTHING
    policy: Policy = CAREFUL

    @property
    def chosen(self) -> Weight:
        """All who chose something or other, marking defects included."""
        return self.in_favour + self.against + self.abstain + self.invalid

    @property
    def participating(self) -> Weight:
        """Who took part: all who chose (or were present); marking defects by policy."""
        if self.present is not None:
            return Weight(self.chosen.area, self.present)
        chosen = self.in_favour + self.against + self.abstain
        return chosen + self.invalid if self.policy.invalid_mark_participates else chosen


def decide(rule: Rule, tally: Tally) -> Verdict:
    """The verdict on one question with 同意/反对/弃权, for every kind in `rule.VOTED`.

    Numbers that contradict each other are refused as `INPUT_INCONSISTENT`, not repaired.
    """
    if rule.kind not in VOTED:
        raise ValueError(rule.kind)
    problem = _contradiction(rule, tally)
    if problem:
        return inconsistent(problem, _facts(rule, tally))
    if not tally.policy.follows or tally.unreturned == NOTHING:
        return _verdict(rule, tally)
    return _followed(rule, tally)


def turnout(rule: Rule, participating: Weight, eligible: Weight) -> tuple[Measure, ...]:
    """The participation measures alone, for a live turnout that never needs 同意 or 反对; none where the law asks none."""
    if rule.participation is None:
        return ()
    return tuple(
        _measure(rule, "participation", measure, participating, eligible, rule.participation)
        for measure in rule.measures
    )


def first_unmet(measures: tuple[Measure, ...], codes: dict[str, Code]) -> Code:
    """The code of the first measure not met, else PASSED."""
    return next((codes[measure.name] for measure in measures if not measure.met), Code.PASSED)


CODES = {
    "participation_area": Code.PARTICIPATION_AREA_NOT_MET,
    "participation_heads": Code.PARTICIPATION_HEADS_NOT_MET,
    "approval_area": Code.APPROVAL_AREA_NOT_MET,
    "approval_heads": Code.APPROVAL_HEADS_NOT_MET,
    "quorum": Code.QUORUM_NOT_MET,
    "turnout": Code.TURNOUT_NOT_MET,
    "approval": Code.APPROVAL_NOT_MET,
    "unanimity": Code.NOT_UNANIMOUS,
}

_GATES = {
    Kind.MEETING: {"participation": ("quorum", "到会"), "approval": ("approval", "同意")},
    Kind.LEVY: {"participation": ("quorum", "到会代表所代表"), "approval": ("approval", "同意")},
    Kind.RECALL: {"participation": ("turnout", "参加投票"), "approval": ("approval", "赞成罢免")},
    Kind.ELECTION: {"participation": ("turnout", "参加投票"), "approval": ("approval", "得票")},
    Kind.UNANIMOUS: {"participation": ("quorum", "参与表决"), "approval": ("unanimity", "同意")},
}
"""Name and words of each gate, where there is one measure only; else `participation_area` and so on."""


def _measure(rule: Rule, gate: str, measure: str, part: Weight, whole: Weight, threshold: Threshold) -> Measure:
    if rule.kind in _GATES:
        name, verb = _GATES[rule.kind][gate]
    else:
        name, verb = f"{gate}_{measure}", "参与表决" if gate == "participation" else "同意"
    unit = Unit.AREA if measure == "area" else rule.unit
    noun = {Unit.AREA: "面积", Unit.PERSON: "人数", Unit.HOUSEHOLD: "户数", Unit.VOTE: "票数"}[unit]
    return Measure(name, verb + noun, part.of(measure), whole.of(measure), threshold, unit)


def _verdict(rule: Rule, tally: Tally) -> Verdict:
    measures = turnout(rule, tally.participating, tally.eligible)
    if rule.approval:
        base = tally.eligible if rule.approval.base is Base.ALL else tally.participating
        measures += tuple(
            _measure(rule, "approval", measure, tally.in_favour, base, rule.approval) for measure in rule.measures
        )
    code = first_unmet(measures, CODES)
    return Verdict(code is Code.PASSED, code, measures, facts=_facts(rule, tally))


def _facts(rule: Rule, tally: Tally) -> dict[str, str | int]:
    if rule.kind is Kind.OWNERS:
        part = tally.participating
        return {"part_area": plain(part.area, Unit.AREA), "part_heads": part.heads}
    if rule.kind is Kind.LEVY:
        return {"represented": tally.participating.heads}
    return {}


def _followed(rule: Rule, tally: Tally) -> Verdict:
    """The verdict with the unreturned ballots added to the majority; stops when area and heads know no single one."""
    leaders = {_leader(tally, measure) for measure in rule.measures}
    without = _verdict(rule, tally)
    if leaders == {Choice.FOR}:
        joined = replace(tally, in_favour=tally.in_favour + tally.unreturned, unreturned=NOTHING)
    else:
        joined = replace(tally, against=tally.against + tally.unreturned, unreturned=NOTHING)
    verdict = _verdict(rule, joined)
    if leaders not in ({Choice.FOR}, {Choice.AGAINST}):
        took_part = turnout(rule, joined.participating, joined.eligible)
        return Verdict(None, Code.NEEDS_REVIEW_MAJORITY_SPLIT, took_part, facts=verdict.facts, without=without)
    return replace(verdict, flags=(Flag.CONTESTED_FOLLOW_MAJORITY,), without=without)


def _leader(tally: Tally, measure: str) -> Choice | None:
    """The one choice that has most by a measure; None on a tie."""
    sums = {
        Choice.FOR: tally.in_favour.of(measure),
        Choice.AGAINST: tally.against.of(measure),
        Choice.ABSTAIN: tally.abstain.of(measure),
    }
    most = max(sums.values())
    leaders = [choice for choice, total in sums.items() if total == most]
    return leaders[0] if len(leaders) == 1 else None


def _contradiction(rule: Rule, tally: Tally) -> str:
    """What cannot be true about a tally, in Chinese with the difference; empty when nothing is wrong."""
    for measure in rule.measures:
        unit = Unit.AREA if measure == "area" else rule.unit
        total = tally.eligible.of(measure)
        chosen = tally.chosen.of(measure)
        cast = chosen + tally.unreturned.of(measure)
        parts = (tally.in_favour, tally.against, tally.abstain, tally.invalid, tally.unreturned)
        if any(part.of(measure) < 0 for part in parts) or (tally.present or 0) < 0 or tally.left_early < 0:
            return "票数不能为负数"
        if total <= 0:
            return "应参加表决的总数须大于零"
        if cast > total:
            return f"各项合计 {amount_words(cast, unit)}，比总数多 {amount_words(cast - total, unit)}"
        if tally.present is None or measure == "area":
            continue
        if tally.present > total:
            return f"到会 {amount_words(tally.present, unit)}，比总数多 {amount_words(tally.present - total, unit)}"
        if chosen + tally.left_early > tally.present:
            over = chosen + tally.left_early - tally.present
            return f"各项合计比到会多 {amount_words(over, unit)}"
    return ""
