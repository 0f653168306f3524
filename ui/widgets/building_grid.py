"""Buildings as grids of rooms: each room a cell that says voted, slip issued, or not issued. Never how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
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
        self._rooms = 0
        self._shape: list[tuple[str, list[int]]] = []
        self._laid: dict[int, tuple[list[QRectF], float]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def show_buildings(self, buildings: Sequence[Building]) -> None:
        """Show other buildings."""
        self.buildings = tuple(buildings)
        shape = [(building.name, [len(floor) for floor in building.floors]) for building in self.buildings]
        if shape != self._shape:  # mostly only the states have changed
            self._shape, self._rooms = shape, sum(sum(floors) for _, floors in shape)
            self._laid.clear()
            self.updateGeometry()
        counted = {state: 0 for state, _ in STATES}
        for building in self.buildings:
            for floor in building.floors:
                for cell in floor:
                    if cell is not None:
                        counted[cell.state] += 1
        self.setAccessibleName("按楼栋：" + "，".join(f"{words} {counted[state]} 户" for state, words in STATES))
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
        """Paint the rooms in sight, by a stamp for each state: a large estate has thousands, and the page scrolls."""
        painter = QPainter(self)
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.88)
        painter.setFont(small)
        painter.setPen(QColor(theme.MUTED))
        stamps, seen = self._stamps(), QRectF(event.rect())
        line = self.fontMetrics().height()
        for building, place in zip(self.buildings, self._arrange(self.width())[0], strict=True):
            if not place.intersects(seen):
                continue
            for point, cell in self._placed(building, place, seen):
                painter.drawPixmap(point, stamps[cell.state])
            under = QRectF(place.left() - 10, place.bottom() - line, place.width() + 20, line)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, building.name)
        painter.end()

    def cell_at(self, point: QPointF) -> Cell | None:
        """The room at a point."""
        wide, tall, _ = self._sizes()
        for building, place in zip(self.buildings, self._arrange(self.width())[0], strict=True):
            if place.contains(point):
                for corner, cell in self._placed(building, place, QRectF(point, point)):
                    if QRectF(corner.x(), corner.y(), wide, tall).contains(point):
                        return cell
        return None

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

    def _placed(self, building: Building, place: QRectF, seen: QRectF) -> Iterator[tuple[QPointF, Cell]]:
        """The rooms of a building on the floors that are seen, each with its upper left corner."""
        wide, tall, gap = self._sizes()
        for y, floor in enumerate(building.floors):
            top = place.top() + y * (tall + gap)
            if top > seen.bottom() or top + tall < seen.top():
                continue
            for x, cell in enumerate(floor):
                if cell is not None:
                    yield QPointF(place.left() + x * (wide + gap), top), cell

    def _stamps(self) -> dict[str, QPixmap]:
        """A picture of each state of a room, in the size of the cells."""
        wide, tall, _ = self._sizes()
        ratio = self.devicePixelRatioF()
        stamps = {}
        for state, _words in STATES:
            stamp = QPixmap(round(wide * ratio), round(tall * ratio))
            stamp.setDevicePixelRatio(ratio)
            stamp.fill(Qt.GlobalColor.transparent)
            painter = QPainter(stamp)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_cell(painter, QRectF(0, 0, wide, tall), state)
            painter.end()
            stamps[state] = stamp
        return stamps

    def _sizes(self) -> tuple[int, int, int]:
        line = self.fontMetrics().height()
        shrink = 1.0 if self._rooms <= 150 else 0.72 if self._rooms <= 600 else 0.5
        return round(line * 1.2 * shrink), round(line * 0.9 * shrink), max(2, round(4 * shrink))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._laid.clear()

    def _arrange(self, width: int) -> tuple[list[QRectF], float]:
        """Where each building stands in so many pixels, and how high all are; asked at every look of the layout, so it is kept."""
        if width not in self._laid:
            self._laid[width] = self._arranged(width)
        return self._laid[width]

    def _arranged(self, width: int) -> tuple[list[QRectF], float]:
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
