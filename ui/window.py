"""The window: rail, top bar, message bar, pages, status line."""

from typing import Any

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from consult_app.audit import chain
from consult_app.proposals import queries as proposals
from consult_app.settings import Settings
from ui import pages, practice, theme
from ui.desk import Desk
from ui.head_reminder import HeadReminder
from ui.rail import Rail
from ui.status_line import StatusLine
from ui.top_bar import TopBar
from ui.widgets.alarm_bar import AlarmBar
from ui.widgets.busy_bar import BusyBar
from ui.widgets.layout import column, row
from ui.widgets.message_bar import MessageBar


class Window(QWidget):
    """One window on one data folder."""

    painted = Signal()
    """The first frame has been painted."""
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setWindowTitle("六步议事")
        self.setMinimumSize(960, 600)
        self.rail, self.top = Rail(self.go), TopBar(desk, self.go, self.add_body)
        self.message, self.busy, self.status = MessageBar(), BusyBar(), StatusLine(desk)
        self.stack = QStackedWidget()
        self.made: dict[str, QWidget] = {}
        self.place: tuple[str, dict[str, Any]] = ("home", {})
        self._past: list[tuple[str, dict[str, Any]]] = []
        self._has_painted = False
        self._told, _ = desk.ask(chain.head)
        self.left = False
        self.next: Settings | None = None
        self.practising = practice.is_practice(desk.app.settings)
        self.top.mark(self.practising)
        self.top.back.clicked.connect(lambda: self.leave_for(None))
        self.alarm = AlarmBar(desk.alarms)
        right = column(self.top, self.alarm, self.message, self.busy, self.stack, self.status, gap=0)
        right.setStretch(4, 1)
        self.setLayout(row(self.rail, right, gap=0))
        desk.said.connect(self.message.show_message)
        desk.began.connect(self.busy.show_task)
        desk.turned.connect(self._turned)
        desk.server.changed.connect(self.status.refresh)
        desk.server.died.connect(lambda: desk.say("投票服务意外停止，请重新开启。已投的票都已保存。", tone="cinnabar"))
        self._keys()
        self._restore()
        self.top.refresh()
        self.status.refresh()
        self.reminder = HeadReminder(desk, self)
        desk.watch(self.warn, "proposal.")
        desk.watch(self.tell_of_guessing, "server.")

    def go(self, name: str, **place: Any) -> None:
        """Open a page at a place, as `go("matter", id=3)`; Alt+← comes back."""
        if (name, place) != self.place:
            self._past.append(self.place)
            del self._past[:-50]
        self._open(name, place)

    def back(self) -> None:
        """Open the place before this one."""
        if self._past:
            self._open(*self._past.pop())

    def page(self) -> QWidget | None:
        """The page that is open."""
        return self.stack.currentWidget()

    def resize_font(self, points: int) -> None:
        """Set the main font in points, within 9 to 18, and remember it."""
        points = max(theme.SMALLEST, min(theme.LARGEST, points))
        self.desk.memory.put("font", points)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.dress(application, points)
        self.rail.fit()

    def warn(self) -> None:
        """Put the number of overdue matters beside 首页."""
        body_id = self.desk.body_id
        found = self.desk.ask(proposals.home, body_id, self.desk.today).overdue if body_id is not None else ()
        self.rail.warn("home", len(found))

    def tell_of_guessing(self) -> None:
        """Say that somebody keeps trying codes, as soon as the vote server raises the alarm (threat 4)."""
        found = [self.desk.ask(chain.newest, event) for event in ("server.alarm", "server.flooded")]
        newest = max((one for one in found if one), key=lambda change: change.seq, default=None)
        if newest is not None and newest.seq > self._told:
            self._told = newest.seq
            self.desk.say(f"{newest.words}。已投的票不受影响，请留意会场。", tone="cinnabar")

    def add_body(self) -> None:
        """Ask for a new body and turn to it."""
        from ui.dialogs.add_body import AddBody

        AddBody(self.desk, self).open()

    def practise(self) -> None:
        """Go to the practice data; they are made at the first time."""
        settings, now = self.desk.app.settings, self.desk.now
        self.desk.work("正在准备示例数据", lambda task: practice.prepare(settings, now), self.leave_for)

    def leave_for(self, settings: Settings | None) -> None:
        """Close this window; `run` opens one on other data, or on the real ones again (None)."""
        self.next = settings
        self.left = True
        self.close()

    def _open(self, name: str, place: dict[str, Any]) -> None:
        if name not in self.made:
            self.made[name] = pages.make(name, self.desk, self.go)
            self.stack.addWidget(self.made[name])
        page = self.made[name]
        self.place = (name, place)
        self.rail.mark(name)
        self.stack.setCurrentWidget(page)
        self.setWindowTitle(f"{pages.PAGES[name].name} · 六步议事")
        if hasattr(page, "show_for"):
            page.show_for(**place)

    def _turned(self) -> None:
        self.top.refresh()
        self.warn()
        self._past.clear()
        name, place = self.place
        self._open(pages.PAGES[name].rail if place else name, {})

    def _keys(self) -> None:
        for keys, act in (
            ("Alt+Left", self.back),
            ("Ctrl++", lambda: self.resize_font(self._points() + 1)),
            ("Ctrl+=", lambda: self.resize_font(self._points() + 1)),
            ("Ctrl+-", lambda: self.resize_font(self._points() - 1)),
            ("Ctrl+0", lambda: self.resize_font(theme.USUAL)),
            ("F1", self.help),
            ("F5", self._again),
            ("Esc", self.message.leave),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def help(self) -> None:
        """Open the help of this page."""
        from ui.dialogs.help import show_help

        show_help(self.place[0], self)

    def _again(self) -> None:
        self._open(*self.place)

    def _points(self) -> int:
        return int(self.desk.memory.get("font", theme.USUAL))

    def _restore(self) -> None:
        kept = self.desk.memory.get("geometry")
        if not (isinstance(kept, str) and self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore")))):
            self.resize(1280, 760)

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()
            QTimer.singleShot(0, self.warn)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.memory.put("geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        super().closeEvent(event)
        self.reminder.close()
        self.closed.emit()
