"""What a count says: turnout at any time, choices and verdict once closed, and the same for machines. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import area_plain
from consult_app.voting.choices import Channel, MotionState
from consult_app.voting.measures import Measure
from consult_app.voting.rules import Choice, Weight
from consult_app.voting.verdicts import Verdict


class StillOpen(Refused):
    """Choices are shown to nobody before the vote is closed (architecture decision 6)."""

    text = "截止投票以前，只能看参与情况，不能看同意、反对。"


@dataclass(frozen=True)
class Turnout:
    """参与情况: who took part, by weight and channel (people). `waiting` filled a ballot that is not signed yet."""

    motion_id: int
    state: MotionState
    eligible: Weight
    participating: Weight
    channels: Mapping[Channel, int]
    waiting: Weight
    waiting_ballots: int
    pending_paper: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Count:
    """How much stands behind one choice. `area` in 0.01 m²."""

    heads: int = 0
    area: int = 0
    ballots: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.heads + other.heads, self.area + other.area, self.ballots + other.ballots)


@dataclass(frozen=True)
class ItemTally:
    """One question with its counts and the verdict; a survey has none."""

    code: str
    text: str
    counts: Mapping[Choice, Count]
    verdict: Verdict | None


@dataclass(frozen=True)
class Tally:
    """计票: turnout, and once closed the choices of every question. `items` is empty before.

    `counted` are those whose ballots count; with `assisted` weight that leaves out the ones still to be signed.
    """

    turnout: Turnout
    counted: Weight
    items: tuple[ItemTally, ...]

    @property
    def passed(self) -> bool | None:
        """Whether every question passed; None when one is undecided or there is no verdict."""
        verdicts = [item.verdict.passed if item.verdict else None for item in self.items]
        if any(passed is False for passed in verdicts):
            return False
        return True if verdicts and all(verdicts) else None

    def to_dict(self) -> dict[str, Any]:
        """The tally for machines: areas as decimal strings; choices and verdict only once closed."""
        shown: dict[str, Any] = {
            "motion": self.turnout.motion_id,
            "state": self.turnout.state.value,
            "eligible": _weight(self.turnout.eligible),
            "participating": _weight(self.turnout.participating),
            "channels": {channel.value: count for channel, count in self.turnout.channels.items()},
            "waiting_for_signature": self.turnout.waiting_ballots,
        }
        if self.items:
            shown["counted"] = _weight(self.counted)
            shown["choices"] = {item.code: _choices(item.counts) for item in self.items}
            shown["verdict"] = self.verdict_dict()
        return shown

    def verdict_dict(self) -> dict[str, Any] | None:
        """The verdict for machines: the only question's own, or one over all questions with each in `items`."""
        verdicts = {item.code: item.verdict.to_dict() for item in self.items if item.verdict}
        if not verdicts:
            return None
        first = next((v for v in verdicts.values() if v["passed"] is not True), next(iter(verdicts.values())))
        return (
            {**first, "passed": self.passed, "items": verdicts} if len(verdicts) > 1 else {**first, "items": verdicts}
        )


def _weight(weight: Weight) -> dict[str, Any]:
    return {"heads": weight.heads, "area": area_plain(weight.area)}


def _choices(counts: Mapping[Choice, Count]) -> dict[str, Any]:
    return {
        choice.value: {"heads": found.heads, "area": area_plain(found.area), "ballots": found.ballots}
        for choice, found in counts.items()
    }
