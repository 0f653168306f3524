"""Read a spreadsheet file into plain sheets of cells; formulas are never evaluated, only their stored results are read."""

import csv
import hashlib
import io
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from consult_app.rolls.caps import (
    MAX_CELLS,
    DamagedFile,
    Format,
    NotASpreadsheet,
    PasswordProtected,
    UnsafeToUnpack,
    inspect,
)
from consult_app.rolls.cells import Row
from consult_app.rolls.headings import guess
from consult_app.rolls.rules import RollKind
from consult_app.rolls.sheets import Sheet, Sheets

_EXCEL = (".xlsx", ".xls", ".xlsm", ".et")
_FAILURES = (CalamineError, XmlError, ZipError, WorksheetNotFound, OSError, ValueError, OverflowError)


def read(path: Path) -> Sheets:
    """Read .xlsx, .xls or .csv (UTF-8, UTF-16, GB18030), told by content. Refused as `caps` says, and when damaged."""
    kind = inspect(path)
    sheets = _csv_sheets(path) if kind is Format.CSV else _excel_sheets(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Sheets(path.name, digest, sheets)


def _excel_sheets(path: Path) -> tuple[Sheet, ...]:
    try:
        workbook = CalamineWorkbook.from_path(path)
        return tuple(
            _excel_sheet(workbook, found.name, found.visible is not SheetVisibleEnum.Visible, path.name)
            for found in workbook.sheets_metadata
            if found.typ is SheetTypeEnum.WorkSheet
        )
    except PasswordError as error:
        raise PasswordProtected(name=path.name) from error
    except _FAILURES as error:
        raise DamagedFile(name=path.name) from error
    except BaseException as error:
        # the reader is written in Rust: where it finds a file absurd it panics, outside Python's own hierarchy
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise DamagedFile(name=path.name) from error


def _excel_sheet(workbook: CalamineWorkbook, name: str, hidden: bool, source: str) -> Sheet:
    found = workbook.get_sheet_by_name(name)
    if found.total_height * found.total_width > MAX_CELLS:
        raise UnsafeToUnpack(name=source, what=f"的工作表“{name}”过大")
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in found.merged_cell_ranges or ())
    if sum(bottom - top for top, _, bottom, _ in merged) > MAX_CELLS:
        raise UnsafeToUnpack(name=source, what=f"的工作表“{name}”合并单元格过多")
    return Sheet(name[:80], found.to_python(skip_empty_area=False), merged, hidden)


def _csv_sheets(path: Path) -> tuple[Sheet, ...]:
    text = _decoded(path.read_bytes(), path.name)
    first = text[:20_000]
    delimiter = max(",\t;|", key=first.count) if any(sign in first for sign in ",\t;|") else ","
    try:
        rows: list[Row] = [
            [_bare(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise DamagedFile(name=path.name) from error
    width = max(map(len, rows), default=0)
    if len(rows) * width > MAX_CELLS:
        raise UnsafeToUnpack(name=path.name, what=f"有 {len(rows)} 行 {width} 列")
    for row in rows:
        row.extend([""] * (width - len(row)))
    sheet = Sheet(path.stem[:80], rows)
    if path.suffix.lower() in _EXCEL and not any(guess(sheet, kind) for kind in (RollKind.OWNERS, RollKind.PEOPLE)):
        raise NotASpreadsheet(name=path.name, hint="（内容是普通文字）")
    return (sheet,)


def _bare(cell: str) -> str:
    """`="0101"`, by which programs keep Excel from making a number of it, as 0101."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotASpreadsheet(name=name, hint="（文字编码无法识别）")
