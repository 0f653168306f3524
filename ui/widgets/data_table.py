"""A table for ten thousand rows and more: sort, filter, remembered columns, copy, export to xlsx, print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QToolTip

from ui import theme
from ui.memory import Memory

NARROWEST = 0.62
"""How narrow a column may become, in parts of what its words take, before the table scrolls sideways."""

AIR, LEAST_AIR = 1.9, 1.62
"""Room in a cell beside its words, in characters: usually, and where columns must be narrowed."""

WARMED = 150
"""Rows of which the searched words are gathered at a time while the window is idle, so that the first search is no slower."""

SAMPLE = 60
"""Rows that are measured to find how much room a column needs."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column: its heading, the words of a row, and how it sorts (by its words unless `sort` is given).

    `width` in characters; `tone(row)` names a tone for the words; `right` aligns figures; `whole` words are never cut.
    """

    title: str
    words: Callable[[Any], str]
    width: int = 12
    sort: Callable[[Any], Any] | None = None
    right: bool = False
    tone: Callable[[Any], str] | None = None
    search: Callable[[Any], str] | None = None
    whole: bool = False


class Rows(QAbstractTableModel):
    """The rows shown: all of them, filtered and sorted here, so that the view asks only for what it paints."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.all: tuple[Any, ...] = ()
        self.shown: list[Any] = []
        self._filter, self._haystacks = "", dict[int, str]()
        self._by, self._order = -1, Qt.SortOrder.AscendingOrder
        self._warmer = QTimer(self)
        self._warmer.timeout.connect(self._warm)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, filtered and sorted as before."""
        self.all, self._haystacks = tuple(rows), {}
        self._warmer.start() if len(self.all) > WARMED else self._warmer.stop()
        self._arrange()

    def filter(self, text: str) -> None:
        """Show only rows in which every word of the text occurs in some column."""
        self._filter = text.casefold().strip()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by, self._order = column, order
        self._arrange()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(self.shown[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            tone = column.tone(self.shown[index.row()])
            return QColor(theme.TONES[tone][0]) if tone else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._filter.split()
        shown = [row for place, row in enumerate(self.all) if all(word in self._haystack(place) for word in words)]
        if 0 <= self._by < len(self.columns):
            column = self.columns[self._by]
            shown.sort(key=column.sort or column.words, reverse=self._order == Qt.SortOrder.DescendingOrder)
        self.shown = shown
        self.endResetModel()

    def _warm(self) -> None:
        """Gather the words of some more rows."""
        start = len(self._haystacks)
        for place in range(start, min(start + WARMED, len(self.all))):
            self._haystack(place)
        if len(self._haystacks) in (start, len(self.all)):
            self._warmer.stop()

    def _haystack(self, place: int) -> str:
        if place not in self._haystacks:
            row = self.all[place]
            self._haystacks[place] = "\n".join(
                (column.search or column.words)(row) for column in self.columns
            ).casefold()
        return self._haystacks[place]


class DataTable(QTableView):
    """`DataTable(columns, name, memory)`; then `show_rows(rows)` and `filter(text)`.

    `opened(row)` on double click or Enter, `chosen(row)` when the current row changes. The rows are any objects; they come back whole.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, columns: Sequence[Column], name: str, memory: Memory) -> None:
        super().__init__()
        self.name, self._memory = name, memory
        self.rows = Rows(columns)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fitting = False
        self._usual, self._headings = self._widths()
        self._dress_header()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.activated.connect(lambda index: self.opened.emit(self.rows.shown[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.fit()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; the current row stays current if it is still there."""
        kept = self.current()
        place = self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        if kept is not None and kept in self.rows.shown:
            self.selectRow(self.rows.shown.index(kept))
        self.verticalScrollBar().setValue(place)
        self._fit_columns()

    def filter(self, text: str) -> None:
        """Show only the rows in which all words of the text occur."""
        self.rows.filter(text)

    def current(self) -> Any:
        """The current row; None when there is none."""
        index = self.currentIndex()
        return self.rows.shown[index.row()] if index.isValid() else None

    def selected(self) -> list[Any]:
        """The selected rows, from top to bottom."""
        return [
            self.rows.shown[index.row()] for index in sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        ]

    def as_text(self) -> str:
        """The selected rows, or all shown, as text with tabs."""
        rows = self.selected() or self.rows.shown
        lines = ["\t".join(column.title for column in self.rows.columns)]
        lines += ["\t".join(column.words(row) for column in self.rows.columns) for row in rows]
        return "\n".join(lines)

    def fit(self) -> None:
        """Take the row height and the column widths of this font."""
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.75))
        self._usual, self._headings = self._widths()
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rows"):
            self.fit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = str(index.data() or "") if index.isValid() else ""
            cut = self.fontMetrics().horizontalAdvance(words) > self.columnWidth(index.column()) - 16
            QToolTip.showText(event.globalPos(), words if cut else "", self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        kept = self._memory.get(f"columns.{self.name}", {})
        self._own = kept if isinstance(kept, dict) else {}
        for place, column in enumerate(self.rows.columns):
            width = self._own.get(column.title)
            self.setColumnWidth(place, width if isinstance(width, int) else self._usual[place])
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(600)
        self._keep.timeout.connect(self._keep_columns)
        header.sectionResized.connect(self._resized)

    def _widths(self) -> tuple[list[int], list[int]]:
        """The width of each column as it should be, and of its heading, in pixels."""
        metrics, columns = self.fontMetrics(), self.rows.columns
        usual = [round(metrics.horizontalAdvance("汉") * column.width * 0.7) + self._air(AIR) for column in columns]
        headings = [metrics.horizontalAdvance(column.title) + self._air(AIR) for column in columns]
        return usual, headings

    def _fit_columns(self) -> None:
        """Narrow the columns so that all are seen; not once the user has drawn them."""
        if self._own:
            return
        places = [place for place in range(len(self.rows.columns)) if not self.isColumnHidden(place)]
        self._fitting = True
        for place, width in zip(places, self._fitted(places), strict=True):
            self.setColumnWidth(place, width)
        self._fitting = False

    def _fitted(self, places: Sequence[int]) -> list[int]:
        """The widths of these columns in the room there is: as usual, else with less air, else with words cut."""
        room, needed = self.viewport().width(), [self._needed(place) for place in places]
        tight = [one - self._air(AIR) + self._air(LEAST_AIR) for one in needed]
        if sum(needed) <= room:
            return _between([self._usual[place] for place in places], needed, room)
        if sum(tight) <= room:
            return _between(needed, tight, room)
        return _between(tight, [self._least(*one) for one in zip(places, tight, strict=True)], room)

    def _least(self, place: int, tight: int) -> int:
        """How narrow a column may become: the first, which names the line, and whole ones give nothing."""
        if place == 0 or self.rows.columns[place].whole:
            return tight
        return max(self._headings[place] - self._air(AIR) + self._air(LEAST_AIR), round(tight * NARROWEST))

    def _air(self, characters: float) -> int:
        """So many characters in pixels; the style's padding grows with the font as well."""
        return round(self.fontMetrics().horizontalAdvance("汉") * characters)

    def _needed(self, place: int) -> int:
        """The width that the words of the first rows take in a column, of at most the usual."""
        metrics, column = self.fontMetrics(), self.rows.columns[place]
        words = (column.words(row) for row in self.rows.shown[:SAMPLE])
        longest = max((metrics.horizontalAdvance(one) for one in words), default=0) + self._air(AIR)
        return max(self._headings[place], min(self._usual[place], longest))

    def _resized(self, place: int, _before: int, _after: int) -> None:
        stretched = self.horizontalHeader().logicalIndex(self.horizontalHeader().count() - 1)
        if self.isVisible() and not self._fitting and place != stretched:
            self._keep.start()

    def _keep_columns(self) -> None:
        self._own = {column.title: self.columnWidth(place) for place, column in enumerate(self.rows.columns)}
        self._memory.put(f"columns.{self.name}", self._own)

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self.rows.shown):
            self.chosen.emit(self.rows.shown[index.row()])

    def _menu(self, point: QPoint) -> None:
        from ui.widgets.table_paper import export, print_table

        opened = QMenu(self)
        opened.addAction("复制").triggered.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        opened.addAction("导出为 Excel…").triggered.connect(lambda: export(self))
        opened.addAction("打印…").triggered.connect(lambda: print_table(self))
        opened.exec(self.viewport().mapToGlobal(point))


def _between(widest: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that fill the room: each column gives of what it can spare, all in the same proportion."""
    spare, missing = sum(widest) - sum(least), sum(widest) - room
    part = min(1.0, max(0.0, missing / spare)) if spare else 0.0
    return [int(wide - (wide - narrow) * part) for wide, narrow in zip(widest, least, strict=True)]
