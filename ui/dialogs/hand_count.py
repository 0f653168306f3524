"""举手表决: named, seen by two witnesses; or counted by two tellers apart where the rule counts heads only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QSpinBox, QWidget

from consult_app.kernel.errors import Refused
from consult_app.rolls.pinyin import initials
from consult_app.voting.actions import Entered, cast_by_hand, enter_hand_count
from consult_app.voting.election_facts import hand_sheets
from consult_app.voting.queries import ElectorLine, MotionFacts, electors
from consult_app.voting.rules import CHOICE_WORDS, Choice
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.widgets.choice_rows import ASKED, ChoiceRows
from ui.widgets.form import Form
from ui.widgets.text import Words, muted


class UnknownVoter(Refused):
    """What was typed names nobody, or several."""

    text = "「{typed}」在票权清册里找不到唯一的人，请从列表中选择。"
    field = "voter"


class HandVote(Sheet):
    """One person after another: who raised a hand, for what, seen by whom. The two witnesses stay filled in."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "逐人登记：两名监票人当场看到本人举手。登记后本人的选票随即用掉，不能再投。"
        super().__init__("举手表决：逐人登记", note, action="登记，下一位", decide=lambda: None, leave="完成", width=560,
                         parent=parent)  # fmt: skip
        self.desk, self.motion = desk, motion
        self.form = Form(columns=1)
        self.voter = self.form.line("voter", "表决权人", hint="姓名、房号或拼音首字母", needed=True)
        self.witnesses = Form(columns=2)
        self.witnesses.line("first", "监票人一", needed=True)
        self.witnesses.line("second", "监票人二", needed=True)
        self.rows, self.outcome = ChoiceRows(motion.items), Words("", tone="pine", wrap=True)
        self.add(self.witnesses, self.form, self.rows, self.outcome)
        self._offer()

    def _offer(self) -> None:
        self.lines = {voter_words(line): line for line in self.desk.ask(electors, self.motion.id) if line.at is None}
        self.voter.setCompleter(finder(self.voter, list(self.lines)))

    def _act(self) -> None:
        for form in (self.form, self.witnesses):
            form.clear_errors()
        self.error.hide()
        try:
            line = self._found()
            names = self.witnesses.values()
            self.desk.do(cast_by_hand, self.motion.id, line.id, self.rows.choices(), names["first"], names["second"])
        except Refused as refused:
            place = next((form for form in (self.form, self.witnesses) if refused.field in form.fields), None)
            place.show_refusal(refused) if place else self.show_refusal(refused)
            return
        self.outcome.say(f"{line.label} 已登记。")
        self.voter.clear()
        self.rows.clear()
        self._offer()
        self.voter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self) -> ElectorLine:
        typed = self.voter.text().strip()
        if typed in self.lines:
            return self.lines[typed]
        fitting = [line for words, line in self.lines.items() if typed and typed.casefold() in words.casefold()]
        if len(fitting) != 1:
            raise UnknownVoter(typed=typed)
        return fitting[0]


class HandCount(Sheet):
    """One teller's count of hands for every item; adopted once two tellers agree."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "两名计票人各自清点、各自录入，完全一致才采用。已有人单独投票的，请改用逐人登记。"
        super().__init__("举手表决：录入计数", note, action="录入", decide=lambda: None, leave="完成", width=520,
                         parent=parent)  # fmt: skip
        self.desk, self.motion = desk, motion
        self.form = Form(columns=2)
        self.form.line("teller", "计票人", needed=True)
        self.form.number("present", "到会人数", most=max(1, motion.eligible.heads), unit="人")
        self.counts: dict[str, dict[Choice, QSpinBox]] = {}
        self.standing, self.outcome = Words("", wrap=True), Words("", tone="pine", wrap=True)
        self.differing = muted(wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for at, choice in enumerate(ASKED, 1):
            grid.addWidget(Words(CHOICE_WORDS[choice]), 0, at)
        for at, item in enumerate(motion.items, 1):
            grid.addWidget(Words(f"{item.code}. {item.text}", wrap=True), at, 0)
            self.counts[item.code] = {choice: self._box(item.code, choice) for choice in ASKED}
            for across, box in enumerate(self.counts[item.code].values(), 1):
                grid.addWidget(box, at, across)
        self.add(self.standing, self.differing, self.form, grid, self.outcome)
        self._stand()

    def _stand(self) -> None:
        """Say how far the tellers are; what one has entered is shown only once the other's differs from it."""
        found = self.desk.ask(hand_sheets, self.motion.id)
        self.standing.say(found.words, "pine" if found.agreed else "cinnabar" if found.differences else "")
        names = found.tellers[-2:]
        lines = [f"{one.field}：{names[0]} {one.first}，{names[1]} {one.second}" for one in found.differences]
        self.differing.say("\n".join(lines))
        self.differing.setVisible(bool(lines))

    def _box(self, code: str, choice: Choice) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, 99_999)
        box.setAccessibleName(f"第 {code} 项 {CHOICE_WORDS[choice]} 人数")
        return box

    def _act(self) -> None:
        self.form.clear_errors()
        self.error.hide()
        values = self.form.values()
        table = {code: {choice.value: box.value() for choice, box in row.items()} for code, row in self.counts.items()}
        try:
            found = self.desk.do(enter_hand_count, self.motion.id, values["teller"], table, values["present"])
        except Refused as refused:
            self.form.show_refusal(refused) if refused.field in self.form.fields else self.show_refusal(refused)
            return
        self.outcome.say("两人计数一致，已采用。" if found is Entered.AGREED else f"{values['teller']}的计数已录入。")
        self._stand()
        self._clear()

    def _clear(self) -> None:
        """The second teller does not see what the first counted."""
        self.form.fill(teller="", present=0)
        for row in self.counts.values():
            for box in row.values():
                box.setValue(0)


def voter_words(line: ElectorLine) -> str:
    """`业主03　1-1-301　yz03`: found by any part of it."""
    return "　".join(part for part in (line.label, "、".join(line.rooms), initials("".join(line.names))) if part)


def finder(field: QLineEdit, words: list[str]) -> QCompleter:
    """A completer that finds any part of the words."""
    completer = QCompleter(words, field)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setMaxVisibleItems(12)
    return completer
