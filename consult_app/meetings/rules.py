"""What a meeting may do, how its people are counted, and when it has a quorum. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class MeetingState(StrEnum):
    """Where a meeting stands."""

    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"


class Presence(StrEnum):
    """How a person takes part. `EXPECTED` has not come yet; `ABSENT` stayed away without leave."""

    EXPECTED = "expected"
    PRESENT = "present"
    EXCUSED = "excused"
    OBSERVER = "observer"
    ABSENT = "absent"


class Position(StrEnum):
    """What a statement is: the words on its button and in the record."""

    FOR = "赞成"
    AGAINST = "反对"
    ADVICE = "建议"
    QUESTION = "提问"
    ACCOUNT = "说明"


class Form(StrEnum):
    """会议形式."""

    IN_PERSON = "现场"
    WRITTEN = "书面"
    MIXED = "线上与线下结合"


STATE_WORDS = {MeetingState.CALLED: "已召集", MeetingState.OPEN: "进行中", MeetingState.CLOSED: "已结束"}

PRESENCE_WORDS = {
    Presence.EXPECTED: "未到",
    Presence.PRESENT: "实到",
    Presence.EXCUSED: "请假",
    Presence.OBSERVER: "列席",
    Presence.ABSENT: "缺席",
}

SESSION_LIMIT = 2
"""Sessions on one matter before it is decided or goes up a level (domain.md §1.3, step 3; a proposal, no law)."""


@dataclass(frozen=True)
class Quorum:
    """法定人数: the share of those expected who must be present. `above` means more than, else at least that share."""

    numerator: int
    denominator: int
    above: bool = False
    source: str = "议事规则"

    @property
    def words(self) -> str:
        """`过半数`, `三分之二以上`."""
        if (self.numerator, self.denominator, self.above) == (1, 2, True):
            return "过半数"
        share = {(1, 2): "半数", (2, 3): "三分之二", (3, 4): "四分之三", (1, 1): "全体"}.get(
            (self.numerator, self.denominator), f"{self.numerator}/{self.denominator}"
        )
        if self.numerator == self.denominator:
            return share
        return f"超过{share}" if self.above else f"{share}以上"


MAJORITY = Quorum(1, 2, above=True)
TWO_THIRDS = Quorum(2, 3)


@dataclass(frozen=True)
class QuorumMeasure:
    """The quorum at one moment: heads present of those expected, heads needed, heads still lacking."""

    quorum: Quorum
    present: int
    expected: int
    needed: int
    shortfall: int

    @property
    def reached(self) -> bool:
        """Whether the meeting may decide."""
        return self.expected > 0 and self.shortfall == 0

    @property
    def words(self) -> str:
        """`实到 19 人，应到 25 人，已达到三分之二以上` or what is lacking."""
        counts = f"实到 {self.present} 人，应到 {self.expected} 人"
        if not self.expected:
            return "尚未确定应到人员"
        if self.reached:
            return f"{counts}，符合{self.quorum.words}到会的要求"
        return f"{counts}，未达到{self.quorum.words}，还差 {self.shortfall} 人"


def has_quorum(present: int, expected: int, quorum: Quorum) -> bool:
    """Whether enough of those expected are present; nobody expected is no quorum. Compared by cross-multiplication."""
    have, need = present * quorum.denominator, expected * quorum.numerator
    return expected > 0 and (have > need if quorum.above else have >= need)


def quorum_measure(present: int, expected: int, quorum: Quorum) -> QuorumMeasure:
    """The quorum with the heads needed and still lacking."""
    product = expected * quorum.numerator
    needed = product // quorum.denominator + 1 if quorum.above else -(-product // quorum.denominator)
    return QuorumMeasure(quorum, present, expected, needed, max(0, needed - present))


@dataclass(frozen=True)
class Counts:
    """应到, 实到, 列席, 请假 and 缺席 in heads. `in_room` are those of the present who have not left."""

    expected: int
    present: int
    observers: int
    excused: int
    absent: int
    in_room: int


def counts(people: Sequence[tuple[Presence, bool]]) -> Counts:
    """Count people given as (presence, has left). Observers are not among those expected; the excused are."""
    tally = {presence: 0 for presence in Presence}
    for presence, _left in people:
        tally[presence] += 1
    return Counts(
        expected=len(people) - tally[Presence.OBSERVER],
        present=tally[Presence.PRESENT],
        observers=tally[Presence.OBSERVER],
        excused=tally[Presence.EXCUSED],
        absent=tally[Presence.ABSENT] + tally[Presence.EXPECTED],
        in_room=sum(1 for presence, left in people if presence is Presence.PRESENT and not left),
    )


def escalation_advice(sessions: int, is_agreed: bool) -> str | None:
    """What to tell the chair when a matter has been discussed often enough without agreement; else None."""
    if is_agreed or sessions < SESSION_LIMIT:
        return None
    return f"本议题已议 {sessions} 次仍未形成一致意见，建议提交表决，或转到上一级平台议事。"
