"""试投: one slip on screen and on paper for a real phone, and a light that turns green when its vote has come."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from consult_app.demo.trial import Trial
from consult_app.documents.choices import OPTIONS
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.dialogs.try_phone import CodePicture
from ui.widgets.button import plain
from ui.widgets.layout import boxed, row
from ui.widgets.pdf_paper import print_pdf
from ui.widgets.state_dot import StateDot
from ui.widgets.text import Words

LOOK = 500
"""Milliseconds between two looks whether the vote has come."""


class TrialSlip(Sheet):
    """Shows a trial that has begun, and ends it when it is left."""

    voted = Signal()

    def __init__(self, desk: Desk, trial: Trial, parent: QWidget | None = None) -> None:
        self.wifi = str(desk.memory.get("wifi.name") or "")
        network = f"会场 Wi-Fi「{self.wifi}」" if self.wifi else "和这台电脑相同的网络"
        super().__init__(
            "用手机试投一张",
            f"手机先连{network}，再扫这个码，选好并确认。这是演练用的选票，不计票；关闭后连同数据一起清除。",
            leave="完成",
            parent=parent,
        )
        self.desk, self.trial = desk, trial
        codes = "　".join(f"{name} {code}" for name, code in zip(OPTIONS, trial.slip.codes[0], strict=True))
        self.light, self.heard = StateDot("waiting", 12), Words("还没有收到这一票")
        self.body.addWidget(CodePicture(trial.slip.url), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(boxed(row(self.light, self.heard)), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.add(Words(f"手机上的回执码应为：{codes}。", "small", wrap=True))
        self.buttons.insertWidget(0, plain("打印这张选票…", self.print_slip, icon="printer"))
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self.look)
        self._look.start()
        self.finished.connect(self._end)

    def look(self) -> None:
        """Turn green as soon as the vote has come."""
        if self.trial.voted:
            self._look.stop()
            self.light.show_state("on")
            self.heard.say("收到了，网络、投票页和回执都正常", "pine")
            self.voted.emit()

    def print_slip(self) -> None:
        """Print the slip straight from memory: no file of a rehearsal stays."""
        print_pdf(self.trial.paper(self.wifi), self)

    def _end(self) -> None:
        self._look.stop()
        self.desk.work("正在清除试投数据", lambda _task: self.trial.close(), self._purged)

    def _purged(self, clean: bool) -> None:
        if clean:
            self.desk.say("试投已结束，数据已全部清除。")
        else:
            self.desk.say("试投的数据没有清除干净，请重新打开窗口后再试投一次。", tone="cinnabar")
