"""Pieces side by side that go on to the next line where there is no more room, as words do."""

import shiboken6
from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """Use as any layout: `addWidget`, `removeWidget`. `gap` in pixels; pieces of one line are centred on it."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._added: list[QLayoutItem] = []
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    @property
    def _items(self) -> list[QLayoutItem]:
        """The pieces that are left: Qt deletes them as a page goes away, and to touch one then ends the program."""
        self._added = [item for item in self._added if shiboken6.isValid(item)]
        return self._added

    def addItem(self, item: QLayoutItem) -> None:
        self._added.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._arrange(box, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((hint.width() for hint in hints), default=0), max((hint.height() for hint in hints), default=0)
        )

    def _arrange(self, box: QRect, move: bool) -> int:
        """Place the pieces line by line and return the height they take (pixels)."""
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or x + wide > box.width():
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += wide + self._gap
        top = box.top()
        for line in lines:
            high, left = max(item.sizeHint().height() for item in line), box.left()
            for item in line:
                hint = item.sizeHint()
                if move:
                    item.setGeometry(QRect(QPoint(left, top + (high - hint.height()) // 2), hint))
                left += hint.width() + self._gap
            top += high + self._gap
        return max(0, top - box.top() - self._gap)


def flowing(layout: Flow) -> QWidget:
    """A widget around a flow, as high as its lines need."""
    widget = QWidget()
    widget.setLayout(layout)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget
