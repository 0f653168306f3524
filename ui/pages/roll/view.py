"""What the page shows of one roll, gathered in one reading; may run beside the window."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from consult_app.rolls import queries
from consult_app.rolls.heads import Head, HeadKind, heads
from consult_app.rolls.joins import Proposal, proposals
from consult_app.rolls.listing import RollLine, lines
from consult_app.rolls.pinyin import initials
from consult_app.rolls.queries import RollFacts
from consult_app.rolls.rules import Person, RollKind, Unit, Usage, is_adult, unfit

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
    """One roll: its lines, its people by number, its heads by key, and the pairs who may be one person."""

    roll: RollFacts
    rows: tuple[Row, ...]
    people: Mapping[int, Person]
    heads: Mapping[str, Head]
    proposals: tuple[Proposal, ...]
    whole: bool

    @property
    def of_units(self) -> bool:
        """Whether the roll lists units rather than people."""
        return self.roll.kind is RollKind.OWNERS


def gather(db: Any, roll: RollFacts, on: date, count_parking: bool) -> View:
    """All of a roll in one reading."""
    if roll.kind is not RollKind.OWNERS:
        listed = queries.people(db, roll.id)
        return View(roll, tuple(_person_row(person, on) for person in listed), {p.id: p for p in listed}, {}, (), True)
    units, people, same = queries.units(db, roll.id), queries.people(db, roll.id), queries.joins(db, roll.id)
    everyone = queries.people(db, roll.id, with_struck=True)
    formed = {head.key: head for head in heads(units, everyone, joins=same, count_parking=count_parking)}
    by_id = {unit.id: unit for unit in units}
    head_of = {unit: head for head in formed.values() for unit in head.units}
    rows = tuple(_unit_row(line, by_id[line.id], head_of.get(line.id)) for line in lines(db, roll.id))
    namesakes = _that_matter(proposals(units, people, same), units)
    return View(roll, rows, {person.id: person for person in everyone}, formed, namesakes, True)


def glance(db: Any, roll: RollFacts, on: date) -> View:
    """The first lines of a large roll, to be shown while the rest is read."""
    if roll.kind is not RollKind.OWNERS:
        return View(roll, (), {}, {}, (), False)
    rows = tuple(_unit_row(line, None, None) for line in lines(db, roll.id, limit=FIRST))
    return View(roll, rows, {}, {}, (), False)


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


def _that_matter(found: Iterable[Proposal], units: Iterable[Unit]) -> tuple[Proposal, ...]:
    """The pairs whose joining would change a count: what the developer holds is one head already."""
    voting = {owner for unit in units if not unit.developers for owner in unit.owners}
    return tuple(each for each in found if each.person in voting and each.same_as in voting)


def _unit_row(line: RollLine, unit: Unit | None, head: Head | None) -> UnitRow:
    fault = next(iter(unfit((unit,), ())), "") if unit and unit.usage is not Usage.PARKING else ""
    return UnitRow(line, unit, head, fault, natural(line.building, line.entrance, line.room))


def _person_row(person: Person, on: date) -> PersonRow:
    fault = next(iter(unfit((), (person,))), "")
    order = natural(person.group, person.household)
    return PersonRow(person, is_adult(person.birth, on), initials(person.name), fault, order)
