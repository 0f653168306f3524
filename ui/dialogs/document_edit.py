"""One document over a page: read it as it will be printed, edit it while it is a draft, issue it, save and print it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from consult_app.documents.queries import DocumentLine
from consult_app.documents.rules import STATE_WORDS
from ui.desk import Desk
from ui.document.view import STATE_TONES, DocumentView, state_note
from ui.widgets.button import plain
from ui.widgets.chip import Chip
from ui.widgets.layout import column, row
from ui.widgets.text import Words, muted


class DocumentEdit(QDialog):
    """The pages at the left; for a draft its words at the right. What is edited is kept when the dialog is left."""

    def __init__(self, desk: Desk, document_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.view = DocumentView(desk)
        self.title, self.state, self.note = Words("", "heading"), Chip(), muted("", wrap=True)
        self.leave_button = plain("关闭", self.close)
        buttons = (self.view.save_button, self.view.print_button, self.leave_button, self.view.issue_button)
        bottom = row(self.note, *buttons)
        bottom.setStretch(0, 1)
        top = row(self.title, self.state, None, gap=12)
        layout = column(top, self.view, bottom, gap=12, margins=(20, 16, 20, 16))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._fit(parent)
        self.view.shown.connect(self._say)
        self.view.show_document(document_id)

    def done(self, result: int) -> None:
        self.view.save()
        super().done(result)

    def _say(self, line: DocumentLine) -> None:
        self.setWindowTitle(line.title)
        self.setAccessibleName(line.title)
        self.title.say(line.title)
        self.state.say(STATE_WORDS[line.state], STATE_TONES[line.state])
        self.note.say(state_note(line))

    def _fit(self, parent: QWidget | None) -> None:
        room = parent.window().size() if parent else self.screen().availableSize()
        self.resize(min(1280, room.width() - 48), min(900, room.height() - 48))
