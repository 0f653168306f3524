"""The track of steps: six nodes on a line, each done, present, waiting or returned, with a word under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.state_dot import paint_state

STATES = {"done": "已完成", "present": "正在进行", "waiting": "未开始", "returned": "已退回"}


@dataclass(frozen=True)
class TrackStep:
    """One node: its name, state (done, present, waiting, returned) and the words under it (a date, 还需 3 天)."""

    name: str
    state: str
    note: str = ""
    tone: str = ""


class StepTrack(QWidget):
    """Give it steps with `show_steps`; `chosen(place)` tells which node was clicked (from 0)."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[TrackStep, ...] = ()
        self.opened = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[TrackStep], opened: int = -1) -> None:
        """Show steps; `opened` is the one whose artefacts the page shows (underlined)."""
        self.steps, self.opened = tuple(steps), opened
        words = (
            f"{place}. {step.name} {STATES[step.state]} {step.note}".strip() for place, step in enumerate(self.steps, 1)
        )
        self.setAccessibleName("步骤：" + "；".join(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, self._disc() + 2 * self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def place_at(self, x: float) -> int:
        """The node at a horizontal position; -1 for none."""
        for place in range(len(self.steps)):
            if abs(self._centre(place) - x) <= self._reach():
                return place
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.place_at(event.position().x()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (place := self.place_at(event.position().x())) >= 0:
            self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.steps:
            super().keyPressEvent(event)
            return
        self.chosen.emit(max(0, min(len(self.steps) - 1, self.opened + step)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self._disc() / 2 + 1
        for place in range(len(self.steps) - 1):
            done = self.steps[place].state == "done"
            painter.setPen(QPen(QColor(theme.PINE if done else theme.EDGE), 2 if done else 1.6))
            gap = self._disc() / 2 + max(8.0, self._spacing() * 0.12)
            start, end = self._centre(place) + gap, self._centre(place + 1) - gap
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        for place, step in enumerate(self.steps):
            self._paint_node(painter, place, step, QPointF(self._centre(place), middle))
        painter.end()

    def _paint_node(self, painter: QPainter, place: int, step: TrackStep, centre: QPointF) -> None:
        radius = self._disc() / 2
        disc = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        filled = step.state in ("done", "present")
        returned = step.state == "returned"
        edge = theme.PINE if filled else theme.CINNABAR if returned else theme.EDGE
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(theme.PINE if filled else theme.CARD))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        if step.state == "done":
            _paint_tick(painter, disc)
        elif returned:
            paint_state(
                painter, disc.adjusted(radius * 0.45, radius * 0.45, -radius * 0.45, -radius * 0.45), "returned"
            )
        else:
            painter.setPen(QColor("white" if filled else theme.GREY))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        self._paint_words(painter, place, step, centre, disc)

    def _paint_words(self, painter: QPainter, place: int, step: TrackStep, centre: QPointF, disc: QRectF) -> None:
        line = self.fontMetrics().height()
        width = self._spacing() if len(self.steps) > 1 else self.width()
        name = QRectF(centre.x() - width / 2, disc.bottom() + 5, width, line)
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setPen(QColor(theme.MUTED if step.state == "waiting" else theme.INK))
        painter.setFont(self.font())
        painter.drawText(name, centred, step.name)
        if place == self.opened and (self.hasFocus() or any(s.state == "present" for s in self.steps)):
            half = self.fontMetrics().horizontalAdvance(step.name) / 2
            painter.setPen(QPen(QColor(theme.PINE), 2))
            y = name.bottom() + 1
            painter.drawLine(QPointF(centre.x() - half, y), QPointF(centre.x() + half, y))
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.86)
        painter.setFont(small)
        tone = step.tone or ("cinnabar" if step.state == "returned" else "amber" if step.state == "present" else "")
        painter.setPen(QColor(theme.TONES[tone][0] if tone else theme.MUTED))
        painter.drawText(name.translated(0, line + 3), centred, step.note)
        painter.setFont(self.font())

    def _disc(self) -> int:
        return round(self.fontMetrics().height() * 1.55)

    def _reach(self) -> float:
        return max(self._disc() * 0.75, self.fontMetrics().horizontalAdvance("提事") * 0.8)

    def _spacing(self) -> float:
        return (self.width() - 2 * self._margin()) / max(1, len(self.steps) - 1)

    def _margin(self) -> float:
        return self.fontMetrics().horizontalAdvance("2月10日") * 0.7

    def _centre(self, place: int) -> float:
        return self.width() / 2 if len(self.steps) == 1 else self._margin() + place * self._spacing()


def _paint_tick(painter: QPainter, disc: QRectF) -> None:
    painter.setPen(
        QPen(
            QColor("white"),
            disc.width() * 0.085,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w = disc.left(), disc.top(), disc.width()
    painter.drawPolyline(
        [QPointF(x + w * 0.3, y + w * 0.53), QPointF(x + w * 0.44, y + w * 0.67), QPointF(x + w * 0.71, y + w * 0.36)]
    )
