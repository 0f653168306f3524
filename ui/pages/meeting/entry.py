"""The line to type into while people talk: speaker, position, words; Ctrl+Enter saves and the speaker line is ready again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from consult_app.kernel.errors import Refused
from consult_app.meetings.rules import Position
from ui.pages.meeting.person_line import Found, PersonLine
from ui.widgets.button import Button, primary
from ui.widgets.flow import Flow
from ui.widgets.layout import column, row
from ui.widgets.text import Words

SIGNS = {
    Position.FOR: "✓",
    Position.AGAINST: "✗",
    Position.ADVICE: "＋",
    Position.QUESTION: "？",
    Position.ACCOUNT: "…",
}


class SpeechEntry(QWidget):
    """`save(speaker, capacity, position, text)` stores a statement and may raise `Refused`; `typed()` at every key."""

    typed = Signal()

    def __init__(
        self, look: Callable[[str], tuple[Found, ...]], save: Callable[[str, str, Position, str], object]
    ) -> None:
        super().__init__()
        self._save = save
        self.speaker = PersonLine(look, "发言人：姓名、房号或拼音", "发言人")
        self.capacity = QLineEdit()
        self.capacity.setPlaceholderText("身份")
        self.capacity.setAccessibleName("发言人身份")
        self.capacity.setMaximumWidth(self.fontMetrics().horizontalAdvance("物业服务人代表") + 24)
        self.positions = QButtonGroup(self)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText("记下发言要点，Ctrl+Enter 保存，Ctrl+1 到 Ctrl+5 选立场")
        self.text.setAccessibleName("发言内容")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + 22)
        self.error = Words("", "error", wrap=True)
        self.error.hide()
        self.button = primary("保存", self.save)
        self.button.setToolTip("Ctrl+Enter")
        self.setLayout(self._arranged())
        self.speaker.chosen.connect(self._chosen)
        for changed in (self.speaker.textEdited, self.capacity.textEdited, self.text.textChanged):
            changed.connect(lambda *_: self._touched())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def values(self) -> dict[str, str]:
        """What is typed."""
        return {"speaker": self.speaker.text(), "capacity": self.capacity.text(), "position": self.position().value,
                "text": self.text.toPlainText()}  # fmt: skip

    def fill(self, speaker: str = "", capacity: str = "", position: str = "", text: str = "") -> None:
        """Put words in, as those of a draft."""
        self.blockSignals(True)
        self.speaker.setText(speaker)
        self.capacity.setText(capacity)
        self.turn(Position(position) if position in set(Position) else Position.ACCOUNT)
        self.text.setPlainText(text)
        self.blockSignals(False)

    def position(self) -> Position:
        """The position that is chosen."""
        chosen = self.positions.checkedButton()
        return Position(chosen.property("position")) if chosen is not None else Position.ACCOUNT

    def turn(self, position: Position) -> None:
        """Choose a position."""
        for button in self.positions.buttons():
            button.setChecked(button.property("position") == position.value)

    def save(self) -> None:
        """Save what is typed and make ready for the next; a refusal is said here and nothing is lost."""
        self.error.hide()
        try:
            values = self.values()
            self._save(values["speaker"], values["capacity"], self.position(), values["text"])
        except Refused as refused:
            self.error.say(str(refused))
            self.error.show()
            field = {"speaker": self.speaker, "text": self.text}.get(refused.field or "", self.text)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.fill()
        self.speaker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arranged(self) -> QVBoxLayout:
        pills: list[Button] = []
        for place, (position, sign) in enumerate(SIGNS.items(), 1):
            pill = Button(f"{sign} {position.value}")
            pill.setCheckable(True)
            pill.setProperty("position", position.value)
            pill.setToolTip(f"Ctrl+{place}")
            pill.setAccessibleName(position.value)
            pill.clicked.connect(lambda _checked=False: self._touched())
            self.positions.addButton(pill)
            pills.append(pill)
            QShortcut(QKeySequence(f"Ctrl+{place}"), self, partial(self.turn, position))
        self.turn(Position.ACCOUNT)
        who = row(self.speaker, self.capacity, gap=8)
        who.setStretch(0, 1)
        choices = Flow(gap=6)  # two lines of them where the font is large
        for pill in pills:
            choices.addWidget(pill)
        bar = row(choices, self.button, gap=6)
        bar.setStretch(0, 1)
        bar.setAlignment(self.button, Qt.AlignmentFlag.AlignTop)
        return column(who, bar, self.text, self.error, gap=8)

    def _chosen(self, found: Found) -> None:
        self.speaker.setText(found.name)
        self.capacity.setText(found.capacity or found.where)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched()

    def _touched(self) -> None:
        self.error.hide()
        self.typed.emit()
