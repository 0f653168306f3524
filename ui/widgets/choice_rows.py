"""What stands on one ballot, to be ticked: each question with its choices side by side, told apart by shape and word."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from consult_app.voting.choices import CHOICE_SIGNS
from consult_app.voting.queries import ItemFacts
from consult_app.voting.rules import CHOICE_WORDS, Choice
from ui.widgets.layout import column, row
from ui.widgets.text import Words, rule

ASKED = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)


class ChoiceRows(QWidget):
    """The questions of a motion; `unreadable` offers that too, for paper. `choices()` are the ticked ones by item code."""

    changed = Signal()

    def __init__(self, items: Sequence[ItemFacts], unreadable: bool = False) -> None:
        super().__init__()
        self.groups: dict[str, QButtonGroup] = {}
        offered = (*ASKED, Choice.INVALID) if unreadable else ASKED
        pieces: list[QWidget] = []
        for item in items:
            pieces += [rule(), self._row(item, offered, len(items) > 1)]
        self.setLayout(column(*pieces[1:], gap=8))

    def choices(self) -> dict[str, str]:
        """Item code -> choice, of what is ticked."""
        ticked = {code: group.checkedButton() for code, group in self.groups.items()}
        return {code: str(button.property("choice")) for code, button in ticked.items() if button is not None}

    def clear(self) -> None:
        """Take all ticks away."""
        for group in self.groups.values():
            group.setExclusive(False)
            for button in group.buttons():
                button.setChecked(False)
            group.setExclusive(True)

    def tick(self, code: str, choice: Choice) -> None:
        """Tick a choice."""
        for button in self.groups[code].buttons():
            if button.property("choice") == choice.value:
                button.click()

    def _row(self, item: ItemFacts, offered: Sequence[Choice], numbered: bool) -> QWidget:
        group = self.groups[item.code] = QButtonGroup(self)
        words = Words(f"{item.code}. {item.text}" if numbered else item.text, wrap=True)
        buttons = []
        for choice in offered:
            button = QRadioButton(f"{CHOICE_SIGNS[choice]} {CHOICE_WORDS[choice]}")
            button.setProperty("choice", choice.value)
            button.setAccessibleName(f"第 {item.code} 项 {CHOICE_WORDS[choice]}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            group.addButton(button)
            buttons.append(button)
        group.buttonToggled.connect(lambda *_: self.changed.emit())
        widget = QWidget()
        widget.setLayout(column(words, row(*buttons, None, gap=20), gap=4))
        return widget
