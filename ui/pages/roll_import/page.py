"""The page that brings in a roll: a file is dropped, looked at, corrected, compared, and only then accepted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDateEdit, QSplitter, QStackedWidget, QTabBar, QTabWidget, QWidget

from consult_app.bodies import queries as bodies
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import area_words
from consult_app.rolls.actions import accept_import, roll_kind
from consult_app.rolls.difference import Difference
from consult_app.rolls.headings import FIELD_WORDS, fields_of, guess
from consult_app.rolls.plan import Plan
from consult_app.rolls.rules import RollKind
from ui.desk import Desk
from ui.pages import Go
from ui.pages.roll_import.draft import Draft, account_words, again, begin, heading_at
from ui.pages.roll_import.findings import Finding, Findings
from ui.pages.roll_import.preview import SheetPreview
from ui.task import Task
from ui.widgets.button import plain, primary, quiet
from ui.widgets.card import Tile
from ui.widgets.data_table import Column, DataTable
from ui.widgets.drop_area import DropArea, choose_file, dropped_file
from ui.widgets.file_picker import SHEETS
from ui.widgets.flow import Flow, flowing
from ui.widgets.form import NoWheelCombo
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.text import Words, muted, small, title

KIND_WORDS = {RollKind.OWNERS: "业主名册", RollKind.PEOPLE: "人员名册", RollKind.MEMBERS: "成员名单"}
_FIGURES = {
    RollKind.OWNERS: (
        ("units", "套数"),
        ("total_area", "总面积（㎡）"),
        ("heads", "业主（人）"),
        ("co_owned", "共有（套）"),
        ("developer_units", "建设单位（套）"),
        ("commercial", "商业（套）"),
    ),
    RollKind.PEOPLE: (
        ("people", "人口"),
        ("households", "户数"),
        ("adults", "年满十八周岁"),
        ("representatives", "代表"),
        ("groups", "小组"),
    ),
    RollKind.MEMBERS: (("people", "成员"),),
}
_CHANGES = (
    Column("变化", lambda change: change[0], 6),
    Column("房屋或人员", lambda change: change[1], 13),
    Column("现行名册 → 新名册", lambda change: change[2], 20),
)


class RollImportPage(QWidget):
    """One file at a time. What is being looked at stays until it is accepted, left, or the body changes."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.draft: Draft | None = None
        self.task: Task | None = None
        self.setAcceptDrops(True)
        self.accept_button = primary("采用这份名册", self.accept, icon="check")
        self.head_words = muted()
        self.kind: QComboBox = NoWheelCombo()
        self.kind.setAccessibleName("名册种类")
        self.kind.activated.connect(lambda _place: self._kind_chosen())
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy年M月d日")
        self.day.setAccessibleName("名册日期")
        self.day.dateChanged.connect(lambda _day: self._replan(self.draft.plan) if self.draft else None)
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
        self._show_figures(draft)
        self._show_sheets(draft)
        self._show_findings(draft)

    def busy_with(self) -> str:
        """What would be lost by leaving."""
        return f"正在查看的文件「{self.draft.path.name}」还没有采用" if self.draft else ""

    def take(self, path: Path) -> None:
        """Read a file and show what it yields; a refusal is said beside the field, and what was shown before stays."""
        if (body_id := self.desk.body_id) is None:
            self._refuse("请先建立议事主体，再导入它的名册。")
            return
        kind, on, store = RollKind(self.kind.currentData()), self._on(), self.desk.store
        self._refuse("")
        self._carry("正在读取名册", lambda task: begin(store, body_id, kind, path, on, task), self._read)

    def accept(self) -> None:
        """Make the draft the body's roll and go there."""
        if (draft := self.draft) is None:
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.desk.do(accept_import, draft.body_id, draft.found, draft.on)
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.draft = None
        self.refresh()
        self.desk.say(f"已采用「{draft.path.name}」：{_outcome(draft)}。")
        self.go("roll")

    def forget(self) -> None:
        """Put the file away; nothing was written."""
        self.draft = None
        self._refuse("")
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
        self.sheets = QTabBar()
        self.sheets.setExpanding(False)
        self.sheets.setDrawBase(False)
        self.sheets.setAccessibleName("工作表")
        self.sheets.currentChanged.connect(lambda _place: self._show_sheet())
        self.sheet_words = small("", wrap=True)
        self.sheet_button = quiet("", self._switch_sheet)
        self.preview = SheetPreview()
        self.preview.mapped.connect(self._map)
        self.preview.headed.connect(self._head)
        sheet_line = row(self.sheet_words, self.sheet_button, gap=8)
        sheet_line.setStretch(0, 1)
        left = column(self.sheets, sheet_line, self.preview, gap=4)
        left.setStretch(2, 1)
        self.problems, self.notes = Findings("问题", "cinnabar"), Findings("提示", "amber")
        for listed in (self.problems, self.notes):
            listed.chosen.connect(self._jump)
        self.changes = DataTable(_CHANGES, "与现行名册的差别", self.desk.memory)
        self.no_problems = muted("没有问题，全部记录都可以采用。", wrap=True)
        self.findings = QTabWidget()
        self.findings.setDocumentMode(True)
        self.findings.tabBar().setDrawBase(False)
        for name, page in (
            ("问题", boxed(column(self.no_problems, self.problems, gap=4))),
            ("提示", self.notes),
            ("差别", self.changes),
        ):
            self.findings.addTab(page, name)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(boxed(left))
        split.addWidget(self.findings)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([700, 420])
        full = column(self.file_error, figures, split, gap=12)
        full.setStretch(2, 1)
        return boxed(full)

    def _show_figures(self, draft: Draft) -> None:
        figures = [Tile(words, _figure(draft.report[name])) for name, words in _FIGURES[draft.plan.kind]]
        if draft.rejected:
            figures.append(Tile("未采用（行）", f"{draft.rejected:,}", "cinnabar"))
        clear(self.tiles)
        for tile in figures:
            self.tiles.addWidget(tile)

    def _show_sheets(self, draft: Draft) -> None:
        names = [found.sheet.name for found in draft.plan.sheets]
        first = next(place for place, found in enumerate(draft.plan.sheets) if found.mapping)
        if [self.sheets.tabData(place) for place in range(self.sheets.count())] != names:
            self.sheets.blockSignals(True)
            while self.sheets.count():
                self.sheets.removeTab(0)
            for name in names:
                self.sheets.setTabData(self.sheets.addTab(name), name)
            self.sheets.setCurrentIndex(first)
            self.sheets.blockSignals(False)
        for place, found in enumerate(draft.plan.sheets):
            self.sheets.setTabText(place, found.sheet.name if found.mapping else f"{found.sheet.name}（不读取）")
        self._show_sheet()

    def _show_sheet(self) -> None:
        draft, name = self.draft, self.sheets.tabData(self.sheets.currentIndex())
        if draft is None or name is None:
            return
        found, count = draft.sheet(name), draft.count(name)
        if found.mapping is None:
            self.sheet_words.say(f"没有读取：{found.ignored}")
            self.sheet_button.rename("读取这张表")
        else:
            lacking = "、".join(FIELD_WORDS[field] for field in found.mapping.lacking(draft.plan.kind))
            self.sheet_words.say(
                f"还没有指定「{lacking}」在哪一列。" if lacking else account_words(count) if count else ""
            )
            self.sheet_button.rename("不读取这张表")
        self.sheet_button.setVisible(len(draft.plan.sheets) > 1 or found.mapping is None)
        self.preview.show_sheet(
            found.sheet,
            fields_of(draft.plan.kind),
            found.mapping,
            draft.taken_rows(name),
            [problem for problem in draft.found.problems if problem.sheet == name],
        )

    def _show_findings(self, draft: Draft) -> None:
        many = len(draft.plan.read) > 1
        problems = [
            Finding(_place(p.sheet if many else "", p.row, p.column), p.message, p.sheet, p.row, p.column)
            for p in draft.found.problems
        ]
        notes = [Finding(_place(n.sheet if many else "", n.row), n.message, n.sheet, n.row) for n in draft.found.notes]
        changes = _changes(draft.difference)
        self.problems.show_findings(problems)
        self.problems.setVisible(bool(problems))
        self.no_problems.setVisible(not problems)
        self.notes.show_findings(notes)
        self.changes.show_rows(changes)
        self.findings.setTabText(0, f"问题 {len(problems)}")
        self.findings.setTabText(1, f"提示 {len(notes)}")
        self.findings.setTabText(2, f"与现行名册的差别 {len(changes)}")
        self.findings.setTabVisible(1, bool(notes))
        self.findings.setTabVisible(2, draft.difference is not None)

    # doing

    def _read(self, draft: Draft) -> None:
        self.draft = draft
        self.refresh()

    def _replan(self, planned: Plan) -> None:
        if (draft := self.draft) is not None:
            store, on = self.desk.store, self._on()
            self._carry(
                "正在重新核对", lambda task: again(store, draft.body_id, draft.path, planned, on, task), self._read
            )

    def _carry(self, words: str, function: Callable[[Task], Draft], done: Callable[[Draft], None]) -> None:
        """Read beside the window; a newer reading puts an older one aside, a refusal is said beside the file."""
        if self.task is not None:
            self.task.cancel()

        def run(task: Task) -> Draft | Refused:
            try:
                return function(task)
            except Refused as refused:
                return refused

        def deliver(result: Draft | Refused) -> None:
            if isinstance(result, Refused):
                self._refuse(str(result))
            else:
                done(result)

        self.task = self.desk.work(words, run, deliver)

    def _map(self, at: int, field: Any) -> None:
        draft, name = self.draft, self.sheets.tabData(self.sheets.currentIndex())
        if draft is None or (mapping := draft.sheet(name).mapping) is None:
            return
        for held in [known for known, place in mapping.columns.items() if place == at]:
            mapping = mapping.with_column(held, None)
        self._replan(draft.plan.with_mapping(name, mapping.with_column(field, at) if field else mapping))

    def _head(self, first: int) -> None:
        draft, name = self.draft, self.sheets.tabData(self.sheets.currentIndex())
        if draft is not None:
            sheet = draft.sheet(name).sheet
            self._replan(draft.plan.with_mapping(name, heading_at(sheet, draft.plan.kind, first)))

    def _switch_sheet(self) -> None:
        draft, name = self.draft, self.sheets.tabData(self.sheets.currentIndex())
        if draft is None:
            return
        found = draft.sheet(name)
        if found.mapping is not None:
            self._replan(draft.plan.with_mapping(name, None))
        elif found.sheet.rows:
            kind = draft.plan.kind
            mapping = guess(found.sheet, kind) or heading_at(found.sheet, kind, _first_row(draft, name))
            self._replan(draft.plan.with_mapping(name, mapping))

    def _jump(self, finding: Finding) -> None:
        place = next((place for place in range(self.sheets.count()) if self.sheets.tabData(place) == finding.sheet), -1)
        if place >= 0:
            self.sheets.setCurrentIndex(place)
            self.preview.jump(finding.row, finding.column)

    def _choose(self) -> None:
        if path := choose_file(self, SHEETS):
            self.take(path)

    def _refuse(self, words: str) -> None:
        self.area.refuse(words)
        self.file_error.say(words)
        self.file_error.setVisible(bool(words))

    def _kind_chosen(self) -> None:
        self._refuse("")

    def _roll_changed(self) -> None:
        if self.draft is not None:
            self._replan(self.draft.plan)

    def _offer_kinds(self, wanted: str) -> None:
        body_id, kept = self.desk.body_id, wanted or self.kind.currentData()
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


def _figure(value: Any) -> str:
    return area_words(int(value.replace(".", ""))) if isinstance(value, str) else f"{value:,}"


def _place(sheet: str, line: int, letter: str = "") -> str:
    return " ".join(part for part in (sheet, f"第 {line} 行", f"{letter} 列" if letter else "") if part)


def _first_row(draft: Draft, name: str) -> int:
    """The likeliest heading row of a sheet nobody has given one: its first with two filled cells or more."""
    rows = draft.sheet(name).sheet.rows
    return next((at for at, cells in enumerate(rows[:30]) if sum(cell != "" for cell in cells) > 1), 0)


def _changes(found: Difference | None) -> list[tuple[str, str, str]]:
    """All changes as kind, place or person, and what becomes of what."""
    if found is None:
        return []
    rows = [("新增", what, "") for what in found.new] + [("减少", what, "") for what in found.gone]
    for words, changes in (("业主变更", found.owners), ("面积变更", found.areas), ("情况变更", found.others)):
        rows += [(words, change.what, f"{change.before or '无'} → {change.after or '无'}") for change in changes]
    return rows
