"""A sheet as it stands in the file, with a choice over every column of what it holds, and what became of every row."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from consult_app.rolls.cells import text_of
from consult_app.rolls.headings import FIELD_WORDS, Field, Mapping
from consult_app.rolls.problems import Problem, column_letter
from consult_app.rolls.sheets import Sheet
from ui import theme
from ui.widgets.form import NoWheelCombo
from ui.widgets.text import tip

_Index = QModelIndex | QPersistentModelIndex

MOST_COLUMNS = 80
"""Columns shown; no roll has more, and a sheet may have 16,384."""

UNUSED = "—"

CHOICE_EDGES = 54
"""What a choice needs beside its words, for its frame and arrow, in pixels."""


class SheetModel(QAbstractTableModel):
    """All rows of a sheet; taken ones in ink, rejected ones with the faulty cell marked, all others muted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet("", [])
        self._taken: frozenset[int] = frozenset()
        self._problems: dict[int, dict[str, str]] = {}
        self._width = 0

    def show_sheet(self, sheet: Sheet, taken: frozenset[int], problems: Sequence[Problem]) -> None:
        """Show a sheet; `taken` are Excel's row numbers, `problems` those of this sheet."""
        self.beginResetModel()
        self.sheet, self._taken, self._problems = sheet, taken, {}
        for problem in problems:
            self._problems.setdefault(problem.row, {})[problem.column] = problem.message
        self._width = min(MOST_COLUMNS, len(sheet.rows[0]) if sheet.rows else 0)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._width

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return text_of(self.sheet.rows[index.row()][index.column()]).replace("\n", " ")
        row = index.row() + 1
        faults = self._problems.get(row)
        if role == Qt.ItemDataRole.ForegroundRole:
            if faults:
                return QColor(theme.CINNABAR)
            return None if row in self._taken else QColor(theme.GREY)
        if faults and role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(theme.CINNABAR_PALE)) if column_letter(index.column()) in faults else None
        if faults and role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join(faults.values()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_letter(section)
        return f"✗ {section + 1}" if section + 1 in self._problems else str(section + 1)


class FieldHeader(QHeaderView):
    """Excel's column letters over a row of choices: what each column holds. `chosen(column, field or None)`."""

    chosen = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.choices: list[NoWheelCombo] = []
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionResized.connect(lambda *_: self.arrange())

    def show_fields(self, width: int, fields: Sequence[Field], columns: AnyMapping[Field, int] | None) -> None:
        """One choice a column; none at all for a sheet that is not read."""
        wanted = 0 if columns is None else width
        while len(self.choices) > wanted:
            self.choices.pop().deleteLater()
        while len(self.choices) < wanted:
            self.choices.append(self._choice(len(self.choices)))
        held = {at: field for field, at in (columns or {}).items()}
        for at, choice in enumerate(self.choices):
            choice.clear()
            choice.addItem(UNUSED, None)
            for field in fields:
                choice.addItem(FIELD_WORDS[field], field)
            choice.setCurrentIndex(choice.findData(held.get(at)) if at in held else 0)
            choice.setProperty("unused", at not in held)
        self.updateGeometries()
        self.arrange()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + self._choice_height())

    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, self._choice_height())
        super().updateGeometries()
        self.arrange()

    def arrange(self) -> None:
        """Put every choice under its letter."""
        top = self.height() - self._choice_height()
        for at, choice in enumerate(self.choices):
            left = self.sectionViewportPosition(at)
            choice.setGeometry(left + 2, top, max(24, self.sectionSize(at) - 4), self._choice_height() - 6)
            choice.setVisible(True)

    def _choice(self, at: int) -> NoWheelCombo:
        choice = NoWheelCombo()
        choice.setParent(self)
        choice.setMinimumContentsLength(2)
        choice.view().setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 9)
        choice.setAccessibleName(f"{column_letter(at)} 列的内容")
        choice.activated.connect(lambda _place: self.chosen.emit(at, choice.currentData()))
        return choice

    def _choice_height(self) -> int:
        return self.choices[0].sizeHint().height() + 8 if self.choices else 0


class _Ground(QStyledItemDelegate):
    """Paints the ground of a cell, which a styled table leaves out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QBrush):
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class SheetPreview(QTableView):
    """`show_sheet(...)`; `mapped(column, field or None)` when a choice was changed, `headed(row)` for another heading row."""

    mapped = Signal(int, object)
    headed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model_ = SheetModel()
        self.setModel(self.model_)
        self.header = FieldHeader(self)
        self.setHorizontalHeader(self.header)
        self.header.chosen.connect(self.mapped)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.header.arrange())
        self.setAccessibleName("文件内容预览")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_Ground(self))
        self.setCornerWidget(QWidget())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.7))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self._shape: tuple[str, int] = ("", 0)

    def show_sheet(
        self,
        sheet: Sheet,
        fields: Sequence[Field],
        mapping: Mapping | None,
        taken: frozenset[int],
        problems: Sequence[Problem],
    ) -> None:
        """Show a sheet with the choices of its columns; the place in it stays when it is the same sheet again."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.model_.show_sheet(sheet, taken, problems)
        self._spread_titles(mapping.first if mapping else 0)
        shape = (sheet.name, self.model_.columnCount())
        if shape != self._shape:
            self._shape, across, down = shape, 0, 0
            self._size_columns(mapping)
        self.header.show_fields(self.model_.columnCount(), fields, mapping.columns if mapping else None)
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    def jump(self, row: int, column: str) -> None:
        """Show a cell by Excel's row and column letter, and mark it."""
        at = next((at for at in range(self.model_.columnCount()) if column_letter(at) == column), 0)
        index = self.model_.index(row - 1, at)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _spread_titles(self, rows: int) -> None:
        """Let the titles over the heading run across the sheet."""
        self.clearSpans()
        for at, cells in enumerate(self.model_.sheet.rows[:rows]):
            filled = [place for place, cell in enumerate(cells) if cell != ""]
            wide = self.model_.columnCount() - filled[0] if filled else 0
            if len(filled) == 1 and wide > 1:
                self.setSpan(at, filled[0], 1, wide)

    def _size_columns(self, mapping: Mapping | None) -> None:
        """Wide enough for the choice and the first rows, but no wider than a sentence."""
        metrics, rows = self.fontMetrics(), self.model_.sheet.rows[mapping.first if mapping else 0 :][:40]
        most, fields = (
            metrics.horizontalAdvance("汉") * 14,
            {at: field for field, at in mapping.columns.items()} if mapping else {},
        )
        for at in range(self.model_.columnCount()):
            words = [text_of(row[at]) for row in rows]
            wide = max((metrics.horizontalAdvance(word) for word in words if len(word) < 60), default=0) + 28
            choice = metrics.horizontalAdvance(FIELD_WORDS[fields[at]] if at in fields else UNUSED) + CHOICE_EDGES
            self.setColumnWidth(at, max(choice, min(most, wide)))

    def _menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            opened = QMenu(self)
            opened.addAction(f"以第 {index.row() + 1} 行为表头").triggered.connect(
                lambda: self.headed.emit(index.row())
            )
            opened.exec(self.viewport().mapToGlobal(point))
