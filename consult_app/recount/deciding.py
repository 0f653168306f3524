"""Hold the sums against the shares of the rule, as exact fractions of whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

CHOICES = ("同意", "反对", "弃权", "填写无效")

NOT_MET = {
    "owners": {
        ("participation", "area"): "PARTICIPATION_AREA_NOT_MET",
        ("participation", "heads"): "PARTICIPATION_HEADS_NOT_MET",
        ("approval", "area"): "APPROVAL_AREA_NOT_MET",
        ("approval", "heads"): "APPROVAL_HEADS_NOT_MET",
    },
    "unanimous": {("participation", "heads"): "QUORUM_NOT_MET", ("approval", "heads"): "NOT_UNANIMOUS"},
    "recall": {("participation", "heads"): "TURNOUT_NOT_MET", ("approval", "heads"): "APPROVAL_NOT_MET"},
    "meeting": {("participation", "heads"): "QUORUM_NOT_MET", ("approval", "heads"): "APPROVAL_NOT_MET"},
    "levy": {("participation", "heads"): "QUORUM_NOT_MET", ("approval", "heads"): "APPROVAL_NOT_MET"},
}


@dataclass
class Sums:
    """What stands behind each choice of one question, by heads and by area (0.01 m²)."""

    heads: dict[str, int]
    area: dict[str, int]

    def of(self, measure: str) -> dict[str, int]:
        """The sums by one measure."""
        return self.area if measure == "area" else self.heads


def nothing() -> Sums:
    """No votes yet."""
    return Sums(dict.fromkeys(CHOICES, 0), dict.fromkeys(CHOICES, 0))


def decide(rule: Mapping[str, Any], sums: Sums, eligible: Mapping[str, int], present: int | None) -> str:
    """`PASSED`, or the first share that is not reached."""
    names = NOT_MET[rule["kind"]]
    took_part = {}
    for measure in rule["measures"]:
        took_part[measure] = sum(sums.of(measure).values())
    if present is not None:
        took_part["heads"] = present
    for measure in rule["measures"]:
        gate = rule["participation"]
        if gate and not reaches(took_part[measure], eligible[measure], gate):
            return names["participation", measure]
    for measure in rule["measures"]:
        gate = rule["approval"]
        if not gate:
            continue
        whole = eligible[measure] if gate["base"] == "all" else took_part[measure]
        if not reaches(sums.of(measure)["同意"], whole, gate):
            return names["approval", measure]
    return "PASSED"


def followed(rule: Mapping[str, Any], sums: Sums, silent: Mapping[str, int]) -> Sums | None:
    """The sums with the silent added to the majority (从多); None where area and heads know no single one."""
    leaders = {_leader(sums.of(measure)) for measure in rule["measures"]}
    if leaders not in ({"同意"}, {"反对"}):
        return None
    (leader,) = leaders
    joined = Sums(dict(sums.heads), dict(sums.area))
    joined.heads[str(leader)] += silent["heads"]
    joined.area[str(leader)] += silent["area"]
    return joined


def _leader(sums: Mapping[str, int]) -> str | None:
    most = max(sums[choice] for choice in CHOICES[:3])
    leaders = [choice for choice in CHOICES[:3] if sums[choice] == most]
    return leaders[0] if len(leaders) == 1 else None


def reaches(part: int, whole: int, gate: Mapping[str, str]) -> bool:
    """Whether a part of a whole reaches a share; of nothing nothing is reached (民法典第一千二百五十九条)."""
    if whole <= 0:
        return False
    share, asked = Fraction(part, whole), Fraction(gate["ratio"])
    if gate["op"] == ">":
        return share > asked
    if gate["op"] == ">=":
        return share >= asked
    return share == asked
