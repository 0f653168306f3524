"""Build small workbooks and CSV files for tests; every number has region 000000 and belongs to nobody."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from consult_app.rolls.extract import Extract, extract
from consult_app.rolls.identity import check_character
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read

HEADING = ("房屋坐落", "业主姓名", "建筑面积", "证件号码", "联系电话", "备注")


def number(serial: int, birth: str = "19700101") -> str:
    """A valid identity number that belongs to nobody."""
    first = f"000000{birth}{serial:03d}"
    return first + check_character(first)


def book(path: Path, rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), name: str = "名册") -> Path:
    """A workbook with one sheet."""
    return books(path, {name: rows}, merge=merge)


def books(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], *, merge: Sequence[str] = ()) -> Path:
    """A workbook with several sheets; `merge` names ranges of the first."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for span in merge:
        workbook.worksheets[0].merge_cells(span)
    workbook.save(path)
    return path


def taken(path: Path, kind: RollKind = RollKind.OWNERS, only: str | None = None) -> Extract:
    """What a file yields with the guessed mapping."""
    return extract(plan(read(path), kind, only))


def rows_of(tmp_path: Path, *rows: Sequence[Any]) -> Extract:
    """What lines under the usual heading yield."""
    return taken(book(tmp_path / "名册.xlsx", [HEADING, *rows]))


def old_book(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """An .xls workbook (BIFF8 in an OLE container) with one sheet, as small as readers take it."""
    cells = b""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<3H", at, column, 0)
            if isinstance(cell, int | float):
                cells += _record(0x0203, place + struct.pack("<d", cell))
            elif cell != "":
                text = str(cell).encode("utf-16-le")
                cells += _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    name = "名册".encode("utf-16-le")
    sheet_at = 20 + 4 + 8 + len(name) + 4
    stream = (
        _bof(0x0005) + _record(0x0085, struct.pack("<IHBB", sheet_at, 0, len(name) // 2, 1) + name) + _record(0x000A)
    )
    assert len(stream) == sheet_at
    path.write_bytes(_container(stream + _bof(0x0010) + cells + _record(0x000A)))
    return path


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<4H2I", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _container(stream: bytes) -> bytes:
    """An OLE file of sector 0 (the table of sectors), sector 1 (the directory) and the stream `Workbook` from sector 2."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count, end, free = len(stream) // 512, 0xFFFFFFFE, 0xFFFFFFFF
    chain = [0xFFFFFFFD, end, *range(3, count + 2), end]
    assert len(chain) <= 128, "one sector of the table holds 128 entries"
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    folder = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, 2, len(stream)) + bytes(256)
    return header + table + folder + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    body = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return body + bytes(36) + struct.pack("<IQ", start, size)
