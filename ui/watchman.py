"""The watchman: looks every second whether votes can still be stored, kept twice and timed, and sounds the alarms of the window."""

import socket
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from consult_app.audit import chain, leaps, medium
from consult_app.kernel.clock import LEAP, span_words
from consult_app.kernel.text import moment_words
from consult_app.storage.failure import reason_of
from consult_app.storage.reserve import FULL, SIZE, size_words
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
        self.look_back()

    def look(self) -> None:
        """Look at the disk, the Store and the vote server; try a Store that failed again."""
        self.look_at_disk()
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
        self.look_at_clock()
        self.look_at_address()

    def look_at_disk(self) -> None:
        """Look whether the room that was kept for a full disk had to be given back."""
        reserve = self.desk.app.reserve
        reserve.give_back()
        reserve.take_again()
        if reserve.used:
            text = (
                f"磁盘已满，预留的 {size_words(SIZE)} 空间已经启用，还够收票、截止、宣布结果和打印。"
                f"请马上清理数据所在的磁盘，腾出至少 {size_words(FULL + SIZE)}。"
            )
            self.desk.alarms.sound(Alarm("reserve", text, tone="cinnabar"))
        elif self.desk.alarms.end("reserve"):
            self.desk.say("磁盘空间已够，备用空间已重新留出。")

    def look_at_clock(self) -> None:
        """Look whether the computer's clock was moved; the Store's own did not move with it (threat 18)."""
        leap = self.desk.app.leap
        if not leap:
            self.desk.alarms.end("clock")
            return
        direction = "拨快" if leap > timedelta() else "拨慢"
        text = (
            f"电脑时钟被{direction}了 {span_words(leap)}。本软件仍按原来的时间计时，截止时间不受影响，已记入经过。"
            "请核对电脑时间；确要改用新的时间，请关闭窗口重新打开。"
        )
        if not any(alarm.key == "clock" for alarm in self.desk.alarms.standing):
            self.desk.do(leaps.note_leap, leap)
        self.desk.alarms.sound(Alarm("clock", text))

    def look_back(self) -> None:
        """Look, when the window opens, whether the computer's clock stands before the newest entry."""
        seq, _ = self.desk.ask(chain.head)
        newest = self.desk.ask(chain.since, seq - 1)
        if newest and newest[-1].at - self.desk.now > LEAP:
            last, now = moment_words(newest[-1].at), moment_words(self.desk.now)
            text = f"电脑时间（{now}）早于最后一条记录（{last}），可能被拨慢过。请先校准电脑时间，再重新打开窗口。"
            self.desk.alarms.sound(Alarm("behind", text))

    def look_at_address(self) -> None:
        """Look whether this computer still has the address that is printed on the slips."""
        host = self.desk.server.address.rpartition(":")[0]
        if not host or is_own(host):
            if self.desk.alarms.end("address"):
                self.desk.say("网络已恢复，手机可以继续投票。")
            return
        text = f"本机已没有地址 {host}，手机打不开投票页。请重新连上会场的路由器；已收下的票都在，纸质选票照常。"
        self.desk.alarms.sound(Alarm("address", text, "网络中断，请稍候；纸质选票照常", "cinnabar"))

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


def is_own(host: str) -> bool:
    """Whether this computer has an address: it can be bound to. Takes no time and sends nothing."""
    with socket.socket() as trial:
        try:
            trial.bind((host, 0))
        except OSError:
            return False
    return True
