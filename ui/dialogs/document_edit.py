"""One document: read it as it will be printed, edit it while it is a draft, issue it, save and print it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSplitter, QWidget
from shiboken6 import isValid

from consult_app.documents import actions, issuing
from consult_app.documents.queries import DocumentLine, document
from consult_app.documents.rules import STATE_WORDS, DocumentState, code_words
from ui.desk import Desk
from ui.widgets.block_editor import BlockEditor
from ui.widgets.button import plain, primary
from ui.widgets.chip import Chip
from ui.widgets.layout import column, row, scrolling
from ui.widgets.pdf_paper import print_pdf, save_pdf
from ui.widgets.preview import Preview
from ui.widgets.text import Words, muted

_TONES = {DocumentState.DRAFT: "amber", DocumentState.ISSUED: "pine", DocumentState.VOID: "cinnabar"}


class DocumentEdit(QDialog):
    """The pages at the left; for a draft its words at the right. What is edited is kept when the dialog is left."""

    def __init__(self, desk: Desk, document_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.document_id = desk, document_id
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.pdf = b""
        self.title, self.state, self.note = Words("", "heading"), Chip(), muted("", wrap=True)
        self.preview, self.editor = Preview(), BlockEditor()
        self.side = scrolling(column(self.editor, gap=0), margins=(4, 4, 16, 4))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.preview)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        self.look_button = plain("更新预览", self.save, icon="eye")
        self.save_button = plain("保存为 PDF", self._save_pdf, icon="file-down")
        self.print_button = plain("打印", self._print, icon="printer")
        self.leave_button = plain("关闭", self.close)
        self.issue_button = primary("印发", self._issue, icon="stamp")
        self.editor.changed.connect(lambda: self.look_button.allow(""))
        bottom = row(
            self.note, self.look_button, self.save_button, self.print_button, self.leave_button, self.issue_button
        )
        bottom.setStretch(0, 1)
        layout = column(row(self.title, self.state, None, gap=12), self.split, bottom, gap=12, margins=(20, 16, 20, 16))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._fit(parent)
        self.show_document()

    def show_document(self) -> None:
        """Ask for the document and draw it anew."""
        facts = self.desk.ask(document, self.document_id)
        line = facts.line
        is_draft = line.state is DocumentState.DRAFT
        self.setWindowTitle(line.title)
        self.setAccessibleName(line.title)
        self.title.say(line.title.replace("\n", ""))
        self.state.say(STATE_WORDS[line.state], _TONES[line.state])
        self.note.say(_note(line))
        if is_draft:
            self.editor.show_document(facts.content)
        for piece in (self.side, self.look_button, self.issue_button):
            piece.setVisible(is_draft)
        self.look_button.allow("内容没有变化")
        self._draw()

    def save(self) -> None:
        """Keep what was edited, and draw the pages anew."""
        self.desk.do(actions.edit, self.document_id, self.editor.document())
        self.look_button.allow("内容没有变化")
        self._draw()

    def done(self, result: int) -> None:
        if isValid(self.issue_button) and self.issue_button.isVisibleTo(self):
            self.desk.do(actions.edit, self.document_id, self.editor.document())
        super().done(result)

    def _issue(self) -> None:
        self.desk.do(actions.edit, self.document_id, self.editor.document())
        self.issue_button.allow("正在印发")
        store, actor, id = self.desk.store, self.desk.actor, self.document_id
        self.desk.work(
            "正在印发", lambda _task: issuing.issue(store, actor, id), self._issued, failed=lambda: self._allow_issue()
        )

    def _issued(self, line: DocumentLine) -> None:
        self.desk.say(f"「{line.title}」已印发，编号 {code_words(line.code)}。")
        if isValid(self):
            self.show_document()

    def _allow_issue(self) -> None:
        if isValid(self):
            self.issue_button.allow("")

    def _draw(self) -> None:
        store, id = self.desk.store, self.document_id
        self.desk.work("正在排版", lambda _task: issuing.preview(store, id), self._drawn)

    def _drawn(self, pdf: bytes) -> None:
        if isValid(self):
            self.pdf = pdf
            self.preview.show_pdf(pdf)

    def _save_pdf(self) -> None:
        if self.pdf and (path := save_pdf(self.pdf, self.title.text(), self)):
            self.note.say(f"已保存到 {path}")

    def _print(self) -> None:
        if self.pdf:
            print_pdf(self.pdf, self)

    def _fit(self, parent: QWidget | None) -> None:
        room = parent.window().size() if parent else self.screen().availableSize()
        self.resize(min(1240, room.width() - 60), min(860, room.height() - 60))
        self.split.setSizes([self.width() * 3 // 5, self.width() * 2 // 5])


def _note(line: DocumentLine) -> str:
    if line.state is DocumentState.DRAFT:
        return "草稿。印发以后不能修改，只能作废重发。"
    if line.state is DocumentState.VOID:
        return f"作废理由：{line.void_reason}"
    return f"编号 {code_words(line.code)}，{line.pages} 页。打印签字后可凭页脚二维码附回扫描件。"
