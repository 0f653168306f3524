"""同一人: propose, with the evidence, that lines of one name are one person; a human decides. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from consult_app.kernel.errors import Refused
from consult_app.rolls.heads import resolve
from consult_app.rolls.rules import Person, Unit, place_words


class DifferentNumbers(Refused):
    """Two identity numbers are two people."""

    text = "“{first}”与“{second}”的证件号码不同，不是同一人，不能合并。"


class SamePerson(Refused):
    """The two are already one."""

    text = "“{name}”已经按同一人计算。"


class KeptApart(Refused):
    """A person found that the two are not one."""

    text = "“{name}”的这两行已认定不是同一人。确需合并的，请先撤销那次认定。"


Pair = frozenset[int]
"""The ids of two people of a roll, in no order."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people who may be one: ids, their units side by side, and what speaks for and against it, in words.

    `lapsed` says why the joining of an older roll was not carried over, where there was one.
    """

    person: int
    same_as: int
    name: str
    rooms: tuple[str, ...]
    same_as_rooms: tuple[str, ...]
    grounds: tuple[str, ...]
    doubts: tuple[str, ...]
    lapsed: str = ""

    @property
    def strong(self) -> bool:
        """Whether anything but the name speaks for it."""
        return len(self.grounds) > 1


def proposals(
    units: Iterable[Unit],
    people: Iterable[Person],
    joins: Mapping[int, int] | None = None,
    *,
    apart: Collection[Pair] = (),
    lapsed: Mapping[Pair, str] | None = None,
) -> tuple[Proposal, ...]:
    """Pairs of one name of whom at most one has an identity number. Never joined by themselves: names repeat.

    Who was found to be `apart` is not proposed again; a pair whose joining `lapsed` is, whatever its names.
    """
    held: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        for owner in unit.owners:
            held[owner].append(unit)
    by_id = {person.id: person for person in people}
    known, again = _Known(joins or {}, apart), lapsed or {}
    pairs = {Pair((person.id, other.id)): (person, other) for person, other in _namesakes(by_id.values(), known)}
    for pair in again:
        first, second = (by_id.get(person) for person in sorted(pair, reverse=True))
        if first and second and not _are_two(first, second):
            pairs.setdefault(pair, (first, second))
    found = [
        replace(_proposal(person, other, held), lapsed=again.get(pair, ""))
        for pair, (person, other) in pairs.items()
        if not known.decided(person.id, other.id)
    ]
    return tuple(sorted(found, key=lambda proposal: (not proposal.lapsed, not proposal.strong)))


def that_matter(found: Iterable[Proposal], units: Iterable[Unit]) -> tuple[Proposal, ...]:
    """The pairs whose joining would change a count: what the developer holds is one head already."""
    voting = {owner for unit in units if not unit.developers for owner in unit.owners}
    return tuple(each for each in found if each.person in voting and each.same_as in voting)


def check_join(first: Person, second: Person, joins: Mapping[int, int], apart: Collection[Pair] = ()) -> None:
    """Refuse to make one of two people who bear different numbers, are one already, or were found to be two."""
    if resolve(joins, first.id) == resolve(joins, second.id):
        raise SamePerson(name=first.name)
    if _are_two(first, second):
        raise DifferentNumbers(first=first.name, second=second.name)
    if _Known(joins, apart).decided(first.id, second.id):
        raise KeptApart(name=first.name)


class _Known:
    """What was decided about a roll: who is one, and who is two, through any number of joinings."""

    def __init__(self, joins: Mapping[int, int], apart: Collection[Pair]) -> None:
        self.joins = joins
        self.apart = {Pair(resolve(joins, person) for person in pair) for pair in apart}

    def are_apart(self, first: int, second: int) -> bool:
        return bool(self.apart) and Pair((resolve(self.joins, first), resolve(self.joins, second))) in self.apart

    def decided(self, first: int, second: int) -> bool:
        return resolve(self.joins, first) == resolve(self.joins, second) or self.are_apart(first, second)


def _namesakes(people: Iterable[Person], known: _Known) -> Iterator[tuple[Person, Person]]:
    named: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        named[person.name].append(person)
    for group in named.values():
        if len(group) > 1:
            yield from _among(group, known)


def _among(namesakes: list[Person], known: _Known) -> Iterator[tuple[Person, Person]]:
    """Each without a number beside the namesakes who have one, at most three; else beside the first not apart from them."""
    bare = [person for person in namesakes if not person.id_number]
    anchors = [person for person in namesakes if person.id_number][:3]
    if anchors:
        yield from ((person, anchor) for person in bare for anchor in anchors)
        return
    for place, person in enumerate(bare):
        earlier = (other for other in islice(bare, place) if not known.are_apart(person.id, other.id))
        if (other := next(earlier, None)) is not None:
            yield person, other


def _are_two(first: Person, second: Person) -> bool:
    """Whether two numbers tell two people apart."""
    return bool(first.id_number and second.id_number and first.id_number != second.id_number)


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
    name = person.name if person.name == other.name else f"{person.name}、{other.name}"
    return Proposal(person.id, other.id, name, rooms, other_rooms, grounds, doubts)


def _phones(person: Person, units: Iterable[Unit]) -> set[str]:
    return {phone for phone in (person.phone, *(unit.phone for unit in units)) if phone}


def _rooms(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(place_words(*unit.place) for unit in units)
