"""The page of the roll: its lines, a panel for one of them, who may be one person, and the way to a newer roll."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QSplitter, QStackedWidget, QWidget

from consult_app.bodies import queries as bodies
from consult_app.kernel.text import day_words
from consult_app.rolls import queries
from consult_app.rolls.actions import begin_by_hand, roll_kind
from consult_app.rolls.joins import Proposal
from consult_app.rolls.queries import JoinFacts, RollFacts
from consult_app.rolls.rules import RollKind
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from ui import theme
from ui.desk import Desk
from ui.dialogs.roll_join import JoinSheet, SeparateSheet
from ui.dialogs.roll_line import PersonSheet, StrikeSheet, UnitSheet
from ui.icons import icon
from ui.pages import Go
from ui.pages.roll.same import SamePersons
from ui.pages.roll.side import LinePanel
from ui.pages.roll.table import VOTED, Lens, part_of, people_columns, sieves, summary, unit_columns
from ui.pages.roll.view import LARGE, Row, UnitRow, View, gather, glance, natural
from ui.task import Task
from ui.widgets.button import Button, menu, plain, primary, quiet
from ui.widgets.chip import Chip
from ui.widgets.data_table import DataTable
from ui.widgets.drop_area import DropArea, dropped_file
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_picker import SHEETS
from ui.widgets.flow import Flow, flowing
from ui.widgets.form import NoWheelCombo
from ui.widgets.layout import boxed, column, row
from ui.widgets.table_paper import export, print_table
from ui.widgets.text import OneLine, Words, muted, title

WAIT = 150
"""Milliseconds without a key before the search begins."""
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
        self._open_line = ""
        self.setAcceptDrops(True)
        self.tables = {
            True: DataTable(unit_columns(self.lens), "业主名册", desk.memory),
            False: DataTable(people_columns(self.lens), "人员名册", desk.memory),
        }
        self.panel = LinePanel(self.lens, self.correct, self.strike, self.show_place, self.close_panel)
        self.same = SamePersons(self.lens, self._join, self._keep_apart, self._separate)
        self.stack = QStackedWidget()
        for page in (self._no_body(), self._no_roll(), self._usual()):
            self.stack.addWidget(page)
        self.setLayout(column(self.stack, gap=0))
        self._search_wait = _timer(self, WAIT, lambda: self.table.filter(self.search.text()))
        self._votes_wait = _timer(self, VOTES_WAIT, self._show_votes)
        QShortcut(QKeySequence.StandardKey.Find, self, lambda: self.search.setFocus())
        desk.watch(self.refresh, "roll.", "body.")
        desk.watch(self._votes_moved, "motion.", "ballot.")

    def show_for(self, roll: int | None = None, line: str = "", view: str = "", **_place: Any) -> None:
        """Show the current roll, or one by its number; `line` (`unit:id`, `person:id`) opens it, `view="same"` the namesakes."""
        self.wanted, self._open_line = roll, line
        self.refresh()
        self._show_same(view == "same")

    def refresh(self) -> None:
        """Ask for the roll anew."""
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
        if self.task is not None:
            self.task.cancel()
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
        if self.view is not None:
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
        self.search.clear()
        self._choose_sieve(0)
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
        body = column(head, self._sifting(), self._warning(), self._middle(), gap=12, margins=(24, 20, 24, 16))
        body.setStretch(3, 1)
        return boxed_page(body)

    def _sifting(self) -> Any:
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、房号、拼音首字母")
        self.search.setAccessibleName("在名册中查找")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", theme.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(236)
        self.search.textChanged.connect(lambda _text: self._search_wait.start())
        self.parts = NoWheelCombo()
        self.parts.setAccessibleName("楼栋或小组")
        self.parts.activated.connect(lambda _place: self._sift())
        self.pills, self.pill_group = Flow(8), QButtonGroup(self)
        self.pills.addWidget(self.search)
        self.pills.addWidget(self.parts)
        self.hold = plain("按住显示电话", icon="eye")
        self.hold.pressed.connect(lambda: self._reveal(True))
        self.hold.released.connect(lambda: self._reveal(False))
        self.sifting = flowing(self.pills)
        self.why = muted(
            "姓名相同的几行可能是同一人；同一人的房屋合在一起按一人计票。请核对后决定，不会自动合并。", wrap=True
        )
        self.why.hide()
        across = row(self.sifting, self.why, self.hold, gap=10)
        across.setAlignment(self.hold, Qt.AlignmentFlag.AlignTop)
        return across

    def _warning(self) -> QWidget:
        self.warning_words = Words("", tone="amber")
        self.warning = boxed(row(self.warning_words, quiet("只看这些", self._show_faults), None, gap=8))
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
        if newly:
            self.search.clear()
            self.panel.hide()
        self._offer_parts(view)
        self._offer_sieves(view, newly)
        faults = sum(bool(line.fault) for line in view.rows)
        self.warning_words.say(f"有 {faults} 行需要补正后才能冻结名册，用于表决。")
        self.warning.setVisible(bool(faults))
        self._show_votes()
        self._sift()
        self._show_waiting()
        if self._open_line:
            self._open(self._open_line)

    def _sift(self) -> None:
        """Show the lines the pill, the part and the search let through."""
        if (view := self.view) is None:
            return
        part, place = self.parts.currentData(), max(0, self.pill_group.checkedId())
        lets = sieves(view.roll.kind)[place].lets
        rows: list[Row] = [line for line in view.rows if lets(line) and (part is None or part_of(line) == part)]
        self.table.show_rows(rows)

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
        current = self.desk.ask(queries.current_roll, view.roll.body_id, view.roll.kind)
        may_change = current is not None and current.id == view.roll.id
        self.panel.show_line(view, line, self.desk.ask(queries.history, line.id), may_change)
        self.panel.show()

    def _open(self, name: str) -> None:
        """Select a line by its name and show its panel."""
        for place, line in enumerate(self.table.rows.shown):
            if line.id == name:
                self.table.selectRow(place)
                self.table.scrollTo(self.table.rows.index(place, 0))
                self._line_chosen(line)
                return

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
        self.superseded.say("" if shown.id in newest.values() else "已被新名册取代", "amber")
        self.superseded.setVisible(shown.id not in newest.values())

    def _offer_parts(self, view: View) -> None:
        kept = self.parts.currentData()
        parts = sorted({part_of(line) for line in view.rows}, key=natural)
        self.parts.clear()
        self.parts.addItem("全部楼栋" if view.of_units else "全部小组", None)
        for part in parts:
            words = f"{part}号楼" if view.of_units and part.isascii() and part else part or "未填写"
            self.parts.addItem(words, part)
        self.parts.setCurrentIndex(max(0, self.parts.findData(kept)) if kept is not None else 0)
        self.parts.setVisible(len(parts) > 1)

    def _offer_sieves(self, view: View, newly: bool) -> None:
        chosen = 0 if newly else max(0, self.pill_group.checkedId())
        for button in self.pill_group.buttons():
            self.pill_group.removeButton(button)
            self.pills.removeWidget(button)
            button.deleteLater()
        pills = []
        for place, sieve in enumerate(sieves(view.roll.kind)):
            count = sum(map(sieve.lets, view.rows))
            if count or place == 0:
                pills.append(Button(f"{sieve.words} {count:,}" if view.whole else sieve.words, self._sift, "tab"))
                pills[-1].setCheckable(True)
                self.pill_group.addButton(pills[-1], place)
                self.pills.addWidget(pills[-1])
        (self.pill_group.button(chosen) or pills[0]).setChecked(True)

    def _choose_sieve(self, place: int) -> None:
        if (pill := self.pill_group.button(place)) is not None:
            pill.setChecked(True)
        self._sift()

    def _show_faults(self) -> None:
        if self.view is not None:
            self._choose_sieve(len(sieves(self.view.roll.kind)) - 1)

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
        if self.middle.currentWidget() is not self.same:
            self.middle.setCurrentWidget(self.table)
        waiting = self._waiting(view)
        joined = self.desk.ask(queries.joinings, view.roll.id)
        on = self.middle.currentWidget() is self.same
        self.same_button.rename("回到名册" if on else f"同一人待确认 {len(waiting)}" if waiting else "已合并的同一人")
        self.same_button.setVisible(view.of_units and bool(on or waiting or joined))
        self.sifting.setVisible(not on)
        self.why.setVisible(on)
        if on:
            self.same.show_pairs(view, waiting, joined)

    def _waiting(self, view: View) -> list[Proposal]:
        apart = self._apart(view)
        return [each for each in view.proposals if [each.person, each.same_as] not in apart]

    def _apart(self, view: View) -> list[list[int]]:
        """The pairs this desk was told are two people; numbers only."""
        found = self.desk.memory.get(f"apart.{view.roll.id}", [])
        return found if isinstance(found, list) else []

    def _join(self, proposal: Proposal) -> None:
        JoinSheet(self.desk, proposal, self).open()

    def _separate(self, joining: JoinFacts) -> None:
        SeparateSheet(self.desk, joining, self).open()

    def _keep_apart(self, proposal: Proposal) -> None:
        if (view := self.view) is not None:
            pair = [proposal.person, proposal.same_as]
            self._remember_apart(view, [*self._apart(view), pair])
            self.desk.say(
                f"「{proposal.name}」仍按两人计票。",
                undo=lambda: self._remember_apart(view, [kept for kept in self._apart(view) if kept != pair]),
            )

    def _remember_apart(self, view: View, pairs: list[list[int]]) -> None:
        self.desk.memory.put(f"apart.{view.roll.id}", pairs or None)
        self._show_waiting()

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


def _timer(parent: QWidget, wait: int, act: Any) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(wait)
    timer.timeout.connect(act)
    return timer
