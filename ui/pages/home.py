"""首页: what is due today, what is late, what is under way, and two weeks of notices, votes and meetings."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from consult_app.kernel.text import CHINA, day_words, legal_day, weekday_words
from consult_app.meetings import queries as meetings
from consult_app.proposals import queries as proposals
from consult_app.proposals.queries import Home, HomeLine
from consult_app.rolls import queries as rolls
from consult_app.voting import queries as voting
from ui.desk import Desk
from ui.pages import Go
from ui.widgets.button import primary, quiet
from ui.widgets.calendar_strip import CalendarStrip, Span, StripLegend
from ui.widgets.card import Card, LineCard
from ui.widgets.empty_state import BigStep, EmptyState
from ui.widgets.layout import boxed, clear, column, refill, row, scrolling
from ui.widgets.text import Words, muted, title

MOST = 12
"""Lines a column shows before it points to the list."""

_ORDINALS = "①②③④⑤⑥⑦⑧⑨"


class HomePage(QWidget):
    """The first page. Without a body, roll or matter it shows the three steps to begin with."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.greeting, self.day = title(), muted()
        self.register = primary("登记议题", lambda: go("register"))
        self.columns = tuple(
            _Column(name, nothing, tone, go)
            for name, nothing, tone in (
                ("今天要办", "今天没有到期的事", ""),
                ("已逾期", "没有逾期的事", "cinnabar"),
                ("进行中", "没有进行中的事", ""),
            )
        )
        self.strip = CalendarStrip()
        self.strip.chosen.connect(lambda key: go(key[0], id=key[1]))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._usual())
        self.start = QWidget()
        self.start.setLayout(column(margins=(24, 20, 24, 24)))
        self.stack.addWidget(self.start)
        self.setLayout(column(self.stack, gap=0))
        desk.watch(self.refresh, "proposal.", "meeting.", "motion.", "body.", "roll.", "notice.")

    def show_for(self) -> None:
        """Show the page anew."""
        self.refresh()

    def refresh(self) -> None:
        """Ask what is to be done."""
        body_id = self.desk.body_id
        lines = self.desk.ask(proposals.proposals, body_id) if body_id is not None else ()
        if body_id is None or not lines:
            self._show_start(body_id)
            return
        self.stack.setCurrentIndex(0)
        today = self.desk.today
        found = self.desk.ask(proposals.home, body_id, today)
        self.greeting.say(f"{_greeting(self.desk.now)}。{_summary(found)}")
        self.day.say(f"{day_words(today)} {weekday_words(today)}")
        for place, part in enumerate((found.due_today, found.overdue, found.running)):
            self.columns[place].show_lines(part)
        self.strip.show_spans(today, self._spans(body_id))

    def _usual(self) -> QWidget:
        calendar = Card("两周日程").add(self.strip)
        calendar.head.addWidget(StripLegend())
        across = row(*self.columns, gap=16)
        for place in range(3):
            across.setStretch(place, 1)
        top = row(self.greeting, self.day, None, self.register, gap=16)
        top.setAlignment(self.day, Qt.AlignmentFlag.AlignBottom)
        body = column(
            top, scrolling(column(across, None), margins=(0, 0, 0, 0)), calendar, gap=16, margins=(24, 20, 24, 20)
        )
        body.setStretch(1, 1)
        return boxed(body, margins=True)

    def _spans(self, body_id: int) -> list[Span]:
        first = self.desk.today - timedelta(days=self.desk.today.weekday())
        last = first + timedelta(days=13)
        spans = [
            Span(
                "result" if period.is_objection else "notice",
                period.first,
                period.last,
                f"{period.title}：{period.name}",
                ("matter", period.proposal_id),
            )
            for period in self.desk.ask(proposals.periods, body_id, first, last)
        ]
        for meeting in self.desk.ask(meetings.meetings, body_id):
            day = legal_day(meeting.starts_at)
            if first <= day <= last:
                spans.append(Span("meeting", day, day, meeting.title, ("meeting", meeting.id)))
        for motion in self.desk.ask(voting.motions, body_id):
            if motion.opened_at:
                opened, closes = legal_day(motion.opened_at), legal_day(motion.closes_at)
                spans.append(Span("vote", opened, closes, motion.title, ("vote", motion.id)))
        return spans

    def _show_start(self, body_id: int | None) -> None:
        has_roll = body_id is not None and self.desk.ask(rolls.current_roll, body_id) is not None
        window = self.window()
        steps = (
            BigStep(
                "建立议事主体",
                "业主大会、村民会议或居民议事会，连同楼院、网格、大党委三级平台。",
                "建立",
                getattr(window, "add_body", None),
                done=body_id is not None,
            ),
            BigStep(
                "导入名册",
                "从 Excel 或 CSV 导入，先预览、逐行核对问题，确认后才入库。",
                "导入名册",
                lambda: self.go("roll_import"),
                done=has_roll,
                later="" if body_id is not None else "先建立议事主体",
            ),
            BigStep(
                "登记议题",
                "居民提出的事项登记在册，从这里开始走六步。",
                "登记议题",
                lambda: self.go("register"),
                later="" if body_id is not None else "先建立议事主体",
            ),
        )
        layout = self.start.layout()
        assert isinstance(layout, QVBoxLayout)
        refill(layout, None, EmptyState("三步开始", "每一步都可以以后再改，先做第一步就好。", steps=steps), None)
        if not getattr(window, "practising", False):
            layout.insertLayout(2, row(None, quiet("用示例数据试一试", getattr(window, "practise", None)), None))
            layout.insertWidget(3, _centred("在单独的练习文件夹里进行，不影响正式数据。"))
        self.stack.setCurrentIndex(1)


class _Column(QWidget):
    """One of the three columns."""

    def __init__(self, name: str, nothing: str, tone: str, go: Go) -> None:
        super().__init__()
        self._go, self._nothing, self._tone = go, nothing, tone
        self.setAccessibleName(name)
        self.name, self.count = Words(name, "heading"), Words("0", "heading", "grey")
        self.lines = column(gap=10)
        self.setLayout(column(row(self.name, self.count, None, gap=6), self.lines, None, gap=10))

    def show_lines(self, lines: Sequence[HomeLine]) -> None:
        self.name.say(self.name.text(), self._tone if lines else "")
        self.count.say(str(len(lines)))
        clear(self.lines)
        for found in lines[:MOST]:
            self.lines.addWidget(self._card(found))
        if len(lines) > MOST:
            self.lines.addWidget(quiet(f"全部 {len(lines)} 件", lambda: self._go("matters")))
        if not lines:
            self.lines.addWidget(muted(self._nothing))

    def _card(self, found: HomeLine) -> LineCard:
        line = found.line
        note = f"{_ORDINALS[line.ordinal - 1]} {line.step_name} · {found.note}"
        tone = "cinnabar" if self._tone else "pine" if found.ready else "amber" if found.days == "今天" else "grey"
        return LineCard(line.title, note, found.days, tone, lambda: self._go("matter", id=line.id))


def _greeting(now: datetime) -> str:
    hour = now.astimezone(CHINA).hour
    return "上午好" if 5 <= hour < 12 else "下午好" if 12 <= hour < 18 else "晚上好"


def _summary(found: Home) -> str:
    if found.due_today:
        return f"今天有 {len(found.due_today)} 件事要办"
    return f"有 {len(found.overdue)} 件事已逾期" if found.overdue else "今天没有要办的事"


def _centred(text: str) -> QWidget:
    return boxed(row(None, muted(text), None))
