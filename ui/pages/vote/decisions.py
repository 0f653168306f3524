"""需要决定: votes by two ways, paper two tellers read differently, slips that lead to another address."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from consult_app.kernel.text import clock_words, legal_day, short_day
from consult_app.voting.choices import CHANNEL_WORDS, POLICY_WORDS
from consult_app.voting.queries import ConflictFacts, MotionFacts, WaitingPaper
from ui.widgets.button import plain
from ui.widgets.card import Card
from ui.widgets.layout import Piece, column, refill, row
from ui.widgets.text import Words, muted


class DecisionsCard(Card):
    """What people have to settle before a result can be declared. `decide(conflict)` and `enter()` are the page's."""

    def __init__(self, decide: Callable[[ConflictFacts], object], enter: Callable[[], object]) -> None:
        super().__init__("需要决定")
        self._decide, self._enter = decide, enter
        self.lines = column(gap=12)
        self.add(self.lines)

    def show_open(
        self, motion: MotionFacts, conflicts: Sequence[ConflictFacts], papers: Sequence[WaitingPaper], warning: str = ""
    ) -> None:
        """Show what is unsettled; hidden when nothing is."""
        unsettled = [conflict for conflict in conflicts if conflict.decided_at is None]
        pieces: list[Piece] = [_entry("选票上印的地址打不开", warning)] if warning else []
        pieces += [self._conflict(motion, conflict) for conflict in unsettled]
        pieces += [self._paper(paper) for paper in papers]
        self.setVisible(bool(pieces))
        refill(self.lines, *pieces)
        settled = len(conflicts) - len(unsettled)
        self.note.setText(f"已裁定 {settled} 组" if settled else "")

    def _conflict(self, motion: MotionFacts, conflict: ConflictFacts) -> QFrame:
        first, second = CHANNEL_WORDS[conflict.first_channel], CHANNEL_WORDS[conflict.second_channel]
        day = short_day(legal_day(conflict.first_at))
        words = (
            f"{day} {clock_words(conflict.first_at)} 先用{first}投票，{clock_words(conflict.second_at)} 又交{second}。"
            f"按规则{POLICY_WORDS[motion.duplicate_policy]}，计{CHANNEL_WORDS[conflict.counted]}的一票，请两名监票人确认。"
        )
        button = plain("监票人确认…", lambda: self._decide(conflict))
        return _entry(f"{conflict.serial}　{'、'.join(conflict.rooms) or conflict.label}", words, button)

    def _paper(self, paper: WaitingPaper) -> QFrame:
        names = "、".join(paper.tellers)
        words = (
            f"{names}的录入不一致，请两人重看这张选票后各自再录一次。"
            if paper.disagree
            else f"{names}已录入，请另一名计票人再录一次。"
        )
        return _entry(f"{paper.serial}　纸质选票", words, plain("录入…", self._enter))


def _entry(title: str, words: str, button: QFrame | object | None = None) -> QFrame:
    frame = QFrame()
    frame.setProperty("look", "card")
    frame.setProperty("warning", "true")
    inside = column(Words(title, "strong"), muted(words, wrap=True), gap=4, margins=(12, 8, 12, 10))
    if button is not None:
        inside.addLayout(row(button, None))  # type: ignore[arg-type]
    frame.setLayout(inside)
    return frame
