"""疑难票: the queue that stops and asks. Each case says its facts, the rule, and what hangs on it; two people decide."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from consult_app.bodies.rules import LegalMode
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.voting.doubtful_list import BothWays, Case, CaseKind
from consult_app.voting.measures import shortfall_words
from consult_app.voting.queries import MotionFacts
from consult_app.voting.verdicts import Verdict, verdict_words
from ui.desk import Desk
from ui.dialogs.doubtful import DecidePair, Nominate, RaiseDoubt, SettleDoubt, SettleMajority
from ui.shares import result_share
from ui.widgets.button import Button, plain
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Piece, boxed, column, refill, row, scrolling
from ui.widgets.text import Words, muted, small

KIND_WORDS = {
    CaseKind.DOUBT: "有疑问的票",
    CaseKind.PAIR: "重复票",
    CaseKind.MAJORITY: "多数不一致",
    CaseKind.MARK: "填写无效",
}

SHOWN = 60
"""Settled cases shown before the rest is only counted: nobody reads two thousand frames."""


class Cases(QWidget):
    """The doubtful ballots of one motion. `open` are those that wait for people."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.motion: MotionFacts | None = None
        self.open = 0
        self.raise_button = plain("登记疑难票…", self.raise_doubt, icon="plus")
        self.note = muted(wrap=True)
        self.waiting, self.settled = Card("待裁定"), Card("已有结论")
        self.waiting_lines, self.settled_lines = column(gap=12), column(gap=12)
        self.waiting.add(self.waiting_lines)
        self.settled.add(self.settled_lines)
        self.empty = EmptyState(
            "没有疑难票",
            "票上没有签名、冒名代投、一家两张票、共有人意见不同的，在这里登记，由两名监票人裁定。",
            icon="shield-check",
        )
        head = row(self.raise_button, self.note, gap=12)
        head.setStretch(1, 1)
        self.setLayout(
            column(
                scrolling(column(head, self.empty, self.waiting, self.settled, None, gap=14), margins=(24, 0, 24, 16))
            )
        )

    def show_motion(self, motion: MotionFacts) -> None:
        """Show every case of a motion, what is open first."""
        self.motion = motion
        found = self.desk.ask(voting.doubtful_ballots, motion.id)
        waiting = [case for case in found if case.is_open]
        settled = [case for case in found if not case.is_open]
        self.open = len(waiting)
        self.raise_button.allow(_why_not(motion))
        self.note.say(
            "结果没有宣布以前，每张疑难票都要有结论。"
            if motion.state is MotionState.CLOSED
            else "截止投票以前只登记；看选择、作裁定，都在截止以后。"
            if motion.state is MotionState.OPEN
            else ""
        )
        self.empty.setVisible(not found)
        self.waiting.setVisible(bool(waiting))
        self.settled.setVisible(bool(settled))
        self.waiting.note.setText(f"{len(waiting)} 件")
        self.settled.note.setText(f"{len(settled)} 件")
        refill(self.waiting_lines, *(self._frame(case) for case in waiting))
        left = len(settled) - SHOWN
        rest: list[Piece] = [small(f"还有 {left} 件，见计票说明。")] if left > 0 else []
        refill(self.settled_lines, *(self._frame(case) for case in settled[:SHOWN]), *rest)

    def raise_doubt(self) -> None:
        """Question a ballot."""
        RaiseDoubt(self.desk, self._motion(), self).open()

    def decide(self, case: Case) -> None:
        """Open the decision that a case asks for."""
        if case.kind is CaseKind.PAIR:
            DecidePair(self.desk, case, self).open()
        elif case.kind is CaseKind.MAJORITY:
            SettleMajority(self.desk, self._motion(), case, self).open()
        else:
            SettleDoubt(self.desk, self._motion(), case, self).open()

    def nominate(self, case: Case) -> None:
        """Record whom co-owners chose."""
        Nominate(self.desk, self._motion(), case, self).open()

    def _motion(self) -> MotionFacts:
        assert self.motion is not None
        return self.motion

    def _frame(self, case: Case) -> QFrame:
        frame = QFrame()
        frame.setProperty("look", "card")
        frame.setProperty("warning", "true" if case.is_open else "false")
        chip = Chip(KIND_WORDS[case.kind], "amber" if case.is_open else "grey")
        head = row(Words(case.title, "strong", wrap=True), chip, gap=12)
        head.setStretch(0, 1)
        inside = column(head, Words(case.facts, wrap=True), small(f"规则：{case.rule}", wrap=True), gap=6,
                        margins=(12, 8, 12, 10))  # fmt: skip
        if case.nominee:
            inside.addWidget(Words(f"共有人推选：{case.nominee}", tone="pine"))
        for way in case.ways:
            inside.addWidget(_ways(way, len(self._motion().items) > 1))
        if case.decided:
            inside.addWidget(Words(case.decided, tone="pine", wrap=True))
        if case.is_open:
            inside.addLayout(row(*self._buttons(case), None, gap=8))
        frame.setLayout(inside)
        return frame

    def _buttons(self, case: Case) -> Sequence[Button]:
        motion = self._motion()
        decide = plain("监票人确认…" if case.kind is CaseKind.PAIR else "裁定…", partial(self.decide, case))
        closed = motion.state is MotionState.CLOSED
        needs = case.kind is not CaseKind.PAIR or (case.at_odds and not case.nominee)
        decide.allow("截止投票以后才能裁定。" if needs and not closed else "")
        asks = bool(case.co_owners) and (case.at_odds or case.ground is not None)
        choose = [plain("改登记推选…" if case.nominee else "登记推选…", partial(self.nominate, case))] if asks else []
        return (*choose, decide)


def _why_not(motion: MotionFacts) -> str:
    if motion.secret:
        return "无记名投票，票箱里分不出是谁的票。"
    if motion.by_hands:
        return "举手计数，没有逐张的票。"
    if motion.legal_mode is LegalMode.SURVEY:
        return "意见征询不作决定，无须裁定。"
    if motion.state not in (MotionState.OPEN, MotionState.CLOSED):
        return "结果已经宣布。" if motion.state is MotionState.DECLARED else "投票还没有开始。"
    return ""


def _ways(way: BothWays, numbered: bool) -> QWidget:
    """What the ballot does to one question: the result with it and without it, each with its fractions."""
    item = f"第 {way.code} 项　" if numbered else ""
    if not way.turns:
        same = Words(f"{item}计入与否，结果都是「{verdict_words(way.with_it)}」。", wrap=True)
        return boxed(column(same, _fractions("计入", way.with_it), _fractions("不计入", way.without_it), gap=2))
    pieces: list[QWidget] = []
    for name, verdict in (("计入", way.with_it), ("不计入", way.without_it)):
        told = f"{item}{name}，结果是「{verdict_words(verdict)}」。"
        pieces += [Words(told, tone="pine" if verdict.passed else "cinnabar", wrap=True), _fractions(name, verdict)]
    return boxed(column(*pieces, gap=2))


def _fractions(name: str, verdict: Verdict) -> QWidget:
    said = "；".join(f"{measure.label} {result_share(measure).figures}" for measure in verdict.measures)
    missing = shortfall_words(verdict.measures)
    return small(f"{name}：{said}" + (f"；{missing}" if missing else ""), wrap=True)
