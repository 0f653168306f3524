"""Fields for words that are as high as their words; undo is left to the draft of the whole document."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

PADDING = 16
"""Pixels above and below the words, frame and padding of the style together."""


class Prose(QPlainTextEdit):
    """Several lines, as high as they need; Tab goes on to the next field."""

    def __init__(self, text: str = "", least: int = 1) -> None:
        super().__init__(text)
        self._least = least
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.fit())
        leave_undo(self)
        self.fit()

    def fit(self) -> None:
        """Take the height of the words."""
        lines = max(self._least, round(self.document().size().height()))
        height = self.fontMetrics().lineSpacing() * lines + PADDING
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())


def line(text: str, name: str) -> QLineEdit:
    """One line of words, named for those who do not see it."""
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    leave_undo(field)
    return field


def leave_undo(field: QWidget) -> None:
    """Let Ctrl+Z and Ctrl+Y pass this field by, to the shortcuts of the page."""
    field.installEventFilter(_PassUndo(field))


class _PassUndo(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return True
        return False
