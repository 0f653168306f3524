"""Buildings as grids of rooms: each room a cell that says voted, slip issued, or not issued. Never how."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme

STATES = (("voted", "已投"), ("issued", "已领"), ("not", "未领"))


@dataclass(frozen=True)
class Cell:
    """A room: its label, state (voted, issued, not), words for the tooltip, and a key for `chosen`."""

    room: str
    state: str
    words: str = ""
    key: object = None


@dataclass(frozen=True)
class Building:
    """A building or stairwell: floors from top to bottom, each a row of cells (None: no room there)."""

    name: str
    floors: tuple[tuple[Cell | None, ...], ...]


class BuildingGrid(QWidget):
    """Buildings side by side, wrapped to the width. `chosen(key)` tells which room was clicked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buildings: tuple[Building, ...] = ()
        self._cells: list[tuple[QRectF, Cell]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def show_buildings(self, buildings: Sequence[Building]) -> None:
        """Show other buildings."""
        self.buildings = tuple(buildings)
        counted = {state: 0 for state, _ in STATES}
        for building in self.buildings:
            for floor in building.floors:
                for cell in floor:
                    if cell is not None:
                        counted[cell.state] += 1
        self.setAccessibleName("按楼栋：" + "，".join(f"{words} {counted[state]} 户" for state, words in STATES))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._arrange(width)[1])

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._cells.clear()
        cell_width, cell_height, gap = self._sizes()
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.88)
        painter.setFont(small)
        for building, place in zip(self.buildings, self._arrange(self.width())[0], strict=True):
            for y, floor in enumerate(building.floors):
                for x, cell in enumerate(floor):
                    if cell is None:
                        continue
                    box = QRectF(
                        place.left() + x * (cell_width + gap),
                        place.top() + y * (cell_height + gap),
                        cell_width,
                        cell_height,
                    )
                    paint_cell(painter, box, cell.state)
                    self._cells.append((box, cell))
            painter.setPen(QColor(theme.MUTED))
            under = QRectF(
                place.left() - 10,
                place.bottom() - self.fontMetrics().height(),
                place.width() + 20,
                self.fontMetrics().height(),
            )
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, building.name)
        painter.end()

    def cell_at(self, point: QPointF) -> Cell | None:
        """The room at a point."""
        return next((cell for box, cell in self._cells if box.contains(point)), None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            words = dict(STATES)[cell.state] if cell else ""
            QToolTip.showText(event.globalPos(), f"{cell.room} {cell.words or words}" if cell else "", self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and cell.key is not None:
            self.chosen.emit(cell.key)

    def _sizes(self) -> tuple[int, int, int]:
        line = self.fontMetrics().height()
        rooms = sum(len(floor) for building in self.buildings for floor in building.floors)
        shrink = 1.0 if rooms <= 150 else 0.72 if rooms <= 600 else 0.5
        return round(line * 1.2 * shrink), round(line * 0.9 * shrink), max(2, round(4 * shrink))

    def _arrange(self, width: int) -> tuple[list[QRectF], float]:
        cell_width, cell_height, gap = self._sizes()
        between, line = round(cell_width * 0.85), self.fontMetrics().height()
        places: list[QRectF] = []
        x = y = tallest = 0.0
        for building in self.buildings:
            rooms = max((len(floor) for floor in building.floors), default=1)
            wide = max(rooms * (cell_width + gap) - gap, self.fontMetrics().horizontalAdvance(building.name) * 0.9)
            tall = len(building.floors) * (cell_height + gap) + line + 4
            if x and x + wide > width:
                x, y, tallest = 0.0, y + tallest + 12, 0.0
            places.append(QRectF(x, y, wide, tall))
            x, tallest = x + wide + between, max(tallest, tall)
        return places, y + tallest


class GridLegend(QWidget):
    """What the cells mean: 已投 已领 未领."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("图例：已投、已领、未领")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(round(3 * (line * 0.8 + self.fontMetrics().horizontalAdvance("已投") + 22)), round(line * 1.2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.88)
        painter.setFont(small)
        side, x = self.fontMetrics().height() * 0.66, 0.0
        for state, words in STATES:
            paint_cell(painter, QRectF(x, (self.height() - side) / 2, side, side), state)
            wide = self.fontMetrics().horizontalAdvance(words)
            painter.setPen(QColor(theme.MUTED))
            painter.drawText(QRectF(x + side + 5, 0, wide + 8, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += side + wide + 22
        painter.end()


def paint_cell(painter: QPainter, box: QRectF, state: str) -> None:
    """One cell: filled (voted), hatched (issued) or empty (not issued): told apart without colour."""
    box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(theme.PINE if state == "voted" else theme.EDGE), 1))
    painter.setBrush(QColor(theme.PINE if state == "voted" else theme.CARD))
    painter.drawRoundedRect(box, 2.5, 2.5)
    if state == "issued":
        painter.save()
        painter.setClipRect(box.adjusted(1, 1, -1, -1))
        painter.setPen(QPen(QColor("#B9B09C"), 1.2))
        step, x = 4.5, box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.top()), QPointF(x + box.height(), box.bottom()))
            x += step
        painter.restore()
