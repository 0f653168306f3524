"""演练: how many simulated phones; the big screen follows them, and what came of it is put on record."""

from fractions import Fraction

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from consult_app.demo.rehearsal import MOST, NAME, Rehearsed, rehearse
from consult_app.kernel.text import moment_words
from consult_app.voting.rehearsing import note_rehearsal
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.projector.scenes import Voting
from ui.task import Task
from ui.widgets.turnout_bar import Share

USUAL = 30
LOOK = 100
"""Milliseconds between two looks at how many phones are through."""


class Rehearse(FormSheet):
    """Asks for the number and starts; `told` says what came of it."""

    told = Signal(str)

    def __init__(self, desk: Desk, motion_id: int | None, parent: QWidget | None = None) -> None:
        note = "另开一份单独的数据和投票服务，由模拟手机扫码、选择、确认，走完后数据全部清除。大屏开着的，会跟着显示。"
        super().__init__("演练", note, action="开始演练", decide=self._start, width=440, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.desk, self.motion_id = desk, motion_id
        self.through = (0, USUAL)
        self.form.number("phones", "模拟手机", value=USUAL, least=1, most=MOST, unit="部")
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self.show_progress)

    def show_progress(self) -> None:
        """Let the big screen show how far it is, where it is on."""
        self.desk.screen.show_rehearsal(scene(*self.through))

    def _start(self) -> None:
        phones, settings = self.form.values()["phones"], self.desk.app.settings
        self.through = (0, phones)

        def run(task: Task) -> Rehearsed:
            def told(done: int, whole: int) -> None:
                self.through = (done, whole)
                task.progress(done, whole, f"{done} / {whole} 部")

            return rehearse(settings, phones, told)

        self._look.start()
        self.desk.work("正在演练", run, self._done, failed=self._end)

    def _done(self, found: Rehearsed) -> None:
        self._end()
        words = f"{moment_words(self.desk.now)}　{found.words}"
        if self.motion_id is not None:
            self.desk.do(note_rehearsal, self.motion_id, found.words)
        self.told.emit(words)
        if found.passed:
            self.desk.say("演练通过，演练数据已全部清除。")
        else:
            self.desk.say(f"演练没有通过：{found.words}", tone="cinnabar")

    def _end(self) -> None:
        self._look.stop()
        self.desk.screen.end_rehearsal()


def scene(done: int, whole: int) -> Voting:
    """What the big screen shows meanwhile; nobody can take it for the vote."""
    share = Share("模拟手机", done, whole, Fraction(1), f"{done} / {whole} 部", mark="全部")
    return Voting("演练", NAME, "", (share,), ("现在是演练，使用单独的数据，结束后全部清除。",))
