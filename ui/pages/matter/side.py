"""The right third: who and when, and what happened in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.audit.chain import Change
from consult_app.documents.queries import documents
from consult_app.kernel.text import clock_words, day_words, legal_day, short_day
from consult_app.meetings.queries import advice, sessions
from consult_app.notices.queries import notices_of
from consult_app.proposals.listing import SOON
from consult_app.proposals.queries import ProposalFacts, due_words, history
from consult_app.proposals.rules import ProposalState
from consult_app.voting.queries import motions
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.widgets.button import quiet
from ui.widgets.card import Card
from ui.widgets.layout import clear, column, row, scrolling
from ui.widgets.text import Words, muted, rule, small

FEWEST, MOST = 4, 9
"""Entries of the history that stand on the page, by the window's height; the rest opens."""

_ABOVE = 18
"""Lines of the window that the head, the track and the facts take."""


class MatterSide(QWidget):
    """People and dates, and the newest entries of the history."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.facts, self.story = Card("人员与期限"), Card("经过")
        self.pairs, self.lines = column(gap=6), column(gap=6)
        self.facts.add(self.pairs)
        self.story.add(self.lines)
        self.setLayout(column(self.facts, self.story, None, gap=16))

    def show_matter(self, matter: ProposalFacts) -> None:
        """Show a matter."""
        clear(self.pairs)
        for label, value, tone in _pairs(matter, self.desk):
            name = small(label)
            name.setFixedWidth(name.fontMetrics().horizontalAdvance("议事平台") + 4)
            line = row(name, Words(value, tone=tone, wrap=True), gap=10)
            line.setStretch(1, 1)
            line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
            name.setContentsMargins(0, 2, 0, 0)  # smaller words on the same line
            self.pairs.addLayout(line)
        found = self.desk.ask(history, matter.id, self._subjects(matter))
        clear(self.lines)
        self.lines.addLayout(_table(found[: self._room()], self.desk))
        if found:
            words = quiet(f"存证链第 {found[0].seq} 条 · 全部经过 ›", lambda: self._open_all(found))
            self.lines.addWidget(words)

    def _room(self) -> int:
        """How many entries stand here without scrolling the page."""
        lines = int(self.window().height() / (self.fontMetrics().height() * 1.6))
        return max(FEWEST, min(MOST, lines - _ABOVE))

    def _subjects(self, matter: ProposalFacts) -> tuple[str, ...]:
        """What hangs on the matter, as the chain names it."""
        found = [f"meeting:{line.id}" for line in self.desk.ask(sessions, matter.id)]
        found += [f"motion:{line.id}" for line in self.desk.ask(motions, matter.body_id, matter.id)]
        found += [f"document:{line.id}" for line in self.desk.ask(documents, matter.id)]
        found += [f"notice:{line.id}" for line in self.desk.ask(notices_of, matter.id, self.desk.today)]
        return tuple(found)

    def _open_all(self, found: tuple[Change, ...]) -> None:
        sheet = Sheet("全部经过", "按存证链倒序；每一条都不能修改。", leave="关闭", width=680, parent=self)
        area = scrolling(column(_table(found, self.desk, by=True), None, gap=0), margins=(0, 0, 12, 0))
        area.setMinimumHeight(420)
        sheet.add(area)
        sheet.open()


def _pairs(matter: ProposalFacts, desk: Desk) -> list[tuple[str, str, str]]:
    """Label, words and tone of each fact that has something to say."""
    raised = matter.proposer + (f"（{matter.recorder}代录）" if matter.taken_down else "")
    found = [("提议人", raised, ""), ("登记日期", day_words(legal_day(matter.registered_at)), "")]
    found.append(("涉及范围", matter.affected_range, ""))
    if matter.state is ProposalState.RUNNING:
        found += [("承办", _in_charge(matter), ""), ("期限", *_due(matter, desk))]
    else:
        found.append(("结果", f"{matter.outcome_words}：{matter.outcome_reason}", ""))
    found.append(("督办", matter.supervisor.name if matter.supervisor else "", ""))
    found.append(("参与主体", "、".join(matter.participants), ""))
    found.append(("提示", desk.ask(advice, matter.id) or "", "amber"))
    return [fact for fact in found if fact[1]]


def _in_charge(matter: ProposalFacts) -> str:
    """Who has the step in hand; the template's 决定主体 by its own name once it is chosen."""
    return matter.responsible.replace("决定主体", matter.decision_words or "决定主体")


def _due(matter: ProposalFacts, desk: Desk) -> tuple[str, str]:
    """`2026年11月4日（7 天后）` and its tone."""
    if matter.due_on is None:
        return "", ""
    days = (matter.due_on - desk.today).days
    near = f"（{due_words(matter.due_on, desk.today)}）" if days <= SOON else ""
    return day_words(matter.due_on) + near, "cinnabar" if days < 0 else "amber" if days <= 3 else ""


def _table(found: tuple[Change, ...], desk: Desk, by: bool = False) -> QGridLayout:
    """Time and words of each entry, with a thin line between."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for place, change in enumerate(found):
        if place:
            grid.addWidget(rule(), 2 * place - 1, 0, 1, 3)
        when = small(_when(change, desk))
        when.setContentsMargins(0, 2, 0, 0)  # smaller words on the same line
        grid.addWidget(when, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Words(change.words, wrap=True), 2 * place, 1)
        if by:
            grid.addWidget(small(change.actor), 2 * place, 2)
    if not found:
        grid.addWidget(muted("还没有记录"), 0, 0)
    return grid


def _when(change: Change, desk: Desk) -> str:
    day = legal_day(change.at)
    words = "今天" if day == desk.today else short_day(day)
    return f"{words} {clock_words(change.at)}"
