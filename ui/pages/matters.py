"""议题: the list of matters, by what is under way, late, ended or all."""

from collections.abc import Sequence
from functools import lru_cache, partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from consult_app.bodies.queries import venue
from consult_app.kernel.text import legal_day, short_day
from consult_app.proposals.queries import ProposalLine, proposals
from consult_app.proposals.rules import SOURCE_WORDS, Source
from consult_app.rolls.pinyin import initials
from ui.desk import Desk
from ui.pages import Go
from ui.widgets.button import Button, primary
from ui.widgets.data_table import Column, DataTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import muted, title

DOTS = "①②③④⑤⑥⑦⑧⑨"


class MattersPage(QWidget):
    """Every matter of the body, newest first; a line opens the matter."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.lines: tuple[ProposalLine, ...] = ()
        self.shown = "running"
        self.tabs = {name: Button(words, partial(self._turn, name), "tab") for name, words in _TABS}
        for tab in self.tabs.values():
            tab.setCheckable(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按名称、编号、提议人或拼音首字母筛选")
        self.search.setAccessibleName("筛选议题")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.search.fontMetrics().horizontalAdvance("字") * 24)
        self.search.textChanged.connect(self._filter)
        self.table = DataTable(self._columns(), "议题", desk.memory)
        self.table.opened.connect(lambda line: go("matter", id=line.id))
        self.count = muted()
        self.stack = QStackedWidget()
        self.stack.addWidget(boxed(column(self.table, self.count, gap=6)))
        self.empty = EmptyState("")
        self.stack.addWidget(self.empty)
        self.register = primary("登记议题", lambda: go("register"), icon="plus")
        top = row(title("议题"), None, self.register)
        self.bar = boxed(row(*self.tabs.values(), None, self.search, gap=6))
        self.setLayout(column(top, self.bar, self.stack, gap=12, margins=(24, 20, 24, 16)))
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        desk.watch(self.refresh, "proposal.", "work_order.")

    def show_for(self, shown: str = "") -> None:
        """Show the list, of one tab when it is named."""
        if shown in self.tabs:
            self.shown = shown
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the matters."""
        body_id, venue_id = self.desk.body_id, self.desk.venue_id
        self.lines = self.desk.ask(proposals, body_id) if body_id is not None else ()
        if venue_id is not None:
            name = self.desk.ask(venue, venue_id).name
            self.lines = tuple(line for line in self.lines if line.venue == name)
        self._show()

    def _turn(self, shown: str) -> None:
        self.shown = shown
        self._show()

    def _show(self) -> None:
        for (name, words), tab in zip(_TABS, self.tabs.values(), strict=True):
            tab.rename(f"{words} {len(self._of(name))}")
            tab.setChecked(name == self.shown)
        lines = self._of(self.shown)
        if lines:
            self.table.show_rows(lines)
            self._say_count()
        else:
            self._show_empty()
        self.bar.setVisible(bool(self.lines))
        self.stack.setCurrentIndex(0 if lines else 1)

    def _of(self, name: str) -> Sequence[ProposalLine]:
        today = self.desk.today
        if name == "late":
            return [line for line in self.lines if line.is_running and line.is_overdue(today)]
        if name == "all":
            return self.lines
        return [line for line in self.lines if line.is_running == (name == "running")]

    def _show_empty(self) -> None:
        old = self.empty
        self.empty = self._empty_state()
        self.stack.addWidget(self.empty)
        self.stack.removeWidget(old)
        old.deleteLater()
        self.stack.setCurrentWidget(self.empty)
        self.register.setVisible(bool(self.lines) or self.desk.body_id is not None)

    def _empty_state(self) -> EmptyState:
        if self.desk.body_id is None:
            add = getattr(self.window(), "add_body", None)
            return EmptyState("还没有议事主体", "先建立业主大会、村民会议或居民议事会，再登记议题。", icon="users",
                              action="建立议事主体", act=add)  # fmt: skip
        if not self.lines:
            note = "把居民提出的事项登记在册，从这里一步一步办到底。"
            return EmptyState("还没有议题", note, icon="file-text")
        return EmptyState(_NONE[self.shown], icon="check")

    def _filter(self, text: str) -> None:
        self.table.filter(text)
        self._say_count()

    def _say_count(self) -> None:
        shown, whole = self.table.rows.rowCount(), len(self.table.rows.all)
        self.count.say(f"共 {whole} 件" if shown == whole else f"共 {whole} 件，筛选出 {shown} 件")

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("编号", lambda line: line.number, 9),
            Column("议题", lambda line: line.title, 30, search=lambda line: f"{line.title} {_initials(line.title)}"),
            Column("步骤", _step, 8, sort=lambda line: (not line.is_running, line.ordinal), tone=_step_tone),
            Column("期限", self._due, 8, sort=lambda line: (line.due_on is None, line.due_on or line.registered_at.date()), tone=self._tone),
            Column("议事平台", lambda line: line.venue, 12),
            Column("办理人", lambda line: line.responsible if line.is_running else "", 20),
            Column("提议人", lambda line: line.proposer, 14, search=lambda line: f"{line.proposer} {_initials(line.proposer)}"),
            Column("来源", lambda line: SOURCE_WORDS[Source(line.source)], 12),
            Column("登记日期", lambda line: short_day(legal_day(line.registered_at)), 10, sort=lambda line: line.registered_at),
        )  # fmt: skip

    def _due(self, line: ProposalLine) -> str:
        if not line.is_running:
            return short_day(legal_day(line.ended_at)) + "结束" if line.ended_at else "—"
        return line.due_words(self.desk.today)

    def _tone(self, line: ProposalLine) -> str:
        days = line.days_left(self.desk.today)
        if not line.is_running or days is None:
            return ""
        return "cinnabar" if days < 0 else "amber" if days <= 3 else ""


@lru_cache(maxsize=50_000)
def _initials(text: str) -> str:
    """The pinyin initials of a text; kept, for the list is asked anew whenever a matter moves."""
    return initials(text)


def _step(line: ProposalLine) -> str:
    return f"{DOTS[line.ordinal - 1]} {line.step_name}" if line.is_running else line.state_words


def _step_tone(line: ProposalLine) -> str:
    return "" if line.is_running else "grey"


_TABS = (("running", "进行中"), ("late", "已逾期"), ("ended", "已结束"), ("all", "全部"))
_NONE = {"running": "没有进行中的议题", "late": "没有逾期的议题", "ended": "还没有结束的议题", "all": "还没有议题"}
