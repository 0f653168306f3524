"""A table taken out of the window: to xlsx, and to the printer."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from consult_app.kernel.errors import Refused, reason_of

if TYPE_CHECKING:
    from ui.widgets.data_table import DataTable


class CannotWrite(Refused):
    """The chosen file cannot be written."""

    text = "写不了文件「{name}」：{reason}。请换一个位置，或先关闭正在打开它的程序。"


def export(table: "DataTable") -> None:
    """Ask where, and write the rows shown as xlsx."""
    name, _ = QFileDialog.getSaveFileName(table, "导出为 Excel", f"{table.name}.xlsx", "Excel (*.xlsx)")
    if name:
        write_xlsx(table, Path(name).with_suffix(".xlsx"))


def write_xlsx(table: "DataTable", path: Path) -> None:
    """Write the rows shown as xlsx; every cell is text, so that nothing typed by a resident is taken for a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    columns = table.rows.columns

    def text(value: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        cell.number_format = "@"
        return cell

    for place, _column in enumerate(columns):
        sheet.column_dimensions[_letter(place)].width = table.columnWidth(place) / 8
    sheet.append([text(column.title) for column in columns])
    for row in table.rows.shown:
        sheet.append([text(column.words(row)) for column in columns])
    try:
        book.save(path)
    except OSError as error:
        raise CannotWrite(name=path.name, reason=reason_of(error))


def print_table(table: "DataTable") -> None:
    """Ask which printer, and print the rows shown."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if len(table.rows.columns) > 5:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, table)
    dialog.setWindowTitle("打印")
    if dialog.exec():
        document = QTextDocument()
        document.setDefaultFont(table.font())
        document.setHtml(as_html(table))
        document.print_(printer)


def as_html(table: "DataTable") -> str:
    """The rows shown as an HTML table, for printing; everything is escaped."""
    from html import escape

    columns = table.rows.columns
    head = "".join(f"<th align='left'>{escape(column.title)}</th>" for column in columns)
    rows = (
        "<tr>" + "".join(f"<td>{escape(column.words(row))}</td>" for column in columns) + "</tr>"
        for row in table.rows.shown
    )
    return (
        f"<h3>{escape(table.name)}</h3><table border='1' cellspacing='0' cellpadding='3' width='100%'>"
        f"<thead><tr>{head}</tr></thead>{''.join(rows)}</table>"
    )


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))
