"""What a newer roll changes: shown before it is accepted. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from consult_app.kernel.text import area_words
from consult_app.rolls.rules import STATUS_WORDS, Person, Unit, place_words


@dataclass(frozen=True, slots=True)
class Change:
    """One line that differs: where or who, and what it was and becomes in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """All that differs between two rolls, each in the order of its roll."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    owners: tuple[Change, ...]
    areas: tuple[Change, ...]
    others: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.owners or self.areas or self.others)


@dataclass(frozen=True)
class Lines:
    """The lines of one roll."""

    units: tuple[Unit, ...]
    people: tuple[Person, ...]


def difference(old: Lines, new: Lines) -> Difference:
    """Units compared by place, people by identity number, else by household and name."""
    if old.units or new.units:
        return _of_units(old, new)
    return _of_people(old.people, new.people)


def _of_units(old: Lines, new: Lines) -> Difference:
    before, after = _by_place(old.units), _by_place(new.units)
    old_names, new_names = _names(old.people), _names(new.people)
    owners, areas, others = [], [], []
    for place, was in before.items():
        becomes = after.get(place)
        if becomes is None:
            continue
        held, holds = _owners(was, old_names), _owners(becomes, new_names)
        where = place_words(*place)
        if not _same_owners(was, becomes, old_names, new_names):
            owners.append(Change(where, held, holds))
        if was.area != becomes.area:
            areas.append(Change(where, area_words(was.area), area_words(becomes.area)))
        if was.status is not becomes.status:
            others.append(Change(where, STATUS_WORDS[was.status], STATUS_WORDS[becomes.status]))
    return Difference(
        tuple(place_words(*place) for place in after if place not in before),
        tuple(place_words(*place) for place in before if place not in after),
        tuple(owners),
        tuple(areas),
        tuple(others),
    )


def _of_people(old: Iterable[Person], new: Iterable[Person]) -> Difference:
    before, after = {_who(person): person for person in old}, {_who(person): person for person in new}
    others = [
        Change(person.name, _standing(person), _standing(after[who]))
        for who, person in before.items()
        if who in after and _standing(person) != _standing(after[who])
    ]
    return Difference(
        tuple(person.name for who, person in after.items() if who not in before),
        tuple(person.name for who, person in before.items() if who not in after),
        (),
        (),
        tuple(others),
    )


def _by_place(units: Iterable[Unit]) -> dict[tuple[str, str, str], Unit]:
    return {unit.place: unit for unit in units}


def _names(people: Iterable[Person]) -> dict[int, Person]:
    return {person.id: person for person in people}


def _owners(unit: Unit, people: dict[int, Person]) -> str:
    return "、".join(people[owner].name for owner in unit.owners)


def _same_owners(was: Unit, becomes: Unit, old: dict[int, Person], new: dict[int, Person]) -> bool:
    """Whether both lines name the same people; a number that only one of them gives does not make them differ."""
    held, holds = [old[owner] for owner in was.owners], [new[owner] for owner in becomes.owners]
    if sorted(person.name for person in held) != sorted(person.name for person in holds):
        return False
    numbers = {person.id_number for person in held} ^ {person.id_number for person in holds}
    return "" in numbers or not numbers


def _who(person: Person) -> tuple[str, str]:
    return ("", person.id_number) if person.id_number else (person.household, person.name)


def _standing(person: Person) -> str:
    parts = [f"{person.household}户" if person.household else "", person.group, "代表" if person.representative else ""]
    return "，".join(part for part in parts if part) or "—"
