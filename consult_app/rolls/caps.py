"""Look into a file before a reader opens it: what it is, and whether it is safe to unpack.

A workbook is a zip of XML; a small one can unpack to gigabytes, and one far-off cell makes a reader lay out billions.
So every entry is unpacked once in small pieces, counted against the caps, and the corners of every sheet are measured.
"""

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from consult_app.kernel.errors import Refused

MAX_FILE = 60 * 1024 * 1024
"""Largest file, in bytes."""
MAX_UNPACKED = 250 * 1024 * 1024
"""Largest sum of all unpacked entries of a workbook, in bytes."""
MAX_RATIO = 250
"""Largest ratio of unpacked to packed size of one entry above a megabyte; real sheets stay below 60."""
MAX_ENTRIES = 3000
MAX_CELLS = 6_000_000
"""Largest rectangle of one sheet, in cells."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CORNER = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*["']([A-Za-z]{0,8})(\d{1,12})""")
_PIECE = 1 << 18


class Format(StrEnum):
    """What a file is by its content, whatever its name says."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


class NoSuchFile(Refused):
    """The file is not there or cannot be read."""

    text = "打不开文件“{name}”，请确认它还在原处，并且没有被别的程序独占。"
    field = "file"


class FileTooLarge(Refused):
    """The file is larger than any roll."""

    text = "文件“{name}”有 {megabytes} MB，超过名册文件的上限 60 MB。请删去图片和无关的工作表后重试。"
    field = "file"


class EmptyFile(Refused):
    """The file holds nothing."""

    text = "文件“{name}”是空的。"
    field = "file"


class NotASpreadsheet(Refused):
    """The file is no spreadsheet, whatever its name says."""

    text = "文件“{name}”不是 Excel 表格或 CSV 文件{hint}。请用 Excel 或 WPS 打开后另存为 .xlsx。"
    field = "file"


class PasswordProtected(Refused):
    """The file is encrypted."""

    text = "文件“{name}”设有打开密码。请在 Excel 或 WPS 中取消密码后重新保存，再导入。"
    field = "file"


class DamagedFile(Refused):
    """The file is a spreadsheet, but broken."""

    text = "文件“{name}”已损坏，无法读取。请用 Excel 或 WPS 打开并另存一份后重试。"
    field = "file"


class UnsafeToUnpack(Refused):
    """A zip bomb, or a sheet with a cell far away from all others."""

    text = "文件“{name}”{what}，为安全起见没有打开。请只保留名册数据，另存为新的 .xlsx 后重试。"
    field = "file"


def inspect(path: Path) -> Format:
    """What the file is; refused when it is missing, empty, too large, encrypted, damaged, no spreadsheet, or unsafe to unpack."""
    name = path.name
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NoSuchFile(name=name)
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise NoSuchFile(name=name) from error
    if not size:
        raise EmptyFile(name=name)
    if size > MAX_FILE:
        raise FileTooLarge(name=name, megabytes=size // (1024 * 1024))
    if start.startswith(b"PK"):
        _inspect_zip(path)
        return Format.XLSX
    if start.startswith(_OLE):
        _inspect_ole(path)
        return Format.XLS
    _inspect_text(name, start)
    return Format.CSV


def _inspect_text(name: str, start: bytes) -> None:
    lowered = start[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if lowered.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        raise NotASpreadsheet(name=name, hint="（内容是网页或 XML）")
    if lowered.startswith(b"%pdf"):
        raise NotASpreadsheet(name=name, hint="（内容是 PDF）")
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotASpreadsheet(name=name, hint="")


def _inspect_ole(path: Path) -> None:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise PasswordProtected(name=path.name)
    if not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        raise NotASpreadsheet(name=path.name, hint="（可能是 Word 或其他旧版文档）")


def _inspect_zip(path: Path) -> None:
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            entries = archive.infolist()
            _check_directory(name, entries)
            for entry in entries:
                corner = _Corner()
                for piece in _unpacked(raw, entry, name):
                    if entry.filename.lower().endswith(".xml"):
                        corner.see(piece)
                if corner.cells > MAX_CELLS:
                    raise UnsafeToUnpack(name=name, what=f"的工作表范围有 {corner.rows} 行 {corner.columns} 列")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, OverflowError) as error:
        raise DamagedFile(name=name) from error


def _check_directory(name: str, entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise UnsafeToUnpack(name=name, what=f"内含 {len(entries)} 个文件")
    if any(entry.flag_bits & 1 for entry in entries):
        raise PasswordProtected(name=name)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise UnsafeToUnpack(name=name, what=f"解压后有 {unpacked // (1024 * 1024)} MB")
    for entry in entries:
        if entry.file_size > 1024 * 1024 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise UnsafeToUnpack(name=name, what="的压缩比异常（疑似压缩炸弹）")
    if "xl/workbook.xml" not in names:
        kinds = {"word/document.xml": "（内容是 Word 文档）", "ppt/presentation.xml": "（内容是演示文稿）"}
        hint = next((words for part, words in kinds.items() if part in names), "（可能是压缩包，请先解压）")
        raise NotASpreadsheet(name=name, hint=hint)


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The entry in pieces; refused when it holds more than its directory claims, for other readers do not stop there."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile(entry.filename)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    if entry.compress_size > os.fstat(file.fileno()).st_size:  # else room would be made for what cannot come
        raise zipfile.BadZipFile(entry.filename)
    packed = file.read(entry.compress_size)
    if entry.compress_type == zipfile.ZIP_STORED:
        if len(packed) != entry.file_size:
            raise zipfile.BadZipFile(entry.filename)
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(entry.filename)
    unpacker, size = zlib.decompressobj(-15), 0
    while not unpacker.eof:
        piece = unpacker.decompress(packed, _PIECE)
        size += len(piece)
        if size > entry.file_size:
            raise UnsafeToUnpack(name=name, what="的目录与内容不符（疑似压缩炸弹）")
        if not piece and not unpacker.unconsumed_tail:
            break
        packed = unpacker.unconsumed_tail
        yield piece
    if size != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)


class _Corner:
    """The far corner of a sheet, measured piece by piece; a tag cut by a piece's edge is carried over."""

    def __init__(self) -> None:
        self.rows = 1
        self.columns = 1
        self._rest = b""

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def see(self, piece: bytes) -> None:
        piece = self._rest + piece
        cut = piece.rfind(b"<")
        self._rest = piece[cut:][-4096:] if cut >= 0 else b""
        found = _CORNER.findall(piece)
        if not found:
            return
        for letters in {letters for letters, _ in found if letters}:
            self.columns = max(self.columns, _column(letters))
        self.rows = max(self.rows, max([int(digits) for _, digits in found]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
