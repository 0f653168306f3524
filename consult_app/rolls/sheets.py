"""What a spreadsheet file holds once read: sheets of plain cells. Pure."""

from dataclasses import dataclass

from consult_app.rolls.cells import Row

Range = tuple[int, int, int, int]
"""Merged cells: first row, first column, last row, last column, counted from 0."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[i]` is Excel's row i + 1, every row equally long; `merged` are its merged ranges."""

    name: str
    rows: list[Row]
    merged: tuple[Range, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Sheets:
    """A whole file: its name, the SHA-256 of its bytes (64 hex digits), and its sheets in order."""

    source: str
    sha256: str
    sheets: tuple[Sheet, ...]
