"""One matter of the archive: its 档号, what it still lacks, its papers and their signed copies."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from consult_app.archive import bundle
from consult_app.archive.papers import Paper, papers
from consult_app.archive.shelf import ShelfLine
from consult_app.documents.rules import DocumentState
from consult_app.kernel.text import day_words, legal_day
from consult_app.proposals.queries import ProposalFacts, proposal
from ui.desk import Desk
from ui.dialogs.filing import FileMatter
from ui.dialogs.scan import AttachScan
from ui.pages import Go
from ui.widgets.button import plain, primary, quiet
from ui.widgets.card import LineCard
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow, flowing
from ui.widgets.layout import clear, column, row, scrolling
from ui.widgets.text import Words, heading, muted, rule

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class MatterSide(QWidget):
    """`show_line(line)`. The one primary button files the matter, or exports its bundle once it is filed."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.line: ShelfLine | None = None
        self.sheet: QDialog | None = None
        self.title, self.state = Words("", "heading", wrap=True), Chip()
        self.note, self.code, self.lacks = muted("", wrap=True), Words("", "figure"), Words("", tone="amber", wrap=True)
        self.code.setTextInteractionFlags(self.code.textInteractionFlags() | _SELECTABLE)
        self.file_button = primary("归档…", self._file, icon="archive")
        self.export_button = primary("导出档案包…", self.export, icon="file-down")
        self.early_button = plain("导出档案包…", self.export, icon="file-down")
        buttons = Flow(gap=8)
        for button in (self.file_button, self.export_button, self.early_button):
            buttons.addWidget(button)
        buttons.addWidget(plain("附上签字件…", lambda: self._open(AttachScan(desk, None, self))))
        buttons.addWidget(quiet("打开议题", self._open_matter))
        self.papers: QVBoxLayout = column(gap=6)
        list_ = scrolling(column(self.papers, None, gap=0), margins=(0, 0, 12, 0))
        top = row(self.title, self.state, gap=12)
        top.setStretch(0, 1)
        layout = column(top, self.note, self.code, self.lacks, flowing(buttons), rule(), heading("文件"), list_, gap=8)
        layout.setStretch(7, 1)
        self.setLayout(layout)

    def show_line(self, line: ShelfLine) -> None:
        """Show a matter."""
        self.line = line
        facts = self.desk.ask(proposal, line.id, self.desk.today)
        filed = line.filing
        self.title.say(facts.title)
        self.state.say("已归档" if filed else "待归档", "pine" if filed else "amber")
        self.note.say(_note(line, facts))
        self.code.say(line.code)
        self.code.setVisible(bool(filed))
        self.lacks.say(_lacks(facts))
        self.lacks.setVisible(not filed and bool(self.lacks.text()))
        self.file_button.setVisible(not filed)
        self.early_button.setVisible(not filed)
        self.export_button.setVisible(bool(filed))
        self._show_papers(line.id)

    def export(self) -> None:
        """Ask where, and write the bundle there in the background."""
        if self.line is None:
            return
        name = f"{self.line.code or self.line.matter.number} {self.line.matter.title[:40]}"
        safe = "".join("_" if char in '\\/:*?"<>|' else char for char in name)
        # the bundle never overwrites: what stands there is said by a refusal
        free = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self, "导出档案包", f"{safe}.zip", "档案包 (*.zip)", options=free)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write the bundle to a path in the background."""
        assert self.line is not None
        store, actor, id = self.desk.store, self.desk.actor, self.line.id
        self.desk.work(
            "正在导出档案包",
            lambda task: bundle.write(
                store, actor, id, path, lambda part, whole: task.progress(part, whole, f"{part} / {whole} 份")
            ),
            lambda made: self.desk.say(f"档案包已导出，共 {made.files} 份文件：{made.path}"),
        )

    def _show_papers(self, proposal_id: int) -> None:
        clear(self.papers)
        body_id = self.desk.body_id
        assert body_id is not None, "a matter of no body is shown"
        found = [
            paper
            for paper in reversed(self.desk.ask(papers, body_id, self.desk.today))
            if paper.document.proposal_id == proposal_id and paper.document.state is not DocumentState.VOID
        ]
        for paper in found:
            self.papers.addWidget(self._card(paper))
        if not found:
            self.papers.addWidget(muted("还没有文件。"))

    def _card(self, paper: Paper) -> LineCard:
        tone = "amber" if paper.signers and not paper.scans else "grey"
        note = "　".join(part for part in (paper.document.kind_words, paper.words) if part)
        opened = partial(self.go, "document", id=paper.id)
        return LineCard(paper.document.title, note, paper.state_words, tone, opened)

    def _file(self) -> None:
        assert self.line is not None
        self._open(FileMatter(self.desk, self.desk.ask(proposal, self.line.id), self))

    def _open(self, sheet: QDialog) -> None:
        self.sheet = sheet
        sheet.open()

    def _open_matter(self) -> None:
        if self.line is not None:
            self.go("matter", id=self.line.id)


def _note(line: ShelfLine, facts: ProposalFacts) -> str:
    parts = [facts.number, facts.outcome_words or f"进行中：{facts.present.name}"]
    if line.filing:
        day = day_words(legal_day(line.filing.filed_at))
        parts += [f"保管期限 {line.retention_words}", f"{day} {line.filing.filed_by}归档"]
    return "　".join(parts)


def _lacks(facts: ProposalFacts) -> str:
    """What the last step still lacks but the filing itself."""
    found = [one.text for one in facts.obstacles if one.artefact != "filing"]
    return "归档以前还缺：" + "；".join(found) if found else ""
