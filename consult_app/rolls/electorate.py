"""Who may vote: the electors of a rule's electorate on a day, from a roll. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consult_app.rolls.heads import heads
from consult_app.rolls.rules import Electorate, Person, Unit, is_adult

_HEAD_OF_HOUSEHOLD = "户主"


@dataclass(frozen=True, slots=True)
class Elector:
    """票权人: whoever holds one vote. `area` in 0.01 m², 0 where the rule counts persons only.

    `key` names the elector within one roll; `persons` and `units` are ids of that roll.
    """

    key: str
    label: str
    names: tuple[str, ...]
    rooms: tuple[str, ...]
    area: int
    heads: int
    persons: tuple[int, ...]
    units: tuple[int, ...]
    reason: str


def electors(
    electorate: Electorate,
    units: tuple[Unit, ...],
    people: tuple[Person, ...],
    on: date,
    *,
    joins: Mapping[int, int] | None = None,
    count_parking: bool = False,
) -> tuple[Elector, ...]:
    """The electors on a day.

    Owners vote by head (司法解释 art. 9), adults from eighteen (民法典 art. 17), households once each, representatives and
    members in person.
    """
    if electorate is Electorate.OWNERS:
        return _owners(units, people, joins or {}, count_parking)
    if electorate is Electorate.HOUSEHOLDS:
        return _households(people, on)
    if electorate is Electorate.ADULTS:
        chosen = [person for person in people if is_adult(person.birth, on)]
        return tuple(_one(person, "年满十八周岁") for person in chosen)
    if electorate is Electorate.REPRESENTATIVES:
        return tuple(_one(person, "代表") for person in people if person.representative)
    return tuple(_one(person, "成员") for person in people)


def _owners(
    units: tuple[Unit, ...], people: tuple[Person, ...], joins: Mapping[int, int], count_parking: bool
) -> tuple[Elector, ...]:
    return tuple(
        Elector(head.key, head.label, head.names, head.rooms, head.area, 1, head.persons, head.units, head.reason)
        for head in heads(units, people, joins=joins, count_parking=count_parking)
    )


def _households(people: tuple[Person, ...], on: date) -> tuple[Elector, ...]:
    """One elector a household that has an adult; shown under the name of its head, else of its first adult."""
    members: dict[str, list[Person]] = {}
    for person in people:
        if person.household:
            members.setdefault(person.household, []).append(person)
    found = []
    for household, living in members.items():
        adults = [person for person in living if is_adult(person.birth, on)]
        if not adults:
            continue
        first = next((person for person in adults if person.relation == _HEAD_OF_HOUSEHOLD), adults[0])
        found.append(
            Elector(
                key=f"h{household}",
                label=f"{first.name}户",
                names=(first.name,),
                rooms=(f"{household}户",),
                area=0,
                heads=1,
                persons=tuple(person.id for person in adults),
                units=(),
                reason=f"一户一票，本户成年人 {len(adults)} 名，推选一人参加",
            )
        )
    return tuple(found)


def _one(person: Person, reason: str) -> Elector:
    place = tuple(part for part in (person.group, f"{person.household}户" if person.household else "") if part)
    return Elector(f"p{person.id}", person.name, (person.name,), place, 0, 1, (person.id,), (), reason)
