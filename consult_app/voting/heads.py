"""Heads of a written roll of units: who counts as one person, with which area (domain §2.4). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult_app.voting.rules import Weight

DEVELOPER = "DEV"
"""The owner who votes for all that is unsold or undelivered."""

Head = frozenset[str]
"""Who counts as one person: the set of co-owners. Overlapping sets are different heads (product policy; law silent)."""


class Status(StrEnum):
    """Whose a unit is by owners-interpretation-9."""

    DELIVERED = "delivered"
    UNSOLD = "unsold"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class Unit:
    """专有部分: `area` in 0.01 m²; `kind` is `parking` for what counts only where the procedure rules say so."""

    unit: str
    area: int
    owners: frozenset[str]
    status: Status = Status.DELIVERED
    kind: str = "dwelling"


@dataclass(frozen=True, slots=True)
class Roll:
    """The heads that the units come to: the head of each unit, each head's whole weight, and who the developer is."""

    head_of: Mapping[str, Head]
    weights: Mapping[Head, Weight]
    by_owner: Mapping[str, tuple[Head, ...]]
    developers: frozenset[str]

    def spoken_for(self, owner: str, unit: str | None) -> tuple[Head, ...]:
        """The heads that an owner's ballot speaks for: that of the unit, else every one that holds the owner."""
        voter = DEVELOPER if owner in self.developers else owner
        if unit is None:
            return self.by_owner.get(voter, ())
        head = self.head_of.get(unit, Head())
        return (head,) if voter in head else ()


def roll_of(units: Iterable[Unit], *, scope: frozenset[str] | None = None, count_parking: bool = False) -> Roll:
    """The roll of the units that count, one head for each owner or set of co-owners (owners-interpretation-9).

    Whoever holds an unsold unit is the developer, and with all its units, delivered ones too, one head in all.
    """
    voting = [
        unit for unit in units if (scope is None or unit.unit in scope) and (unit.kind != "parking" or count_parking)
    ]
    unsold = (unit for unit in voting if unit.status is Status.UNSOLD)
    developers = frozenset({DEVELOPER}).union(*(unit.owners for unit in unsold))
    head_of: dict[str, Head] = {}
    areas: dict[Head, int] = {}
    for unit in voting:
        head = _head(unit, developers)
        head_of[unit.unit] = head
        areas[head] = areas.get(head, 0) + unit.area
    by_owner: dict[str, tuple[Head, ...]] = {}
    for head in areas:
        for owner in head:
            by_owner[owner] = (*by_owner.get(owner, ()), head)
    return Roll(head_of, {head: Weight(area, 1) for head, area in areas.items()}, by_owner, developers)


def roll_problem(units: Iterable[Unit], scope: frozenset[str] | None = None) -> str:
    """Why nothing can be counted over these units, in Chinese; empty when it can."""
    listed = tuple(units)
    names = Counter(unit.unit for unit in listed)
    if twice := sorted(name for name, times in names.items() if times > 1):
        return f"房屋 {'、'.join(twice)} 重复"
    if nameless := [unit.unit for unit in listed if unit.status is Status.DELIVERED and not unit.owners]:
        return f"房屋 {'、'.join(nameless)} 没有业主"
    if unmeasured := [unit.unit for unit in listed if unit.area <= 0]:
        return f"房屋 {'、'.join(unmeasured)} 没有面积"
    unknown = sorted(scope - names.keys()) if scope else []
    return f"表决范围中的 {'、'.join(unknown)} 不在名册中" if unknown else ""


def _head(unit: Unit, developers: frozenset[str]) -> Head:
    if unit.status is not Status.DELIVERED:
        return Head({DEVELOPER})
    return Head(DEVELOPER if owner in developers else owner for owner in unit.owners)
