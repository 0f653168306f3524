"""A PDF taken out of the window: to a file, and to the printer."""

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from consult_app.kernel.errors import reason_of
from ui.widgets.preview import pdf_pages
from ui.widgets.table_paper import CannotWrite

PRINT_WIDTH = 2480
"""Pixels across an A4 page at 300 dpi."""


def save_pdf(content: bytes, name: str, parent: QWidget) -> Path | None:
    """Ask where, and write the PDF there; None when the user leaves. Refused when it cannot be written."""
    safe = "".join("_" if char in '\\/:*?"<>|\n' else char for char in name)
    chosen, _ = QFileDialog.getSaveFileName(parent, "保存 PDF", f"{safe}.pdf", "PDF (*.pdf)")
    if not chosen:
        return None
    path = Path(chosen).with_suffix(".pdf")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CannotWrite(name=path.name, reason=reason_of(error))
    return path


def print_pdf(content: bytes, parent: QWidget) -> bool:
    """Ask which printer, and print every page; False when the user leaves."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    painter = QPainter(printer)
    for place, page in enumerate(pdf_pages(content, PRINT_WIDTH)):
        if place:
            printer.newPage()
        painter.drawImage(QRectF(printer.pageLayout().fullRectPixels(printer.resolution())), page)
    painter.end()
    return True
