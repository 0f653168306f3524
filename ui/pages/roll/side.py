"""The panel beside the roll: one line, who holds it, how its head was formed in words, and its history."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.kernel.text import area_words, day_words, legal_day, moment_words
from consult_app.rolls.amending import AMENDMENT_WORDS, AmendmentKind
from consult_app.rolls.masking import masked_id, masked_phone
from consult_app.rolls.queries import ChangeFacts
from consult_app.rolls.rules import STATUS_WORDS, USAGE_WORDS, Person, UnitStatus, Usage
from ui.pages.roll.acts import RollActs
from ui.pages.roll.head_card import MOST, HeadCard, pairs_grid
from ui.pages.roll.table import Lens
from ui.pages.roll.view import PersonRow, Row, UnitRow, View
from ui.widgets.button import danger, plain, quiet
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import clear, column, row, scrolling
from ui.widgets.text import OneLine, Words, muted, small


class LinePanel(QWidget):
    """`show_line(...)` shows one line; `find` opens another by its place. `same_wanted` asks for the namesakes."""

    same_wanted = Signal()

    def __init__(self, lens: Lens, acts: RollActs, find: Callable[[str], object], close: Callable[[], object]) -> None:
        super().__init__()
        self._lens, self.acts, self._find = lens, acts, find
        self.line: Row | None = None
        self.setAccessibleName("名册中的一行")
        self.title = OneLine("", "heading")
        self.close_button = quiet("收起", close, icon="x")
        self.correct_button, self.strike_button = plain("", self._correct, icon="pencil"), danger("划去…", self._strike)
        self.chips, self.body = row(gap=6), column(gap=12)
        self.phones: list[tuple[Words, str]] = []
        head = row(self.title, self.close_button, gap=8)
        head.setStretch(0, 1)
        buttons = row(self.correct_button, self.strike_button, None, gap=8)
        whole = column(head, scrolling(column(self.chips, self.body, None, gap=12), (0, 0, 8, 8)), buttons, gap=8)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_line(self, view: View, line: Row, history: Sequence[ChangeFacts]) -> None:
        """Show a line of a roll."""
        self.line = line
        clear(self.body)
        clear(self.chips)
        self.phones = []
        if isinstance(line, UnitRow):
            self._show_unit(view, line)
        else:
            self._show_person(view, line)
        self._show_history(view, line, history)
        self.chips.addStretch(1)
        self.correct_button.rename("登记变更…" if view.frozen else "更正…")
        self.correct_button.setVisible(self.acts.is_current)
        self.strike_button.setVisible(self.acts.is_open)

    def reveal(self) -> None:
        """Show phones through the lens as it is now."""
        for words, number in self.phones:
            words.say(self._lens.phone(number) or "—")

    def _show_unit(self, view: View, line: UnitRow) -> None:
        self.title.say(line.line.place)
        self.chips.addWidget(Chip(USAGE_WORDS[line.line.usage]))
        tone = "cinnabar" if line.line.status is UnitStatus.UNKNOWN else "amber" if _is_developers(line) else "plain"
        self.chips.addWidget(Chip(STATUS_WORDS[line.line.status], tone))
        if line.fault:
            self.body.addWidget(Words(f"{line.fault}，补正后才能冻结名册。", tone="cinnabar", wrap=True))
        facts = Card("产权")
        owners = [view.people[person] for person in line.line.persons if person in view.people]
        pairs: list[tuple[str, QWidget]] = [("业主", Words(_owner_words(person), wrap=True)) for person in owners] or [
            ("业主", Words("没有填写"))
        ]
        pairs += [("面积", Words(f"{area_words(line.line.area)} ㎡")), ("电话", self._phone(line.line.phone))]
        if line.line.note:
            pairs.append(("备注", Words(line.line.note, wrap=True)))
        facts.add(pairs_grid(pairs))
        self.body.addWidget(facts)
        if line.head is not None:
            self.body.addWidget(HeadCard(view, line, self._lens, self.acts, self._find, self.same_wanted.emit))
        elif line.line.usage is Usage.PARKING:
            self.body.addWidget(
                Card("票权是这样形成的").add(muted("车位不计票：议事规则没有约定车位参加表决。", wrap=True))
            )

    def _show_person(self, view: View, line: PersonRow) -> None:
        person = line.person
        self.title.say(person.name)
        if person.representative:
            self.chips.addWidget(Chip("代表", "pine"))
        self.chips.addWidget(Chip("已满十八周岁" if line.adult else "未满十八周岁" if person.birth else "年龄不明"))
        if line.fault:
            self.body.addWidget(Words(f"{line.fault}，补正后才能冻结名册。", tone="cinnabar", wrap=True))
        pairs: list[tuple[str, QWidget]] = [
            (name, Words(words, wrap=True))
            for name, words in (
                ("小组", person.group),
                ("户号", person.household),
                ("与户主关系", person.relation),
                ("性别", person.gender),
                ("出生日期", day_words(person.birth) if person.birth else ""),
                ("证件号码", masked_id(person.id_number)),
                ("备注", person.note),
            )
            if words
        ]
        self.body.addWidget(Card("登记事项").add(pairs_grid([*pairs, ("电话", self._phone(person.phone))])))
        home = [
            other.person
            for other in view.rows
            if isinstance(other, PersonRow) and person.household and other.person.household == person.household
        ]
        if len(home) > 1:
            card = Card("同户成员", f"{len(home)} 人")
            for member in home[:MOST]:
                card.add(row(Words(member.name), muted(member.relation), None, gap=8))
            self.body.addWidget(card)

    def _show_history(self, view: View, line: Row, history: Sequence[ChangeFacts]) -> None:
        card = Card("经过")
        for amendment in reversed([each for each in view.amendments if each.line == line.id]):
            kind = AMENDMENT_WORDS[AmendmentKind(amendment.kind)]
            card.add(small(f"{day_words(amendment.happened_on)}　冻结后变更：{kind}"))
            card.add(muted(f"理由：{amendment.reason}", wrap=True), 4)
        for change in history:
            card.add(small(f"{moment_words(change.changed_at)}　{change.changed_by}"))
            for words in _change_words(change):
                card.add(Words(words, wrap=True))
            card.add(muted(f"理由：{change.reason}", wrap=True), 4)
        at = _source(line)
        where = f"来自「{view.roll.source_name}」{at}" if at else "手工增加"
        if at or not history:
            card.add(small(f"{day_words(legal_day(view.roll.accepted_at))}　{view.roll.accepted_by}"))
            card.add(Words(where, wrap=True))
        self.body.addWidget(card)

    def _correct(self) -> None:
        if self.line is not None:
            self.acts.correct(self.line)

    def _strike(self) -> None:
        if self.line is not None:
            self.acts.strike(self.line)

    def _phone(self, number: str) -> Words:
        words = Words(self._lens.phone(number) or "—")
        self.phones.append((words, number))
        return words


def _owner_words(person: Person) -> str:
    number = masked_id(person.id_number)
    return f"{person.name}　{number}" if number else f"{person.name}（无证件号码）"


def _is_developers(line: UnitRow) -> bool:
    return line.line.status in (UnitStatus.UNSOLD, UnitStatus.UNDELIVERED)


def _source(line: Row) -> str:
    found = line.unit if isinstance(line, UnitRow) else line.person
    return f"{found.sheet} 第 {found.row} 行" if found is not None and found.row else ""


def _change_words(change: ChangeFacts) -> list[str]:
    """What a correction did, field by field."""
    if not change.before:
        return ["增加这一行"]
    if not change.after:
        return ["划去这一行"]
    return [
        f"{name}：{_value_words(name, before)} → {_value_words(name, change.after.get(name))}"
        for name, before in change.before.items()
        if before != change.after.get(name)
    ]


_CODES = {str(usage): words for usage, words in USAGE_WORDS.items()} | {
    str(status): words for status, words in STATUS_WORDS.items()
}


def _value_words(name: str, value: object) -> str:
    """A value of a correction, masked where the panel masks it."""
    if isinstance(value, list):
        return "、".join(f"{owner}（{masked_id(number)}）" if number else owner for owner, number in value) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    words = {"电话": masked_phone, "证件号码": masked_id}.get(name, lambda text: _CODES.get(text, text))(str(value))
    return words or "无"
