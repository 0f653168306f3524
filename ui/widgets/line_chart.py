"""A line over time with its threshold: turnout, satisfaction, cycle time."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPaintDevice, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


@dataclass(frozen=True)
class Plot:
    """What is drawn: points (x, y in 0..1) in the order of x, words under both ends, and a threshold (0..1) with its words.

    `steps` draws a staircase, as a count that rises vote by vote.
    """

    points: tuple[tuple[float, float], ...]
    ticks: tuple[tuple[float, str], ...] = ()
    threshold: float | None = None
    mark: str = ""
    words: str = ""
    steps: bool = True


class LineChart(QWidget):
    """One line. `show_plot` changes it; `save(path)` writes PNG or SVG."""

    def __init__(self, plot: Plot | None = None) -> None:
        super().__init__()
        self.plot = plot or Plot(())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def show_plot(self, plot: Plot) -> None:
        """Draw another line."""
        self.plot = plot
        self.setAccessibleName(plot.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint(self, QRectF(self.rect()))

    def save(self, path: str) -> None:
        """Write the chart as SVG or, by any other ending, as a picture at twice its size."""
        if path.lower().endswith(".svg"):
            drawing = QSvgGenerator()
            drawing.setFileName(path)
            drawing.setSize(self.size())
            drawing.setViewBox(self.rect())
            self._paint(drawing, QRectF(self.rect()))
            return
        image = QImage(self.size() * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2)
        image.fill(QColor(theme.CARD))
        self._paint(image, QRectF(self.rect()))
        image.save(path)

    def _paint(self, device: QPaintDevice, place: QRectF) -> None:
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.86)
        painter.setFont(small)
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance("100%")
        field = place.adjusted(left, line * 0.6, -line, -line * 1.3)
        self._paint_ground(painter, field, left)
        _paint_line(painter, field, self.plot)
        painter.end()

    def _paint_ground(self, painter: QPainter, field: QRectF, left: float) -> None:
        line = self.fontMetrics().height()
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = field.bottom() - share * field.height()
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(QColor(theme.MUTED))
            words = QRectF(field.left() - left, y - line / 2, left - 8, line)
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share:.0%}")
        for x, words_under in self.plot.ticks:
            centre = field.left() + x * field.width()
            painter.drawText(
                QRectF(centre - 60, field.bottom() + 4, 120, line), Qt.AlignmentFlag.AlignHCenter, words_under
            )
        if self.plot.threshold is not None:
            y = field.bottom() - self.plot.threshold * field.height()
            painter.setPen(QPen(QColor(theme.INK), 1.6, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(QColor(theme.INK))
            painter.drawText(
                QRectF(field.left() + 6, y - line - 2, field.width(), line), Qt.AlignmentFlag.AlignLeft, self.plot.mark
            )


def _paint_line(painter: QPainter, field: QRectF, plot: Plot) -> None:
    if not plot.points:
        return
    path, before = QPainterPath(), None
    for x, y in plot.points:
        point = QPointF(field.left() + x * field.width(), field.bottom() - min(1.0, y) * field.height())
        if before is None:
            path.moveTo(point)
        else:
            if plot.steps:
                path.lineTo(QPointF(point.x(), before.y()))
            path.lineTo(point)
        before = point
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(QColor(theme.PINE), 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.drawPath(path)
    if before is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.PINE))
        painter.drawEllipse(before, 4, 4)


def counted(moments: Sequence[float], whole: int) -> tuple[tuple[float, float], ...]:
    """Points of a rising count: moments as shares (0..1) of the time, each one of `whole`."""
    return ((0.0, 0.0), *((x, (place + 1) / whole) for place, x in enumerate(sorted(moments)))) if whole else ()
