"""What a frozen vote keeps of the roll: the lines each head was formed of, and the joinings, as they were on that day."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from consult_app.rolls import queries as rolls
from consult_app.rolls.electorate import Elector
from consult_app.rolls.heads import resolve
from consult_app.rolls.queries import JoinFacts
from consult_app.rolls.rules import Person, Unit, place_words


@dataclass(frozen=True)
class Snapshot:
    """A roll as it is at freezing: units and people by number, and the joinings that stand by the person joined."""

    units: dict[int, Unit]
    people: dict[int, Person]
    joinings: tuple[JoinFacts, ...]

    def places(self, elector: Elector) -> list[list[str]]:
        """Building, entrance and room of each unit of an elector."""
        return [list(self.units[unit].place) for unit in elector.units if unit in self.units]

    def titles(self, elector: Elector) -> list[dict[str, Any]]:
        """The lines of the roll an elector stands on: of units, or of persons where the rule counts persons."""
        if elector.units:
            return [self._unit_line(self.units[unit]) for unit in elector.units if unit in self.units]
        return [
            {"person": id, "name": self.people[id].name, "sheet": self.people[id].sheet, "row": self.people[id].row}
            for id in elector.persons
            if id in self.people
        ]

    def joined(self, elector: Elector) -> list[dict[str, Any]]:
        """The joinings that led to an elector's persons: who was found to be whom, and on what evidence."""
        if not self.joinings:
            return []
        same = {joining.person: joining.same_as for joining in self.joinings}
        persons = set(elector.persons)
        return [
            {
                "person": joining.person,
                "same_as": joining.same_as,
                "name": joining.name,
                "same_name": self.people[joining.same_as].name,
                "evidence": joining.evidence,
            }
            for joining in self.joinings
            if resolve(same, joining.person) in persons
        ]

    def _unit_line(self, unit: Unit) -> dict[str, Any]:
        return {
            "unit": unit.id,
            "room": place_words(*unit.place),
            "area": unit.area,
            "status": unit.status.value,
            "usage": unit.usage.value,
            "owners": [[owner, self.people[owner].name] for owner in unit.owners if owner in self.people],
            "sheet": unit.sheet,
            "row": unit.row,
        }


def snapshot(db: Session, roll_id: int) -> Snapshot:
    """The roll as it is now."""
    return Snapshot(
        units={unit.id: unit for unit in rolls.units(db, roll_id)},
        people={person.id: person for person in rolls.people(db, roll_id, with_struck=True)},
        joinings=rolls.joinings(db, roll_id),
    )
