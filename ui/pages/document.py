"""文件: one document of a matter, with all that can be done with it."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from consult_app.documents.queries import DocumentLine
from consult_app.documents.rules import STATE_WORDS, DocumentState
from consult_app.proposals.queries import line as matter_line
from ui.desk import Desk
from ui.dialogs.void_document import VoidDocument
from ui.document.view import STATE_TONES, DocumentView, state_note
from ui.pages import Go
from ui.widgets.button import plain, quiet
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import OneLine, muted, title


class DocumentPage(QWidget):
    """Draft: words and pages side by side; issued: its pages. `show_for(id=document)`."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.view = DocumentView(desk)
        self.title, self.state, self.note = title(), Chip(), muted()
        self.matter: OneLine = OneLine("", "muted")
        self.matter_button = quiet("打开议题", self._open_matter)
        self.void_button = plain("作废…", self._void)
        head = row(self.title, self.state, None, self.void_button, *self._buttons(), gap=8)
        below = row(self.matter, self.matter_button, self.note, None, gap=12)
        shown = column(head, below, self.view, gap=8, margins=(24, 16, 24, 12))
        shown.setStretch(2, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(boxed(shown, margins=True))
        self.stack.addWidget(EmptyState("没有选中文件", "从“公示”或议题里打开一份文件。", icon="file-text"))
        self.setLayout(column(self.stack, gap=0))
        self.view.shown.connect(self._say)
        desk.watch(self.refresh, "document.", "notice.")

    def show_for(self, id: int | None = None) -> None:
        """Show a document."""
        self.stack.setCurrentIndex(0 if id is not None else 1)
        if id is not None:
            self.view.show_document(id)

    def refresh(self) -> None:
        """Ask for the document anew."""
        self.view.refresh()

    def _buttons(self) -> tuple[QWidget, ...]:
        return self.view.save_button, self.view.print_button, self.view.issue_button

    def _say(self, line: DocumentLine) -> None:
        matter = self.desk.ask(matter_line, line.proposal_id)
        self.title.say(line.title)
        self.state.say(STATE_WORDS[line.state], STATE_TONES[line.state])
        self.matter.say(f"{line.kind_words}　{matter.number} {matter.title}")
        self.note.say(state_note(line))
        self.void_button.setVisible(line.state is not DocumentState.VOID)
        self.void_button.rename("放弃草稿…" if line.state is DocumentState.DRAFT else "作废…")

    def _open_matter(self) -> None:
        if self.view.line is not None:
            self.go("matter", id=self.view.line.proposal_id)

    def _void(self) -> None:
        if self.view.line is not None:
            VoidDocument(self.desk, self.view.line, self).open()
