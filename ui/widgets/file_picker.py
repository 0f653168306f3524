"""Choose or drop files: pictures, scans, rolls."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from consult_app.kernel.errors import Refused, reason_of
from ui.widgets.button import plain, quiet
from ui.widgets.layout import clear, column, row
from ui.widgets.text import OneLine, muted

PICTURES = ("图片或 PDF", ("jpg", "jpeg", "png", "pdf", "tif", "tiff"))
SHEETS = ("Excel 或 CSV", ("xlsx", "xls", "csv"))


class Unreadable(Refused):
    """A chosen file cannot be read."""

    text = "读不了文件「{name}」：{reason}。"


class FilePicker(QFrame):
    """A place to drop files on, with a button; `kinds` is (words, endings). `changed` when the choice changed."""

    changed = Signal()

    def __init__(self, kinds: tuple[str, Sequence[str]] = PICTURES, many: bool = False) -> None:
        super().__init__()
        self.kinds, self.many = kinds, many
        self.paths: tuple[Path, ...] = ()
        self.setProperty("look", "tile")
        self.setAcceptDrops(True)
        self.button = plain("选择文件…", self.choose, icon="folder-open")
        self.words = muted(f"或把{kinds[0]}拖到这里")
        self.list = column(gap=2)
        self.setLayout(column(row(self.button, self.words, None), self.list, gap=6, margins=(12, 10, 12, 10)))
        self.setFocusProxy(self.button)

    def choose(self) -> None:
        """Open the system's file dialog."""
        pattern = f"{self.kinds[0]} ({' '.join('*.' + ending for ending in self.kinds[1])});;所有文件 (*)"
        if self.many:
            names, _ = QFileDialog.getOpenFileNames(self, "选择文件", "", pattern)
        else:
            name, _ = QFileDialog.getOpenFileName(self, "选择文件", "", pattern)
            names = [name] if name else []
        if names:
            self.take(tuple(Path(name) for name in names))

    def take(self, paths: Sequence[Path]) -> None:
        """Take files as chosen, beside those chosen before when many are wanted."""
        kept = [path for path in self.paths if path not in paths] if self.many else []
        self.paths = tuple([*kept, *paths][: None if self.many else 1])
        self._list()
        self.changed.emit()

    def drop(self, path: Path) -> None:
        """Leave one file out again."""
        self.paths = tuple(found for found in self.paths if found != path)
        self._list()
        self.changed.emit()

    def read(self) -> tuple[tuple[str, bytes], ...]:
        """Name and content of each file; refused when one cannot be read."""
        return tuple((path.name, _content(path)) for path in self.paths)

    def _list(self) -> None:
        clear(self.list)
        for path in self.paths:
            name = OneLine(path.name)
            line = row(name, quiet("移除", partial(self.drop, path)), gap=8)
            line.setStretch(0, 1)
            self.list.addLayout(line)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if found:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.take(found if self.many else found[:1])


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(name=path.name, reason=reason_of(error))
