"""同一人: propose, with the evidence, that lines of one name are one person; a human decides. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consult_app.kernel.errors import Refused
from consult_app.rolls.heads import resolve
from consult_app.rolls.rules import Person, Unit, place_words


class DifferentNumbers(Refused):
    """Two identity numbers are two people."""

    text = "“{first}”与“{second}”的证件号码不同，不是同一人，不能合并。"


class SamePerson(Refused):
    """The two are already one."""

    text = "“{name}”已经按同一人计算。"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people who may be one: ids, their units side by side, and what speaks for and against it, in words."""

    person: int
    same_as: int
    name: str
    rooms: tuple[str, ...]
    same_as_rooms: tuple[str, ...]
    grounds: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def strong(self) -> bool:
        """Whether anything but the name speaks for it."""
        return len(self.grounds) > 1


def proposals(
    units: Iterable[Unit], people: Iterable[Person], joins: Mapping[int, int] | None = None
) -> tuple[Proposal, ...]:
    """Pairs of one name of whom at most one has an identity number. Never joined by themselves: names repeat."""
    held: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        for owner in unit.owners:
            held[owner].append(unit)
    named: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        named[person.name].append(person)
    found = []
    for namesakes in named.values():
        if len(namesakes) > 1:
            found += _among(namesakes, held, joins or {})
    return tuple(sorted(found, key=lambda proposal: not proposal.strong))


def check_join(first: Person, second: Person, joins: Mapping[int, int]) -> None:
    """Refuse to make one of two people who bear different identity numbers, or who are one already."""
    if resolve(joins, first.id) == resolve(joins, second.id):
        raise SamePerson(name=first.name)
    if first.id_number and second.id_number and first.id_number != second.id_number:
        raise DifferentNumbers(first=first.name, second=second.name)


def _among(namesakes: list[Person], held: Mapping[int, list[Unit]], joins: Mapping[int, int]) -> list[Proposal]:
    """Each without a number beside the namesakes who have one, at most three, else beside the first of all."""
    bare = [person for person in namesakes if not person.id_number]
    anchors = [person for person in namesakes if person.id_number][:3] or bare[:1]
    return [
        _proposal(person, anchor, held)
        for person in bare
        for anchor in anchors
        if resolve(joins, person.id) != resolve(joins, anchor.id)
    ]


def grounds_and_doubts(
    first: Person, second: Person, held: Mapping[int, list[Unit]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for two people being one and what against it, in words; `held` are the units of each by id."""
    mine, theirs = held.get(first.id, []), held.get(second.id, [])
    grounds = [f"姓名相同：{first.name}"] if first.name == second.name else []
    doubts = [] if grounds else [f"姓名不同：{first.name}、{second.name}"]
    phones, other_phones = _phones(first, mine), _phones(second, theirs)
    if phones & other_phones:
        grounds.append("联系电话相同")
    elif phones and other_phones:
        doubts.append("联系电话不同")
    if {unit.place[:2] for unit in mine} & {unit.place[:2] for unit in theirs}:
        grounds.append("在同一单元")
    if first.legal and second.legal and first.name == second.name:
        grounds.append("单位名称完全相同")
    if not (first.id_number and second.id_number):
        doubts.append("一方缺少证件号码" if first.id_number or second.id_number else "双方都缺少证件号码")
    return tuple(grounds), tuple(doubts)


def _proposal(person: Person, other: Person, held: Mapping[int, list[Unit]]) -> Proposal:
    grounds, doubts = grounds_and_doubts(person, other, held)
    rooms, other_rooms = _rooms(held.get(person.id, [])), _rooms(held.get(other.id, []))
    return Proposal(person.id, other.id, person.name, rooms, other_rooms, grounds, doubts)


def _phones(person: Person, units: Iterable[Unit]) -> set[str]:
    return {phone for phone in (person.phone, *(unit.phone for unit in units)) if phone}


def _rooms(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(place_words(*unit.place) for unit in units)
