"""A dot that tells a state by its shape as well as its colour."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

WORDS = {
    "done": "已完成",
    "half": "进行中",
    "waiting": "未开始",
    "late": "已逾期",
    "soon": "即将到期",
    "returned": "退回",
    "on": "开启",
    "off": "关闭",
}


class StateDot(QWidget):
    """done ✓ · half ◐ · waiting ○ · late ! · soon ◐ amber · returned ↩ · on ● · off ●; `size` in pixels at the usual font."""

    def __init__(self, state: str = "waiting", size: int = 18) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.state = ""
        self.show_state(state)

    def show_state(self, state: str) -> None:
        """Change the state."""
        if state != self.state:
            self.state = state
            self.setAccessibleName(WORDS[state])
            self.update()

    def sizeHint(self) -> QSize:
        side = round(self._size * max(1.0, self.font().pointSizeF() / theme.USUAL))  # grows with the words beside it
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_state(painter, QRectF(self.rect()), self.state)
        painter.end()


def paint_state(painter: QPainter, place: QRectF, state: str) -> None:
    """Paint the dot of a state into a square."""
    side = min(place.width(), place.height())
    disc = QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side).adjusted(1, 1, -1, -1)
    if state == "done":
        _tick(painter, disc, QColor(theme.PINE))
    elif state in ("on", "off"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.PINE if state == "on" else "#B9BAB8"))
        painter.drawEllipse(disc)
    elif state == "waiting":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.GREY), 1.2))
        painter.drawEllipse(disc)
    elif state == "returned":
        _back(painter, disc, QColor(theme.CINNABAR))
    elif state == "late":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.CINNABAR))
        painter.drawEllipse(disc)
        painter.setBrush(QColor("white"))
        painter.drawRect(QRectF(disc.center().x() - side * 0.06, disc.top() + side * 0.2, side * 0.12, side * 0.32))
        painter.drawEllipse(QPointF(disc.center().x(), disc.bottom() - side * 0.22), side * 0.075, side * 0.075)
    else:
        colour = QColor("#B7791F")
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        painter.setBrush(colour)
        painter.drawPie(disc, 90 * 16, 180 * 16)


def _tick(painter: QPainter, disc: QRectF, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(colour, disc.width() * 0.12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    x, y, w = disc.left(), disc.top(), disc.width()
    painter.drawPolyline(
        [QPointF(x + w * 0.12, y + w * 0.55), QPointF(x + w * 0.4, y + w * 0.82), QPointF(x + w * 0.9, y + w * 0.2)]
    )


def _back(painter: QPainter, disc: QRectF, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(colour, disc.width() * 0.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    x, y, w = disc.left(), disc.top(), disc.width()
    painter.drawPolyline(
        [QPointF(x + w * 0.4, y + w * 0.1), QPointF(x + w * 0.12, y + w * 0.36), QPointF(x + w * 0.4, y + w * 0.62)]
    )
    painter.drawLine(QPointF(x + w * 0.14, y + w * 0.36), QPointF(x + w * 0.62, y + w * 0.36))
    painter.drawArc(QRectF(x + w * 0.4, y + w * 0.36, w * 0.46, w * 0.46), 90 * 16, -180 * 16)
