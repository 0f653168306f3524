"""The alarm bar: what is wrong, for as long as it lasts. It cannot be closed, only mended."""

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ui import theme
from ui.alarms import Alarm, Alarms
from ui.icons import pixmap
from ui.widgets.button import quiet
from ui.widgets.layout import column, refill, row
from ui.widgets.text import Words


class AlarmBar(QWidget):
    """One line for each alarm, the gravest first."""

    def __init__(self, alarms: Alarms) -> None:
        super().__init__()
        self.alarms = alarms
        self.lines = column(gap=0)
        self.setLayout(self.lines)
        alarms.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what stands now."""
        refill(self.lines, *(self._line(alarm) for alarm in self.alarms.standing))
        self.setAccessibleName("；".join(alarm.text for alarm in self.alarms.standing))
        self.setVisible(bool(self.alarms.standing))

    def _line(self, alarm: Alarm) -> QWidget:
        line, picture = QFrame(), QLabel()
        line.setProperty("look", "message")
        line.setProperty("tone", alarm.tone)
        picture.setPixmap(pixmap("triangle-alert", 18, theme.TONES[alarm.tone][0], self.devicePixelRatioF()))
        words = Words(alarm.text, "strong", alarm.tone, wrap=True)
        pieces: list[QWidget] = [picture, words]
        if alarm.act is not None:
            pieces.append(quiet(alarm.action, alarm.act))
        across = row(*pieces, gap=10, margins=(24, 7, 16, 7))
        across.setStretch(1, 1)
        line.setLayout(across)
        return line
