"""Words on the window. Always plain text: what residents typed is never read as markup."""

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


class Words(QLabel):
    """A label of a look (title, heading, strong, muted, small, figure, error) and tone (pine, amber, cinnabar, grey)."""

    def __init__(
        self, text: str = "", look: str = "", tone: str = "", wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def say(self, text: str, tone: str | None = None) -> None:
        """Change the words, and the tone when one is given."""
        self.setText(text)
        if tone is not None and tone != self.property("tone"):
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


def tip(text: str) -> str:
    """A tooltip's words, written so that Qt cannot take them for markup (threat 27)."""
    return f"<qt>{escape(text)}</qt>" if Qt.mightBeRichText(text) else text


def literal(text: str) -> str:
    """Words of a button, menu or tab, in which Qt would take & for the mark of a key."""
    return text.replace("&", "&&")


class OneLine(Words):
    """Words on one line, cut with … where there is no room; the whole is in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("汉") * 3), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip(tip(whole) if shown != whole else "")
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, shown)
        painter.end()


def title(text: str = "") -> OneLine:
    """The title of a page."""
    return OneLine(text, "title")


def heading(text: str = "") -> Words:
    """The heading of a card or a part."""
    return Words(text, "heading")


def muted(text: str = "", wrap: bool = False) -> Words:
    """Secondary words."""
    return Words(text, "muted", wrap=wrap)


def small(text: str = "", wrap: bool = False) -> Words:
    """Small secondary words."""
    return Words(text, "small", wrap=wrap)


def rule() -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setProperty("look", "rule")
    return line
