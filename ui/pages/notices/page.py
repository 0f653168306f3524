"""公示: all papers of the body as small pictures, with what each waits for; one of them in full at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QWidget

from consult_app.archive.papers import Paper, PaperState, papers
from consult_app.documents.rules import code_words
from consult_app.rolls.pinyin import initials
from ui.desk import Desk
from ui.pages import Go
from ui.pages.notices.shelf import Shelf
from ui.pages.notices.side import Side
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import muted, title

_TABS = (("waiting", "待处理"), ("posted", "公示中"), ("issued", "已印发"), ("all", "全部"))
_NONE = {
    "waiting": "没有待处理的文件",
    "posted": "现在没有公示中的文件",
    "issued": "还没有印发文件",
    "all": "没有符合条件的文件",
}
_WAITING = (PaperState.DRAFT, PaperState.TO_POST, PaperState.RUN_OUT, PaperState.TO_SIGN)
_POSTED = (PaperState.POSTED, PaperState.RUN_OUT)


class NoticesPage(QWidget):
    """`show_for(id=document)` shows that paper; without it, what waits."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.papers: tuple[Paper, ...] = ()
        self.part = "waiting"
        self.tabs = {name: Button(words, partial(self._turn, name), "tab") for name, words in _TABS}
        for tab in self.tabs.values():
            tab.setCheckable(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按标题、编号或拼音首字母筛选")
        self.search.setAccessibleName("筛选文件")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.search.fontMetrics().horizontalAdvance("字") * 18)
        self.search.textChanged.connect(lambda _text: self._show())
        self.shelf, self.side, self.nothing = Shelf(desk), Side(desk, go), muted("")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shelf.chosen.connect(self._choose)
        self.shelf.opened.connect(lambda paper: go("document", id=paper.id))
        self.left = QStackedWidget()
        self.left.addWidget(self.shelf)
        self.left.addWidget(self.nothing)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.left)
        self.split.addWidget(boxed(column(self.side, margins=(12, 0, 0, 0)), margins=True))
        self.left.setMinimumWidth(330)
        self.side.setMinimumWidth(400)
        self.split.setSizes([5600, 5000])
        bar = row(*self.tabs.values(), None, self.search, gap=6)
        shown = column(row(title("公示"), None), bar, self.split, gap=12, margins=(24, 20, 24, 12))
        shown.setStretch(2, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(boxed(shown, margins=True))
        note = "在议题里起草公告、纪要和责任单；印发以后，在这里登记张贴、听取异议、收回签字件。"
        empty = EmptyState("还没有文件", note, icon="megaphone", action="去看议题", act=lambda: go("matters"))
        self.stack.addWidget(empty)
        self.setLayout(column(self.stack, gap=0))
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        desk.watch(self.refresh, "document.", "notice.", "objection.", "proposal.", "archive.")

    def show_for(self, id: int | None = None) -> None:
        """Show the papers; one of them when it is named."""
        self._ask()
        if id is not None:
            self.search.clear()
            if id not in {paper.id for paper in self._of(self.part)}:
                self.part = "all"
        self._show()
        if id is not None:
            self.shelf.choose(id)
        self.shelf.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the papers anew; the one that was worked on stays in sight, whatever it waits for now."""
        chosen = self.shelf.current()
        self._ask()
        self._show(chosen.id if chosen else None)

    def _ask(self) -> None:
        body_id = self.desk.body_id
        self.papers = self.desk.ask(papers, body_id, self.desk.today) if body_id is not None else ()

    def _turn(self, part: str) -> None:
        self.part = part
        self._show()

    def _show(self, held: int | None = None) -> None:
        for (name, words), tab in zip(_TABS, self.tabs.values(), strict=True):
            tab.rename(f"{words} {len(self._of(name))}")
            tab.setChecked(name == self.part)
        shown = {paper.id for paper in self._sifted(self._of(self.part))} | {held}
        found = [paper for paper in self.papers if paper.id in shown]
        self.stack.setCurrentIndex(0 if self.papers else 1)
        self.left.setCurrentIndex(0 if found else 1)
        self.side.setVisible(bool(found))
        self.nothing.say(_NONE["all" if self.search.text().strip() else self.part])
        self.shelf.show_papers(found)

    def _of(self, part: str) -> Sequence[Paper]:
        if part == "waiting":
            return [paper for paper in self.papers if is_waiting(paper)]
        if part == "posted":
            return [paper for paper in self.papers if paper.state in _POSTED]
        if part == "issued":
            return [paper for paper in self.papers if paper.state not in (PaperState.DRAFT, PaperState.VOID)]
        return self.papers

    def _sifted(self, found: Sequence[Paper]) -> Sequence[Paper]:
        words = self.search.text().casefold().split()
        return [paper for paper in found if all(word in _haystack(paper) for word in words)] if words else found

    def _choose(self, paper: Paper) -> None:
        self.side.show_paper(paper)


def is_waiting(paper: Paper) -> bool:
    """Whether somebody has to do something with a paper."""
    return paper.state in _WAITING or bool(paper.notice and paper.notice.open_objections)


def _haystack(paper: Paper) -> str:
    line = paper.document
    parts = (line.title, line.kind_words, line.code, code_words(line.code), paper.number, paper.matter)
    return "\n".join((*parts, initials(line.title), initials(paper.matter))).casefold()
