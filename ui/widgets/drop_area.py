"""A large dashed place to drop one file on, with a button that chooses it, and room to say why a file was refused."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from ui import theme
from ui.icons import pixmap
from ui.widgets.button import Button, primary
from ui.widgets.layout import column, row
from ui.widgets.text import Words, heading, muted


class DropArea(QFrame):
    """`taken(path)` when a file was dropped or chosen; `refuse(words)` says beside it why it could not be used."""

    taken = Signal(object)

    def __init__(self, title: str, note: str, kinds: tuple[str, Sequence[str]], button: Button | None = None) -> None:
        super().__init__()
        self.kinds, self._over = kinds, False
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self.button = button or primary("选择文件…", self.choose, icon="folder-open")
        self.error = Words("", "error", wrap=True)
        self.error.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.error.setMaximumWidth(720)
        self.error.hide()
        picture = Words()
        picture.setPixmap(pixmap("upload", 40, theme.GREY, self.devicePixelRatioF()))
        layout = column(None, gap=10, margins=(24, 40, 24, 40))
        for piece in (picture, heading(title), muted(note), self.button):
            layout.addWidget(piece, alignment=Qt.AlignmentFlag.AlignHCenter)
        beside = row(None, self.error, None)
        beside.setStretch(1, 8)
        layout.insertLayout(layout.count() - 1, beside)
        layout.addStretch(1)
        self.setLayout(layout)

    def choose(self) -> None:
        """Open the system's file dialog."""
        if path := choose_file(self, self.kinds):
            self.taken.emit(path)

    def refuse(self, words: str = "") -> None:
        """Say why the file was refused; nothing takes the words away."""
        self.error.say(words)
        self.error.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.PINE if self._over else theme.EDGE), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(theme.PINE_PALE if self._over else theme.CARD))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()
            self._hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(False)
        if path := dropped_file(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.taken.emit(path)

    def _hover(self, over: bool) -> None:
        self._over = over
        self.update()


def choose_file(parent: QWidget, kinds: tuple[str, Sequence[str]]) -> Path | None:
    """Ask for one file of some kinds (words, endings); None when the user left."""
    pattern = f"{kinds[0]} ({' '.join('*.' + ending for ending in kinds[1])});;所有文件 (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "选择文件", "", pattern)
    return Path(name) if name else None


def dropped_file(data: QMimeData) -> Path | None:
    """The first local file that is being dropped."""
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
