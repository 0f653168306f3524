"""One paper: what became of it, what can be done, and its pages in place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget
from shiboken6 import isValid

from consult_app.archive.papers import Paper, PaperState
from consult_app.documents import issuing
from consult_app.documents.rules import code_words
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import legal_day, short_day
from consult_app.notices.queries import NoticeFacts, ObjectionFacts
from consult_app.proposals.queries import proposal
from consult_app.storage.store import Store
from ui.desk import Desk
from ui.dialogs.attachment import ShowAttachment
from ui.dialogs.posting import AnswerObjection, Post, ReceiveObjection, TakeDown
from ui.dialogs.scan import AttachScan
from ui.dialogs.signature import Signature
from ui.pages import Go
from ui.pages.notices.shelf import state_words, tone_of
from ui.widgets.button import Button, plain, primary, quiet
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow, flowing
from ui.widgets.layout import clear, column, row
from ui.widgets.pdf_paper import print_pdf, save_pdf
from ui.widgets.preview import Preview
from ui.widgets.text import Words, muted, rule, small

Act = tuple[str, Callable[[], object]]


class Side(QWidget):
    """`show_paper(paper)`. Its primary button is what the paper waits for."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.paper: Paper | None = None
        self.sheet: QDialog | None = None
        self.pdf = b""
        self._drawn = ("", "")
        self.title, self.state, self.note = Words("", "heading", wrap=True), Chip(), muted("", wrap=True)
        self.words = muted("", wrap=True)
        self.facts, self.buttons = column(gap=6), Flow(gap=8)
        self.acts: dict[str, Button] = {}
        self.preview = Preview()
        top = row(self.title, self.state, gap=12)
        top.setStretch(0, 1)
        top.setAlignment(self.state, Qt.AlignmentFlag.AlignTop)
        layout = column(top, self.note, self.words, self.facts, flowing(self.buttons), rule(), self.preview, gap=8)
        layout.setStretch(6, 1)
        self.setLayout(layout)

    def show_paper(self, paper: Paper) -> None:
        """Show a paper; its pages are set anew only when they are others."""
        self.paper = paper
        line = paper.document
        self.title.say(line.title)
        self.state.say(state_words(paper), tone_of(paper))
        code = "" if paper.state is PaperState.DRAFT else f"　编号 {code_words(line.code)}　{line.pages} 页"
        self.note.say(f"{line.kind_words}　{paper.number} {paper.matter}{code}")
        words = [paper.words, line.void_reason and f"理由：{line.void_reason}"]
        words.append(f"档号 {paper.archive_code}" if paper.archive_code else "")
        self.words.say("　".join(part for part in words if part))
        self.words.setVisible(bool(self.words.text()))
        self._show_facts(paper)
        self._show_buttons(paper)
        if self._drawn != (line.digest, line.state.value):
            self._drawn = (line.digest, line.state.value)
            self._draw(paper)

    # what became of it

    def _show_facts(self, paper: Paper) -> None:
        clear(self.facts)
        if paper.notice is not None:
            for posting in paper.notice.postings:
                words = f"{short_day(legal_day(posting.posted_at))}　{posting.place}　{posting.posted_by}张贴"
                self.facts.addLayout(self._fact(words, "看照片", partial(self._show_file, posting.photo_id)))
            for objection in paper.notice.objections:
                self.facts.addLayout(self._objection(objection))
        for place, scan in enumerate(paper.scans, 1):
            words = "签字件" if len(paper.scans) == 1 else f"签字件（第 {place} 份）"
            self.facts.addLayout(self._fact(words, "查看", partial(self._show_file, scan)))

    def _fact(self, words: str, action: str, act: Callable[[], object]) -> QHBoxLayout:
        said = small(words, wrap=True)
        found = row(said, quiet(action, act), gap=8)
        found.setStretch(0, 1)
        return found

    def _objection(self, objection: ObjectionFacts) -> QHBoxLayout:
        late = "" if objection.in_time else "（逾期提出）"
        words = f"{short_day(legal_day(objection.received_at))}　{objection.name}异议{late}：{objection.text}"
        if objection.answered_at is None:
            return self._fact(words, "答复…", lambda: self._open(AnswerObjection(self.desk, objection, self)))
        verdict = "成立" if objection.upheld else "不成立"
        said = small(f"{words}\n答复（异议{verdict}）：{objection.answer}", wrap=True)
        return row(said)

    # what can be done

    def _show_buttons(self, paper: Paper) -> None:
        clear(self.buttons)
        self.acts = {}
        for place, (words, act) in enumerate(self._acts(paper)):
            button = primary(words, act) if place == 0 and _waits(paper) else plain(words, act)
            self._put(words, button)
        if paper.state is not PaperState.DRAFT:
            self._put("保存为 PDF", quiet("保存为 PDF", self._save))
            self._put("打印", quiet("打印", self._print))
        self._put("打开议题", quiet("打开议题", lambda: self.go("matter", id=paper.document.proposal_id)))

    def _put(self, words: str, button: Button) -> None:
        self.acts[words] = button
        self.buttons.addWidget(button)

    def _acts(self, paper: Paper) -> tuple[Act, ...]:
        open_page: Act = ("打开全文", lambda: self.go("document", id=paper.id))
        if paper.state is PaperState.DRAFT:
            return (("编辑并印发", open_page[1]),)
        if paper.state is PaperState.TO_POST:
            return (("登记张贴…", lambda: self._post(paper)), open_page)
        if paper.notice is not None and paper.notice.taken_down_on is None:
            return (*self._while_posted(paper, paper.notice), open_page)
        if paper.state is PaperState.TO_SIGN:
            scan: Act = ("附上签字件…", lambda: self._scan(paper))
            if not paper.document.artefact:  # no step waits for it: its scan is the record of its signatures
                return (scan, open_page)
            return (scan, ("登记签字…", lambda: self._sign(paper)), open_page)
        if paper.state in (PaperState.SIGNED, PaperState.SCANNED, PaperState.ISSUED):
            return (("附上签字件…", lambda: self._scan(paper)), open_page)
        return (open_page,)

    def _while_posted(self, paper: Paper, notice: NoticeFacts) -> tuple[Act, ...]:
        down: Act = ("登记撤下…", lambda: self._open(TakeDown(self.desk, notice, self)))
        hear: Act = ("登记异议…", lambda: self._open(ReceiveObjection(self.desk, notice, self)))
        again: Act = ("又张贴一处…", lambda: self._post(paper, again=True))
        waiting = [one for one in notice.objections if one.answered_at is None]
        if waiting:
            answer: Act = ("答复异议…", lambda: self._open(AnswerObjection(self.desk, waiting[0], self)))
            return (answer, hear, again, down)
        return (down, hear, again) if notice.standing.is_over else (hear, again, down)

    def _post(self, paper: Paper, again: bool = False) -> None:
        self._open(Post(self.desk, paper.id, paper.document.title, again, self))

    def _scan(self, paper: Paper) -> None:
        self._open(AttachScan(self.desk, paper.document, self))

    def _sign(self, paper: Paper) -> None:
        matter = self.desk.ask(proposal, paper.document.proposal_id)
        artefact = matter.artefact(paper.document.artefact)
        if artefact is not None:
            self._open(Signature(self.desk, matter, artefact, parent=self))

    def _show_file(self, attachment_id: int) -> None:
        self._open(ShowAttachment(self.desk, attachment_id, self))

    def _open(self, sheet: QDialog) -> None:
        self.sheet = sheet
        sheet.open()

    # its pages

    def _draw(self, paper: Paper) -> None:
        self.pdf = b""
        self.preview.wait("正在排版…")
        store, id = self.desk.store, paper.id
        self.desk.work(
            "正在排版", lambda _task: _pages(store, id), lambda found: self._show_pages(id, found), quiet=True
        )

    def _show_pages(self, document_id: int, found: bytes | Refused) -> None:
        if not isValid(self) or self.paper is None or self.paper.id != document_id:
            return
        if isinstance(found, Refused):
            self.preview.wait(str(found))
        else:
            self.pdf = found
            self.preview.show_pdf(found)

    def _save(self) -> None:
        if self.pdf and self.paper and (path := save_pdf(self.pdf, self.paper.document.title, self)):
            self.desk.say(f"已保存到 {path}")

    def _print(self) -> None:
        if self.pdf:
            print_pdf(self.pdf, self)


def _waits(paper: Paper) -> bool:
    """Whether the first button is what the paper waits for."""
    if paper.notice and paper.notice.open_objections:
        return True
    return paper.state in (PaperState.DRAFT, PaperState.TO_POST, PaperState.RUN_OUT, PaperState.TO_SIGN)


def _pages(store: Store, document_id: int) -> bytes | Refused:
    try:
        return issuing.preview(store, document_id)
    except Refused as refused:
        return refused
