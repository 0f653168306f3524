"""A PDF taken out of the window: to a file, and to the printer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from consult_app.kernel.errors import Refused, reason_of
from ui.widgets.preview import pdf_pages
from ui.widgets.table_paper import CannotWrite


class NotPrinted(Refused):
    """The printer did not begin; nothing was made for it."""

    text = "打印机没有开始打印。请检查打印机，再打印一次。"


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
    printer = ask_printer(parent)
    if printer is None:
        return False
    print_on(printer, lambda: content)
    return True


def ask_printer(parent: QWidget) -> QPrinter | None:
    """The printer that the user chooses; None when the user leaves."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_on(printer: QPrinter, made: Callable[[], bytes]) -> None:
    """Print every page of a PDF from memory: no file is written. It is made once the printer has begun, else `NotPrinted`."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted
    try:
        for place, page in enumerate(pdf_pages(made(), PRINT_WIDTH)):
            if place:
                printer.newPage()
            painter.drawImage(QRectF(printer.pageLayout().fullRectPixels(printer.resolution())), page)
    except Refused:
        printer.abort()
        raise
    finally:
        painter.end()
