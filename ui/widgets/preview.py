"""Show PDF pages and pictures in place, and make small pictures of first pages."""

import pypdfium2
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from consult_app.kernel import pdfium
from ui.widgets.text import muted

MOST_PAGES = 60
"""Pages shown at once; a longer document is opened with the system's viewer."""

WIDEST = 880
"""Pixels a page is wide at most: wider is no easier to read."""


class Preview(QScrollArea):
    """Pages one under the other, as wide as there is room. `show_pdf(bytes)` or `show_picture(bytes)`."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # always on: a bar that comes and goes changes the width, and each change of width draws the pages anew
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("文件预览")
        self._content, self._pdf, self.pages = b"", False, 0
        self._words = ""
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self._column.setContentsMargins(8, 8, 8, 8)
        inside = QWidget()
        inside.setProperty("look", "page")
        inside.setLayout(self._column)
        self.setWidget(inside)

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF document."""
        self._content, self._pdf = content, True
        self._draw()

    def wait(self, words: str) -> None:
        """Say in place of pages what is waited for."""
        self._words = words
        self.show_pdf(b"")

    def show_again(self, content: bytes) -> None:
        """Show the next version of the same PDF, at the place that was being read."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self.show_pdf(content)
        QTimer.singleShot(0, self, lambda: bar.setValue(place))

    def show_picture(self, content: bytes) -> None:
        """Show a picture."""
        self._content, self._pdf = content, False
        self._draw()

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def _draw(self) -> None:
        from ui.widgets.layout import clear

        clear(self._column)
        if not self._content:
            self._column.addWidget(muted(self._words), alignment=Qt.AlignmentFlag.AlignCenter)
            return
        width = min(WIDEST, max(200, self.viewport().width() - 16))
        ratio = self.devicePixelRatioF()
        found = pdf_pages(self._content, width, ratio) if self._pdf else _one(picture(self._content, width, ratio))
        self.pages = len(found)
        for image in found:
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            page.setMinimumHeight(round(image.height() / ratio))  # a label may shrink its picture otherwise
            self._column.addWidget(page)
        if not found:
            self._column.addWidget(muted("这个文件不能预览。"))
        elif self.pages >= MOST_PAGES:
            self._column.addWidget(muted(f"只预览前 {MOST_PAGES} 页。"))
        self._column.addStretch(1)


def thumbnail(content: bytes, width: int, ratio: float = 1.0) -> QPixmap:
    """The first page of a PDF, or a picture, `width` logical pixels wide; a null pixmap when it cannot be read."""
    if content.startswith(b"%PDF-"):
        pages = pdf_pages(content, width, ratio, most=1)
        return QPixmap.fromImage(pages[0]) if pages else QPixmap()
    return QPixmap.fromImage(picture(content, width, ratio))


def pdf_pages(content: bytes, width: int, ratio: float = 1.0, most: int = MOST_PAGES) -> list[QImage]:
    """The pages of a PDF as images, `width` logical pixels wide; none when it cannot be read."""
    with pdfium.LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return []
        pages = [_page(document[place], width, ratio) for place in range(min(most, len(document)))]
        document.close()
    return pages


def _page(page: pypdfium2.PdfPage, width: int, ratio: float) -> QImage:
    bitmap = page.render(scale=width * ratio / page.get_width(), rev_byteorder=False)
    shape = QImage.Format.Format_BGR888 if bitmap.n_channels == 3 else QImage.Format.Format_RGB32
    image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape).copy()
    image.setDevicePixelRatio(ratio)
    bitmap.close()
    page.close()
    return image


def picture(content: bytes, width: int, ratio: float = 1.0) -> QImage:
    """A picture at most `width` logical pixels wide, turned as its camera says; a null image when it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        return image
    wanted = min(round(width * ratio), image.width())
    image = image.scaled(
        QSize(wanted, image.height()), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    image.setDevicePixelRatio(ratio)
    return image


def _one(image: QImage) -> list[QImage]:
    return [] if image.isNull() else [image]
