"""归档: matters to file, filed ones with their bundles, and the check of a bundle. A scan or a bundle may be dropped anywhere."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QWidget

from consult_app.archive.shelf import ShelfLine, shelf
from consult_app.kernel.text import legal_day, short_day
from consult_app.rolls.pinyin import initials
from ui.desk import Desk
from ui.dialogs.scan import AttachScan
from ui.pages import Go
from ui.pages.archive.check import Check
from ui.pages.archive.side import MatterSide
from ui.widgets.button import Button, plain
from ui.widgets.data_table import Column, DataTable
from ui.widgets.drop_area import dropped_file
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import muted, title

_TABS = (("waiting", "待归档"), ("filed", "已归档"), ("check", "检验档案包"))
_NONE = {
    "waiting": ("没有待归档的议题", "议题办到最后一步或者结束以后，会出现在这里。"),
    "filed": ("还没有归档的议题", "归档以后在这里导出档案包，交档案馆或者自己保存。"),
}


class ArchivePage(QWidget):
    """`show_for(part="filed")` opens one of its parts, `id=matter` the matter."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.lines: tuple[ShelfLine, ...] = ()
        self.part = "waiting"
        self.sheet: AttachScan | None = None
        self.setAcceptDrops(True)
        self.tabs = {name: Button(words, partial(self._turn, name), "tab") for name, words in _TABS}
        for tab in self.tabs.values():
            tab.setCheckable(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按议题、编号、档号筛选")
        self.search.setAccessibleName("筛选")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.search.fontMetrics().horizontalAdvance("字") * 16)
        self.table = DataTable(_COLUMNS, "归档", desk.memory)
        self.search.textChanged.connect(self.table.filter)
        self.table.opened.connect(lambda line: go("matter", id=line.id))
        self.side, self.check = MatterSide(desk, go), Check(desk)
        self.table.chosen.connect(self.side.show_line)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(boxed(column(self.side, margins=(12, 0, 0, 0)), margins=True))
        self.table.setMinimumWidth(360)
        self.side.setMinimumWidth(400)
        self.split.setSizes([6000, 5000])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.split)
        self.empty = EmptyState("")
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.check)
        self.scan_button = plain("附上签字件…", self.scan, icon="scan-line")
        top = row(title("归档"), None, muted("签字扫描件、档案包可以直接拖到本页"), self.scan_button, gap=12)
        bar = row(*self.tabs.values(), None, self.search, gap=6)
        layout = column(top, bar, self.stack, gap=12, margins=(24, 20, 24, 16))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        desk.watch(self.refresh, "archive.", "proposal.", "document.", "notice.")

    def show_for(self, part: str = "", id: int | None = None) -> None:
        """Show a part of the archive, or one matter."""
        self.part = part if part in self.tabs else self.part
        self._ask()
        if id is not None:
            self.part = "filed" if any(line.id == id for line in self._of("filed")) else "waiting"
        self._show()
        for place, line in enumerate(self.table.rows.shown):
            if line.id == id:
                self.table.selectRow(place)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the matters anew."""
        self._ask()
        self._show()

    def take(self, path: Path) -> None:
        """Take a dropped file: a bundle is checked, anything else is a signed paper that came back."""
        if path.is_dir() or path.suffix.lower() == ".zip":
            self._turn("check")
            self.check.check(path)
        else:
            self.scan(path)

    def scan(self, path: Path | None = None) -> None:
        """Open the sheet that takes a signed paper back."""
        self.sheet = AttachScan(self.desk, None, self)
        self.sheet.open()
        if path is not None:
            self.sheet.take(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := dropped_file(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.take(path)

    def _ask(self) -> None:
        body_id = self.desk.body_id
        self.lines = self.desk.ask(shelf, body_id) if body_id is not None else ()

    def _turn(self, part: str) -> None:
        self.part = part
        self._show()

    def _show(self) -> None:
        for (name, words), tab in zip(_TABS, self.tabs.values(), strict=True):
            tab.rename(words if name == "check" else f"{words} {len(self._of(name))}")
            tab.setChecked(name == self.part)
        self.search.setVisible(self.part != "check")
        if self.part == "check":
            self.stack.setCurrentWidget(self.check)
            return
        found = self._of(self.part)
        if not found:
            self._show_empty(*_NONE[self.part])
            return
        self.stack.setCurrentWidget(self.split)
        chosen = self.table.current()
        self.table.show_rows(found)
        kept = [place for place, line in enumerate(self.table.rows.shown) if chosen and line.id == chosen.id]
        if self.table.rows.shown:
            place = kept[0] if kept else 0
            self.table.selectRow(place)
            self.side.show_line(self.table.rows.shown[place])

    def _of(self, part: str) -> Sequence[ShelfLine]:
        return [line for line in self.lines if (line.filing is not None) == (part == "filed")]

    def _show_empty(self, words: str, note: str) -> None:
        old, self.empty = self.empty, EmptyState(words, note, icon="archive")
        self.stack.removeWidget(old)
        old.deleteLater()
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)


def _filed_on(line: ShelfLine) -> str:
    return short_day(legal_day(line.filing.filed_at)) if line.filing else "—"


_COLUMNS = (
    Column("编号", lambda line: line.matter.number, 7),
    Column("议题", lambda line: line.matter.title, 14, search=lambda line: f"{line.matter.title} {initials(line.matter.title)}"),
    Column("档号", lambda line: line.code or "—", 19),
    Column("保管期限", lambda line: line.retention_words or "—", 7),
    Column("结果", lambda line: line.matter.state_words, 7),
    Column("归档日期", _filed_on, 8, sort=lambda line: line.filing.filed_at.timestamp() if line.filing else 0.0),
)  # fmt: skip
