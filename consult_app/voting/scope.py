"""列支范围: the part of an estate whose owners decide, where only they bear the cost (民法典278; domain.md §2.4)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import bounded, required
from consult_app.rolls import queries as rolls
from consult_app.rolls.electorate import Elector, electors
from consult_app.rolls.rules import Electorate, RollKind, place_words
from consult_app.voting.rule import Kind, Rule

Part = tuple[str, str]
"""A building and one of its entrances; with an empty entrance the whole building."""


class ScopeNotOwners(Refused):
    """Only owners decide for a part of an estate."""

    text = "「{rule}」不能只在部分楼栋、单元中表决。"
    field = "scope"


class ScopeUnknown(Refused):
    """A building or entrance of the scope is not on the roll."""

    text = "表决范围中的「{part}」不在名册中，请核对楼栋和单元。"
    field = "scope"


def parts(rule: Rule, scope: Sequence[Sequence[str]]) -> list[list[str]]:
    """The scope as a motion keeps it, each part once; refused (`ScopeNotOwners`) for other rules than owners'."""
    if scope and rule.kind not in (Kind.OWNERS, Kind.UNANIMOUS):
        raise ScopeNotOwners(rule=rule.title)
    found = [
        [required(building, "楼栋", 80, "scope"), bounded(entrance, "单元", 40, "scope")]
        for building, entrance in scope
    ]
    return [part for place, part in enumerate(found) if part not in found[:place]]


def scope_words(scope: Sequence[Sequence[str]]) -> str:
    """`1号楼、2号楼1单元`; empty for the whole estate."""
    return "、".join(place_words(building, entrance, "") for building, entrance in scope)


def owners_within(
    db: Session, roll_id: int, scope: Sequence[Sequence[str]], on: date, *, count_parking: bool
) -> tuple[Elector, ...]:
    """The owners of the units within the scope, by heads formed of these units alone. Refused: `ScopeUnknown`."""
    units = rolls.units(db, roll_id)
    places = {(unit.building, unit.entrance) for unit in units} | {(unit.building, "") for unit in units}
    for building, entrance in scope:
        if (building, entrance) not in places:
            raise ScopeUnknown(part=place_words(building, entrance, ""))
    within = tuple(unit for unit in units if [unit.building, ""] in scope or [unit.building, unit.entrance] in scope)
    return electors(
        Electorate.OWNERS,
        within,
        rolls.people(db, roll_id, with_struck=True),
        on,
        joins=rolls.joins(db, roll_id),
        count_parking=count_parking,
    )


@dataclass(frozen=True, slots=True)
class Building:
    """A building that may be a scope: its units, and its entrances with theirs where it has several."""

    name: str
    units: int
    entrances: tuple[tuple[str, int], ...]


def buildings(db: Session, body_id: int) -> tuple[Building, ...]:
    """The buildings and entrances of a body's owners' roll, in the order of the roll; none without such a roll."""
    roll = rolls.current_roll(db, body_id, RollKind.OWNERS)
    if roll is None:
        return ()
    sizes: dict[str, Counter[str]] = {}
    for unit in rolls.units(db, roll.id):
        sizes.setdefault(unit.building, Counter())[unit.entrance] += 1
    return tuple(
        Building(name, found.total(), tuple(found.items()) if len(found) > 1 else ()) for name, found in sizes.items()
    )
