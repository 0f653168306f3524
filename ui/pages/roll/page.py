"""The page of the roll: its lines, a panel for one of them, who may be one person, and the way to a newer roll."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QSplitter, QStackedWidget, QWidget

from consult_app.bodies import queries as bodies
from consult_app.kernel.text import day_words
from consult_app.rolls import queries
from consult_app.rolls.actions import begin_by_hand, roll_kind
from consult_app.rolls.queries import RollFacts
from consult_app.rolls.rules import RollKind
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from ui.desk import Desk
from ui.dialogs.roll_line import PersonSheet, StrikeSheet, UnitSheet
from ui.pages import Go
from ui.pages.roll.same import SamePersons
from ui.pages.roll.side import LinePanel
from ui.pages.roll.sifting import Sifting
from ui.pages.roll.table import VOTED, Lens, people_columns, summary, unit_columns
from ui.pages.roll.view import LARGE, Row, UnitRow, View, gather, glance
from ui.task import Task
from ui.widgets.button import menu, plain, primary, quiet
from ui.widgets.chip import Chip
from ui.widgets.data_table import DataTable
from ui.widgets.drop_area import DropArea, dropped_file
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_picker import SHEETS
from ui.widgets.form import NoWheelCombo
from ui.widgets.layout import boxed, column, row
from ui.widgets.table_paper import export, print_table
from ui.widgets.text import OneLine, Words, muted, title

VOTES_WAIT = 1000
"""Milliseconds between looks at who has voted while votes come in."""

_KIND_WORDS = {RollKind.OWNERS: "业主名册", RollKind.PEOPLE: "人员名册", RollKind.MEMBERS: "成员名单"}


class RollPage(QWidget):
    """One roll of the body: the current one unless an older or the members' is chosen."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.lens = Lens()
        self.view: View | None = None
        self.task: Task | None = None
        self.wanted: int | None = None
        self._open_line, self._is_current = "", True
        self.setAcceptDrops(True)
        self.tables = {
            True: DataTable(unit_columns(self.lens), "业主名册", desk.memory),
            False: DataTable(people_columns(self.lens), "人员名册", desk.memory),
        }
        self.panel = LinePanel(self.lens, self.correct, self.strike, self.show_place, self.close_panel)
        self.sifting, self.same = Sifting(), SamePersons(desk, self.lens)
        self.same.decided.connect(self._show_waiting)
        self.stack = QStackedWidget()
        for page in (self._no_body(), self._no_roll(), self._usual()):
            self.stack.addWidget(page)
        self.setLayout(column(self.stack, gap=0))
        self._votes_wait = QTimer(self)
        self._votes_wait.setSingleShot(True)
        self._votes_wait.setInterval(VOTES_WAIT)
        self._votes_wait.timeout.connect(self._show_votes)
        QShortcut(QKeySequence.StandardKey.Find, self, self.sifting.search.setFocus)
        desk.watch(self.refresh, "roll.", "body.")
        desk.watch(self._votes_moved, "motion.", "ballot.")

    def show_for(self, roll: int | None = None, line: str = "", find: str = "", view: str = "", **_place: Any) -> None:
        """Show the current roll, or one by its number.

        `line` (`unit:id`, `person:id`) opens it, `find` searches for a text, `view="same"` shows the namesakes.
        """
        self.wanted, self._open_line = roll, line
        if line or find:
            self.sifting.reset()
        self.refresh()
        if find:
            self.sifting.look_for(find)
        self._show_same(view == "same")

    def refresh(self) -> None:
        """Ask for the roll anew."""
        if self.task is not None:
            self.task.cancel()
        body_id = self.desk.body_id
        facts = self._facts(body_id)
        if body_id is None or facts is None:
            self.view = None
            self.stack.setCurrentIndex(0 if body_id is None else 1)
            return
        self.stack.setCurrentIndex(2)
        self._offer_rolls(body_id, facts)
        parking = bool(self.desk.ask(bodies.body, body_id).policy.get("count_parking", False))
        on, store = self.desk.today, self.desk.store
        size = int(facts.report.get("units") or facts.report.get("people") or 0)
        if size <= LARGE:
            self._show(self.desk.ask(gather, facts, on, parking))
            return
        if self.view is None or self.view.roll.id != facts.id:
            self._show(self.desk.ask(glance, facts, on))
        self.task = self.desk.work("正在读取名册", lambda _task: store.ask(gather, facts, on, parking), self._show)

    # doing

    def correct(self) -> None:
        """Correct the open line."""
        line = self.table.current()
        if self.view is None or line is None:
            return
        if isinstance(line, UnitRow):
            UnitSheet(self.desk, self.view.roll.id, line.line.id, self).open()
        else:
            PersonSheet(self.desk, self.view.roll.id, line.person.id, self).open()

    def add(self) -> None:
        """Add a line by hand."""
        if self.view is not None and not self._is_current:
            self.desk.say("这是已被取代的名册，只能查看。请到现行名册增加。", tone="amber")
        elif self.view is not None:
            sheet = UnitSheet if self.view.of_units else PersonSheet
            sheet(self.desk, self.view.roll.id, None, self).open()

    def strike(self) -> None:
        """Strike the open line."""
        line = self.table.current()
        if line is not None:
            words = line.line.place if isinstance(line, UnitRow) else line.person.name
            StrikeSheet(self.desk, line.id, words, self).open()

    def show_place(self, place: str) -> None:
        """Show the line of a place."""
        self.sifting.reset()
        for line in self.view.rows if self.view else ():
            if isinstance(line, UnitRow) and line.line.place == place:
                self._open(line.id)

    def close_panel(self) -> None:
        """Put the panel away."""
        self._open_line = ""
        self.panel.hide()
        self.table.clearSelection()
        self.table.setFocus()

    def bring(self, path: Path) -> None:
        """Look at a file as a newer roll."""
        self.go("roll_import", path=str(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk.body_id is not None and dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := dropped_file(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.bring(path)

    @property
    def table(self) -> DataTable:
        """The table of the kind of roll that is shown."""
        return self.tables[self.view is None or self.view.of_units]

    # pieces

    def _no_body(self) -> QWidget:
        return EmptyState(
            "还没有议事主体",
            "名册属于业主大会、村民会议或居民议事会，请先建立。",
            icon="users",
            action="去首页建立",
            act=lambda: self.go("home"),
        )

    def _no_roll(self) -> QWidget:
        area = DropArea(
            "把业主或村民名册拖到这里",
            "Excel 或 CSV。先逐行核对给您看，确认采用后才写入；票权由名册自动算出，并写明怎样形成。",
            SHEETS,
        )
        area.taken.connect(self.bring)
        by_hand = row(
            None, muted("没有电子名册？"), quiet("手工逐行录入", self._begin_by_hand, icon="pencil"), None, gap=4
        )
        body = column(row(title("名册"), None), area, by_hand, gap=12, margins=(24, 20, 24, 16))
        body.setStretch(1, 1)
        return boxed_page(body)

    def _usual(self) -> QWidget:
        self.facts_words, self.superseded = OneLine("", "muted"), Chip("", "amber")
        self.rolls = NoWheelCombo()
        self.rolls.setAccessibleName("选择名册")
        self.rolls.activated.connect(lambda _place: self.go("roll", roll=self.rolls.currentData()))
        self.same_button = plain("", self._same_clicked, icon="users")
        more = menu(
            "更多",
            (
                ("增加一行…", self.add),
                ("导出为 Excel…", lambda: export(self.table)),
                ("打印…", lambda: print_table(self.table)),
                ("导入委员会成员名单…", lambda: self.go("roll_import", kind=str(RollKind.MEMBERS))),
            ),
        )
        head = row(
            title("名册"),
            self.rolls,
            self.superseded,
            self.facts_words,
            self.same_button,
            more,
            primary("导入新名册", lambda: self.go("roll_import"), icon="upload"),
            gap=12,
        )
        head.setStretch(3, 1)
        body = column(head, self._over(), self._warning(), self._middle(), gap=12, margins=(24, 20, 24, 16))
        body.setStretch(3, 1)
        return boxed_page(body)

    def _over(self) -> QLayout:
        self.sifting.searched.connect(lambda text: self.table.filter(text))
        self.sifting.sifted.connect(self._sift)
        self.hold = plain("按住显示电话", icon="eye")
        self.hold.pressed.connect(lambda: self._reveal(True))
        self.hold.released.connect(lambda: self._reveal(False))
        self.why = muted(
            "姓名相同的几行可能是同一人；同一人的房屋合在一起按一人计票。请核对后决定，不会自动合并。", wrap=True
        )
        self.why.hide()
        across = row(self.sifting, self.why, self.hold, gap=10)
        across.setAlignment(self.hold, Qt.AlignmentFlag.AlignTop)
        return across

    def _warning(self) -> QWidget:
        self.warning_words = Words("", tone="amber")
        self.warning = boxed(row(self.warning_words, quiet("只看这些", self.sifting.choose_faults), None, gap=8))
        return self.warning

    def _middle(self) -> QWidget:
        self.middle = QStackedWidget()
        for table in self.tables.values():
            table.opened.connect(lambda line: self._open(line.id))
            table.chosen.connect(self._line_chosen)
            self.middle.addWidget(table)
        self.middle.addWidget(self.same)
        self.panel.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self.middle)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setSizes([800, 372])
        self.panel.setMinimumWidth(330)
        return split

    # showing

    def _facts(self, body_id: int | None) -> RollFacts | None:
        if body_id is None:
            return None
        if self.wanted is not None:
            found = self.desk.ask(queries.roll, self.wanted)
            if found.body_id == body_id:
                return found
        return self.desk.ask(queries.current_roll, body_id)

    def _show(self, view: View) -> None:
        newly = self.view is None or self.view.roll.id != view.roll.id
        self.view = view
        self.facts_words.say(summary(view) if view.whole else "正在读取…")
        self.sifting.offer(view)
        if newly:
            self.panel.hide()
            self.sifting.reset()
        faults = sum(bool(line.fault) for line in view.rows)
        self.warning_words.say(f"有 {faults} 行需要补正后才能冻结名册，用于表决。")
        self.warning.setVisible(bool(faults))
        self._show_votes()
        self._sift()
        self._show_waiting()
        if self._open_line and view.whole:
            self._open(self._open_line)

    def _sift(self) -> None:
        """Show the lines the bar lets through."""
        if self.view is not None:
            self.table.show_rows([line for line in self.view.rows if self.sifting.lets(line)])

    def _show_votes(self) -> None:
        """Ask who has taken part in the vote that is open on this roll, if there is one."""
        view, body_id = self.view, self.desk.body_id
        if view is None or body_id is None:
            return
        self.lens.voted = self._voted(view, body_id)
        columns = [column.title for column in self.table.rows.columns]
        self.table.setColumnHidden(columns.index(VOTED), not self.lens.voted)
        self.table.viewport().update()

    def _voted(self, view: View, body_id: int) -> Mapping[str, bool]:
        for line in self.desk.ask(voting.motions, body_id):
            if line.state is MotionState.OPEN and self.desk.ask(voting.motion, line.id).roll_id == view.roll.id:
                return {elector.key: elector.at is not None for elector in self.desk.ask(voting.electors, line.id)}
        return {}

    def _votes_moved(self) -> None:
        if not self._votes_wait.isActive():
            self._votes_wait.start()

    def _line_chosen(self, line: Row) -> None:
        view = self.view
        if view is None or not view.whole:
            return
        self._open_line = line.id
        self.panel.show_line(view, line, self.desk.ask(queries.history, line.id), self._is_current)
        self.panel.show()

    def _open(self, name: str) -> None:
        """Select a line by its name and show its panel."""
        for place, line in enumerate(self.table.rows.shown):
            if line.id == name:
                self.table.selectRow(place)
                self.table.scrollTo(self.table.rows.index(place, 0))
                self._line_chosen(line)
                return
        self.panel.hide()  # struck, or no longer among the lines that are let through

    def _reveal(self, held: bool) -> None:
        self.lens.open = held
        self.table.viewport().update()
        self.panel.reveal()
        self.same.reveal()

    def _offer_rolls(self, body_id: int, shown: RollFacts) -> None:
        found = self.desk.ask(queries.rolls, body_id)
        newest = {kind: next((each.id for each in found if each.kind is kind), None) for kind in RollKind}
        self.rolls.clear()
        for each in found:
            current = "现行" if each.id in newest.values() else "原"
            self.rolls.addItem(f"{current}{_KIND_WORDS[each.kind]} · {day_words(each.as_of)}", each.id)
        self.rolls.setCurrentIndex(self.rolls.findData(shown.id))
        self.rolls.setMinimumWidth(self.fontMetrics().horizontalAdvance("现行业主名册 · 2026年12月30日") + 64)
        self._is_current = shown.id in newest.values()
        self.superseded.say("" if self._is_current else "已被新名册取代", "amber")
        self.superseded.setVisible(not self._is_current)

    # who may be one person

    def _same_clicked(self) -> None:
        self.go("roll", **({} if self.middle.currentWidget() is self.same else {"view": "same"}))

    def _show_same(self, same: bool) -> None:
        self.middle.setCurrentWidget(self.same if same else self.table)
        if same:
            self.panel.hide()
        self._show_waiting()

    def _show_waiting(self) -> None:
        if (view := self.view) is None:
            return
        on = self.middle.currentWidget() is self.same
        if not on:
            self.middle.setCurrentWidget(self.table)
        waiting, joined = self.same.waiting(view), self.same.joined(view)
        self.same_button.rename("回到名册" if on else f"同一人待确认 {len(waiting)}" if waiting else "已合并的同一人")
        self.same_button.setVisible(view.of_units and self._is_current and bool(on or waiting or joined))
        self.sifting.setVisible(not on)
        self.why.setVisible(on)
        if on:
            self.same.show_view(view)

    def _begin_by_hand(self) -> None:
        body_id = self.desk.body_id
        assert body_id is not None
        kind = roll_kind(self.desk.ask(bodies.body, body_id).kind)
        self.desk.do(begin_by_hand, body_id, kind, self.desk.today)
        self.refresh()
        self.add()


def boxed_page(layout: Any) -> QWidget:
    """A widget around a page's layout, which keeps its margins."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget
