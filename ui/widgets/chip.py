"""A chip: a short word in a rounded frame, as a venue, a state or a kind."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.text import tip

SHORTEST = 6
"""Characters of a long chip that stay to be read where there is no room."""


class Chip(QWidget):
    """A word in a rounded frame, of a tone (plain, pine, amber, cinnabar, grey)."""

    def __init__(self, text: str = "", tone: str = "plain") -> None:
        super().__init__()
        self.text, self.tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: str = "plain") -> None:
        """Change word and tone; an empty chip hides."""
        self.text, self.tone = text, tone
        self.setAccessibleName(text)
        self.setMaximumWidth(16777215 if text else 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self.text) + metrics.height(), round(metrics.height() * 1.25))

    def minimumSizeHint(self) -> QSize:
        hint, metrics = self.sizeHint(), self._metrics()
        return QSize(min(hint.width(), metrics.horizontalAdvance("汉") * SHORTEST + metrics.height()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, ground = theme.TONES[self.tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(theme.EDGE if self.tone == "plain" else ground), 1))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.setFont(self._font())
        painter.setPen(QColor(theme.MUTED if self.tone == "plain" else ink))
        inside = self.width() - self._metrics().height() // 2
        shown = self._metrics().elidedText(self.text, Qt.TextElideMode.ElideRight, inside)
        self.setToolTip(tip(self.text) if shown != self.text else "")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()

    def _font(self) -> QFont:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        return font

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())
