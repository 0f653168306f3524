"""What was found in a file, line by line: a list in words in which a click leads to the row."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.widgets.text import tip

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Finding:
    """One thing to look at: where in words, what in words, and the cell it speaks of (Excel's row, column letter or none)."""

    place: str
    words: str
    sheet: str
    row: int
    column: str = ""


class Findings(QListView):
    """`show_findings(...)`; `chosen(finding)` when the user moves to one."""

    chosen = Signal(object)

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self.found = _Model()
        self.setModel(self.found)
        self.setItemDelegate(_TwoParts(self, tone))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(lambda index: self.chosen.emit(self.found.listed[index.row()]))

    def show_findings(self, listed: Sequence[Finding]) -> None:
        """Show other findings."""
        self.found.replace(listed)

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.found.listed[index.row()])


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.listed: tuple[Finding, ...] = ()

    def replace(self, listed: Sequence[Finding]) -> None:
        self.beginResetModel()
        self.listed = tuple(listed)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.listed)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.listed[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{found.place}　{found.words}"
        return tip(found.words) if role == Qt.ItemDataRole.ToolTipRole else None


class _TwoParts(QStyledItemDelegate):
    """The place in small words over what was found, on at most two lines."""

    def __init__(self, parent: QWidget, tone: str) -> None:
        super().__init__(parent)
        self._tone = tone

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(120, round(line * 3.05) + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _Model)
        found, box = model.listed[index.row()], QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.PINE_PALE))
        painter.setPen(QColor("#F0ECE4"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        box = box.adjusted(12, 7, -12, -6)
        font = QFont(option.font)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(small)
        painter.setPen(QColor(theme.TONES[self._tone][0]))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, found.place)
        painter.setFont(font)
        painter.setPen(QColor(theme.INK))
        below = box.adjusted(0, round(QFontMetrics(small).lineSpacing() * 1.1), 0, 0)
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, int(wrapped), found.words)
