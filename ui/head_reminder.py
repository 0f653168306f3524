"""While a vote is open: once an hour the window reminds of printing the chain's head, and prints it (threat 8)."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from consult_app.documents.head_sheet import KIND, HeadSheet, head_sheet
from consult_app.kernel.text import clock_words
from consult_app.voting.head_printing import heads_due
from consult_app.voting.queries import motion as motion_facts
from ui import outbox
from ui.alarms import Alarm
from ui.desk import Desk
from ui.task import Task

MINUTE = 60_000
KEY = "head"


class HeadReminder(QObject):
    """One for each window."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        desk.watch(self.look, "head.", "motion.")

    def look(self) -> None:
        """Remind of the open vote that waits longest for its sheet, or of none."""
        due = self.desk.ask(heads_due, self.desk.now)
        if not due:
            self.desk.alarms.end(KEY)
            return
        first = due[0]
        text = (
            f"「{first.title}」自 {clock_words(first.since)} 起没有打印{KIND}。"
            "请每小时打印一张，由监票人签字保管；事后有人改动数据，凭它查得出来。"
        )
        act = partial(print_head_sheet, self.desk, first.motion_id)
        self.desk.alarms.sound(Alarm(KEY, text, action=f"打印{KIND}", act=act))

    def close(self) -> None:
        """Remind no more."""
        self._clock.stop()


def print_head_sheet(desk: Desk, motion_id: int) -> Task:
    """Put the head on record as printed and open its sheet."""
    store, actor, title = desk.store, desk.actor, desk.ask(motion_facts, motion_id).title

    def done(made: HeadSheet) -> None:
        outbox.put_out(desk, f"{KIND} {made.head.seq} {title}.pdf", made.content)

    return desk.work(f"正在生成{KIND}", lambda _task: head_sheet(store, actor, motion_id), done)
