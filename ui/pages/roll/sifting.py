"""The bar over the table: a search, a building or group, and pills with counts."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from consult_app.rolls.rules import RollKind
from ui import theme
from ui.icons import icon
from ui.pages.roll.table import part_of, sieves
from ui.pages.roll.view import Row, View, natural
from ui.widgets.button import Button
from ui.widgets.flow import Flow, flowing
from ui.widgets.form import NoWheelCombo
from ui.widgets.layout import column

WAIT = 150
"""Milliseconds without a key before the search begins."""


class Sifting(QWidget):
    """`offer(view)` what there is to choose; `lets(line)` says which lines pass. `searched(text)`, `sifted()` tell of a choice."""

    searched = Signal(str)
    sifted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = RollKind.OWNERS
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、房号、拼音首字母")
        self.search.setAccessibleName("在名册中查找")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", theme.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(236)
        self.wait = QTimer(self)
        self.wait.setSingleShot(True)
        self.wait.setInterval(WAIT)
        self.wait.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda _text: self.wait.start())
        self.parts = NoWheelCombo()
        self.parts.setAccessibleName("楼栋或小组")
        self.parts.activated.connect(lambda _place: self.sifted.emit())
        self.pills, self._flow = QButtonGroup(self), Flow(8)
        self._flow.addWidget(self.search)
        self._flow.addWidget(self.parts)
        self.setLayout(column(flowing(self._flow), gap=0))

    def offer(self, view: View) -> None:
        """Offer the parts and pills of a roll; what was chosen stays chosen."""
        self.kind = view.roll.kind
        self._offer_parts(view)
        self._offer_pills(view)

    def lets(self, line: Row) -> bool:
        """Whether a line passes the chosen pill and part."""
        part = self.parts.currentData()
        return (part is None or part_of(line) == part) and sieves(self.kind)[max(0, self.pills.checkedId())].lets(line)

    def reset(self) -> None:
        """Let every line pass."""
        self.look_for("")
        self.parts.setCurrentIndex(0)
        self.choose(0)

    def look_for(self, text: str) -> None:
        """Search for a text at once."""
        self.search.setText(text)
        self.wait.stop()
        self.searched.emit(text)

    def choose(self, place: int) -> None:
        """Choose a pill by its place."""
        if (pill := self.pills.button(place)) is not None:
            pill.setChecked(True)
        self.sifted.emit()

    def choose_faults(self) -> None:
        """Let only those lines pass that bar a freeze."""
        self.choose(len(sieves(self.kind)) - 1)

    def _offer_parts(self, view: View) -> None:
        kept = self.parts.currentData()
        parts = sorted({part_of(line) for line in view.rows}, key=natural)
        self.parts.clear()
        self.parts.addItem("全部楼栋" if view.of_units else "全部小组", None)
        for part in parts:
            words = f"{part}号楼" if view.of_units and part.isascii() and part else part or "未填写"
            self.parts.addItem(words, part)
        self.parts.setCurrentIndex(max(0, self.parts.findData(kept)) if kept is not None else 0)
        self.parts.setVisible(len(parts) > 1)

    def _offer_pills(self, view: View) -> None:
        chosen = max(0, self.pills.checkedId())
        for button in self.pills.buttons():
            self.pills.removeButton(button)
            self._flow.removeWidget(button)
            button.deleteLater()
        for place, sieve in enumerate(sieves(view.roll.kind)):
            count = sum(map(sieve.lets, view.rows))
            if count or place == 0:
                pill = Button(f"{sieve.words} {count:,}" if view.whole else sieve.words, self.sifted.emit, "tab")
                pill.setCheckable(True)
                self.pills.addButton(pill, place)
                self._flow.addWidget(pill)
        (self.pills.button(chosen) or self.pills.button(0)).setChecked(True)
