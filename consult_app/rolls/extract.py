"""Turn a planned file into units or people, with every line accounted for. Pure."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from consult_app.kernel.errors import Refused
from consult_app.kernel.garbage import uncollected
from consult_app.kernel.text import area_plain
from consult_app.rolls import heads
from consult_app.rolls.lines import LineKind
from consult_app.rolls.plan import Plan
from consult_app.rolls.problems import Note, Problem
from consult_app.rolls.read_people import read_people
from consult_app.rolls.read_units import read_units
from consult_app.rolls.rules import Person, RollKind, Unit, Usage, counted, is_adult
from consult_app.rolls.tally import LineCount


class OnlyHeadings(Refused):
    """The file has headings and no line under them."""

    text = "文件“{name}”只有表头，没有一行名册。请填写后再导入。"
    field = "file"


@dataclass(frozen=True)
class Extract:
    """What a file yields: units and their owners, or people; what was refused, and where every line went.

    `counts` holds one account per sheet that was read: taken + rejected + headings, subtotals, blanks = all lines.
    """

    kind: RollKind
    source: str
    sha256: str
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    ignored: tuple[tuple[str, str], ...]
    counts: tuple[LineCount, ...]
    columns: tuple[tuple[tuple[str, ...], AnyMapping[str, int]], ...]


@uncollected
def extract(plan: Plan) -> Extract:
    """Read every planned sheet. Nothing is dropped: a line is taken, rejected with reasons, or counted as what it is.

    Refused when there is no line to take or to reject: `OnlyHeadings`.
    """
    found = read_units(plan.read) if plan.kind is RollKind.OWNERS else read_people(plan.read)
    if found.counts and not any(count.taken + count.rejected for count in found.counts):
        raise OnlyHeadings(name=plan.source)
    return Extract(
        kind=plan.kind,
        source=plan.source,
        sha256=plan.sha256,
        units=found.units,
        people=found.people,
        problems=found.problems,
        notes=found.notes,
        ignored=tuple((sheet.sheet.name, sheet.ignored) for sheet in plan.ignored),
        counts=found.counts,
        columns=tuple(
            (sheet.mapping.headings, {str(field): at for field, at in sheet.mapping.columns.items()})
            for sheet in plan.read
            if sheet.mapping
        ),
    )


def report(found: Extract, on: date) -> dict[str, Any]:
    """The account of an import for machines; areas as text with two decimals, problems by sheet, row and column."""
    facts = _owners_facts(found) if found.kind is RollKind.OWNERS else _people_facts(found, on)
    return facts | {
        "ignored_sheets": [name for name, _ in found.ignored],
        "ignored_reasons": dict(found.ignored),
        "problems": [
            {"sheet": p.sheet, "row": p.row, "column": p.column, "code": str(p.code), "message": p.message}
            for p in found.problems
        ],
        "notes": [{"sheet": note.sheet, "row": note.row, "message": note.message} for note in found.notes],
        "lines": [_line_facts(count) for count in found.counts],
    }


def _owners_facts(found: Extract) -> dict[str, Any]:
    voting = counted(found.units)
    return {
        "units": len(voting),
        "total_area": area_plain(sum(unit.area for unit in voting)),
        "heads": heads.count(voting),
        "co_owned": sum(len(unit.owners) > 1 for unit in voting),
        "developer_units": sum(unit.developers for unit in voting),
        "commercial": sum(unit.usage is Usage.COMMERCIAL for unit in voting),
        "parking": len(found.units) - len(voting),
    }


def _people_facts(found: Extract, on: date) -> dict[str, Any]:
    return {
        "people": len(found.people),
        "households": len({person.household for person in found.people if person.household}),
        "adults": sum(is_adult(person.birth, on) for person in found.people),
        "on": on.isoformat(),
        "representatives": sum(person.representative for person in found.people),
        "groups": len({person.group for person in found.people if person.group}),
    }


def _line_facts(count: LineCount) -> dict[str, Any]:
    return {
        "sheet": count.sheet,
        "all": count.total,
        "taken": count.taken,
        "rejected": count.rejected,
        **{str(kind): count.others.get(kind, 0) for kind in LineKind if kind is not LineKind.RECORD},
    }
