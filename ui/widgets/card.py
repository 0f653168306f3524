"""Cards: a white sheet with a heading, and a one-matter line that can be opened."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from ui.widgets.layout import column, row
from ui.widgets.text import OneLine, Words, heading, small


class Card(QFrame):
    """A white sheet. `body` is its column; `head` its first row, for buttons or a chip at the right."""

    def __init__(self, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(title)
        self.title = heading(title)
        self.note = small(note)
        self.head = row(self.title, None, self.note, gap=8)
        self.body = column(gap=10, margins=(16, 14, 16, 16))
        if title or note:
            self.body.addLayout(self.head)
        self.title.setVisible(bool(title))
        self.setLayout(self.body)

    def add(self, *pieces: QWidget | QLayout | int | None) -> "Card":
        """Put pieces under each other; a number is a space, None takes up what is left."""
        for piece in pieces:
            if piece is None:
                self.body.addStretch(1)
            elif isinstance(piece, int):
                self.body.addSpacing(piece)
            elif isinstance(piece, QLayout):
                self.body.addLayout(piece)
            else:
                self.body.addWidget(piece)
        return self


class LineCard(QFrame):
    """One thing on two lines, with a word at the right; opens by click, Enter or Space."""

    opened = Signal()

    def __init__(
        self,
        title: str,
        note: str = "",
        right: str = "",
        tone: str = "grey",
        opened: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("look", "line-card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("，".join(part for part in (title, note, right) if part))
        self.title, self.note, self.right = OneLine(title), OneLine(note, "small"), Words(right, tone=tone)
        top = row(self.title, self.right, gap=12)
        top.setStretch(0, 1)
        self.setLayout(column(top, self.note, gap=2, margins=(16, 12, 16, 12)))
        if opened is not None:
            self.opened.connect(lambda: opened())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class Tile(QFrame):
    """One figure under its name, as 应到 25."""

    def __init__(self, name: str, figure: str = "0", tone: str = "") -> None:
        super().__init__()
        self.setProperty("look", "tile")
        self.name, self.figure = small(name), Words(figure, "figure", tone)
        self.setLayout(column(self.name, self.figure, gap=0, margins=(12, 8, 12, 8)))
        self.show_figure(figure)

    def show_figure(self, figure: str, tone: str | None = None) -> None:
        """Change the figure."""
        self.figure.say(figure, tone)
        self.setAccessibleName(f"{self.name.text()} {figure}")
