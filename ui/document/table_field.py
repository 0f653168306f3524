"""A table of a document, cell by cell."""

from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from consult_app.documents.model import Table
from ui.document.prose import leave_undo
from ui.widgets.button import quiet
from ui.widgets.layout import column, row
from ui.widgets.text import small

TALLEST = 340
"""Pixels a table takes at most before it scrolls."""

COUNTED = frozenset({"占比", "张数"})
"""Columns that only tables made from a count have: their figures are never typed over."""


def is_counted(table: Table) -> bool:
    """Whether a table holds the figures of a vote."""
    return any(found.title in COUNTED for found in table.columns)


class TableField(QWidget):
    """`read()` gives the table as it stands; `changed` when a cell or a row was changed."""

    changed = Signal()

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table, self._heavy = table, table.heavy
        self.locked = is_counted(table)
        self.cells = QTableWidget(len(table.rows), len(table.columns))
        self.cells.setAccessibleName(table.caption or "表格")
        self.cells.setHorizontalHeaderLabels([found.title for found in table.columns])
        self.cells.verticalHeader().hide()
        self.cells.setItemDelegate(_CellEditor(self.cells))
        self.cells.setTabKeyNavigation(False)
        for place, words in enumerate(table.rows):
            self._put(place, words)
        self._dress()
        self.cells.itemChanged.connect(lambda _item: self._cell_changed())
        if self.locked:
            self.cells.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
            below = row(small("由计票结果自动形成，不能在这里改动。"), None)
        else:
            below = row(quiet("添加一行", self.add_row), quiet("删除所在行", self.remove_row), None)
        self.setLayout(column(self.cells, below, gap=4))
        self._fit()

    def read(self) -> Table:
        """The table with its cells as they read now."""
        rows = tuple(
            tuple(self._text(place, across) for across in range(self.cells.columnCount()))
            for place in range(self.cells.rowCount())
        )
        return replace(self._table, rows=rows, heavy=self._heavy)

    def add_row(self) -> None:
        """Put an empty row under the present one."""
        place = self.cells.currentRow() + 1 if self.cells.currentRow() >= 0 else self.cells.rowCount()
        self._heavy = tuple(one + (one >= place) for one in self._heavy)
        self.cells.blockSignals(True)
        self.cells.insertRow(place)
        self._put(place, ("",) * self.cells.columnCount())
        self.cells.blockSignals(False)
        self.cells.setCurrentCell(place, 0)
        self._fit()
        self.changed.emit()

    def remove_row(self) -> None:
        """Take the present row out."""
        place = self.cells.currentRow()
        if place >= 0:
            self._heavy = tuple(one - (one > place) for one in self._heavy if one != place)
            self.cells.removeRow(place)
            self._fit()
            self.changed.emit()

    def _put(self, place: int, words: tuple[str, ...]) -> None:
        for across, text in enumerate(words):
            self.cells.setItem(place, across, QTableWidgetItem(text))

    def _text(self, place: int, across: int) -> str:
        item = self.cells.item(place, across)
        return item.text().strip() if item else ""

    def _cell_changed(self) -> None:
        self._fit()
        self.changed.emit()

    def _dress(self) -> None:
        header = self.cells.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.cells.setWordWrap(True)
        self.cells.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.cells.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _fit(self) -> None:
        high = sum(self.cells.sizeHintForRow(place) for place in range(self.cells.rowCount()))
        self.cells.setFixedHeight(min(TALLEST, high + self.cells.horizontalHeader().sizeHint().height() + 8))


class _CellEditor(QStyledItemDelegate):
    """A cell takes several lines; Tab or a click elsewhere keeps what was typed."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QPlainTextEdit(parent)
        editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        editor.setStyleSheet("padding: 2px; border-radius: 0;")
        leave_undo(editor)
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, QPlainTextEdit)
        editor.setPlainText(str(index.data() or ""))
        editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        assert isinstance(editor, QPlainTextEdit)
        model.setData(index, editor.toPlainText())
