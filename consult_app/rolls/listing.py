"""What the roll page lists and what a search finds, page by page."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from consult_app.kernel.garbage import uncollected
from consult_app.rolls.queries import STATUSES, UNIT_COLUMNS, USAGES
from consult_app.rolls.rules import Unit, UnitStatus, Usage, place_words
from consult_app.rolls.tables import Ownership, RollPerson, RollUnit


@dataclass(frozen=True, slots=True)
class RollLine:
    """One unit as the roll page lists it. `area` in 0.01 m²; `initials` are those of all owners."""

    id: int
    place: str
    building: str
    entrance: str
    room: str
    owners: str
    persons: tuple[int, ...]
    area: int
    usage: Usage
    status: UnitStatus
    phone: str
    note: str
    initials: str


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Someone a search found: `where` is their units or household in words."""

    id: int
    name: str
    where: str
    phone: str
    initials: str


def line_count(db: Session, roll_id: int, search: str = "") -> int:
    """How many units the roll page lists for a search."""
    return db.scalar(select(func.count(RollUnit.id)).where(*_listed(roll_id, search))) or 0


@uncollected
def lines(
    db: Session, roll_id: int, *, search: str = "", offset: int = 0, limit: int | None = None
) -> tuple[RollLine, ...]:
    """The units as the roll page lists them; `search` is part of a name, a room, a phone, or pinyin initials."""
    query = select(*UNIT_COLUMNS).where(*_listed(roll_id, search)).order_by(RollUnit.id).offset(offset).limit(limit)
    rows = db.execute(query).all()
    wanted = [row[0] for row in rows] if search or limit is not None else None
    named = _names_by_unit(db, roll_id, wanted)
    found = []
    for row in rows:
        owners = named.get(row[0], [])
        persons = tuple(person for person, _, _ in owners)
        unit = Unit(row[0], row[1], row[2], row[3], row[4], USAGES[row[5]], STATUSES[row[6]], persons)
        found.append(
            RollLine(
                id=unit.id,
                place=place_words(*unit.place),
                building=unit.building,
                entrance=unit.entrance,
                room=unit.room,
                owners="、".join(name for _, name, _ in owners),
                persons=persons,
                area=unit.area,
                usage=unit.usage,
                status=unit.status,
                phone=row[7],
                note=row[8],
                initials=" ".join(initials for _, _, initials in owners),
            )
        )
    return tuple(found)


def find_people(db: Session, roll_id: int, search: str, limit: int = 20) -> tuple[FoundPerson, ...]:
    """People by part of a name, pinyin initials, phone, household or one of their rooms."""
    pattern = _pattern(search)
    by_room = (
        select(Ownership.person_id)
        .join(RollUnit, RollUnit.id == Ownership.unit_id)
        .where(RollUnit.roll_id == roll_id, RollUnit.struck.is_(False), _place_like(search))
    )
    rows = db.execute(
        select(
            RollPerson.id,
            RollPerson.name,
            RollPerson.group,
            RollPerson.household,
            RollPerson.phone,
            RollPerson.initials,
        )
        .where(RollPerson.roll_id == roll_id, RollPerson.struck.is_(False))
        .where(
            or_(
                _like(RollPerson.name, pattern),
                _like(RollPerson.initials, pattern.lower()),
                _like(RollPerson.phone, pattern),
                RollPerson.household == search.strip(),
                RollPerson.id.in_(by_room),
            )
        )
        .order_by(RollPerson.id)
        .limit(limit)
    ).all()
    rooms = _rooms_by_person(db, [row[0] for row in rows])
    return tuple(
        FoundPerson(row[0], row[1], "、".join(rooms.get(row[0], [])) or _living(row[2], row[3]), row[4], row[5])
        for row in rows
    )


def _names_by_unit(db: Session, roll_id: int, wanted: list[int] | None) -> dict[int, list[tuple[int, str, str]]]:
    query = (
        select(Ownership.unit_id, RollPerson.id, RollPerson.name, RollPerson.initials)
        .join(RollPerson, RollPerson.id == Ownership.person_id)
        .order_by(Ownership.unit_id, Ownership.position)
    )
    if wanted is not None and len(wanted) <= 500:
        query = query.where(Ownership.unit_id.in_(wanted))
    else:
        query = query.where(RollPerson.roll_id == roll_id)
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for unit, person, name, initials in db.execute(query):
        found[unit].append((person, name, initials))
    return found


def _rooms_by_person(db: Session, persons: list[int]) -> dict[int, list[str]]:
    rows = db.execute(
        select(Ownership.person_id, RollUnit.building, RollUnit.entrance, RollUnit.room)
        .join(RollUnit, RollUnit.id == Ownership.unit_id)
        .where(Ownership.person_id.in_(persons), RollUnit.struck.is_(False))
        .order_by(RollUnit.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person, building, entrance, room in rows:
        found[person].append(place_words(building, entrance, room))
    return found


def _listed(roll_id: int, search: str) -> list[ColumnElement[bool]]:
    """The conditions of a search over the units that count."""
    conditions: list[ColumnElement[bool]] = [RollUnit.roll_id == roll_id, RollUnit.struck.is_(False)]
    if search.strip():
        pattern = _pattern(search)
        owned = (
            select(Ownership.unit_id)
            .join(RollPerson, RollPerson.id == Ownership.person_id)
            .where(RollPerson.roll_id == roll_id)
            .where(or_(_like(RollPerson.name, pattern), _like(RollPerson.initials, pattern.lower())))
        )
        conditions.append(or_(RollUnit.id.in_(owned), _place_like(search), _like(RollUnit.phone, pattern)))
    return conditions


def _place_like(search: str) -> ColumnElement[bool]:
    """`1-2-301`, `1号楼2单元301` and `301` all find a unit."""
    bare = search.strip().upper()
    for words in ("号楼", "幢", "栋", "单元", "#"):
        bare = bare.replace(words, "-")
    dashed = RollUnit.building + "-" + RollUnit.entrance + "-" + RollUnit.room
    short = RollUnit.building + "-" + RollUnit.room
    joined = RollUnit.building + RollUnit.room
    pattern = _pattern(bare.strip("-室"))
    return or_(*(_like(text, pattern) for text in (dashed, short, joined)))


def _like(text: ColumnElement[str] | InstrumentedAttribute[str], pattern: str) -> ColumnElement[bool]:
    return text.like(pattern, escape="\\")


def _pattern(search: str) -> str:
    text = search.strip()
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"%{text}%"


def _living(group: str, household: str) -> str:
    return " ".join(part for part in (group, f"{household}户" if household else "") if part)
