"""议程: items with the time planned and taken; the one that runs stands out, the next begins with one button."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from consult_app.kernel.text import clock_words
from consult_app.meetings.queries import AgendaFacts, MeetingFacts
from consult_app.meetings.rules import MeetingState
from ui import theme
from ui.widgets.button import quiet
from ui.widgets.card import Card
from ui.widgets.layout import column, refill, row
from ui.widgets.text import Words, small


class AgendaCard(Card):
    """`start(item_id)` begins an item."""

    def __init__(self, start: Callable[[int], object]) -> None:
        super().__init__("议程")
        self._start = start
        self._shown: tuple[object, ...] = ()
        self.times: dict[int, Words] = {}
        self.lines = column(gap=2)
        self.add(self.lines, None)

    def show_meeting(self, meeting: MeetingFacts, now: datetime) -> None:
        """Show the agenda as it stands; the minutes alone follow the clock."""
        shown = (meeting.state, meeting.agenda)
        if shown != self._shown:
            self._shown = shown
            self.times = {}
            refill(self.lines, *(self._line(meeting, item) for item in meeting.agenda))
        for item in meeting.agenda:
            self.times[item.id].say(time_words(item, now))

    def _line(self, meeting: MeetingFacts, item: AgendaFacts) -> QFrame:
        runs = item.started_at is not None and item.ended_at is None
        frame = _Line(runs)
        name = Words(
            ("✓ " if item.ended_at else "") + item.title, "strong" if runs else "muted" if item.ended_at else ""
        )
        name.setWordWrap(True)
        self.times[item.id] = small()
        below = row(self.times[item.id], None, gap=4)
        if meeting.state is MeetingState.OPEN and not runs:
            again = "继续" if item.ended_at else "开始"
            button = quiet(again, lambda: self._start(item.id))
            button.setAccessibleName(f"{again}：{item.title}")
            below.addWidget(button)
        frame.setLayout(column(name, below, gap=0, margins=(12, 7, 6, 7)))
        return frame


class _Line(QFrame):
    """The ground of one item; the one that runs is tinted, with a bar at its left."""

    def __init__(self, runs: bool) -> None:
        super().__init__()
        self._runs = runs

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._runs:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(theme.PINE_PALE))
            painter.fillRect(0, 0, 3, self.height(), QColor(theme.PINE))
            painter.end()


def time_words(item: AgendaFacts, now: datetime) -> str:
    """`30 分 · 已 18 分`, `10 分 · 用时 12 分`, `15 分`."""
    planned = f"{item.minutes} 分" if item.minutes else ""
    taken = ""
    if item.started_at is not None:
        minutes = int(((item.ended_at or now) - item.started_at).total_seconds() // 60)
        taken = f"用时 {minutes} 分" if item.ended_at else f"{clock_words(item.started_at)} 起，已 {minutes} 分"
    return " · ".join(part for part in (planned, taken) if part)
