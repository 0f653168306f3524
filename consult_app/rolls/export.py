"""A roll taken out as xlsx, in full or masked, with the account of its import. No cell of it is ever a formula."""

import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.kernel.text import day_words, moment_words
from consult_app.rolls import queries, standing
from consult_app.rolls.amending import AMENDMENT_WORDS, AmendmentKind, stored_entry
from consult_app.rolls.entries import entry_facts
from consult_app.rolls.paper import (
    PaperSheet,
    Value,
    account_sheet,
    heads_sheet,
    people_sheet,
    problems_sheet,
    units_sheet,
)
from consult_app.rolls.rules import RollKind

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000
_WIDE = frozenset(
    ["业主", "证件号码", "依据", "原因", "说明", "包括", "理由", "更正前", "更正后", "变更前", "变更后", "适用规则"]
)


def exported(db: Session, roll_id: int, *, masked: bool) -> bytes:
    """The roll as an xlsx file. In full it holds all that is known; masked, no number, phone, room or whole name."""
    book = Workbook(write_only=True)
    for sheet in _sheets(db, roll_id, masked):
        _write(book, sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins with = + - @ is led by an apostrophe."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    return "'" + text if text.startswith(_SIGNS) else text


def _sheets(db: Session, roll_id: int, masked: bool) -> Iterator[PaperSheet]:
    roll = queries.roll(db, roll_id)
    people = queries.people(db, roll_id, with_struck=True)
    if roll.kind is RollKind.OWNERS:
        parking = bool(bodies.body(db, roll.body_id).policy.get("count_parking", False))
        heads = queries.heads(db, roll_id, count_parking=parking)
        yield units_sheet(queries.units(db, roll_id), people, heads, masked=masked)
        yield heads_sheet(heads, people, masked=masked)
    else:
        yield people_sheet(queries.people(db, roll_id), masked=masked)
    if roll.report.get("lines"):
        yield account_sheet(roll.report)
    if not masked:
        yield problems_sheet(roll.report)
        yield from _records(db, roll_id)


def _records(db: Session, roll_id: int) -> Iterator[PaperSheet]:
    """What was decided about the roll and changed in it."""
    joinings = [
        (each.name, each.evidence, each.decided_by, moment_words(each.decided_at))
        for each in queries.joinings(db, roll_id)
    ]
    yield PaperSheet("合并", ("姓名", "依据", "认定人", "认定时间"), joinings)
    changes = [
        (_words(each.before), _words(each.after), each.reason, each.changed_by, moment_words(each.changed_at))
        for each in queries.changes(db, roll_id)
    ]
    yield PaperSheet("更正", ("更正前", "更正后", "理由", "更正人", "更正时间"), changes)
    amended = [
        (
            day_words(each.happened_on),
            AMENDMENT_WORDS[AmendmentKind(each.kind)],
            _entry_words(each.before),
            _entry_words(each.after),
            each.reason,
            each.rule,
        )
        for each in standing.amendments(db, roll_id)
    ]
    yield PaperSheet("冻结后变更", ("发生日期", "类别", "变更前", "变更后", "理由", "适用规则"), amended)


def _entry_words(kept: dict[str, Any]) -> str:
    entry = stored_entry(kept)
    return _words(entry_facts(entry) if entry else {})


def _words(facts: dict[str, Any]) -> str:
    """`面积 89.50；业主 甲`: what a line was, without its blanks."""
    found = [(name, _value_words(value)) for name, value in facts.items()]
    return "；".join(f"{name} {words}" for name, words in found if words) or "无"


def _value_words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(" ".join(part for part in owner if part) for owner in value)
    return ("是" if value else "") if isinstance(value, bool) else str(value)


def _write(book: Workbook, paper: PaperSheet) -> None:
    sheet = book.create_sheet(paper.name)
    for at, heading in enumerate(paper.headings, 1):
        sheet.column_dimensions[get_column_letter(at)].width = 36 if heading in _WIDE else 14
    sheet.freeze_panes = "A2"
    for row in chain([paper.headings], paper.rows):
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Value) -> Any:
    """A text stays text, so that 0101 stays 0101; an area shows its two decimals."""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "0.00"
        return cell
    return value
