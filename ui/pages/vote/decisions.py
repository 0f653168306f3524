"""需要决定: doubtful ballots, and paper that two tellers read differently."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from consult_app.voting.doubtful_list import Case, CaseKind
from consult_app.voting.queries import WaitingPaper
from ui.widgets.button import plain
from ui.widgets.card import Card
from ui.widgets.layout import Piece, column, refill, row
from ui.widgets.text import Words, muted

NAMED = 3
"""Cases named before the rest is only counted."""


class DecisionsCard(Card):
    """What people have to settle before a result can be declared. `see()` and `enter()` are the page's."""

    def __init__(self, see: Callable[[], object], enter: Callable[[], object]) -> None:
        super().__init__("需要决定")
        self._see, self._enter = see, enter
        self._shown: object = None
        self.lines = column(gap=12)
        self.add(self.lines)

    def show_open(self, cases: Sequence[Case], papers: Sequence[WaitingPaper]) -> None:
        """Show what is unsettled; hidden when nothing is."""
        waiting = [case for case in cases if case.is_open]
        settled = sum(1 for case in cases if not case.is_open and case.kind is not CaseKind.MARK)
        if self._shown == (waiting, settled, tuple(papers)):
            return  # while votes come in it is asked every second: nothing may flicker
        self._shown = (waiting, settled, tuple(papers))
        pieces: list[Piece] = [self._cases(waiting)] if waiting else []
        pieces += [self._paper(paper) for paper in papers]
        self.setVisible(bool(pieces))
        refill(self.lines, *pieces)
        self.note.setText(f"已裁定 {settled} 件" if settled else "")

    def _cases(self, waiting: Sequence[Case]) -> QFrame:
        names = "；".join(case.title for case in waiting[:NAMED]) + ("等" if len(waiting) > NAMED else "")
        words = f"{names}。须由两名监票人裁定，才能宣布结果。"
        return _entry(f"疑难票　{len(waiting)} 件", words, plain("查看疑难票", self._see))

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
