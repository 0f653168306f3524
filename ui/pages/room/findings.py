"""What the room doctor found: one line each with a light, the words and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from consult_app.web.room import Finding, Light, worst
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, column, refill, row
from ui.widgets.state_dot import StateDot
from ui.widgets.text import Words, rule, small

DOTS = {Light.GREEN: "done", Light.AMBER: "soon", Light.RED: "late"}
TONES = {Light.GREEN: "", Light.AMBER: "amber", Light.RED: "cinnabar"}
VERDICTS = {
    Light.GREEN: ("可以开会", "pine"),
    Light.AMBER: ("可以开会，有提醒", "amber"),
    Light.RED: ("先排除红色的问题", "cinnabar"),
}


class FindingsCard(Card):
    """The findings under one verdict."""

    def __init__(self) -> None:
        super().__init__("体检结果")
        self.verdict = Chip()
        self.head.insertWidget(1, self.verdict)
        self.lines = column(gap=10)
        self.found: tuple[Finding, ...] = ()
        self.add(boxed(self.lines), None)

    def show_findings(self, found: tuple[Finding, ...]) -> None:
        """Show what was found."""
        if found == self.found:
            return
        self.found = found
        self.verdict.say(*VERDICTS[worst(found)])
        refill(self.lines, *_between([_line(one) for one in found]))


def _line(found: Finding) -> QWidget:
    advice = [small(found.advice, wrap=True)] if found.advice else []
    words = column(Words(found.words, tone=TONES[found.light], wrap=True), *advice, gap=2)
    name = Words(found.name, "strong")
    name.setFixedWidth(name.fontMetrics().horizontalAdvance("手机能否打开") + 16)
    mark = boxed(row(StateDot(DOTS[found.light], 18), name, gap=10))
    line = row(mark, words, gap=10)
    line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)  # beside the first line of many
    line.setStretch(1, 1)
    made = boxed(line)
    made.setAccessibleName(f"{found.name}：{found.words}{found.advice}")
    return made


def _between(lines: Sequence[QWidget]) -> list[QWidget]:
    parted: list[QWidget] = []
    for line in lines:
        parted += [line, rule()]
    return parted[:-1]
