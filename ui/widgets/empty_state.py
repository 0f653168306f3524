"""What a page says when there is nothing yet: a sentence, and what to do next in large steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui import theme
from ui.icons import pixmap
from ui.widgets.button import plain, primary
from ui.widgets.layout import column, row
from ui.widgets.text import Words, muted

LONGEST = 45
"""Characters in a line of the sentence."""


@dataclass(frozen=True)
class BigStep:
    """One thing to do: a word, a sentence, and the button that does it (no button: done or not yet possible).

    `done` shows ✓; `later` says in words why it is not yet its turn. The first step that can be done leads.
    """

    title: str
    note: str
    action: str = ""
    act: Callable[[], object] | None = None
    done: bool = False
    later: str = ""


class EmptyState(QWidget):
    """A picture, a sentence, at most one button; or, with `steps`, large numbered steps side by side."""

    def __init__(
        self,
        title: str,
        note: str = "",
        *,
        icon: str = "",
        action: str = "",
        act: Callable[[], object] | None = None,
        steps: Sequence[BigStep] = (),
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        layout = column(None, gap=8, margins=(0, 24, 0, 24))
        if icon:
            picture = Words()
            picture.setPixmap(pixmap(icon, 48, theme.EDGE, self.devicePixelRatioF()))
            layout.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(Words(title, "heading"), alignment=Qt.AlignmentFlag.AlignHCenter)
        if note:
            words = muted(note, wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setMaximumWidth(words.fontMetrics().horizontalAdvance("汉") * LONGEST)
            across = row(None, words, None)
            across.setStretch(1, 8)  # not aligned, which would cut off the second line
            layout.addLayout(across)
        if action and act is not None:
            layout.addSpacing(8)
            layout.addWidget(primary(action, act), alignment=Qt.AlignmentFlag.AlignHCenter)
        if steps:
            layout.addSpacing(16)
            leading = next((step for step in steps if step.act is not None and not step.done and not step.later), None)
            cards = (_step(place, step, step is leading) for place, step in enumerate(steps, 1))
            layout.addLayout(row(*cards, gap=16))
        layout.addStretch(2)
        self.setLayout(layout)


def _step(place: int, step: BigStep, leads: bool) -> QFrame:
    card = QFrame()
    card.setProperty("look", "card")
    card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    mark = Words("✓" if step.done else str(place), "figure", "pine" if step.done or step.act else "grey")
    layout = column(mark, Words(step.title, "heading"), muted(step.note, wrap=True), 8, gap=6, margins=(24, 20, 24, 24))
    layout.addStretch(1)
    if step.act is not None and not step.done:
        button = primary(step.action, step.act) if leads else plain(step.action, step.act)
        button.allow(step.later)
        layout.addLayout(row(button, muted(step.later), None))
    elif step.later:
        layout.addWidget(muted(step.later))
    card.setLayout(layout)
    return card
