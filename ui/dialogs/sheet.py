"""The common look of dialogs: title, words, content, and at most one primary button at the bottom right."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from consult_app.kernel.errors import Refused
from ui.widgets.button import Button, plain
from ui.widgets.layout import column, row
from ui.widgets.text import Words, muted


class Sheet(QDialog):
    """A dialog to decide something. Give it content with `add`; `decide` runs on the primary button and may raise `Refused`.

    When it raises, the refusal is said in the dialog and nothing typed is lost; when it returns, the dialog closes.
    """

    def __init__(
        self,
        title: str,
        note: str = "",
        *,
        action: str = "确定",
        decide: Callable[[], object] | None = None,
        look: str = "primary",
        leave: str = "取消",
        width: int = 480,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self.setMinimumWidth(width)
        self._decide = decide
        self.note, self.error = muted(note, wrap=True), Words("", "error", wrap=True)
        self.note.setVisible(bool(note))
        self.error.hide()
        self.body = column(gap=12)
        self.leave_button, self.action_button = plain(leave, self.reject), Button(action, self._act, look)
        self.action_button.setVisible(decide is not None)
        self.action_button.setDefault(look == "primary")
        self.buttons = row(None, self.leave_button, self.action_button, gap=8)
        pieces = (Words(title, "heading"), self.note, self.body, self.error, 4, self.buttons)
        self._whole = column(*pieces, gap=12, margins=(24, 20, 24, 20))
        self.setLayout(self._whole)

    def add(self, *pieces: QWidget | QLayout) -> "Sheet":
        """Put pieces into the dialog, under each other."""
        for piece in pieces:
            if isinstance(piece, QLayout):
                self.body.addLayout(piece)
            else:
                self.body.addWidget(piece)
        return self

    def show_refusal(self, refused: Refused) -> None:
        """Say a refusal inside the dialog."""
        self.error.say(str(refused))
        self.error.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt measures wrapped words at the width they would like, then cuts the sheet to two thirds of the screen."""
        whole = self._whole.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), min(whole, self.screen().availableGeometry().height())))
        super().showEvent(event)

    def _act(self) -> None:
        self.error.hide()
        try:
            if self._decide is not None:
                self._decide()
        except Refused as refused:
            self.show_refusal(refused)
            return
        self.accept()
