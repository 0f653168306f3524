"""Keep the account of a reading: lines by kind, problems, notes. Pure."""

from collections import Counter
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

from consult_app.rolls.cells import text_of
from consult_app.rolls.lines import Line, LineKind
from consult_app.rolls.problems import Code, Fault, Note, Problem, column_letter
from consult_app.rolls.rules import Person, Unit


@dataclass(frozen=True)
class LineCount:
    """Where the lines of one sheet went; `others` counts headings, subtotals, blanks and so on."""

    sheet: str
    taken: int
    rejected: int
    others: AnyMapping[LineKind, int]

    @property
    def total(self) -> int:
        """All lines of the sheet."""
        return self.taken + self.rejected + sum(self.others.values())


@dataclass(frozen=True)
class Reading:
    """What was read from all sheets together."""

    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    counts: tuple[LineCount, ...]


@dataclass
class SheetTally:
    """The account of one sheet while it is being read."""

    sheet: str
    taken: int = 0
    rejected: int = 0
    others: Counter[LineKind] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def reject(self, row: int, faults: list[tuple[int, Fault]]) -> None:
        """Count a line as rejected, for each fault one problem; a fault without a column stands at the first."""
        self.rejected += 1
        for column, fault in faults:
            letter = column_letter(max(column, 0))
            self.problems.append(Problem(self.sheet, row, letter, Code(fault.code), fault.message))

    def note(self, row: int, message: str) -> None:
        """Put a line before a person's eyes."""
        self.notes.append(Note(self.sheet, row, message))

    def leave(self, line: Line, kind: LineKind) -> None:
        """Count a line that is no record; a remark, or a full line above the heading, is shown to a person."""
        self.others[kind] += 1
        words = [text for cell in line.cells if (text := text_of(cell))]
        if kind is LineKind.REMARK:
            self.note(line.row, "按附注略过：" + " ".join(words)[:60])
        elif kind is LineKind.TITLE and len(words) > 3:
            self.note(line.row, "在表头之上，按标题略过：" + " ".join(words)[:60])

    def count(self) -> LineCount:
        """The finished account."""
        return LineCount(self.sheet, self.taken, self.rejected, dict(self.others))
