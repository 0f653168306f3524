"""The lines of a roll: a search and pills over the table, and beside it a panel for one line."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from consult_app.rolls import queries
from ui.desk import Desk
from ui.pages.roll.acts import RollActs
from ui.pages.roll.side import LinePanel
from ui.pages.roll.sifting import Sifting
from ui.pages.roll.table import VOTED, Lens, people_columns, unit_columns
from ui.pages.roll.view import Row, UnitRow, View
from ui.widgets.button import plain
from ui.widgets.data_table import DataTable
from ui.widgets.layout import column, row


class RollLines(QWidget):
    """`show_view(view)` lists a roll; `open(line)` selects one and shows its panel."""

    def __init__(self, desk: Desk, lens: Lens, acts: RollActs) -> None:
        super().__init__()
        self.desk, self.lens, self.acts = desk, lens, acts
        self.view: View | None = None
        self.opened = ""
        self.tables = {
            True: DataTable(unit_columns(lens), "业主名册", desk.memory),
            False: DataTable(people_columns(lens), "人员名册", desk.memory),
        }
        self.panel = LinePanel(lens, acts, self.show_place, self.close_panel)
        self.sifting = Sifting()
        self.sifting.searched.connect(lambda text: self.table.filter(text))
        self.sifting.sifted.connect(self.sift)
        self.hold = plain("按住显示电话", icon="eye")
        self.hold.pressed.connect(lambda: self._reveal(True))
        self.hold.released.connect(lambda: self._reveal(False))
        over = row(self.sifting, self.hold, gap=10)
        over.setAlignment(self.hold, Qt.AlignmentFlag.AlignTop)
        shown = column(over, self._split(), gap=12)
        shown.setStretch(1, 1)
        self.setLayout(shown)

    @property
    def table(self) -> DataTable:
        """The table of the kind of roll that is shown."""
        return self.tables[self.view is None or self.view.of_units]

    def show_view(self, view: View) -> None:
        """List the lines of a roll; what was searched and opened stays."""
        newly = self.view is None or self.view.roll.id != view.roll.id
        self.view = view
        self._stack.setCurrentWidget(self.table)
        self.sifting.offer(view)
        if newly:
            self.panel.hide()
            self.sifting.reset()
        self.sift()
        if self.opened and view.whole:
            self.open(self.opened)

    def sift(self) -> None:
        """Show the lines the bar lets through."""
        if self.view is not None:
            self.table.show_rows([line for line in self.view.rows if self.sifting.lets(line)])

    def show_votes(self, voted: Mapping[str, bool]) -> None:
        """Show who has taken part in the vote under way; without one the column is hidden."""
        self.lens.voted = voted
        columns = [column.title for column in self.table.rows.columns]
        self.table.setColumnHidden(columns.index(VOTED), not voted)
        self.table.viewport().update()

    def open(self, name: str) -> None:
        """Select a line by its name and show its panel."""
        for place, line in enumerate(self.table.rows.shown):
            if line.id == name:
                self.table.selectRow(place)
                self.table.scrollTo(self.table.rows.index(place, 0))
                self._chosen(line)
                return
        self.panel.hide()  # struck, or no longer among the lines that are let through

    def show_place(self, place: str) -> None:
        """Show the line of a place."""
        self.sifting.reset()
        for line in self.view.rows if self.view else ():
            if isinstance(line, UnitRow) and line.line.place == place:
                self.open(line.id)

    def close_panel(self) -> None:
        """Put the panel away."""
        self.opened = ""
        self.panel.hide()
        self.table.clearSelection()
        self.table.setFocus()

    def _split(self) -> QSplitter:
        self._stack = QStackedWidget()
        for table in self.tables.values():
            table.opened.connect(lambda line: self.open(line.id))
            table.chosen.connect(self._chosen)
            self._stack.addWidget(table)
        self.panel.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self._stack)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setSizes([800, 372])
        self.panel.setMinimumWidth(330)
        return split

    def _chosen(self, line: Row) -> None:
        view = self.view
        if view is None or not view.whole:
            return
        self.opened = line.id
        self.panel.show_line(view, line, self.desk.ask(queries.history, line.id))
        self.panel.show()

    def _reveal(self, held: bool) -> None:
        self.lens.open = held
        self.table.viewport().update()
        self.panel.reveal()
