"""The panel beside the roll: one line, who holds it, how its head was formed in words, and its history."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.kernel.text import area_words, day_words, legal_day, moment_words
from consult_app.rolls.masking import masked_id, masked_phone
from consult_app.rolls.queries import ChangeFacts
from consult_app.rolls.rules import STATUS_WORDS, USAGE_WORDS, Person, UnitStatus
from ui.pages.roll.table import Lens
from ui.pages.roll.view import PersonRow, Row, UnitRow, View
from ui.widgets.button import danger, plain, quiet
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import clear, column, row, scrolling
from ui.widgets.text import OneLine, Words, muted, small

MOST = 12
"""Rooms or members named before the rest is only counted."""


class LinePanel(QWidget):
    """`show_line(...)` shows one line; the callables correct it, strike it, open another line, close the panel."""

    def __init__(
        self,
        lens: Lens,
        correct: Callable[[], object],
        strike: Callable[[], object],
        find: Callable[[str], object],
        close: Callable[[], object],
    ) -> None:
        super().__init__()
        self._lens, self._find = lens, find
        self.setAccessibleName("名册中的一行")
        self.title = OneLine("", "heading")
        self.close_button = quiet("收起", close, icon="x")
        self.correct_button, self.strike_button = plain("更正…", correct, icon="pencil"), danger("划去…", strike)
        self.chips, self.body = row(gap=6), column(gap=12)
        self.phones: list[tuple[Words, str]] = []
        head = row(self.title, self.close_button, gap=8)
        head.setStretch(0, 1)
        buttons = row(self.correct_button, self.strike_button, None, gap=8)
        whole = column(head, scrolling(column(self.chips, self.body, None, gap=12), (0, 0, 8, 8)), buttons, gap=8)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_line(self, view: View, line: Row, history: Sequence[ChangeFacts], may_change: bool) -> None:
        """Show a line of a roll."""
        clear(self.body)
        clear(self.chips)
        self.phones = []
        if isinstance(line, UnitRow):
            self._show_unit(view, line)
        else:
            self._show_person(view, line)
        self._show_history(view, line, history)
        self.chips.addStretch(1)
        self.correct_button.setVisible(may_change)
        self.strike_button.setVisible(may_change)

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
        facts.add(_pairs(pairs))
        self.body.addWidget(facts)
        if line.head is not None:
            self._show_head(line)

    def _show_head(self, line: UnitRow) -> None:
        head = line.head
        assert head is not None
        card = Card("票权是这样形成的").add(Words(f"{head.reason}。", wrap=True))
        card.add(
            _pairs(
                [("票权人", Words(head.label or "—", wrap=True)), ("计票面积", Words(f"{area_words(head.area)} ㎡"))]
            )
        )
        if took_part := self._lens.took_part(head.key):
            card.add(Words(f"本次表决{took_part}", tone="pine" if took_part == "已投" else "grey"))
        others = [room for room in head.rooms if room != line.line.place]
        if others:
            card.add(small("合在一起计票的房屋："))
            for room in others[:MOST]:
                card.add(row(quiet(room, partial(self._find, room)), None, gap=0))
            if len(others) > MOST:
                card.add(small(f"等共 {len(head.rooms)} 套"))
        self.body.addWidget(card)

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
        self.body.addWidget(Card("登记事项").add(_pairs([*pairs, ("电话", self._phone(person.phone))])))
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

    def _phone(self, number: str) -> Words:
        words = Words(self._lens.phone(number) or "—")
        self.phones.append((words, number))
        return words


def _pairs(pairs: Sequence[tuple[str, QWidget]]) -> QGridLayout:
    """Names at the left, values at the right."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate(pairs):
        repeated = at > 0 and pairs[at - 1][0] == name
        grid.addWidget(muted("" if repeated else name), at, 0)
        grid.addWidget(value, at, 1)
    return grid


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
