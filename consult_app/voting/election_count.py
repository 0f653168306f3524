"""The sums of an election's papers as two tellers agree on them, and who is elected by them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.voting import elections, rules
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import Weight
from consult_app.voting.tables import ElectionTally, Motion
from consult_app.voting.verdicts import Code, Verdict

BY_TALLY = (Kind.ELECTION, Kind.RUNOFF, Kind.OWNERS_ELECTION, Kind.RECALL)
"""Kinds that the law puts to secret paper, or that fill seats: only their sums are entered."""

WHOLE = (Code.TURNOUT_NOT_MET, Code.PARTICIPATION_AREA_NOT_MET, Code.PARTICIPATION_HEADS_NOT_MET)
"""Why a whole election fails, whoever stood."""


_AREA = re.compile(r"(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.(\d{1,2}))?")


class BadArea(Refused):
    """An area was typed that is no number of at most two decimals."""

    text = "「{typed}」不是面积，请填写数字，最多两位小数，如 12345.67。"


def written_area(typed: str, field: str) -> int:
    """An area in 0.01 m² as a person types a sum, exact; refused (`BadArea`) beside its field."""
    found = _AREA.fullmatch(typed.strip())
    if found is None:
        raise BadArea(typed=typed.strip(), field=field)
    return int(found[1].replace(",", "")) * 100 + int((found[4] or "0").ljust(2, "0"))


@dataclass(frozen=True, slots=True)
class ElectionCount:
    """An election's sums: who may vote, who took part, papers collected and spoiled ones, and votes by name.

    Areas (0.01 m²) only in an owners' committee election. A name that was written in beside the candidates may stand here.
    """

    registered: Weight
    voters: Weight
    collected: int
    invalid: int
    votes: Mapping[str, Weight]

    @staticmethod
    def of_papers(
        *, registered: int, voters: int, collected: int, invalid: int, votes: Mapping[str, int]
    ) -> "ElectionCount":
        """The sums where each paper is one voter's and area is no matter."""
        by_name = {name: Weight(heads=count) for name, count in votes.items()}
        return ElectionCount(Weight(heads=registered), Weight(heads=voters), collected, invalid, by_name)

    def to_dict(self) -> dict[str, Any]:
        """The sums as plain JSON values; `from_dict` reads them back."""
        return {
            "registered": [self.registered.heads, self.registered.area],
            "voters": [self.voters.heads, self.voters.area],
            "collected": self.collected,
            "invalid": self.invalid,
            "votes": [[name, weight.heads, weight.area] for name, weight in self.votes.items()],
        }

    @staticmethod
    def from_dict(table: Mapping[str, Any]) -> "ElectionCount":
        """The sums that `to_dict` wrote."""

        def weight(pair: list[int]) -> Weight:
            return Weight(heads=pair[0], area=pair[1])

        return ElectionCount(
            weight(table["registered"]),
            weight(table["voters"]),
            table["collected"],
            table["invalid"],
            {name: weight(pair) for name, *pair in table["votes"]},
        )


def elected(rule: Rule, seats: int, count: ElectionCount) -> Verdict:
    """Who is elected by the sums; for a recall, whether it passes."""
    if rule.kind is Kind.RECALL:
        (in_favour,) = count.votes.values()
        return rules.decide(rule, rules.Tally(count.registered, in_favour, present=count.voters.heads))
    if rule.kind is Kind.OWNERS_ELECTION:
        return elections.elect_committee(
            rule, elections.CommitteePapers(count.registered, count.voters, seats, count.votes)
        )
    votes = {name: weight.heads for name, weight in count.votes.items()}
    papers = elections.Papers(count.registered.heads, count.voters.heads, count.collected, seats, count.invalid, votes)
    return elections.elect(rule, papers)


def agreed(db: Session, motion_id: int) -> tuple[ElectionCount, tuple[str, str]] | None:
    """The sums of the newest entry, if another teller's latest is the same, with both names; else None."""
    entries = db.scalars(select(ElectionTally).where(ElectionTally.motion_id == motion_id).order_by(ElectionTally.id))
    latest: dict[str, dict[str, Any]] = {}
    for entry in entries:
        latest.pop(entry.teller, None)
        latest[entry.teller] = entry.counts
    if not latest:
        return None
    teller, counts = latest.popitem()
    other = next((name for name, same in latest.items() if same == counts), None)
    return (ElectionCount.from_dict(counts), (other, teller)) if other else None


def outcomes(db: Session, motion: Motion, rule: Rule) -> tuple[tuple[str, str, Weight, Verdict], ...]:
    """Each name with its code, votes and whether it is elected; empty before two tellers agree."""
    shared = agreed(db, motion.id)
    if shared is None:
        return ()
    count, _ = shared
    verdict = elected(rule, motion.seats, count)
    return tuple(
        (str(place), name, weight, _of_name(verdict, name, rule))
        for place, (name, weight) in enumerate(count.votes.items(), 1)
    )


def _of_name(verdict: Verdict, name: str, rule: Rule) -> Verdict:
    """The verdict as it concerns one name: its own shares after those of the whole election."""
    if rule.kind is Kind.RECALL:
        return verdict
    wins = name in verdict.facts.get("elected", ())
    shares = tuple(m for m in verdict.measures if ":" not in m.name or m.name.split(":", 1)[1] == name)
    if name in verdict.facts.get("tied", ()):
        return Verdict(None, Code.TIE_REVOTE, shares)
    if wins:
        return Verdict(True, Code.PASSED, shares)
    return Verdict(False, verdict.code if verdict.code in WHOLE else Code.NOT_ELECTED, shares)
