"""A made-up owners' roll of any size as a spreadsheet; every name and number in it is plainly synthetic."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from consult_app.rolls.identity import check_character

HEADINGS = ("序号", "楼栋", "单元", "房号", "业主姓名", "身份证号", "建筑面积", "房屋用途", "交付状态")
FLOORS = 6
ROOMS = 2
ENTRANCES = 3
SECOND_UNIT = 20
"""One voter in so many has a second unit: two units, one head."""

_FIRST_BIRTH = date(1950, 1, 1)


def write_roll(path: Path, voters: int) -> None:
    """Write a roll from which `voters` heads are formed: some co-owned units, some owners with two units."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("业主名册")
    sheet.append(["练习用业主名册（虚构）"])
    sheet.append(HEADINGS)
    for row in _rows(voters):
        sheet.append(row)
    workbook.save(path)


def identity_number(person: int) -> str:
    """A well-formed identity number of nobody: region 000000, a birth day and a serial made from a number."""
    born = _FIRST_BIRTH + timedelta(days=person * 7 % 18_000)
    first = f"000000{born:%Y%m%d}{person // 18_000 % 1000:03d}"
    return first + check_character(first)


def _rows(voters: int) -> Iterator[tuple[object, ...]]:
    unit = 0
    for voter in range(1, voters + 1):
        owners, numbers = _owners(voter)
        for _ in range(2 if voter % SECOND_UNIT == 0 else 1):
            yield _row(unit, owners, numbers)
            unit += 1


def _owners(voter: int) -> tuple[str, str]:
    """The names and numbers of one voter's owners; every third unit belongs to a couple, but never one of two units."""
    name = f"练习业主{voter}"
    if voter % 3 or voter % SECOND_UNIT == 0:
        return name, identity_number(2 * voter)
    return f"{name}、练习共有人{voter}", f"{identity_number(2 * voter)}、{identity_number(2 * voter + 1)}"


def _row(unit: int, owners: str, numbers: str) -> tuple[object, ...]:
    place, room = divmod(unit, ROOMS)
    place, floor = divmod(place, FLOORS)
    building, entrance = divmod(place, ENTRANCES)
    area = (6500 + unit * 37 % 6500) / 100
    return (unit + 1, f"{building + 1}幢", f"{entrance + 1}单元", f"{floor + 1}0{room + 1}", owners, numbers,
            area, "住宅", "已交付")  # fmt: skip
