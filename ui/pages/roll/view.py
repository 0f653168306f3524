"""What the page shows of one roll, gathered in one reading; may run beside the window."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from consult_app.rolls import queries, standing
from consult_app.rolls.heads import Head, HeadKind, heads
from consult_app.rolls.joins import Proposal, proposals, that_matter
from consult_app.rolls.life import RollLife
from consult_app.rolls.listing import RollLine, lines
from consult_app.rolls.pinyin import initials
from consult_app.rolls.queries import JoinFacts, PartFacts, RollFacts
from consult_app.rolls.rules import Person, RollKind, Unit, Usage, is_adult, unfit
from consult_app.rolls.standing import AmendmentFacts, Counts

FIRST = 300
"""Lines shown at once while the rest of a large roll is being read."""
LARGE = 2000
"""A roll of more lines than this is read beside the window."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the table lists it. `head` is None until all is read, `fault` says what bars a freeze."""

    line: RollLine
    unit: Unit | None
    head: Head | None
    fault: str
    order: tuple[Any, ...]

    @property
    def id(self) -> str:
        """The line as its history names it."""
        return f"unit:{self.line.id}"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One villager, resident or member as the table lists them."""

    person: Person
    adult: bool
    initials: str
    fault: str
    order: tuple[Any, ...]

    @property
    def id(self) -> str:
        """The line as its history names it."""
        return f"person:{self.person.id}"


Row = UnitRow | PersonRow


@dataclass(frozen=True)
class View:
    """One roll: its lines, its people by number, its heads by key, who may be, is or is not one person, and its life.

    While only the first lines are read (`whole` is False) the rest is empty and `life` None.
    """

    roll: RollFacts
    rows: tuple[Row, ...]
    people: Mapping[int, Person] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    joined: tuple[JoinFacts, ...] = ()
    parted: tuple[PartFacts, ...] = ()
    amendments: tuple[AmendmentFacts, ...] = ()
    digest: str = ""
    life: RollLife | None = None

    @property
    def whole(self) -> bool:
        """Whether all of the roll is read."""
        return self.life is not None

    @property
    def of_units(self) -> bool:
        """Whether the roll lists units rather than people."""
        return self.roll.kind is RollKind.OWNERS

    @property
    def frozen(self) -> bool:
        """Whether the roll is frozen, under `digest`."""
        return bool(self.digest)


def gather(db: Any, roll: RollFacts, on: date, count_parking: bool) -> View:
    """All of a roll in one reading."""
    view = _units_view(db, roll, count_parking) if roll.kind is RollKind.OWNERS else _people_view(db, roll, on)
    faults = sum(bool(row.fault) for row in view.rows)
    return replace(
        view,
        joined=queries.joinings(db, roll.id),
        parted=queries.partings(db, roll.id),
        amendments=standing.amendments(db, roll.id),
        digest=standing.frozen_digest(db, roll.id),
        life=standing.life(db, roll.id, on, Counts(len(view.rows), faults, len(view.proposals))),
    )


def _people_view(db: Any, roll: RollFacts, on: date) -> View:
    listed, members = queries.people(db, roll.id), roll.kind is RollKind.MEMBERS
    rows = tuple(_person_row(person, on, members) for person in listed)
    return View(roll, rows, {person.id: person for person in listed})


def _units_view(db: Any, roll: RollFacts, count_parking: bool) -> View:
    units, people, same = queries.units(db, roll.id), queries.people(db, roll.id), queries.joins(db, roll.id)
    everyone = queries.people(db, roll.id, with_struck=True)
    formed = {head.key: head for head in heads(units, everyone, joins=same, count_parking=count_parking)}
    by_id = {unit.id: unit for unit in units}
    head_of = {unit: head for head in formed.values() for unit in head.units}
    rows = tuple(_unit_row(line, by_id[line.id], head_of.get(line.id), count_parking) for line in lines(db, roll.id))
    apart = {parting.pair for parting in queries.partings(db, roll.id)}
    namesakes = proposals(units, people, same, apart=apart, lapsed=queries.lapsed(db, roll.id))
    return View(roll, rows, {person.id: person for person in everyone}, formed, that_matter(namesakes, units))


def glance(db: Any, roll: RollFacts, on: date) -> View:
    """The first lines of a large roll, to be shown while the rest is read."""
    if roll.kind is not RollKind.OWNERS:
        return View(roll, ())
    return View(roll, tuple(_unit_row(line, None, None, False) for line in lines(db, roll.id, limit=FIRST)))


def head_words(head: Head | None) -> str:
    """How a unit votes, in a few words."""
    if head is None:
        return ""
    if head.kind is HeadKind.DEVELOPER:
        return f"建设单位，{len(head.units)} 套计 1 人"
    if head.kind is HeadKind.CO_OWNERS:
        several = f"、{len(head.units)} 套" if len(head.units) > 1 else ""
        return f"{len(head.persons)} 人共有{several}，计 1 人"
    return f"{len(head.units)} 套计 1 人" if len(head.units) > 1 else "1 人"


def natural(*texts: str) -> tuple[Any, ...]:
    """An order in which 2号楼 comes before 10号楼."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for text in texts for part in re.split(r"(\d+)", text)
    )


def _unit_row(line: RollLine, unit: Unit | None, head: Head | None, count_parking: bool) -> UnitRow:
    votes = unit is not None and (count_parking or unit.usage is not Usage.PARKING)
    fault = next(iter(unfit((unit,), ())), "") if unit and votes else ""
    return UnitRow(line, unit, head, fault, natural(line.building, line.entrance, line.room))


def _person_row(person: Person, on: date, member: bool) -> PersonRow:
    fault = "" if member else next(iter(unfit((), (person,))), "")
    order = natural(person.group, person.household)
    return PersonRow(person, is_adult(person.birth, on), initials(person.name), fault, order)
