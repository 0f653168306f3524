"""Sort the lines of a sheet: headings repeated, subtotals, blanks, remarks; what is left is a record. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from consult_app.rolls.cells import Row, text_of, tight
from consult_app.rolls.headings import Field, Mapping
from consult_app.rolls.sheets import Sheet

_SUBTOTAL = re.compile(
    r"(?:本页|本栋|本幢|本楼|本单元|本组|全村|全小区|[\dA-Za-z一二三四五六七八九十]+(?:号楼|幢|栋|单元|组))?(?:小计|合计|总计|共计|累计|总和)[:：]?.{0,12}"
)
_REMARK = re.compile(r"^(?:制表|填表|审核|复核|负责|经办|盖章|单位|日期|时间|截止|备注|说明|注|附注|以上|本表)")
_SPREAD = (
    Field.BUILDING,
    Field.ENTRANCE,
    Field.OWNER,
    Field.ID_NUMBER,
    Field.PHONE,
    Field.USAGE,
    Field.STATUS,
    Field.HOUSEHOLD,
    Field.GROUP,
)
"""Fields whose merged cell stands for every line it covers; an area never does, or it would count twice."""


class LineKind(StrEnum):
    """What a line of the file is, if not a record."""

    TITLE = "title"
    HEADING = "heading"
    BLANK = "blank"
    SUBTOTAL = "subtotal"
    REMARK = "remark"
    RECORD = "record"


LINE_WORDS = {
    LineKind.TITLE: "标题",
    LineKind.HEADING: "表头",
    LineKind.BLANK: "空行",
    LineKind.SUBTOTAL: "小计、合计",
    LineKind.REMARK: "附注",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: Excel's row number, what it is, its cells with merged ones filled in."""

    row: int
    kind: LineKind
    cells: Row


def lines(sheet: Sheet, mapping: Mapping, keys: tuple[Field, ...]) -> Iterator[Line]:
    """Every line of a sheet in order. A line empty in all `keys` columns is no record."""
    merged = _merged_rows(sheet, mapping)
    places = [at for field in keys if (at := mapping.column(field)) >= 0]
    serial = mapping.column(Field.SERIAL)
    headings = [(at, text) for at, text in enumerate(mapping.headings) if text]
    for index, cells in enumerate(sheet.rows):
        if index in merged:
            cells = _filled(cells, merged[index])
        yield Line(index + 1, _kind(index, cells, mapping, places, serial, headings), cells)


def _kind(
    index: int, cells: Row, mapping: Mapping, places: list[int], serial: int, headings: list[tuple[int, str]]
) -> LineKind:
    if index < mapping.first:
        return LineKind.TITLE if any(text_of(cell) for cell in cells) else LineKind.BLANK
    if index < mapping.body:
        return LineKind.HEADING
    keys = [cells[at] for at in places]
    # most lines are plain records: decide on those with two looks, for no heading holds a number
    if all([key != "" and (key.__class__ is not str or text_of(key)) for key in keys]):
        plain = any([key.__class__ is float for key in keys])
        return LineKind.RECORD if plain or not _is_heading(cells, headings) else LineKind.HEADING
    filled = [at for at, cell in enumerate(cells) if cell != "" and text_of(cell)]
    if not filled or filled == [serial]:
        if filled and _SUBTOTAL.fullmatch(tight(cells[serial])):
            return LineKind.SUBTOTAL
        return LineKind.BLANK if not filled or _is_number(cells[serial]) else LineKind.REMARK
    if any(_SUBTOTAL.fullmatch(tight(cells[at])) for at in filled):
        return LineKind.SUBTOTAL
    if _is_heading(cells, headings):
        return LineKind.HEADING
    first = text_of(cells[filled[0]])
    if len(filled) <= 2 and (_REMARK.match(first) or (len(filled) == 1 and filled[0] not in places)):
        return LineKind.REMARK
    return LineKind.RECORD


def _is_heading(cells: Row, headings: list[tuple[int, str]]) -> bool:
    same = sum(
        [
            cell == text or (isinstance(cell, str) and cell.strip() == text)
            for cell, text in ((cells[at], text) for at, text in headings)
        ]
    )
    return same >= 3 or (same > 0 and same == len(headings))


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdecimal())


def _merged_rows(sheet: Sheet, mapping: Mapping) -> dict[int, list[tuple[int, object]]]:
    """For every row under a vertically merged cell, the cells to fill in: column and value."""
    spread = {mapping.columns[field] for field in _SPREAD if field in mapping.columns}
    found: dict[int, list[tuple[int, object]]] = {}
    height = len(sheet.rows)
    for top, left, bottom, right in sheet.merged:
        if bottom > top >= mapping.body and left == right and left in spread and top < height:
            for row in range(top + 1, min(bottom + 1, height)):
                found.setdefault(row, []).append((left, sheet.rows[top][left]))
    return found


def _filled(cells: Row, values: list[tuple[int, object]]) -> Row:
    # a covered line that is otherwise empty stays a blank line
    if not any(text_of(cell) for cell in cells):
        return cells
    copy = list(cells)
    for at, value in values:
        if at < len(copy) and copy[at] == "":
            copy[at] = value  # type: ignore[call-overload]
    return copy
