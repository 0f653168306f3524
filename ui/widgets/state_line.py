"""The line of states something walks along: those behind ticked, the present one filled."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from consult_app.voting.choices import MotionState
from ui import theme


class StateLine(QWidget):
    """States by their names, in order; one that is not among them shows none as present."""

    def __init__(self, names: Mapping[MotionState, str], what: str) -> None:
        super().__init__()
        self.names, self.what = names, what
        self.state = next(iter(names))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: MotionState) -> None:
        """Show where it stands."""
        self.state = state
        self.setAccessibleName(f"{self.what}：{self.names.get(state, '')}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._boxes()[-1].right()) + 1, round(self._boxes()[-1].height()) + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        order = list(self.names)
        now = order.index(self.state) if self.state in order else -1
        for place, (state, box) in enumerate(zip(order, self._boxes(), strict=True)):
            behind, present = place < now, place == now
            ground = theme.PINE if present else theme.PINE_PALE if behind else theme.SUNK
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(QColor("white" if present else theme.PINE if behind else theme.MUTED))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, ("✓ " if behind else "") + self.names[state])
        painter.end()

    def _boxes(self) -> list[QRectF]:
        metrics, x, boxes = self.fontMetrics(), 0.0, []
        for name in self.names.values():
            width = metrics.horizontalAdvance("✓ " + name) + metrics.height() * 1.5
            boxes.append(QRectF(x, 0, width, metrics.height() * 1.55))
            x += width + 6
        return boxes
