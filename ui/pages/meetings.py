"""会议: the meetings of the body, newest first."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from consult_app.kernel.text import moment_words
from consult_app.meetings.queries import MeetingLine, meetings
from consult_app.meetings.rules import STATE_WORDS, MeetingState
from consult_app.proposals.queries import proposal, proposals
from ui.desk import Desk
from ui.dialogs.call_meeting import CallMeeting
from ui.dialogs.form_sheet import FormSheet
from ui.pages import Go
from ui.widgets.button import Button, primary
from ui.widgets.data_table import Column, DataTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import muted, title

TABS = (("ahead", "待开和进行中"), ("closed", "已结束"), ("all", "全部"))
TONES = {MeetingState.OPEN: "pine", MeetingState.CLOSED: "grey"}


class MeetingsPage(QWidget):
    """Every meeting; a line opens it."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.lines: tuple[MeetingLine, ...] = ()
        self.shown = "ahead"
        self.tabs = {name: Button(words, partial(self._turn, name), "tab") for name, words in TABS}
        for tab in self.tabs.values():
            tab.setCheckable(True)
        self.table = DataTable(COLUMNS, "会议", desk.memory)
        self.table.opened.connect(lambda line: go("meeting", id=line.id))
        self.none, self.stack = muted(), QStackedWidget()
        bar = row(*self.tabs.values(), None, gap=6)
        self.stack.addWidget(boxed(column(boxed(bar), self.table, self.none, gap=12)))
        self.stack.addWidget(
            EmptyState("还没有会议", "议题审定并公告以后，在这里召集会议、签到、记录发言。", icon="users")
        )
        self.call_button = primary("召集会议…", self.call, icon="plus")
        self.setLayout(column(row(title("会议"), None, self.call_button), self.stack, gap=12, margins=(24, 20, 24, 16)))
        desk.watch(self.refresh, "meeting.")

    def show_for(self, call: int | None = None) -> None:
        """Show the list; with `call`, call a meeting on that matter."""
        self.refresh()
        if call is not None:
            self.call_on(call)

    def refresh(self) -> None:
        """Ask for the meetings."""
        body_id = self.desk.body_id
        self.lines = self.desk.ask(meetings, body_id) if body_id is not None else ()
        self.call_button.allow("" if body_id is not None else "请先建立议事主体。")
        self.stack.setCurrentIndex(0 if self.lines else 1)
        self._show()

    def call(self) -> None:
        """Choose a matter, then call a meeting on it."""
        ChooseMatter(self.desk, self.call_on, self).open()

    def call_on(self, proposal_id: int) -> None:
        """Call a meeting on a matter and go to it."""
        matter = self.desk.ask(proposal, proposal_id)
        CallMeeting(self.desk, matter, lambda id: self.go("meeting", id=id), self).open()

    def _turn(self, shown: str) -> None:
        self.shown = shown
        self._show()

    def _show(self) -> None:
        for name, words in TABS:
            self.tabs[name].rename(f"{words} {len(self._of(name))}")
            self.tabs[name].setChecked(name == self.shown)
        found = self._of(self.shown)
        self.table.show_rows(found)
        self.none.say("" if found else "没有这样的会议")
        self.none.setVisible(not found)

    def _of(self, name: str) -> Sequence[MeetingLine]:
        if name == "all":
            return self.lines
        return [line for line in self.lines if (line.state is MeetingState.CLOSED) == (name == "closed")]


class ChooseMatter(FormSheet):
    """The matter a meeting is called on; `chosen(id)` goes on with it."""

    def __init__(self, desk: Desk, chosen: Callable[[int], object], parent: QWidget | None = None) -> None:
        super().__init__("召集会议", action="下一步", decide=lambda: None, parent=parent)
        matters = [line for line in desk.ask(proposals, desk.body_id or 0) if line.is_running]
        self.form.choice("matter", "议题", [(line.id, f"{line.number}　{line.title}") for line in matters])
        self.action_button.allow("" if matters else "没有进行中的议题，请先登记议题。")
        self.accepted.connect(lambda: chosen(self.form.values()["matter"]))


COLUMNS = (
    Column("会议", lambda line: line.title, 28),
    Column("议题", lambda line: f"{line.proposal_number}　{line.proposal_title}", 28),
    Column("时间", lambda line: moment_words(line.starts_at), 20, sort=lambda line: line.starts_at),
    Column("地点", lambda line: line.place, 14),
    Column("状态", lambda line: STATE_WORDS[line.state], 8, tone=lambda line: TONES.get(line.state, "")),
)
