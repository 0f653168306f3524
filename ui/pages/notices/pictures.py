"""Small pictures of first pages, made one after the other while the page is looked at."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from shiboken6 import isValid

from consult_app.archive.papers import Paper
from consult_app.documents import issuing
from consult_app.kernel.errors import Refused
from consult_app.storage.store import Store
from ui.desk import Desk
from ui.task import Task
from ui.widgets.preview import thumbnail

MOST_WAITING = 40
"""Pictures waited for at a time; what was scrolled past is forgotten and asked for again when it comes back."""
MOST_KEPT = 600

Key = tuple[int, str, str]


class Pictures(QObject):
    """`of(paper)` gives its picture, or None and `ready` later. Pages are set in the background, drawn in the window."""

    ready = Signal()

    def __init__(self, desk: Desk, width: int, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.width, self.ratio = desk, width, 1.0
        self._made: dict[Key, QPixmap] = {}
        self._waiting: list[Key] = []
        self._busy = False

    def of(self, paper: Paper) -> QPixmap | None:
        """The picture of a paper's first page; None until it is made."""
        key = (paper.id, paper.document.digest, paper.document.state.value)
        if key in self._made:
            return self._made[key]
        if key not in self._waiting:
            self._waiting.append(key)
            del self._waiting[:-MOST_WAITING]
            self._next()
        return None

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        key, store = self._waiting[-1], self.desk.store
        self.desk.work(
            "正在准备小图",
            lambda _task: _pages(store, key[0], _task),
            lambda pages: self._keep(key, pages),
            failed=lambda: self._keep(key, b""),
            quiet=True,
        )

    def _keep(self, key: Key, pages: bytes) -> None:
        if not isValid(self):
            return
        self._busy = False
        if key in self._waiting:
            self._waiting.remove(key)
        while len(self._made) >= MOST_KEPT:
            self._made.pop(next(iter(self._made)))
        self._made[key] = thumbnail(pages, self.width, self.ratio) if pages else QPixmap()
        self.ready.emit()
        self._next()


def _pages(store: Store, document_id: int, _task: Task) -> bytes:
    """The pages of a document; none when a character of its draft has no glyph."""
    try:
        return issuing.preview(store, document_id)
    except Refused:
        return b""
