"""The message bar: slides in under the top for refusals and done-notices, with 撤销 where there is a way back."""

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QTimer
from PySide6.QtWidgets import QFrame

from ui import theme
from ui.desk import Message
from ui.icons import pixmap
from ui.widgets.button import quiet
from ui.widgets.layout import row
from ui.widgets.text import Words

STAYS = 8000
"""How long a done-notice stays, in milliseconds; a refusal stays until it is closed or another message comes."""

_ICONS = {"pine": "check", "cinnabar": "triangle-alert", "amber": "info", "grey": "info"}


class MessageBar(QFrame):
    """One message at a time. Connect `desk.said` to `show_message`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "message")
        self.picture, self.words = Words(), Words(wrap=True)
        self.button, self.close_button = quiet("", self._act), quiet("关闭", self.leave)
        self.message: Message | None = None
        across = row(self.picture, self.words, self.button, self.close_button, gap=10, margins=(24, 6, 16, 6))
        across.setStretch(1, 1)
        self.setLayout(across)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setDuration(140)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(lambda: self.setMaximumHeight(16777215))
        self.hide()

    def show_message(self, message: Message) -> None:
        """Say it."""
        self.message = message
        self.setProperty("tone", message.tone)
        colour = theme.TONES[message.tone][0]
        self.picture.setPixmap(pixmap(_ICONS[message.tone], 18, colour, self.devicePixelRatioF()))
        self.words.say(message.text, message.tone if message.tone != "grey" else "")
        self.button.rename(message.action)
        self.button.setVisible(bool(message.action))
        self.setAccessibleName(message.text)
        self.style().unpolish(self)
        self.style().polish(self)
        if not self.isVisible():
            self._slide.setStartValue(0)
            self._slide.setEndValue(self.sizeHint().height())
            self._slide.start()
        self.show()
        self._timer.stop()
        if message.tone == "pine" and not message.action:
            self._timer.start(STAYS)

    def leave(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self.message = None
        self.hide()

    def _act(self) -> None:
        message, self.message = self.message, None
        self.hide()
        if message is not None and message.act is not None:
            message.act()
