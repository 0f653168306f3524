"""One teller's sheet of an election: what was counted, entered without seeing what another teller entered."""

from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QSpinBox, QWidget

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import area_words
from consult_app.voting.actions import Entered, enter_election_tally
from consult_app.voting.election_count import ElectionCount, written_area
from consult_app.voting.election_facts import ElectionFacts
from consult_app.voting.rules import Weight
from ui.desk import Desk
from ui.dialogs.election import lines_of
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.form import Form
from ui.widgets.layout import column, scrolling
from ui.widgets.text import Words, muted

SAID = {
    Entered.WAITING: "已录入。请另一名计票人清点后录入，互相不看对方的数字。",
    Entered.AGREED: "两名计票人录入一致，可以宣布结果。",
    Entered.DISAGREES: "与另一名计票人的录入不一致，请看不一致的各项，一起重新清点。",
}
ROWS = 8
"""Candidates shown without scrolling."""


class BadWrittenIn(Refused):
    """A line of names written in is no name with a number."""

    text = "「{line}」无法识别，另选他人请每行写「姓名 票数」{area}。"
    field = "written_in"


class VotesGrid(QWidget):
    """A line for each candidate: votes, and of owners the area that stands behind them."""

    def __init__(self, facts: ElectionFacts, most: int) -> None:
        super().__init__()
        self.heads: dict[str, QSpinBox] = {}
        self.areas: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        heading = "赞成罢免" if facts.is_recall else "同意人数" if facts.with_area else "得票"
        for at, words in enumerate(("姓名", heading, *(["同意面积（㎡）"] if facts.with_area else []))):
            grid.addWidget(muted(words), 0, at)
        for at, one in enumerate(facts.candidates, 1):
            grid.addWidget(Words(one.name), at, 0)
            box = self.heads[one.name] = QSpinBox()
            box.setRange(-1, most)
            box.setSpecialValueText(" ")  # empty until the teller has typed a number: none is taken as nought
            box.setValue(-1)
            box.setAccessibleName(f"{one.name}得票")
            box.lineEdit().setTextMargins(8, 0, 8, 0)
            box.setMinimumWidth(box.fontMetrics().horizontalAdvance("0") * 14)
            grid.addWidget(box, at, 1)
            if facts.with_area:
                line = self.areas[one.name] = QLineEdit()
                line.setAccessibleName(f"{one.name}同意面积")
                grid.addWidget(line, at, 2)

    def votes(self) -> dict[str, Weight]:
        """What stands in the lines that are filled."""
        found = {}
        for name, box in self.heads.items():
            if box.value() >= 0:
                area = written_area(self.areas[name].text(), "votes") if name in self.areas else 0
                found[name] = Weight(area, box.value())
        return found

    def total(self) -> int:
        """The votes that are filled in."""
        return sum(max(0, box.value()) for box in self.heads.values())


class ElectionSheet(FormSheet):
    """录入计票: one teller's figures. Nothing of another teller's is shown."""

    def __init__(self, desk: Desk, facts: ElectionFacts, parent: QWidget | None = None) -> None:
        note = "两名计票人各自清点、各自录入，完全一致才采用。请照自己的计票单填写，不看对方的数字。"
        super().__init__("录入计票", note, action="录入", decide=self._enter, columns=2, width=640, parent=parent)
        self.desk, self.facts = desk, facts
        registered = facts.motion.eligible
        unit = facts.motion.rule.unit.value
        area = f"，{area_words(registered.area)} ㎡" if facts.with_area else ""
        self.body.insertWidget(
            0, muted(f"登记参加选举 {registered.heads:,} {unit}{area}　应选 {facts.motion.seats} 名")
        )
        form = self.form
        form.line("teller", "计票人", needed=True)
        form.number("voters", "参加投票", most=9_999_999, unit=unit).valueChanged.connect(self._say)
        if facts.with_area:
            form.line("voters_area", "参与表决面积（㎡）", hint="如 12345.67", needed=True)
        form.number("collected", "收回选票", most=9_999_999, unit="张").valueChanged.connect(self._say)
        form.number("invalid", "其中废票", most=9_999_999, unit="张").valueChanged.connect(self._say)
        self.grid = VotesGrid(facts, 9_999_999)
        for box in self.grid.heads.values():
            box.valueChanged.connect(self._say)
        self.sum = muted(wrap=True)
        self.add(self._scrolled() if len(facts.candidates) > ROWS else self.grid)
        self.more = Form()
        if not facts.is_recall:
            hint = "姓名 票数 面积" if facts.with_area else "姓名 票数"
            self.more.text("written_in", "另选他人", rows=2, hint=hint, note="选票上另选的人，每行一名；没有的不填。")
        self.add(self.more)
        self.add(self.sum)
        self._say()

    def show_refusal(self, refused: Refused) -> None:
        (self.more if refused.field in self.more.fields else self.form).show_refusal(refused)

    def _scrolled(self) -> QScrollArea:
        area = scrolling(column(self.grid, None), margins=(0, 0, 8, 0))
        area.setFixedHeight(self.fontMetrics().lineSpacing() * 2 * ROWS)
        return area

    def _say(self) -> None:
        values = self.form.values("collected", "invalid")
        valid = values["collected"] - values["invalid"]
        if self.facts.is_recall:
            self.sum.say(f"有效票 {max(0, valid):,} 张")
            return
        seats, total = self.facts.motion.seats, self.grid.total()
        most = max(0, valid) * seats
        held = f"每张选满 {seats} 人共 {most:,} 票" if self.facts.with_area else f"最多可选 {most:,} 票"
        over = self.facts.with_area and total > most  # lawful only where each name has its own 同意 and 反对
        hint = "；只有逐人填同意、反对的选票才会更多" if over else ""
        self.sum.say(f"有效票 {max(0, valid):,} 张，{held}，已填 {total:,} 票{hint}", "amber" if over else "")

    def _enter(self) -> None:
        self.more.clear_errors()
        values = self.form.values() | self.more.values()
        area = written_area(values["voters_area"], "voters_area") if self.facts.with_area else 0
        votes = self.grid.votes() | self._written_in(values.get("written_in", ""))
        count = ElectionCount(
            self.facts.motion.eligible, Weight(area, values["voters"]), values["collected"], values["invalid"], votes
        )
        found = self.desk.do(enter_election_tally, self.facts.motion.id, values["teller"], count)
        self.desk.say(SAID[found])

    def _written_in(self, text: str) -> dict[str, Weight]:
        found: dict[str, Weight] = {}
        for line in lines_of(text):
            parts = line.replace("，", " ").replace(",", " ").split()
            wanted = 3 if self.facts.with_area else 2
            if len(parts) != wanted or not parts[1].isdecimal():
                raise BadWrittenIn(line=line, area="和面积" if self.facts.with_area else "")
            if parts[0] in found or parts[0] in self.grid.heads:
                raise BadWrittenIn(line=line, area="，姓名不能重复")
            found[parts[0]] = Weight(written_area(parts[2], "written_in") if wanted == 3 else 0, int(parts[1]))
        return found
