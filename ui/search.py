"""Ctrl-K: find matters, people, rooms and documents by words or pinyin initials."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from ui import theme
from ui.desk import Desk
from ui.finding import Hit, find
from ui.icons import icon

WAIT = 120
"""Milliseconds without a key before the search begins."""


class SearchBox(QLineEdit):
    """The search field and the list under it."""

    def __init__(self, desk: Desk, go: Callable[..., None]) -> None:
        super().__init__()
        self.desk, self._go = desk, go
        self.setPlaceholderText("查找议题、人员、房号、文件    Ctrl+K")
        self.setAccessibleName("查找")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", theme.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.fit()
        self.found = QListWidget()
        self.found.setWindowFlags(Qt.WindowType.ToolTip)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName("查找结果")
        self.found.itemClicked.connect(lambda item: self._open(item))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT)
        self._wait.timeout.connect(self.search)
        self.textEdited.connect(lambda: self._wait.start())
        QShortcut(QKeySequence("Ctrl+K"), self, self.begin)

    def fit(self) -> None:
        """Take the width the hint needs at this font size."""
        self.setFixedWidth(
            self.fontMetrics().horizontalAdvance(self.placeholderText()) + 4 * self.fontMetrics().height()
        )

    def begin(self) -> None:
        """Put the cursor here, with what was typed selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def search(self) -> None:
        """Look for what was typed and show what was found."""
        text = self.text().strip()
        if not text:
            self.found.hide()
            return
        hits = find(self.desk, text)
        self.found.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.kind}　{hit.title}" + (f"　·　{hit.note}" if hit.note else ""))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.found.addItem(item)
        if not hits:
            nothing = QListWidgetItem(f"没有找到「{text}」。可以输入名称、房号或拼音首字母。")
            nothing.setFlags(Qt.ItemFlag.ItemIsEnabled)  # to be read, not to be chosen
            self.found.addItem(nothing)
        self.found.setCurrentRow(0)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.found.hide()
            self.clear()
            self.clearFocus()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.found.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.found.setCurrentRow((self.found.currentRow() + step) % max(1, self.found.count()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._wait.isActive() or not self.found.isVisible():
                self._wait.stop()
                self.search()
            elif (item := self.found.currentItem()) is not None:
                self._open(item)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.found.hide()
        return super().event(event)

    def _open(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self.found.hide()
            self.clear()
            self._go(hit.page, **hit.place)

    def _place(self) -> None:
        height = self.found.sizeHintForRow(0) * min(10, self.found.count()) + 12
        width = max(self.width(), 480)
        corner = self.mapToGlobal(QPoint(self.width() - width, self.height() + 4))
        self.found.setGeometry(corner.x(), corner.y(), width, height)
        self.found.show()
