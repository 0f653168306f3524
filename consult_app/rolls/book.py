"""Sheets written as an xlsx file. No cell of it is ever a formula.

openpyxl makes the file, its styles and headings; the rows, a million cells of a large roll, are set in between by
ourselves, in a tenth of the time.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from consult_app.rolls.paper import PaperSheet, Value

Tell = Callable[[int], object]
"""Told now and then how many rows are written; it may raise to stop the writing."""

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000
_WIDE = frozenset(
    ["业主", "证件号码", "依据", "原因", "说明", "包括", "理由", "更正前", "更正后", "变更前", "变更后", "适用规则"]
)
_END = b"</sheetData>"
_PIECE = 2000
_PACKING = 4


def book_of(papers: Iterable[PaperSheet], tell: Tell = lambda _rows: None) -> bytes:
    """An xlsx file of some sheets, each with its headings in a frozen first row."""
    listed = list(papers)
    bare, area_style = _bare(listed)
    data, written = io.BytesIO(), 0
    with (
        zipfile.ZipFile(bare) as source,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKING) as to,
    ):
        sheets = {f"xl/worksheets/sheet{at}.xml": paper for at, paper in enumerate(listed, 1)}
        for entry in source.infolist():
            content = source.read(entry)
            paper = sheets.get(entry.filename)
            if paper is None:
                to.writestr(entry.filename, content)
                continue
            before, after = content.split(_END)
            with to.open(entry.filename, "w", force_zip64=True) as part:
                part.write(before)
                for count, piece in _pieces(paper, area_style):
                    part.write(piece)
                    written += count
                    tell(written)
                part.write(_END + after)
    return data.getvalue()


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins with = + - @ is led by an apostrophe."""
    if not text.isprintable():
        text = ILLEGAL_CHARACTERS_RE.sub("", text)
    text = text[:_LONGEST]
    return "'" + text if text.startswith(_SIGNS) else text


def _bare(papers: Iterable[PaperSheet]) -> tuple[io.BytesIO, int]:
    """The file with headings only, and the number of the style that shows two decimals."""
    book, style = Workbook(write_only=True), 0
    for paper in papers:
        sheet = book.create_sheet(paper.name)
        for at, heading in enumerate(paper.headings, 1):
            sheet.column_dimensions[get_column_letter(at)].width = 36 if heading in _WIDE else 14
        sheet.freeze_panes = "A2"
        sheet.append([neutral(heading) for heading in paper.headings])
        area = WriteOnlyCell(sheet, Decimal(0))
        area.number_format = "0.00"
        style = area.style_id
    data = io.BytesIO()
    book.save(data)
    return data, style


def _pieces(paper: PaperSheet, area_style: int) -> Iterator[tuple[int, bytes]]:
    """The rows under the heading as XML, some at a time, with how many they are."""
    letters = [get_column_letter(at) for at in range(1, len(paper.headings) + 1)]
    texts: list[str] = []
    for number, row in enumerate(paper.rows, 2):
        cells = "".join(
            [_cell(f"{letter}{number}", value, area_style) for letter, value in zip(letters, row, strict=True)]
        )
        texts.append(f'<row r="{number}">{cells}</row>')
        if len(texts) == _PIECE:
            yield len(texts), "".join(texts).encode()
            texts.clear()
    yield len(texts), "".join(texts).encode()


def _cell(place: str, value: Value, area_style: int) -> str:
    """A text stays text, so that 0101 stays 0101; an area shows its two decimals; a blank is no cell."""
    if value.__class__ is int:
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, Decimal):
        return f'<c r="{place}" s="{area_style}"><v>{value}</v></c>'
    text = neutral(str(value))
    if not text:
        return ""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
