"""业主人数: how units become heads (司法解释(法释〔2020〕17号) art. 9). Pure.

One unit is one head; but all the developer has not sold or not delivered is one, and all that one buyer holds is one.
The developer is one person: a delivered unit of its own belongs to its one head.
A unit held by several is one head, keyed by the set of its co-owners: {夫, 妻} and {夫} are two.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult_app.kernel.text import area_words
from consult_app.rolls.rules import Person, Unit, UnitStatus, counted, place_words

DEVELOPER = "developer"
"""The key of the developer's one head."""


class HeadKind(StrEnum):
    """By which clause a head was formed."""

    SOLE = "sole"
    SEVERAL_UNITS = "several_units"
    CO_OWNERS = "co_owners"
    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class Head:
    """票权: one head and the area that votes with it (0.01 m²). `persons` and `units` are ids; `unsold` and `undelivered` count units."""

    key: str
    kind: HeadKind
    persons: tuple[int, ...]
    names: tuple[str, ...]
    units: tuple[int, ...]
    rooms: tuple[str, ...]
    area: int
    unsold: int = 0
    undelivered: int = 0

    @property
    def label(self) -> str:
        """The head as a list shows it."""
        names = "、".join(self.names)
        if self.kind is HeadKind.DEVELOPER:
            return f"{names}（建设单位）" if names else "建设单位"
        return names

    @property
    def reason(self) -> str:
        """Why these units are one head, in words, with the article."""
        size = f"{len(self.units)} 套，{area_words(self.area)} ㎡"
        if self.kind is HeadKind.DEVELOPER:
            own = len(self.units) - self.unsold - self.undelivered
            parts = (("未售", self.unsold), ("未交付", self.undelivered), ("自有", own))
            split = "、".join(f"{words} {count} 套" for words, count in parts if count)
            return f"建设单位{split}，合计 {area_words(self.area)} ㎡，按一人计算（司法解释第九条）"
        if self.kind is HeadKind.CO_OWNERS:
            return f"{len(self.persons)} 名共有人共有 {size}，推选一人表决，按一人计算"
        if self.kind is HeadKind.SEVERAL_UNITS:
            return f"同一业主拥有 {size}，按一人计算（司法解释第九条）"
        return f"一个专有部分，{area_words(self.area)} ㎡，按一人计算"


def heads(
    units: Iterable[Unit],
    people: Iterable[Person],
    *,
    joins: Mapping[int, int] | None = None,
    count_parking: bool = False,
) -> tuple[Head, ...]:
    """The heads of a roll in the order of their first unit. `joins` maps a person's id to the one they were found to be."""
    by_id = {person.id: person for person in people}
    same = joins or {}
    groups: dict[str, list[Unit]] = defaultdict(list)
    owners: dict[str, tuple[int, ...]] = {}
    voting = counted(tuple(units), count_parking=count_parking)
    builders = _builders(voting, same)
    for unit in voting:
        key, persons = _key(unit, same, builders)
        groups[key].append(unit)
        owners.setdefault(key, persons)
    return tuple(_head(key, owners[key], held, by_id) for key, held in groups.items())


def count(units: Iterable[Unit]) -> int:
    """How many heads the units form before anyone has confirmed that two owners are one."""
    voting = counted(tuple(units))
    builders = _builders(voting, {})
    return len({_key(unit, {}, builders)[0] for unit in voting})


def total_area(found: Iterable[Head]) -> int:
    """The area of all heads together, in 0.01 m²."""
    return sum(head.area for head in found)


def resolve(joins: Mapping[int, int], person: int) -> int:
    """The person a person was found to be, through any number of joinings."""
    seen = {person}
    while (following := joins.get(person)) is not None and following not in seen:
        seen.add(following)
        person = following
    return person


def _builders(units: Iterable[Unit], joins: Mapping[int, int]) -> frozenset[int]:
    """Who the developer is among the owners: whoever holds an unsold unit."""
    return frozenset(
        resolve(joins, owner) for unit in units if unit.status is UnitStatus.UNSOLD for owner in unit.owners
    )


def _key(unit: Unit, joins: Mapping[int, int], builders: frozenset[int]) -> tuple[str, tuple[int, ...]]:
    if unit.developers:
        return DEVELOPER, unit.owners
    if not unit.owners:
        return f"u{unit.id}", ()
    if len(unit.owners) == 1:
        only = resolve(joins, unit.owners[0]) if joins else unit.owners[0]
        return (DEVELOPER, unit.owners) if only in builders else (f"p{only}", (only,))
    persons = tuple(dict.fromkeys(resolve(joins, owner) for owner in unit.owners))
    if builders.issuperset(persons):
        return DEVELOPER, unit.owners
    return "+".join(f"p{person}" for person in sorted(persons)), persons


def _head(key: str, persons: tuple[int, ...], held: list[Unit], people: Mapping[int, Person]) -> Head:
    kind = _kind(key, persons, held)
    names = [people[person].name for person in persons]
    if kind is HeadKind.DEVELOPER:
        persons = _developers(held, people)
        # without a number every line names the developer anew; its one head names it once
        names = list(dict.fromkeys(people[person].name for person in persons))
    return Head(
        key=key,
        kind=kind,
        persons=persons,
        names=tuple(names),
        units=tuple([unit.id for unit in held]),
        rooms=tuple([place_words(*unit.place) for unit in held]),
        area=sum([unit.area for unit in held]),
        unsold=sum([unit.status is UnitStatus.UNSOLD for unit in held]),
        undelivered=sum([unit.status is UnitStatus.UNDELIVERED for unit in held]),
    )


def _kind(key: str, persons: tuple[int, ...], held: list[Unit]) -> HeadKind:
    if key == DEVELOPER:
        return HeadKind.DEVELOPER
    if len(persons) > 1:
        return HeadKind.CO_OWNERS
    return HeadKind.SEVERAL_UNITS if len(held) > 1 else HeadKind.SOLE


def _developers(held: list[Unit], people: Mapping[int, Person]) -> tuple[int, ...]:
    """Who the developer is: the owners of what is unsold, else the organisations; a buyer still waiting for keys is not."""
    unsold = [owner for unit in held if unit.status is UnitStatus.UNSOLD for owner in unit.owners]
    waiting = [owner for unit in held for owner in unit.owners if people[owner].legal]
    return tuple(dict.fromkeys(unsold or waiting))
