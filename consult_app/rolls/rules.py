"""What a roll speaks of: units, people, their kinds, and when a roll is fit to be frozen. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class RollKind(StrEnum):
    """What a roll lists: units with their owners, people with their households, or the members of a committee."""

    OWNERS = "owners"
    PEOPLE = "people"
    MEMBERS = "members"


class Usage(StrEnum):
    """What a unit is for."""

    DWELLING = "dwelling"
    COMMERCIAL = "commercial"
    PARKING = "parking"
    OTHER = "other"


class UnitStatus(StrEnum):
    """Whether a unit has left the developer's hands; UNKNOWN bars the roll from being frozen."""

    DELIVERED = "delivered"
    UNSOLD = "unsold"
    UNDELIVERED = "undelivered"
    UNKNOWN = "unknown"


class Electorate(StrEnum):
    """Whose votes a rule counts."""

    OWNERS = "owners"
    ADULTS = "adults"
    HOUSEHOLDS = "households"
    REPRESENTATIVES = "representatives"
    MEMBERS = "members"


USAGE_WORDS = {
    Usage.DWELLING: "住宅",
    Usage.COMMERCIAL: "商业",
    Usage.PARKING: "车位",
    Usage.OTHER: "其他",
}

STATUS_WORDS = {
    UnitStatus.DELIVERED: "已交付",
    UnitStatus.UNSOLD: "未售",
    UnitStatus.UNDELIVERED: "未交付",
    UnitStatus.UNKNOWN: "不明",
}

ADULT_AGE = 18
"""civil-code-17: a natural person of eighteen full years is an adult."""

_NUMBERED = re.compile(r"(?:.+期|.+区)?[A-Za-z]?\d+[A-Za-z]?|[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Unit:
    """专有部分: one line of an owners' roll. `area` in 0.01 m²; `owners` are ids of people in the deed's order."""

    id: int
    building: str
    entrance: str
    room: str
    area: int
    usage: Usage
    status: UnitStatus
    owners: tuple[int, ...]
    phone: str = ""
    note: str = ""
    sheet: str = ""
    row: int = 0

    @property
    def place(self) -> tuple[str, str, str]:
        """Building, entrance and room, by which two lines are told to be one unit."""
        return (self.building, self.entrance, self.room)

    @property
    def developers(self) -> bool:
        """Whether the unit is in the developer's one head (司法解释 art. 9)."""
        return self.status in (UnitStatus.UNSOLD, UnitStatus.UNDELIVERED)


@dataclass(frozen=True, slots=True)
class Person:
    """One owner or one villager; `household` and what follows are empty for owners. `row` is the line of the source file."""

    id: int
    name: str
    id_number: str = ""
    legal: bool = False
    phone: str = ""
    birth: date | None = None
    gender: str = ""
    household: str = ""
    group: str = ""
    relation: str = ""
    representative: bool = False
    note: str = ""
    sheet: str = ""
    row: int = 0


def place_words(building: str, entrance: str, room: str) -> str:
    """`1号楼2单元301`, `商铺S07`: a unit's place as officials say it."""
    return _stairwell_words(building, entrance) + room


@lru_cache(maxsize=4096)
def _stairwell_words(building: str, entrance: str) -> str:
    words = f"{building}号楼" if _NUMBERED.fullmatch(building) else building
    if entrance:
        words += f"{entrance}单元" if _NUMBERED.fullmatch(entrance) else entrance
    return words


def is_adult(birth: date | None, on: date) -> bool:
    """Whether someone is eighteen on a day (民法典 art. 17); an unknown birth is not.

    Who was born on 29 February is so on the last of February where the year has no such day (民法典 art. 202).
    """
    if birth is None or on.year - birth.year < ADULT_AGE:
        return False
    return on.year - birth.year > ADULT_AGE or on >= _birthday(birth, on.year)


def _birthday(birth: date, year: int) -> date:
    try:
        return birth.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def counted(units: tuple[Unit, ...], *, count_parking: bool = False) -> tuple[Unit, ...]:
    """The units that vote: parking only where the procedure rules say so (指导规则 art. 25)."""
    return units if count_parking else tuple(unit for unit in units if unit.usage is not Usage.PARKING)


def unfit(units: tuple[Unit, ...], people: tuple[Person, ...]) -> tuple[str, ...]:
    """Why a roll cannot be frozen yet: one Chinese sentence a line at fault; empty when it can."""
    faults = [f"{place_words(*unit.place)}缺少{'、'.join(lacking)}" for unit in units if (lacking := _lacking(unit))]
    if not units:
        faults += [
            f"{person.name}缺少出生日期" for person in people if person.birth is None and not person.representative
        ]
    return tuple(faults) if units or people else ("名册是空的",)


def _lacking(unit: Unit) -> list[str]:
    lacking = []
    if unit.area <= 0:
        lacking.append("面积")
    if not unit.owners and not unit.developers:
        lacking.append("业主")
    if unit.status is UnitStatus.UNKNOWN:
        lacking.append("交付情况")
    return lacking
