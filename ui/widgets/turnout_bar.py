"""A bar of a share against its threshold, with the shortfall in words. Used for turnout, quorum and results."""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


@dataclass(frozen=True)
class Share:
    """What a bar shows: `part` of `whole` (any unit) against a threshold; figures and verdict in words.

    `name` 人数, `figures` "55 / 100 人", `verdict` "还差 12 人" or "已达到", `mark` "2/3".
    """

    name: str
    part: int
    whole: int
    threshold: Fraction | None
    figures: str
    verdict: str = ""
    reached: bool = False
    mark: str = ""


class TurnoutBar(QWidget):
    """One share. `show_share` changes it."""

    def __init__(self, share: Share | None = None) -> None:
        super().__init__()
        self.share = share or Share("", 0, 0, None, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_share(self.share)

    def show_share(self, share: Share) -> None:
        """Show another share."""
        self.share = share
        self.setAccessibleName(" ".join(part for part in (share.name, share.figures, share.verdict) if part))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(360, round(line * 1.25 + self._thickness() + (line * 1.15 if self.share.mark else 6)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        words = QRectF(0, 0, self.width(), line)
        painter.setPen(QColor(theme.INK))
        name = self.share.name
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        indent = self.fontMetrics().horizontalAdvance(name) + line * 0.9 if name else 0
        painter.drawText(words.adjusted(indent, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.share.figures)
        painter.setPen(QColor(theme.PINE if self.share.reached else theme.AMBER))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.share.verdict)
        bar = QRectF(0, line * 1.25, self.width(), self._thickness())
        paint_bar(painter, bar, self.share)
        self._paint_mark(painter, bar)
        painter.end()

    def _paint_mark(self, painter: QPainter, bar: QRectF) -> None:
        if self.share.threshold is None or not self.share.mark:
            return
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.84)
        painter.setFont(small)
        painter.setPen(QColor(theme.MUTED))
        x = bar.left() + bar.width() * float(self.share.threshold)
        width = 120.0
        left = max(bar.left(), min(bar.right() - width, x - width / 2))
        align = Qt.AlignmentFlag.AlignHCenter
        if x + width / 2 > bar.right():
            left, align = x - width - 6, Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(left, bar.bottom() + 3, width, self.fontMetrics().height()), align, self.share.mark)

    def _thickness(self) -> int:
        return round(self.fontMetrics().height() * 1.2)


def paint_bar(painter: QPainter, bar: QRectF, share: Share, radius: float = 4) -> None:
    """Paint the bar alone with its threshold mark (also on the big screen)."""
    shape = QPainterPath()
    shape.addRoundedRect(bar, radius, radius)
    painter.fillPath(shape, QColor(theme.SUNK))
    if share.whole > 0 and share.part > 0:
        painter.save()
        painter.setClipPath(shape)
        width = bar.width() * min(1.0, share.part / share.whole)
        painter.fillRect(QRectF(bar.left(), bar.top(), width, bar.height()), QColor(theme.PINE))
        painter.restore()
    if share.threshold is not None:
        over = bar.height() * 0.16
        x = bar.left() + bar.width() * float(share.threshold)
        painter.setPen(
            QPen(QColor(theme.INK), max(2.0, bar.height() / 13), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        )
        painter.drawLine(QPointF(x, bar.top() - over), QPointF(x, bar.bottom() + over))
