"""The parts of a vote's page: one pill each, with how many things are in it; those that do not apply are not there."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.button import Button
from ui.widgets.layout import boxed, row


class Tabs(QWidget):
    """`turned(name)` when the user turns to a part. `parts` are shown by `stack`, which the page lays out."""

    turned = Signal(str)

    def __init__(self, parts: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__()
        self.stack, self.current = QStackedWidget(), parts[0][0]
        self._parts = dict(parts)
        self.pills = {name: Button(name, partial(self.turn, name), "tab") for name in self._parts}
        for name, widget in parts:
            self.pills[name].setCheckable(True)
            self.stack.addWidget(widget)
        self.setLayout(row(boxed(row(*self.pills.values(), gap=8)), None))
        self.turn(self.current)

    def turn(self, name: str) -> None:
        """Show a part."""
        self.current = name
        for one, pill in self.pills.items():
            pill.setChecked(one == name)
        self.stack.setCurrentWidget(self._parts[name])
        self.turned.emit(name)

    def offer(self, counts: dict[str, int | None], urgent: Sequence[str] = ()) -> None:
        """Offer the named parts, each with its count (None: without); turn to the first when the present one is gone."""
        for name, pill in self.pills.items():
            count = counts.get(name)
            pill.setVisible(name in counts)
            pill.rename(f"{name} {count:,}" + ("，待裁定" if name in urgent else "") if count else name)
        self.setVisible(len(counts) > 1)
        if self.current not in counts:
            self.turn(next(iter(self._parts)))
