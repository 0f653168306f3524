"""The watchman: looks every second whether votes can still be stored, kept twice and timed, and sounds the alarms of the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from consult_app.audit import medium
from consult_app.storage.failure import reason_of
from ui.alarms import Alarm

if TYPE_CHECKING:
    from ui.desk import Desk

SECOND = 1000
HALTED = "投票暂停，请稍候；已收下的票都已保存"
"""What the hall is told while nothing can be stored."""


class Watchman(QObject):
    """One for each desk; `desk.alarms` holds what it found."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.desk = desk
        self._mending = False
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        desk.watch(self.look_at_medium, "journal.")
        self.look_at_medium()

    def look(self) -> None:
        """Look at the Store and at the vote server; try a Store that failed again."""
        own = self.desk.store.failed
        if own is not None and not self._mending:
            self._mending = True
            self.desk.work("正在重试", lambda task: self.desk.store.mend(), self._tried, quiet=True, failed=self._tried)
        reason = str(own.facts["reason"]) if own else self.desk.server.failed
        if reason:
            text = f"投票已停止：{reason}。没有收下的票都已告知投票人，不会漏记、重记。请先排除故障，恢复后自动继续。"
            self.desk.alarms.sound(Alarm("store", text, HALTED, "cinnabar"))
        elif self.desk.alarms.end("store"):
            self.desk.say("数据已能正常保存，投票继续。")

    def look_at_medium(self) -> None:
        """Look at what the chain says of the second medium."""
        found = self.desk.ask(medium.medium)
        if found.fault:
            text = f"副本介质（{found.place}）{found.fault}。投票照常进行；介质恢复后自动补齐，不用重投。"
            self.desk.alarms.sound(Alarm("medium", text, "副本介质中断，投票照常进行"))
        elif self.desk.alarms.end("medium"):
            self.desk.say("副本介质已恢复，缺的行已补齐。")

    def unreadable(self, error: BaseException) -> None:
        """Sound the alarm that the database cannot be read; it is tried again until it can."""
        text = f"数据库读不出来：{reason_of(error) or '原因见日志'}。正在重试，恢复前请不要关闭电脑。"
        self.desk.alarms.sound(Alarm("reading", text, HALTED, "cinnabar"))

    def readable(self) -> None:
        """The database can be read."""
        if self.desk.alarms.end("reading"):
            self.desk.say("数据库已恢复正常。")

    def close(self) -> None:
        """Look no more."""
        self._clock.stop()

    def _tried(self, _result: object = None) -> None:
        self._mending = False
