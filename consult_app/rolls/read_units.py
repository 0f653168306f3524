"""Read the lines of owners' sheets into units. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from consult_app.kernel.text import area_words
from consult_app.rolls.address import Address, address_of, address_of_parts, is_regular
from consult_app.rolls.cells import Cell, area_of, phone_of, text_of, tight
from consult_app.rolls.headings import Field, Mapping
from consult_app.rolls.lines import Line, LineKind, lines
from consult_app.rolls.owners import Named, Owners, named_owners
from consult_app.rolls.plan import SheetPlan
from consult_app.rolls.problems import Code, Fault
from consult_app.rolls.rules import Unit, UnitStatus, Usage, place_words
from consult_app.rolls.tally import Reading, SheetTally

_KEYS = (Field.ADDRESS, Field.BUILDING, Field.ROOM, Field.OWNER, Field.AREA)
_UNSOLD = re.compile("未售|未出售|待售|尚未出售|未销售|库存|在售")
_UNDELIVERED = re.compile("未交付|未交房|尚未交付|未交$|未收房")
_DELIVERED = re.compile("已交付|已交房|已入住|已收房|^交付$|^已交$|^正常$|^入住$|自住|出租")
_COMMERCIAL = re.compile("商|店|铺|门面|门市|营业")
_PARKING = re.compile("车位|车库|停车")
_DWELLING = re.compile("住|公寓|别墅|居")
_STATUS_BY_YES = {
    "是": UnitStatus.DELIVERED,
    "否": UnitStatus.UNDELIVERED,
    "√": UnitStatus.DELIVERED,
    "×": UnitStatus.UNDELIVERED,
}


@dataclass(frozen=True, slots=True)
class _First:
    """Where a unit was first met."""

    row: int
    sheet: str
    area: int
    named: Named


@dataclass
class _Seen:
    """All that was taken so far, over all sheets."""

    units: list[Unit]
    owners: Owners
    places: dict[tuple[str, str, str], _First]


def read_units(plans: Sequence[SheetPlan]) -> Reading:
    """The units and owners of all planned sheets; a unit met twice is taken once, the later line is a problem."""
    seen = _Seen([], Owners(), {})
    tallies = [tally for found in plans if found.mapping and (tally := _read_sheet(found, found.mapping, seen))]
    return Reading(
        units=tuple(seen.units),
        people=tuple(seen.owners.people),
        problems=tuple(problem for tally in tallies for problem in tally.problems),
        notes=tuple(note for tally in tallies for note in tally.notes),
        counts=tuple(tally.count() for tally in tallies),
    )


def _read_sheet(plan: SheetPlan, mapping: Mapping, seen: _Seen) -> SheetTally:
    tally = SheetTally(plan.sheet.name)
    start = len(seen.units)
    for line in lines(plan.sheet, mapping, _KEYS):
        if line.kind is LineKind.RECORD and not _is_loose_remark(line, mapping):
            _read_line(line, mapping, seen, tally)
            continue
        kind = LineKind.REMARK if line.kind is LineKind.RECORD else line.kind
        tally.leave(line, kind)
        if kind is LineKind.SUBTOTAL:
            _compare_total(line, mapping, seen.units[start:], tally)
    return tally


def _read_line(line: Line, mapping: Mapping, seen: _Seen, tally: SheetTally) -> None:
    cells, at = line.cells, mapping.columns
    address, where = _address(line, mapping)
    area = area_of(cells[at[Field.AREA]]) if Field.AREA in at else Fault(Code.MISSING_AREA, "没有面积栏")
    usage = _usage(_cell(line, mapping, Field.USAGE), address)
    status, doubt = _status(line, mapping)
    named, remark, owner_faults = named_owners(_cell(line, mapping, Field.OWNER), _cell(line, mapping, Field.ID_NUMBER))
    faults: list[tuple[int, Fault]] = []
    if isinstance(address, Fault):
        faults.append((where, address))
    if isinstance(area, Fault):
        faults.append((mapping.column(Field.AREA), area))
    if not named and status not in (UnitStatus.UNSOLD, UnitStatus.UNDELIVERED):
        faults.append((mapping.column(Field.OWNER), Fault(Code.MISSING_OWNER, "没有填写业主")))
    for fault in owner_faults:
        field = Field.OWNER if fault.code is Code.UNREADABLE_OWNER else Field.ID_NUMBER
        faults.append((mapping.column(field), fault))
    if isinstance(address, Address) and isinstance(area, int) and (first := seen.places.get(address)):
        faults.append((where, _duplicate(address, area, named, first)))
    elif not faults and (conflict := seen.owners.conflict(named)):
        faults.append((mapping.column(Field.ID_NUMBER), conflict))
    if faults or isinstance(address, Fault) or isinstance(area, Fault):
        tally.reject(line.row, faults)
        return
    for message in (remark, doubt):
        if message:
            tally.note(line.row, message)
    tally.taken += 1
    seen.places[address] = _First(line.row, tally.sheet, area, named)
    seen.units.append(
        Unit(
            id=len(seen.units) + 1,
            building=address.building,
            entrance=address.entrance,
            room=address.room,
            area=area,
            usage=usage,
            status=status,
            owners=seen.owners.take(named, tally.sheet, line.row),
            phone=phone_of(_cell(line, mapping, Field.PHONE)),
            note=text_of(_cell(line, mapping, Field.NOTE))[:200],
            sheet=tally.sheet,
            row=line.row,
        )
    )


def _cell(line: Line, mapping: Mapping, field: Field) -> Cell:
    at = mapping.columns.get(field)
    return "" if at is None else line.cells[at]


def _address(line: Line, mapping: Mapping) -> tuple[Address | Fault, int]:
    """The unit a line names and the column that says so. Three columns go before one; one stands in for a blank room."""
    room, whole = mapping.column(Field.ROOM), mapping.column(Field.ADDRESS)
    if room < 0 or (whole >= 0 and line.cells[room] == ""):
        return address_of(_cell(line, mapping, Field.ADDRESS)), max(whole, room)
    building = mapping.column(Field.BUILDING)
    if building < 0 and Field.ENTRANCE not in mapping.columns:
        return address_of(line.cells[room]), room
    found = address_of_parts(
        _cell(line, mapping, Field.BUILDING), _cell(line, mapping, Field.ENTRANCE), line.cells[room]
    )
    if isinstance(found, Address) and building >= 0 and not found.building:
        return Fault(Code.MISSING_ADDRESS, "没有填写楼栋"), building
    return found, room


def _status(line: Line, mapping: Mapping) -> tuple[UnitStatus, str]:
    """Whether the unit is still the developer's, from its own column, else from the remarks; and a doubt for a person.

    A roll without such a column says so only of the exceptions: the rest are delivered. With a column, a blank is unknown.
    """
    note = tight(_cell(line, mapping, Field.NOTE))
    by_note = _status_by_words(note) if note else None
    if Field.STATUS not in mapping.columns:
        held = by_note if by_note in (UnitStatus.UNSOLD, UnitStatus.UNDELIVERED) else UnitStatus.DELIVERED
        doubt = f"备注“{note[:20]}”前后不一，按已交付处理，请核对" if note and by_note is UnitStatus.UNKNOWN else ""
        return held, doubt
    text = tight(_cell(line, mapping, Field.STATUS))
    found = _STATUS_BY_YES.get(text) or (_status_by_words(text) if text else by_note)
    if found and found is not UnitStatus.UNKNOWN:
        return found, ""
    return (
        UnitStatus.UNKNOWN,
        f"交付情况“{text[:20]}”无法识别，冻结名册前须补正" if text else "没有填写交付情况，冻结名册前须补正",
    )


@lru_cache(maxsize=1024)
def _status_by_words(text: str) -> UnitStatus | None:
    held = UnitStatus.UNSOLD if _UNSOLD.search(text) else UnitStatus.UNDELIVERED if _UNDELIVERED.search(text) else None
    if _DELIVERED.search(text):
        return UnitStatus.UNKNOWN if held else UnitStatus.DELIVERED
    return held


def _usage(cell: Cell, address: Address | Fault) -> Usage:
    """What the unit is for, by its column, else by its place: a shop's number says shop."""
    if text := tight(cell):
        return _usage_of_text(text)
    place = address.building + address.room if isinstance(address, Address) else ""
    return _usage_by_words(place) or Usage.DWELLING


@lru_cache(maxsize=1024)
def _usage_of_text(text: str) -> Usage:
    return _usage_by_words(text) or (Usage.DWELLING if _DWELLING.search(text) else Usage.OTHER)


def _usage_by_words(text: str) -> Usage | None:
    if _PARKING.search(text):
        return Usage.PARKING
    return Usage.COMMERCIAL if _COMMERCIAL.search(text) and "住宅" not in text else None


def _duplicate(address: Address, area: int, named: Named, first: _First) -> Fault:
    place = place_words(*address)
    if area != first.area:
        message = f"{place}与第 {first.row} 行重复，且面积不同（{area_words(first.area)} 与 {area_words(area)}），请核对后只留一行"
        return Fault(Code.DUPLICATE_UNIT_CONFLICTING_AREA, message)
    if {name for name, _ in named} != {name for name, _ in first.named}:
        others = "、".join(name for name, _ in first.named)
        message = f"{place}与第 {first.row} 行重复，业主却不同（第 {first.row} 行为{others}）；如为共有，请合并写在一行"
        return Fault(Code.DUPLICATE_UNIT, message)
    return Fault(Code.DUPLICATE_UNIT, f"{place}与第 {first.row} 行重复")


def _is_loose_remark(line: Line, mapping: Mapping) -> bool:
    """Whether a line is one stray sentence in the address column rather than a unit lacking all else."""
    if _cell(line, mapping, Field.AREA) != "" or _cell(line, mapping, Field.OWNER) != "":
        return False
    filled = [at for at, cell in enumerate(line.cells) if cell != "" and text_of(cell)]
    if len(filled) != 1 or filled[0] not in (mapping.column(Field.ADDRESS), mapping.column(Field.BUILDING)):
        return False
    address = address_of(line.cells[filled[0]])
    return isinstance(address, Fault) or not is_regular(address)


def _compare_total(line: Line, mapping: Mapping, units: list[Unit], tally: SheetTally) -> None:
    """Say when a stated grand total differs from what was taken; subtotals are not compared."""
    words = "".join(tight(cell) for cell in line.cells if isinstance(cell, str))
    if Field.AREA not in mapping.columns or not ("合计" in words or "总计" in words):
        return
    stated, found = area_of(line.cells[mapping.columns[Field.AREA]]), sum(unit.area for unit in units)
    if isinstance(stated, int) and stated != found:
        tally.note(line.row, f"表中合计 {area_words(stated)} ㎡，实际采用各行之和 {area_words(found)} ㎡，两者不一致")
