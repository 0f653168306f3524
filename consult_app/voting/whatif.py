"""What if: which doubtful ballots or joinings would turn a result, each by itself and all together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from consult_app.voting.measures import shortfall_words
from consult_app.voting.rule import Rule
from consult_app.voting.rules import NOTHING, Choice, Tally, Weight, decide
from consult_app.voting.verdicts import Verdict, verdict_words

TRIED_AT_MOST = 4096
"""Combinations looked at before the answer on all doubts together is given up as unknown."""


class DoubtKind(StrEnum):
    """Why a ballot or a head is doubtful."""

    UNSIGNED = "unsigned"
    CONFLICT = "conflict"
    INVALID_MARK = "invalid_mark"
    WAITING_PAPER = "waiting_paper"
    QUESTIONED = "questioned"
    JOINING = "joining"


DOUBT_WORDS = {
    DoubtKind.UNSIGNED: "填好未签字的票",
    DoubtKind.CONFLICT: "重复票",
    DoubtKind.INVALID_MARK: "填写无效的票",
    DoubtKind.WAITING_PAPER: "尚未录入一致的纸质选票",
    DoubtKind.QUESTIONED: "列入疑难票、尚未裁定的票",
    DoubtKind.JOINING: "确认为同一人的业主",
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to read a doubt: what would leave one sum of the tally and come into another.

    `took` and `gives` are choices, None for not taking part; `eligible` is what the roll would gain.
    """

    words: str
    weight: Weight
    took: Choice | None = None
    gives: Choice | None = None
    eligible: Weight = NOTHING


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful ballot or head of one question, and how else it could be read."""

    kind: DoubtKind
    label: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A doubt that turns the result by itself: read so, this is the verdict."""

    doubt: Doubt
    alternative: Alternative
    verdict: Verdict

    @property
    def words(self) -> str:
        """`业主08（填好未签字的票）：如果签字后计入，结果变为「通过」`, with what would be missing."""
        missing = shortfall_words(self.verdict.measures)
        return (
            f"{self.doubt.label}（{DOUBT_WORDS[self.doubt.kind]}）：如果{self.alternative.words}，"
            f"结果变为「{verdict_words(self.verdict)}」" + (f"，{missing}" if missing else "")
        )


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Whether the result stands: the doubts that turn it alone, and whether all together could (None: too many to try)."""

    verdict: Verdict
    doubts: tuple[Doubt, ...]
    flips: tuple[Flip, ...]
    together: bool | None

    @property
    def words(self) -> str:
        """The answer as the count sheet says it."""
        if not self.doubts:
            return "没有存疑的票，也没有合并计算的业主。"
        count = f"存疑 {len(self.doubts)} 处"
        if self.flips:
            turning = len({(flip.doubt.kind, flip.doubt.label) for flip in self.flips})
            return f"{count}，其中 {turning} 处单独就能改变结果，须逐一核实。"
        if self.together:
            return f"{count}，单独都不改变结果，但合在一起可能改变结果，须逐一核实。"
        if self.together is None:
            return f"{count}，单独都不改变结果；合在一起的情形太多，未能逐一推算，须逐一核实。"
        return f"{count}，无论怎样认定都不改变结果。"


def flips(rule: Rule, tally: Tally, doubts: Sequence[Doubt]) -> Sensitivity:
    """What the doubts could do to the result of one question. Doubts are taken as independent of each other."""
    found = tuple(doubts)
    verdict = decide(rule, tally)
    turned = tuple(
        Flip(doubt, alternative, other)
        for doubt in found
        for alternative in doubt.alternatives
        if (other := decide(rule, read_so(tally, alternative))).passed is not verdict.passed
    )
    return Sensitivity(verdict, found, turned, True if turned else _together(rule, tally, verdict, found))


def read_so(tally: Tally, alternative: Alternative) -> Tally:
    """The tally had a doubt been read another way."""
    changed = replace(tally, eligible=tally.eligible + alternative.eligible)
    if alternative.took is not None:
        changed = _moved(changed, alternative.took, alternative.weight, -1)
    if alternative.gives is not None:
        changed = _moved(changed, alternative.gives, alternative.weight, 1)
    return changed


def without(tally: Tally, choice: Choice, weight: Weight) -> Tally:
    """The tally had a ballot of this choice and weight not taken part."""
    return _moved(tally, choice, weight, -1)


def _moved(tally: Tally, choice: Choice, weight: Weight, sign: int) -> Tally:
    change = Weight(sign * weight.area, sign * weight.heads)
    match choice:
        case Choice.FOR:
            return replace(tally, in_favour=tally.in_favour + change)
        case Choice.AGAINST:
            return replace(tally, against=tally.against + change)
        case Choice.ABSTAIN:
            return replace(tally, abstain=tally.abstain + change)
        case Choice.INVALID:
            return replace(tally, invalid=tally.invalid + change)


def _together(rule: Rule, tally: Tally, verdict: Verdict, doubts: tuple[Doubt, ...]) -> bool | None:
    """Whether some reading of all doubts turns the result; extremes first, then every combination while they are few."""
    for wanted in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, None):
        extreme = tally
        for doubt in doubts:
            chosen = next((a for a in doubt.alternatives if a.gives is wanted), None)
            extreme = read_so(extreme, chosen) if chosen else extreme
        if decide(rule, extreme).passed is not verdict.passed:
            return True
    combinations = 1
    for doubt in doubts:
        combinations *= len(doubt.alternatives) + 1
        if combinations > TRIED_AT_MOST:
            return None
    for readings in product(*((None, *doubt.alternatives) for doubt in doubts)):
        changed = tally
        for reading in readings:
            changed = read_so(changed, reading) if reading else changed
        if decide(rule, changed).passed is not verdict.passed:
            return True
    return False
