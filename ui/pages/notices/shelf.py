"""The papers as cards: a small picture of the first page, the title, and what it waits for."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from consult_app.archive.papers import Paper, PaperState
from ui import theme
from ui.desk import Desk
from ui.pages.notices.pictures import Pictures
from ui.widgets.text import tip

PICTURE = 82
"""Width of the small picture, in pixels; its height follows from A4."""
CARD = 300
"""Least width of a card, in pixels; cards fill the row."""
PAD = 12

_Index = QModelIndex | QPersistentModelIndex

STATE_TONES = {
    PaperState.DRAFT: "amber",
    PaperState.TO_POST: "amber",
    PaperState.POSTED: "pine",
    PaperState.RUN_OUT: "amber",
    PaperState.TAKEN_DOWN: "grey",
    PaperState.TO_SIGN: "amber",
    PaperState.SIGNED: "pine",
    PaperState.SCANNED: "pine",
    PaperState.ISSUED: "pine",
    PaperState.VOID: "cinnabar",
}


def tone_of(paper: Paper) -> str:
    """The tone of a paper's state; an objection without an answer comes before all."""
    if paper.notice and paper.notice.open_objections:
        return "cinnabar"
    return STATE_TONES[paper.state]


def state_words(paper: Paper) -> str:
    """`公示中`, or that objections wait for an answer."""
    if paper.notice and paper.notice.open_objections:
        return f"{paper.notice.open_objections} 件异议待答复"
    return paper.state_words


class Shelf(QListView):
    """`show_papers(papers)`; `chosen(paper)` when the current one changes, `opened(paper)` by double click or Enter."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.papers = _Papers()
        self.pictures = Pictures(desk, PICTURE, self)
        self.pictures.ready.connect(self.viewport().update)
        self.setModel(self.papers)
        self.setItemDelegate(_Card(self))
        self.setAccessibleName("文件")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()  # its place is kept, so that nothing jumps; it is not seen where all fits
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        self.setStyleSheet("QListView { background: transparent; border: 0; } QListView::item { padding: 0; }")
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.papers.shown[index.row()]))

    def show_papers(self, papers: Sequence[Paper]) -> None:
        """Show other papers; the current one stays current if it is still there."""
        kept = self.current()
        self.papers.show_papers(papers)
        if kept is None or not self.choose(kept.id):
            self.choose(papers[0].id if papers else None)

    def choose(self, document_id: int | None) -> bool:
        """Make a paper current; False when it is not shown."""
        for place, paper in enumerate(self.papers.shown):
            if paper.id == document_id:
                self.setCurrentIndex(self.papers.index(place))
                self.scrollTo(self.currentIndex())
                self.chosen.emit(paper)
                return True
        return False

    def current(self) -> Paper | None:
        """The current paper."""
        index = self.currentIndex()
        return self.papers.shown[index.row()] if index.isValid() and index.row() < len(self.papers.shown) else None

    def card(self) -> QSize:
        """The size of a card, in pixels: as many side by side as fit."""
        room = max(CARD, self.viewport().width() - 2)
        return QSize(room // max(1, room // CARD), max(round(PICTURE * 1.414), self._words_height()) + 3 * PAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setGridSize(self.card())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        paper = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and paper is not None:
            self.opened.emit(paper)
        else:
            super().keyPressEvent(event)

    def _words_height(self) -> int:
        return round(self.fontMetrics().lineSpacing() * 5.4)

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.papers.shown[index.row()])


class _Papers(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[Paper, ...] = ()

    def show_papers(self, papers: Sequence[Paper]) -> None:
        self.beginResetModel()
        self.shown = tuple(papers)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        paper = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return paper.document.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = (paper.document.title, paper.matter, state_words(paper), paper.words)
            words = "，".join(part for part in parts if part)
            return tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None


class _Card(QStyledItemDelegate):
    """Paints one card."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._shelf.card()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paper = self._shelf.papers.shown[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRect(option.rect).adjusted(1, 1, -PAD + 1, -PAD + 1)
        self._ground(painter, card, option)
        picture = QRect(card.left() + PAD, card.top() + PAD, PICTURE, round(PICTURE * 1.414))
        self._picture(painter, picture, paper)
        words = QRect(picture.right() + PAD, card.top() + PAD, card.right() - picture.right() - 2 * PAD, card.height())
        self._words(painter, words, card.bottom() - PAD, paper, option.font)
        painter.restore()

    def _ground(self, painter: QPainter, card: QRect, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(QColor(theme.CARD))
        painter.setPen(QPen(QColor(theme.PINE if chosen else theme.EDGE if over else theme.LINE), 2 if chosen else 1))
        painter.drawRoundedRect(QRectF(card), 6, 6)

    def _picture(self, painter: QPainter, place: QRect, paper: Paper) -> None:
        self._shelf.pictures.ratio = self._shelf.devicePixelRatioF()
        found = self._shelf.pictures.of(paper) or QPixmap()
        if not found.isNull():
            painter.drawPixmap(place, found)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.EDGE), 1))
        painter.drawRect(place)

    def _words(self, painter: QPainter, room: QRect, bottom: int, paper: Paper, font: QFont) -> None:
        metrics = QFontMetrics(font)
        line = metrics.lineSpacing()
        painter.setFont(font)
        painter.setPen(QColor(theme.INK))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        title = _two_lines(paper.document.title, metrics, room.width())
        painter.drawText(QRectF(room.left(), room.top(), room.width(), 2 * line + 2), title, wrap)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(small)
        fine = QFontMetrics(small)
        painter.setPen(QColor(theme.MUTED))
        note = fine.elidedText(f"{paper.number}　{paper.matter}", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), room.top() + 2 * line + fine.ascent() + 4, note)
        ink, ground = theme.TONES[tone_of(paper)]
        words, top = state_words(paper), bottom - 2 * fine.lineSpacing() - 8
        pill = QRectF(room.left(), top, fine.horizontalAdvance(words) + fine.height(), fine.height() + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(ink))
        painter.drawText(pill, words, QTextOption(Qt.AlignmentFlag.AlignCenter))
        more = fine.elidedText(paper.words, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(theme.MUTED))
        painter.drawText(room.left(), bottom - fine.descent(), more)


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text cut with … so that it fits into two lines broken anywhere."""
    first = 0
    while first < len(text) and metrics.horizontalAdvance(text[: first + 1]) <= width:
        first += 1
    return text[:first] + metrics.elidedText(text[first:], Qt.TextElideMode.ElideRight, width)
