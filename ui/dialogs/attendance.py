"""签到名单: everyone of a meeting with how they take part; present, excused, observing, left."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from consult_app.kernel.errors import Blank
from consult_app.kernel.text import clock_words
from consult_app.meetings import actions as meetings
from consult_app.meetings.queries import AttendanceFacts, meeting
from consult_app.meetings.rules import PRESENCE_WORDS, MeetingState, Presence
from consult_app.rolls.pinyin import initials
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.widgets.button import plain
from ui.widgets.data_table import Column, DataTable
from ui.widgets.layout import row

TONES = {Presence.PRESENT: "pine", Presence.EXCUSED: "amber", Presence.EXPECTED: "grey", Presence.ABSENT: "cinnabar"}


class AttendanceSheet(Sheet):
    """Choose a line, then say how the person takes part."""

    def __init__(self, desk: Desk, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__("签到名单", leave="完成", width=640, parent=parent)
        self.desk, self.meeting_id = desk, meeting_id
        self.search = QLineEdit()
        self.search.setPlaceholderText("按姓名或拼音首字母筛选")
        self.search.setAccessibleName("筛选名单")
        self.table = DataTable(COLUMNS, "签到", desk.memory)
        self.table.setMinimumHeight(360)
        self.search.textChanged.connect(self.table.filter)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("请假理由（可不填）")
        self.reason.setAccessibleName("请假理由")
        marks = ((Presence.PRESENT, "实到"), (Presence.EXCUSED, "请假"), (Presence.OBSERVER, "列席"))
        self.marks = [plain(words, partial(self._mark, presence)) for presence, words in marks]
        self.left = plain("登记离场", self._leave)
        self.add(self.search, self.table, row(*self.marks, self.reason, self.left, gap=8))
        self.refresh()

    def refresh(self) -> None:
        """Ask for the list."""
        facts = self.desk.ask(meeting, self.meeting_id)
        self.table.show_rows(facts.attendance)
        over = facts.state is MeetingState.CLOSED
        for button in (*self.marks, self.left):
            button.allow("会议已经结束。" if over else "")

    def _mark(self, presence: Presence) -> None:
        reason = self.reason.text() if presence is Presence.EXCUSED else ""
        self.desk.do(meetings.check_in, self.meeting_id, name=self._chosen(), status=presence, reason=reason)
        self.reason.clear()
        self.refresh()

    def _leave(self) -> None:
        self.desk.do(meetings.leave, self.meeting_id, self._chosen())
        self.refresh()

    def _chosen(self) -> str:
        line = self.table.current()
        if line is None:
            raise Blank(what="名单中的一人：先在名单里选一行")
        return str(line.name)


def _words(line: AttendanceFacts) -> str:
    if line.left_at is not None:
        return f"{clock_words(line.left_at)} 离场"
    return PRESENCE_WORDS[line.presence] + (f"：{line.reason}" if line.reason else "")


COLUMNS = (
    Column("姓名", lambda line: line.name, 14, search=lambda line: f"{line.name} {initials(line.name)}"),
    Column("身份", lambda line: line.capacity, 14),
    Column("情况", _words, 14, tone=lambda line: TONES.get(line.presence, "")),
    Column("签到时间", lambda line: clock_words(line.arrived_at) if line.arrived_at else "", 8),
)
