"""The page that brings in a roll: a file is dropped, looked at, corrected, compared, and only then accepted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDateEdit, QSplitter, QStackedWidget, QWidget

from consult_app.bodies import queries as bodies
from consult_app.kernel.errors import Refused
from consult_app.rolls.actions import accept_import, roll_kind
from consult_app.rolls.headings import Field
from consult_app.rolls.plan import Plan
from consult_app.rolls.rules import RollKind
from ui.desk import Desk
from ui.pages import Go
from ui.pages.roll_import.draft import Draft, again, begin, heading_at, likely_heading, sheet_of
from ui.pages.roll_import.results import ResultsPane, figure_tiles
from ui.pages.roll_import.sheets import SheetsPane
from ui.task import Task
from ui.widgets.button import plain, primary, quiet
from ui.widgets.drop_area import DropArea, choose_file, dropped_file
from ui.widgets.file_picker import SHEETS
from ui.widgets.flow import Flow, flowing
from ui.widgets.form import NoWheelCombo
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.text import Words, muted, title

KIND_WORDS = {RollKind.OWNERS: "业主名册", RollKind.PEOPLE: "人员名册", RollKind.MEMBERS: "成员名单"}


class RollImportPage(QWidget):
    """One file at a time. What is being looked at stays until it is accepted, left, or the body changes."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.draft: Draft | None = None
        self.wanted: Plan | None = None
        self.task: Task | None = None
        self.setAcceptDrops(True)
        self.accept_button = primary("采用这份名册", self.accept, icon="check")
        self.head_words = muted()
        self.kind: QComboBox = NoWheelCombo()
        self.kind.setAccessibleName("名册种类")
        self.kind.activated.connect(lambda _place: self._refuse())
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy年M月d日")
        self.day.setAccessibleName("名册日期")
        self.day.dateChanged.connect(lambda _day: self._roll_changed())
        self.area = DropArea(
            "把名册文件拖到这里", "Excel（.xlsx、.xls）或 CSV，最大 60 MB。先看后采用，不会马上改动名册。", SHEETS
        )
        self.area.taken.connect(self.take)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(self._full())
        self.change_button = quiet("换一个文件", self._choose, icon="folder-open")
        self.leave_button = plain("返回名册", self.leave)
        head = row(
            title("导入名册"), self.head_words, self.change_button, None, self.leave_button, self.accept_button, gap=12
        )
        body = column(head, self.stack, gap=12, margins=(24, 20, 24, 16))
        body.setStretch(1, 1)
        self.setLayout(body)
        desk.watch(self._roll_changed, "roll.")

    def show_for(self, path: str = "", kind: str = "", **_place: Any) -> None:
        """Show the page; with a path, read that file."""
        if self.draft is not None and self.draft.body_id != self.desk.body_id:
            self.forget()
        self._offer_kinds(kind)
        if path:
            self.take(Path(path))
        self.refresh()

    def refresh(self) -> None:
        """Show the draft, or the place to drop a file on."""
        draft = self.draft
        self.stack.setCurrentIndex(0 if draft is None else 1)
        self.accept_button.setVisible(draft is not None)
        self.change_button.setVisible(draft is not None)
        self.leave_button.rename("返回名册" if draft is None else "不导入了")
        if draft is None:
            self.head_words.say("")
            return
        self.head_words.say(f"{draft.path.name} · {KIND_WORDS[draft.plan.kind]}")
        self.accept_button.allow("" if draft.taken else "没有可以采用的行")
        clear(self.tiles)
        for tile in figure_tiles(draft):
            self.tiles.addWidget(tile)
        self.sheets.show_draft(draft)
        self.results.show_draft(draft)

    def busy_with(self) -> str:
        """What would be lost by leaving."""
        return f"正在查看的文件「{self.draft.path.name}」还没有采用" if self.draft else ""

    def take(self, path: Path) -> None:
        """Read a file and show what it yields; a refusal is said beside the field, and what was shown before stays."""
        if (body_id := self.desk.body_id) is None:
            self._refuse("请先建立议事主体，再导入它的名册。")
            return
        kind, on, store = RollKind(self.kind.currentData()), self._on(), self.desk.store
        self._refuse()
        self._carry("正在读取名册", lambda task: begin(store, body_id, kind, path, on, task))

    def accept(self) -> None:
        """Make the draft the body's roll and go there."""
        if (draft := self.draft) is None:
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.desk.do(accept_import, draft.body_id, draft.found, draft.on)
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.draft = self.wanted = None
        self.refresh()
        self.desk.say(f"已采用「{draft.path.name}」：{_outcome(draft)}。")
        self.go("roll")

    def forget(self) -> None:
        """Put the file away; nothing was written."""
        self._put_aside()
        self.draft = self.wanted = None
        self._refuse()
        self.refresh()

    def leave(self) -> None:
        """Put the file away and go back to the roll."""
        self.forget()
        self.go("roll")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := dropped_file(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.take(path)

    # pieces

    def _empty(self) -> QWidget:
        self.kind_line = row(None, muted("这份文件是"), self.kind, None, gap=8)
        notes = muted(
            "常见的栏目名都能认出：房屋坐落、楼栋、房号、产权人、产权面积、身份证号、手机；合并单元格、小计行、多个工作表也可以。",
            wrap=True,
        )
        notes.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return boxed(column(self.kind_line, self.area, notes, gap=12))

    def _full(self) -> QWidget:
        self.file_error = Words("", "error", wrap=True)
        self.file_error.hide()
        self.tiles = Flow(10)
        figures = row(flowing(self.tiles), muted("名册日期"), self.day, gap=10)
        self.sheets, self.results = SheetsPane(), ResultsPane(self.desk.memory)
        self.sheets.mapped.connect(self._map)
        self.sheets.headed.connect(self._head)
        self.sheets.switched.connect(self._switch)
        self.results.chosen.connect(self.sheets.jump)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self.sheets)
        split.addWidget(self.results)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([700, 420])
        full = column(self.file_error, figures, split, gap=12)
        full.setStretch(2, 1)
        return boxed(full)

    # doing

    def _read(self, draft: Draft) -> None:
        self.draft, self.wanted = draft, draft.plan
        self.refresh()

    def _replan(self, planned: Plan) -> None:
        """Read anew by a corrected plan, which may be corrected further before this reading is done."""
        if (draft := self.draft) is not None:
            store, on, self.wanted = self.desk.store, self._on(), planned
            self._carry("正在重新核对", lambda task: again(store, draft.body_id, draft.path, planned, on, task))

    def _carry(self, words: str, function: Callable[[Task], Draft]) -> None:
        """Read beside the window; a newer reading puts an older one aside, a refusal is said beside the file."""
        self._put_aside()

        def run(task: Task) -> Draft | Refused:
            try:
                return function(task)
            except Refused as refused:
                return refused

        def deliver(result: Draft | Refused) -> None:
            if isinstance(result, Refused):
                self._refuse(str(result))
            else:
                self._read(result)

        self.task = task = self.desk.work(words, run, deliver, failed=lambda: self._cancelled(task))

    def _cancelled(self, task: Task) -> None:
        """Show again what was read last, unless a newer reading took this one's place."""
        if task is self.task and self.draft is not None:
            self._read(self.draft)

    def _put_aside(self) -> None:
        if self.task is not None:
            self.task.cancel()
            self.task = None

    def _map(self, name: str, at: int, field: str | None) -> None:
        """Read a column as a field, or as nothing. Qt hands an enum of words over as its word."""
        if (plan := self.wanted) is None or (mapping := sheet_of(plan, name).mapping) is None:
            return
        for held in [known for known, place in mapping.columns.items() if place == at]:
            mapping = mapping.with_column(held, None)
        self._replan(plan.with_mapping(name, mapping.with_column(Field(field), at) if field else mapping))

    def _head(self, name: str, first: int) -> None:
        """Take another row for the heading."""
        if (plan := self.wanted) is not None:
            self._replan(plan.with_mapping(name, heading_at(sheet_of(plan, name).sheet, plan.kind, first)))

    def _switch(self, name: str) -> None:
        """Read a sheet that is left, or leave one that is read."""
        if (plan := self.wanted) is None:
            return
        found = sheet_of(plan, name)
        if found.mapping is not None:
            self._replan(plan.with_mapping(name, None))
        elif found.sheet.rows:
            self._replan(plan.with_mapping(name, likely_heading(found.sheet, plan.kind)))

    def _choose(self) -> None:
        if path := choose_file(self, SHEETS):
            self.take(path)

    def _refuse(self, words: str = "") -> None:
        self.area.refuse(words)
        self.file_error.say(words)
        self.file_error.setVisible(bool(words))

    def _roll_changed(self) -> None:
        if self.wanted is not None:
            self._replan(self.wanted)

    def _offer_kinds(self, wanted: str) -> None:
        body_id, kept = self.desk.body_id, wanted or (self.draft.plan.kind if self.draft else "")
        usual = roll_kind(self.desk.ask(bodies.body, body_id).kind) if body_id is not None else RollKind.OWNERS
        self.kind.clear()
        for kind in (usual, RollKind.MEMBERS):
            self.kind.addItem(KIND_WORDS[kind], kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(RollKind(kept)) if kept else 0))
        if self.draft is None:
            self.day.blockSignals(True)
            today = self.desk.today
            self.day.setDate(QDate(today.year, today.month, today.day))
            self.day.blockSignals(False)

    def _on(self) -> Any:
        return self.day.date().toPython()


def _outcome(draft: Draft) -> str:
    """What was taken, in one phrase."""
    what = f"{draft.taken} 套" if draft.plan.kind is RollKind.OWNERS else f"{draft.taken} 人"
    return f"{what}，{draft.rejected} 行未采用" if draft.rejected else what
