"""A sheet to paint a scene on: margins of 5 %, sizes as parts of the height, words that fit."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ui import theme
from ui.projector.scenes import Code

GROUND = "#FCFAF6"
SMALLEST = 1 / 22
"""The smallest text, as a part of the height: read from the back of the hall."""
LINE = 1.36
"""The least height of a line's place, as a multiple of its type: the painter cuts off what stands over it."""

Flag = Qt.AlignmentFlag
LEFT = Flag.AlignLeft | Flag.AlignVCenter
RIGHT = Flag.AlignRight | Flag.AlignVCenter
CENTRE = Flag.AlignCenter


class Canvas:
    """A painter on a rectangle. Sizes are parts of the height, positions pixels."""

    def __init__(self, painter: QPainter, place: QRectF) -> None:
        self.painter, self.whole = painter, place
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(place, QColor(GROUND))
        side, top = place.width() * 0.05, place.height() * 0.05
        self.inner = place.adjusted(side, top, -side, -top)

    def size(self, part: float) -> float:
        """A part of the height in pixels."""
        return self.whole.height() * part

    def font(self, part: float, medium: bool = False) -> QFont:
        """The screen font at a part of the height, never below the smallest."""
        found = theme.font(10, medium)
        found.setPixelSize(round(self.size(max(part, SMALLEST))))
        return found

    def width(self, words: str, part: float, medium: bool = False) -> float:
        """How wide words are, in pixels."""
        return QFontMetricsF(self.font(part, medium)).horizontalAdvance(words)

    def fitting(self, words: str, width: float, biggest: float, medium: bool = False) -> float:
        """The largest part, at most `biggest`, at which words fit a width on one line."""
        wide = self.width(words, biggest, medium)
        return biggest if wide <= width else max(SMALLEST, biggest * width / wide * 0.975)

    def line(
        self,
        box: QRectF,
        words: str,
        part: float,
        colour: str = theme.INK,
        align: Qt.AlignmentFlag = LEFT,
        medium: bool = False,
    ) -> None:
        """Words on one line, cut with … when even the smallest size is too wide."""
        part = self.fitting(words, box.width(), part, medium)
        font = self.font(part, medium)
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width() + 1)
        self.painter.drawText(box, align | Qt.TextFlag.TextSingleLine, shown)

    def text(
        self, box: QRectF, paragraphs: Sequence[str], biggest: float, colour: str = theme.INK, medium: bool = False
    ) -> float:
        """Wrapped paragraphs as large as fit the box; returns the height used. What cannot fit ends with ……."""
        words = "\n".join(paragraphs)
        flags = int(Flag.AlignLeft | Flag.AlignTop | Qt.TextFlag.TextWordWrap)
        part = biggest
        while part > SMALLEST and self._height(box, words, part, flags, medium) > box.height():
            part = max(SMALLEST, part * 0.94)
        while len(words) > 20 and self._height(box, words, part, flags, medium) > box.height():
            words = words[: len(words) * 9 // 10].rstrip("…") + "……"
        self.painter.setFont(self.font(part, medium))
        self.painter.setPen(QColor(colour))
        used: QRectF = self.painter.boundingRect(box, flags, words)
        self.painter.drawText(box, flags, words)
        return used.height()

    def note(self, box: QRectF, words: str, colour: str = theme.MUTED) -> float:
        """Small words wrapped from the top of a box; returns where they end."""
        flags = int(Flag.AlignLeft | Flag.AlignTop | Qt.TextFlag.TextWordWrap)
        self.painter.setFont(self.font(SMALLEST))
        self.painter.setPen(QColor(colour))
        used: QRectF = self.painter.boundingRect(box, flags, words)
        self.painter.drawText(box, flags, words)
        return used.bottom()

    def note_height(self, words: str, width: float) -> float:
        """How high small words are when wrapped to a width."""
        flags = int(Flag.AlignLeft | Flag.AlignTop | Qt.TextFlag.TextWordWrap)
        return self._height(QRectF(0, 0, width, 1), words, SMALLEST, flags, False)

    def code(self, box: QRectF, code: Code) -> None:
        """A QR code in whole pixels; two modules of white around it, and the light ground is the rest of its quiet zone."""
        count = len(code) + 4
        module = max(1, int(min(box.width(), box.height()) // count))
        side = module * count
        left, top = round(box.center().x() - side / 2), round(box.center().y() - side / 2)
        painter = self.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(left, top, side, side, QColor("white"))
        for y, modules in enumerate(code):
            for x, dark in enumerate(modules):
                if dark:
                    painter.fillRect(left + (x + 2) * module, top + (y + 2) * module, module, module, QColor("black"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _height(self, box: QRectF, words: str, part: float, flags: int, medium: bool) -> float:
        tall = QRectF(0, 0, box.width(), 100_000)
        return QFontMetricsF(self.font(part, medium)).boundingRect(tall, flags, words).height()
