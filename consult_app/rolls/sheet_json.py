"""Sheets as JSON, to be handed from one process to another: no bytes that could do more than be read. Pure."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from consult_app.rolls.cells import Cell
from consult_app.rolls.sheets import Sheet, Sheets


def to_json(sheets: Sheets) -> str:
    """The file's sheets as one ASCII text; days and times as pairs of their kind and ISO words."""
    facts = {
        "source": sheets.source,
        "sha256": sheets.sha256,
        "sheets": [
            {"name": sheet.name, "rows": sheet.rows, "merged": sheet.merged, "hidden": sheet.hidden}
            for sheet in sheets.sheets
        ],
    }
    return json.dumps(facts, default=_pair, separators=(",", ":"))


def from_json(facts: dict[str, Any]) -> Sheets:
    """The sheets that `to_json` wrote, from its parsed text."""
    return Sheets(facts["source"], facts["sha256"], tuple(_sheet(each) for each in facts["sheets"]))


def _sheet(facts: dict[str, Any]) -> Sheet:
    for row in facts["rows"]:
        for at, cell in enumerate(row):
            if cell.__class__ is list:
                row[at] = _KINDS[cell[0]](cell[1])
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in facts["merged"])
    return Sheet(facts["name"], facts["rows"], merged, facts["hidden"])


def _pair(cell: Cell) -> list[Any]:
    if isinstance(cell, timedelta):
        return ["timedelta", cell.total_seconds()]
    assert isinstance(cell, date | time), type(cell)
    return [type(cell).__name__, cell.isoformat()]


def _span(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


_KINDS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": _span,
}
