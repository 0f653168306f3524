"""Which sheets of a file are read, and how; which are left, and why. Pure."""

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass

from consult_app.kernel.errors import Refused
from consult_app.rolls.headings import Field, Mapping, guess
from consult_app.rolls.rules import RollKind
from consult_app.rolls.sheets import Sheet, Sheets

_PARKING = re.compile("车位|车库|停车|储藏")
_PARKING_HEADING = re.compile("车位|车库")
_PERSONAL = frozenset({Field.BIRTH, Field.HOUSEHOLD, Field.RELATION, Field.GENDER, Field.GROUP, Field.REPRESENTATIVE})
_WORDS = {RollKind.OWNERS: "业主名册", RollKind.PEOPLE: "村（居）民名册", RollKind.MEMBERS: "成员名单"}
_OTHER = {
    RollKind.OWNERS: "列的是人口，不是房屋和业主",
    RollKind.PEOPLE: "列的是房屋和业主，不是人口",
    RollKind.MEMBERS: "列的是房屋和业主，不是人口",
}
_EXPLANATION = re.compile("说明|目录|填表|注意事项|样例|示例|模板|字典")


class EmptyWorkbook(Refused):
    """No sheet holds anything."""

    text = "文件“{name}”里没有任何内容。"
    field = "file"


class NoHeading(Refused):
    """No sheet has a heading row that could be read."""

    text = "在文件“{name}”中没有找到{what}的表头。表头应当有“{needed}”等栏目，请检查，或改用模板填写。"
    field = "file"


class OtherRoll(Refused):
    """The file lists people where units are wanted, or units where people are."""

    text = "文件“{name}”是{found}，这里要导入的是{needed}，两种名册不能混用。请换一个文件，或先切换到相应的议事主体。"
    field = "file"


class NoSuchSheet(Refused):
    """The sheet that was asked for is not in the file."""

    text = "文件“{name}”中没有名为“{sheet}”的工作表，现有：{sheets}。"
    field = "sheet"


@dataclass(frozen=True)
class SheetPlan:
    """One sheet, and either the mapping it is read by or the reason it is left."""

    sheet: Sheet
    mapping: Mapping | None
    ignored: str = ""


@dataclass(frozen=True)
class Plan:
    """How a file is going to be read."""

    kind: RollKind
    source: str
    sha256: str
    sheets: tuple[SheetPlan, ...]

    @property
    def read(self) -> tuple[SheetPlan, ...]:
        """The sheets that are read."""
        return tuple(found for found in self.sheets if found.mapping is not None)

    @property
    def ignored(self) -> tuple[SheetPlan, ...]:
        """The sheets that are left, with their reasons."""
        return tuple(found for found in self.sheets if found.mapping is None)

    def with_mapping(self, sheet: str, mapping: Mapping | None, reason: str = "由操作人员选择不读取") -> "Plan":
        """The plan with one sheet read by a corrected mapping, or left."""
        changed = tuple(
            SheetPlan(found.sheet, mapping, "" if mapping else reason) if found.sheet.name == sheet else found
            for found in self.sheets
        )
        return Plan(self.kind, self.source, self.sha256, changed)


def plan(
    sheets: Sheets,
    kind: RollKind,
    only: str | None = None,
    remembered: AnyMapping[tuple[str, ...], AnyMapping[Field, int]] | None = None,
) -> Plan:
    """A plan for a file: every sheet with a heading is read but parking, explanations and hidden ones; `only` names one.

    `remembered` holds, by headings, the columns that were accepted for files of that shape before. Refused when nothing
    can be read.
    """
    if not any(_has_content(sheet) for sheet in sheets.sheets):
        raise EmptyWorkbook(name=sheets.source)
    if only is not None and only not in {sheet.name for sheet in sheets.sheets}:
        names = "、".join(sheet.name for sheet in sheets.sheets)
        raise NoSuchSheet(name=sheets.source, sheet=only, sheets=names)
    found = Plan(kind, sheets.source, sheets.sha256, tuple(_planned(sheet, kind, only) for sheet in sheets.sheets))
    if not found.read and any(each.ignored == _OTHER[kind] for each in found.ignored):
        other = RollKind.PEOPLE if kind is RollKind.OWNERS else RollKind.OWNERS
        raise OtherRoll(name=sheets.source, found=_WORDS[other], needed=_WORDS[kind])
    if not found.read:
        what, needed = (
            ("业主名册", "房屋坐落（或楼栋、房号）、面积、业主姓名")
            if kind is RollKind.OWNERS
            else ("人员名册", "姓名、户号、出生日期")
        )
        raise NoHeading(name=sheets.source, what=what, needed=needed)
    for each in found.read:
        columns = (remembered or {}).get(each.mapping.headings if each.mapping else ())
        if columns and each.mapping:
            mapping = Mapping(each.mapping.first, each.mapping.count, each.mapping.headings, dict(columns))
            found = found.with_mapping(each.sheet.name, mapping)
    return found


def _planned(sheet: Sheet, kind: RollKind, only: str | None) -> SheetPlan:
    if only is not None and sheet.name != only:
        return SheetPlan(sheet, None, "未选择")
    if not _has_content(sheet):
        return SheetPlan(sheet, None, "空白工作表")
    mapping = guess(sheet, kind)
    if only is not None:
        return SheetPlan(sheet, mapping, "" if mapping else "没有找到表头")
    if _is_parking(sheet, kind):
        return SheetPlan(sheet, None, "车位表：车位是否计入由议事规则约定，默认不计入")
    if _EXPLANATION.search(sheet.name):
        return SheetPlan(sheet, None, "填表说明")
    if sheet.hidden:
        return SheetPlan(sheet, None, "隐藏的工作表")
    if _is_other_roll(sheet, kind, mapping):
        return SheetPlan(sheet, None, _OTHER[kind])
    return SheetPlan(sheet, mapping, "" if mapping else "没有找到表头")


def _is_other_roll(sheet: Sheet, kind: RollKind, mapping: Mapping | None) -> bool:
    """Whether a sheet is plainly a roll of the other kind: units have an area, people a birth, a household, a relation."""
    if kind is RollKind.OWNERS:
        people = guess(sheet, RollKind.PEOPLE) if mapping is None or Field.AREA not in mapping.columns else None
        return people is not None and len(_PERSONAL & set(people.columns)) > 1
    units = guess(sheet, RollKind.OWNERS) if mapping is None or not _PERSONAL & set(mapping.columns) else None
    return units is not None and Field.AREA in units.columns


def _is_parking(sheet: Sheet, kind: RollKind) -> bool:
    if kind is not RollKind.OWNERS:
        return False
    top = (cell for row in sheet.rows[:3] for cell in row if isinstance(cell, str) and len(cell) < 8)
    return bool(_PARKING.search(sheet.name)) or any(_PARKING_HEADING.search(cell) for cell in top)


def _has_content(sheet: Sheet) -> bool:
    return any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for row in sheet.rows for cell in row)
