"""The head of the page: which roll is shown, its sums, and what is rarely done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from consult_app.kernel.text import day_words
from consult_app.rolls.queries import RollFacts
from consult_app.rolls.rules import RollKind
from ui.pages.roll.table import summary
from ui.pages.roll.view import View
from ui.widgets.button import menu, plain
from ui.widgets.chip import Chip
from ui.widgets.form import NoWheelCombo
from ui.widgets.layout import row
from ui.widgets.text import OneLine, title

KIND_WORDS = {RollKind.OWNERS: "业主名册", RollKind.PEOPLE: "人员名册", RollKind.MEMBERS: "成员名单"}


class RollHead(QWidget):
    """`offer(rolls, shown)` the rolls of the body; the callables turn to one, to the namesakes, and to the import."""

    def __init__(
        self,
        turn: Callable[[int], object],
        same: Callable[[], object],
        bring: Callable[[], object],
        more: tuple[tuple[str, Callable[[], object]], ...],
    ) -> None:
        super().__init__()
        self.facts_words, self.superseded = OneLine("", "muted"), Chip("", "amber")
        self.rolls = NoWheelCombo()
        self.rolls.setAccessibleName("选择名册")
        self.rolls.activated.connect(lambda _place: turn(self.rolls.currentData()))
        self.same_button = plain("", same, icon="users")
        across = row(
            title("名册"),
            self.rolls,
            self.superseded,
            self.facts_words,
            self.same_button,
            menu("更多", more),
            plain("导入新名册", bring, icon="upload"),
            gap=12,
        )
        across.setStretch(3, 1)
        self.setLayout(across)

    def offer(self, found: Sequence[RollFacts], shown: RollFacts) -> bool:
        """Offer the rolls of a body; whether the one that is shown is in force."""
        newest = {kind: next((each.id for each in found if each.kind is kind), None) for kind in RollKind}
        self.rolls.clear()
        for each in found:
            current = "现行" if each.id in newest.values() else "原"
            self.rolls.addItem(f"{current}{KIND_WORDS[each.kind]} · {day_words(each.as_of)}", each.id)
        self.rolls.setCurrentIndex(self.rolls.findData(shown.id))
        self.rolls.setMinimumWidth(self.fontMetrics().horizontalAdvance("现行业主名册 · 2026年12月30日") + 64)
        return shown.id in newest.values()

    def show_view(self, view: View, current: bool) -> None:
        """Show the sums of a roll, and whether it was superseded or frozen."""
        self.facts_words.say(summary(view) if view.whole else "正在读取…")
        state = "" if current else "已被新名册取代"
        self.superseded.say(state or ("已冻结" if view.frozen else ""), "amber" if state else "pine")
        self.superseded.setVisible(bool(state or view.frozen))
