"""发言记录: every entry as it was said; a corrected one keeps its old text, one click away."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from consult_app.kernel.text import clock_words
from consult_app.meetings.queries import MeetingFacts, StatementFacts
from consult_app.meetings.rules import Position
from ui.widgets.button import Button, quiet
from ui.widgets.chip import Chip
from ui.widgets.layout import column, row
from ui.widgets.text import OneLine, Words, rule, small, tip

TONES = {Position.FOR: "pine", Position.AGAINST: "cinnabar", Position.ADVICE: "amber"}


class Entry(QWidget):
    """One statement with its earlier versions."""

    def __init__(
        self, said: StatementFacts, before: tuple[StatementFacts, ...], correct: Callable[[StatementFacts], object]
    ) -> None:
        super().__init__()
        self.said = said
        self.setAccessibleName(f"{said.speaker} {said.position.value}：{said.text}")
        head = row(OneLine(said.speaker, "strong"), OneLine(said.capacity, "muted"), Chip(said.position.value, TONES.get(said.position, "grey")), None,
                   gap=10)  # fmt: skip
        self.old = Words(
            "\n".join(f"原文（{clock_words(one.recorded_at)}）：{one.text}" for one in before), "muted", wrap=True
        )
        self.old.hide()
        if before:
            self.versions: Button | None = quiet(f"已更正 {len(before)} 次", self._turn)
            self.versions.setToolTip(tip(said.reason))
            head.addWidget(self.versions)
        self.correct = quiet("更正", lambda: correct(said))
        self.correct.setAccessibleName(f"更正第 {said.number} 条")
        head.addWidget(self.correct)
        head.addWidget(small(clock_words(said.recorded_at)))
        text = Words(said.text, wrap=True)
        for words in (text, self.old):  # as tall as its lines at this width, and no taller
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setLayout(column(rule(), head, text, self.old, gap=4))

    def _turn(self) -> None:
        self.old.setVisible(self.old.isHidden())


class RecordList(QScrollArea):
    """The entries, oldest first; a new one is added without touching the others, and comes into view."""

    def __init__(self, correct: Callable[[StatementFacts], object]) -> None:
        super().__init__()
        self._correct = correct
        self.entries: dict[int, Entry] = {}
        self._meeting = 0
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        inside = QWidget()
        inside.setProperty("look", "page")
        inside.setLayout(self._column)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.setAccessibleName("发言记录")

    def show_meeting(self, meeting: MeetingFacts) -> None:
        """Show the statements that stand, with those they replaced."""
        if meeting.id != self._meeting:
            self._meeting = meeting.id
            for entry in self.entries.values():
                entry.hide()
                entry.deleteLater()
            self.entries = {}
        grown = False
        for place, said in enumerate(meeting.statements):
            shown = self.entries.get(said.number)
            if shown is not None and shown.said.version == said.version:
                continue
            grown = grown or shown is None
            before = tuple(one for one in meeting.superseded if one.number == said.number)
            entry = self.entries[said.number] = Entry(said, before, self._correct)
            if shown is not None:
                self._column.replaceWidget(shown, entry)
                shown.hide()
                shown.deleteLater()
            else:
                self._column.insertWidget(place, entry)
        if grown:
            QTimer.singleShot(0, self, self._to_the_end)

    def _to_the_end(self) -> None:
        self._column.activate()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())
