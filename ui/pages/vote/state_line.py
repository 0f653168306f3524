"""The line of states a motion walks along: those behind ticked, the present one filled."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from consult_app.voting.choices import MotionState
from ui import theme

NAMES = {
    MotionState.DRAFTED: "起草",
    MotionState.FROZEN: "冻结",
    MotionState.ISSUED: "发放",
    MotionState.OPEN: "投票中",
    MotionState.CLOSED: "已截止",
    MotionState.DECLARED: "已宣布",
}


class StateLine(QWidget):
    """起草 → 冻结 → 发放 → 投票中 → 已截止 → 已宣布."""

    def __init__(self) -> None:
        super().__init__()
        self.state = MotionState.DRAFTED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: MotionState) -> None:
        """Show where the motion stands."""
        self.state = state
        self.setAccessibleName(f"表决状态：{NAMES[state]}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._boxes()[-1].right()) + 1, round(self._boxes()[-1].height()) + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        order = list(NAMES)
        for place, (state, box) in enumerate(zip(order, self._boxes(), strict=True)):
            behind, present = place < order.index(self.state), state is self.state
            ground = theme.PINE if present else theme.PINE_PALE if behind else theme.SUNK
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(QColor("white" if present else theme.PINE if behind else theme.MUTED))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, ("✓ " if behind else "") + NAMES[state])
        painter.end()

    def _boxes(self) -> list[QRectF]:
        metrics, x, boxes = self.fontMetrics(), 0.0, []
        for name in NAMES.values():
            width = metrics.horizontalAdvance("✓ " + name) + metrics.height() * 1.5
            boxes.append(QRectF(x, 0, width, metrics.height() * 1.55))
            x += width + 6
        return boxes
