"""A file on its way to becoming the roll: how it is read, what it yields, what it would change. Runs beside the window."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from consult_app.rolls import queries
from consult_app.rolls.apart import read_apart
from consult_app.rolls.cells import text_of
from consult_app.rolls.difference import Difference, Lines, difference
from consult_app.rolls.extract import Extract, extract, report
from consult_app.rolls.headings import Mapping, guess
from consult_app.rolls.lines import LINE_WORDS
from consult_app.rolls.plan import Plan, SheetPlan, plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.sheets import Sheet
from consult_app.rolls.tally import LineCount
from consult_app.storage.store import Store
from ui.task import Task


@dataclass(frozen=True)
class Draft:
    """What one file would make of a body's roll on a day; `difference` is None where there is no roll yet."""

    body_id: int
    path: Path
    plan: Plan
    found: Extract
    on: date
    report: dict[str, Any]
    difference: Difference | None

    @property
    def rejected(self) -> int:
        """How many lines were not taken."""
        return sum(count.rejected for count in self.found.counts)

    @property
    def taken(self) -> int:
        """How many lines were taken."""
        return len(self.found.units) or len(self.found.people)

    def sheet(self, name: str) -> SheetPlan:
        """One sheet and how it is read."""
        return sheet_of(self.plan, name)

    def count(self, name: str) -> LineCount | None:
        """The account of one sheet; None when it is left."""
        return next((count for count in self.found.counts if count.sheet == name), None)

    def taken_rows(self, name: str) -> frozenset[int]:
        """Excel's numbers of the rows of a sheet that were taken."""
        lines = self.found.units or self.found.people
        return frozenset(line.row for line in lines if line.sheet == name)


def begin(store: Store, body_id: int, kind: RollKind, path: Path, on: date, task: Task) -> Draft:
    """Read a file. Refused as `apart.read_apart` and `plan` say."""
    task.progress(0, 4, "读取文件")
    sheets = read_apart(path, lambda: task.progress(0, 4, "读取文件"))
    task.progress(1, 4, "识别栏目")
    planned = plan(sheets, kind, None, store.ask(queries.remembered, kind))
    return again(store, body_id, path, planned, on, task)


def again(store: Store, body_id: int, path: Path, planned: Plan, on: date, task: Task) -> Draft:
    """Read the lines by a plan, perhaps a corrected one."""
    task.progress(2, 4, "逐行核对")
    found = extract(planned)
    task.progress(3, 4, "与现行名册比较")
    changes = _changes(store, body_id, planned.kind, Lines(found.units, found.people))
    return Draft(body_id, path, planned, found, on, report(found, on), changes)


def sheet_of(planned: Plan, name: str) -> SheetPlan:
    """One sheet of a plan by its name."""
    return next(found for found in planned.sheets if found.sheet.name == name)


def likely_heading(sheet: Sheet, kind: RollKind) -> Mapping:
    """The mapping of a sheet that is to be read after all: as guessed, else from its first row with two filled cells."""
    if (found := guess(sheet, kind)) is not None:
        return found
    first = next((at for at, cells in enumerate(sheet.rows[:30]) if sum(cell != "" for cell in cells) > 1), 0)
    return heading_at(sheet, kind, first)


def heading_at(sheet: Sheet, kind: RollKind, first: int) -> Mapping:
    """The mapping of a sheet whose heading a person says begins in a row counted from 0; columns as far as they can be told."""
    below = replace(sheet, rows=sheet.rows[first:], merged=())
    found = guess(below, kind)
    if found is not None and found.first == 0:
        return replace(found, first=first)
    return Mapping(first, 1, tuple(text_of(cell) for cell in sheet.rows[first]), {})


def account_words(count: LineCount) -> str:
    """Where the lines of a sheet went: all = taken + rejected + headings, subtotals, blanks."""
    others = (f"{words} {count.others[kind]}" for kind, words in LINE_WORDS.items() if count.others.get(kind))
    return f"共 {count.total} 行 ＝ " + " ＋ ".join((f"采用 {count.taken}", f"未采用 {count.rejected}", *others))


def _changes(store: Store, body_id: int, kind: RollKind, new: Lines) -> Difference | None:
    current = store.ask(queries.current_roll, body_id, kind)
    if current is None:
        return None
    old = Lines(store.ask(queries.units, current.id), store.ask(queries.people, current.id))
    return difference(old, new)
