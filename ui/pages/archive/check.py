"""Check a bundle that is dropped here: whole, or what is missing, added and changed."""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from consult_app.archive.verify import Fault, Problem, Report, verify
from consult_app.documents.model import short_digest
from ui.desk import Desk
from ui.widgets.button import plain
from ui.widgets.card import Card, Tile
from ui.widgets.data_table import Column, DataTable
from ui.widgets.drop_area import DropArea
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import OneLine, Words, muted

BUNDLES = ("档案包", ("zip",))

FAULT_WORDS = {
    Fault.MISSING: "缺少",
    Fault.ADDED: "多出",
    Fault.CHANGED: "改动",
    Fault.UNSAFE: "不安全",
    Fault.CHAIN: "存证链断开",
    Fault.UNWITNESSED: "无存证",
    Fault.UNREADABLE: "读不出",
}


class Check(QWidget):
    """`check(path)` reads a bundle, ZIP or folder, in the background and says what it found."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.report: Report | None = None
        note = "ZIP 文件或解压后的文件夹。只读取，不改动；逐份核对校验值，并核对存证链。"
        self.drop = DropArea("把档案包拖到这里", note, BUNDLES)
        self.drop.taken.connect(self.check)
        self.name, self.verdict, self.note = OneLine("", "muted"), Words("", "title"), muted("", wrap=True)
        self.files, self.entries, self.faults = Tile("文件"), Tile("存证链"), Tile("问题")
        tiles = row(self.files, self.entries, self.faults, None, gap=12)
        again = plain("检验另一个", self.leave)
        top = row(self.verdict, None, again)
        self.table = DataTable(_COLUMNS, "检验结果", desk.memory)
        card = Card().add(top, self.name, self.note, tiles)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.drop)
        found = column(card, self.table, None, gap=12)
        found.setStretch(1, 100)  # hidden when nothing was found: the card keeps its height then
        self.stack.addWidget(boxed(found))
        self.setLayout(column(self.stack, gap=0))

    def check(self, path: Path) -> None:
        """Check a bundle."""
        self.drop.refuse()
        self.desk.work(f"正在检验「{path.name}」", lambda _task: verify(path), lambda report: self._show(path, report))

    def leave(self) -> None:
        """Put the report aside, for another bundle."""
        self.report = None
        self.stack.setCurrentIndex(0)

    def _show(self, path: Path, report: Report) -> None:
        if not isValid(self):
            return
        if [problem.fault for problem in report.problems] == [Fault.UNREADABLE] and not report.files:
            self.drop.refuse(str(report.problems[0]))
            self.leave()
            return
        self.report = report
        self.name.say(f"{path}" + (f"　档号 {report.code}" if report.code else ""))
        if report.holds:
            self.verdict.say("档案包完整", "pine")
            self.note.say(
                f"全部文件与清单一致，存证链连续。存证链末位 {short_digest(report.head)}，"
                f"清单校验值 {short_digest(report.manifest)}；可与纸质档案上打印的校验值核对。"
            )
        else:
            self.verdict.say(f"发现 {len(report.problems)} 处问题", "cinnabar")
            self.note.say("下面逐一列出。请与移交方核对，不要在档案包里直接修改。")
        self.files.show_figure(f"{report.files} 份")
        self.entries.show_figure(f"{report.entries} 条")
        self.faults.show_figure(str(len(report.problems)), "" if report.holds else "cinnabar")
        self.table.setVisible(not report.holds)
        self.table.show_rows(report.problems)
        self.stack.setCurrentIndex(1)


def _fault(problem: Problem) -> str:
    return FAULT_WORDS[problem.fault]


_COLUMNS = (
    Column("问题", _fault, 10, tone=lambda _problem: "cinnabar"),
    Column("文件", lambda problem: problem.file or "整个档案包", 44),
    Column("说明", lambda problem: problem.words, 44),
)
