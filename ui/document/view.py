"""One document: its pages as they will be printed, and while it is a draft its words beside them."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget
from shiboken6 import isValid

from consult_app.documents import actions, issuing, model
from consult_app.documents.queries import DocumentLine, document
from consult_app.documents.rules import DocumentState, code_words
from consult_app.kernel.errors import Refused
from consult_app.storage.store import Store
from ui.desk import Desk
from ui.document.editor import BlockEditor
from ui.task import Task
from ui.widgets.button import plain, primary
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.pdf_paper import print_pdf, save_pdf
from ui.widgets.preview import Preview
from ui.widgets.text import Words, small

PAUSE = 350
"""Milliseconds without a change before the pages are drawn anew."""
KEEP = 5000
"""Milliseconds without a change before the draft is kept; leaving keeps it at once."""

STATE_TONES = {DocumentState.DRAFT: "amber", DocumentState.ISSUED: "pine", DocumentState.VOID: "cinnabar"}


class DocumentView(QWidget):
    """`show_document(id)`. Its buttons are placed by whoever shows it: `issue_button`, `undo_button`, `save_button`, …"""

    shown = Signal(object)
    """The `DocumentLine` whenever it was asked for anew."""
    issued = Signal(object)
    """The `DocumentLine` that was issued."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.line: DocumentLine | None = None
        self.pdf = b""
        self._digest, self._drawing, self._again = "", False, False
        self.preview, self.editor = Preview(), BlockEditor()
        self.state, self.problem = small(), Words("", "error", wrap=True)
        self.problem.hide()
        self.undo_button = plain("撤销", self.editor.undo, icon="undo-2")
        self.redo_button = plain("重做", self.editor.redo, icon="redo-2")
        self.save_button = plain("保存为 PDF", self._save_pdf, icon="file-down")
        self.print_button = plain("打印", self._print, icon="printer")
        self.issue_button = primary("印发", self.issue, icon="stamp")
        tools = row(self.undo_button, self.redo_button, None, self.state, gap=6, margins=(4, 0, 16, 0))
        words = scrolling(column(self.editor, gap=0), margins=(4, 4, 16, 16))
        self.side = boxed(column(tools, words, self.problem, gap=8))
        self.split = QSplitter()
        self.split.addWidget(self.preview)
        self.split.addWidget(self.side)
        self.split.setChildrenCollapsible(False)
        self.preview.setMinimumWidth(320)
        self.side.setMinimumWidth(380)
        self.split.setSizes([5200, 4800])
        self.setLayout(column(self.split, gap=0))
        self._pause, self._keep = self._timer(PAUSE, self._draw), self._timer(KEEP, self._keep_quietly)
        self.editor.changed.connect(self._changed)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.editor.undo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Redo), self, self.editor.redo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)

    @property
    def is_draft(self) -> bool:
        """Whether what is shown can be edited."""
        return self.line is not None and self.line.state is DocumentState.DRAFT

    @property
    def has_changes(self) -> bool:
        """Whether something typed is not yet kept."""
        return self.is_draft and self.editor.document().digest() != self._digest

    def show_document(self, document_id: int) -> None:
        """Ask for a document and show it from its beginning; what was typed into another is kept first."""
        if self.line is not None and self.line.id == document_id:
            self.refresh()
            return
        self._keep_quietly()
        self.pdf = b""
        self.preview.wait("正在排版…")
        self._show(document_id)

    def refresh(self) -> None:
        """Ask anew. A draft that another window changed is shown as it is there, unless something was typed here."""
        if self.line is None:
            return
        line = self.desk.ask(document, self.line.id).line
        if line.state is not self.line.state or (line.digest != self._digest and not self.has_changes):
            self._show(line.id)

    def save(self) -> None:
        """Keep what was typed. Refused when the title is blank."""
        self._keep.stop()
        if self.line is not None and self.has_changes:
            content = self.editor.document()
            self.desk.do(actions.edit, self.line.id, content)
            self._digest = content.digest()
            self._say_state()

    def issue(self) -> None:
        """Keep the draft, set it and issue it."""
        assert self.line is not None
        self.save()
        self.issue_button.allow("正在印发")
        store, actor, id = self.desk.store, self.desk.actor, self.line.id
        self.desk.work(
            "正在印发", lambda _task: issuing.issue(store, actor, id), self._issued, failed=self._allow_issue
        )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep_quietly()

    # inside

    def _show(self, document_id: int) -> None:
        facts = self.desk.ask(document, document_id)
        self.line, self._digest = facts.line, facts.line.digest
        if self.is_draft:
            self.editor.show_document(facts.content)
        self.side.setVisible(self.is_draft)
        self.issue_button.setVisible(self.is_draft)
        self.issue_button.allow("")
        self.problem.hide()
        self._say_state()
        self.shown.emit(self.line)
        self._draw()

    def _changed(self) -> None:
        self._say_state()
        self._pause.start()
        self._keep.start()

    def _say_state(self) -> None:
        draft = self.editor.draft
        self.undo_button.allow("" if draft and draft.can_undo else "没有可以撤销的改动")
        self.redo_button.allow("" if draft and draft.can_redo else "没有可以重做的改动")
        self.state.say("正在编辑…" if self.has_changes else "草稿已保存")

    def _keep_quietly(self) -> None:
        """Keep what was typed without being asked: what cannot be kept yet is said beside the words, and stays."""
        try:
            self.save()
        except Refused as refused:
            self._say_problem(refused)

    def _draw(self) -> None:
        if self._drawing or self.line is None:
            self._again = self._drawing
            return
        self._drawing = True
        store, id = self.desk.store, self.line.id
        content = self.editor.document() if self.is_draft else None

        def drawn(_task: Task) -> bytes | Refused:
            return _preview(store, id, content)

        self.desk.work("正在排版", drawn, lambda found: self._drawn(id, found), failed=self._not_drawn, quiet=True)

    def _drawn(self, document_id: int, found: bytes | Refused) -> None:
        if not isValid(self):
            return
        self._drawing = False
        if self._again or self.line is None or self.line.id != document_id:
            self._again = False
            self._draw()
        elif isinstance(found, Refused):
            self._say_problem(found)
        else:
            self.problem.hide()
            self.pdf = found
            self.preview.show_again(found)

    def _not_drawn(self) -> None:
        if isValid(self):
            self._drawing = False

    def _say_problem(self, refused: Refused) -> None:
        self.problem.say(str(refused))
        self.problem.show()

    def _issued(self, line: DocumentLine) -> None:
        self.desk.say(f"「{line.title}」已印发，编号 {code_words(line.code)}。")
        if isValid(self):
            self._show(line.id)
            self.issued.emit(line)

    def _allow_issue(self) -> None:
        if isValid(self):
            self.issue_button.allow("")

    def _save_pdf(self) -> None:
        if self.pdf and self.line and (path := save_pdf(self.pdf, self.line.title, self)):
            self.desk.say(f"已保存到 {path}")

    def _print(self) -> None:
        if self.pdf:
            print_pdf(self.pdf, self)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer


def _preview(store: Store, document_id: int, content: model.Document | None) -> bytes | Refused:
    """The pages, or why they cannot be set (a character that no font has)."""
    try:
        return issuing.preview(store, document_id, content)
    except Refused as refused:
        return refused


def state_note(line: DocumentLine) -> str:
    """What a reader should know of a document in its state."""
    if line.state is DocumentState.DRAFT:
        return "印发以后不能修改，只能作废重发。"
    if line.state is DocumentState.VOID:
        return f"作废理由：{line.void_reason}"
    return f"编号 {code_words(line.code)}，{line.pages} 页。打印签字后可凭页脚二维码附回扫描件。"
