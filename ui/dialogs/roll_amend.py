"""Record what became of a line after its roll was frozen, by the rule that applies; and make the next roll of it all."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from consult_app.rolls.amending import AMENDMENT_RULES, AMENDMENT_WORDS, AmendmentKind, renew_roll
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.roll_line import PERSON, noun_of
from ui.widgets.text import muted

_ASKED = ("kind", "happened_on", "gone", "reason")
_OF_UNITS = (AmendmentKind.TRANSFER, AmendmentKind.DELIVERY, AmendmentKind.ERROR)
_OF_PERSONS = (AmendmentKind.PERSON, AmendmentKind.ERROR)

_SHOWN = {
    AmendmentKind.TRANSFER: ("owners", "phone", "note"),
    AmendmentKind.DELIVERY: ("status", "area", "owners", "phone"),
}
"""The fields that such a change is about; of any other kind all are offered."""

_HEIGHT = 430
"""Pixels the fields take at most; the rule and the buttons stay in sight on a laptop."""


class AmendSheet(FormSheet):
    """One line (`unit:id`, `person:id`) of a frozen roll: what happened, when, and what the line is from then on."""

    def __init__(self, desk: Desk, line: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(
            f"登记变更「{words}」",
            "冻结的名册不改动；变更如实登记，自下一份名册起生效。",
            action="登记变更",
            decide=self._amend,
            columns=2,
            width=700,
            parent=parent,
        )
        self.desk = desk
        self.noun, self.number = noun_of(line)
        kinds = _OF_PERSONS if self.noun is PERSON else _OF_UNITS
        form = self.form
        kind = form.choice(
            "kind", "发生了什么", tuple((str(each), AMENDMENT_WORDS[each]) for each in kinds), needed=True
        )
        form.day("happened_on", "发生日期", value=desk.today, note="以证件或登记上的日期为准", needed=True)
        form.tick("gone", "这一行不再属于名册", note="如灭失、合并、迁出、去世，自下一份名册起划去")
        form.text("reason", "理由和依据", rows=2, hint=self.noun.reason, needed=True)
        self.noun.lay(form)
        entry = desk.ask(self.noun.amended, self.number)
        if entry is not None:
            self.noun.fill(form, entry)
        self.before = form.values()
        self.area, self.rule = self.limit(_HEIGHT), muted("", wrap=True)
        self.add(self.rule)
        self._turn(kind)
        kind.currentIndexChanged.connect(lambda _place: self._turn(kind))

    def _turn(self, kind: QComboBox) -> None:
        """Offer what a kind of change is about, and say its rule; what is hidden is as it was."""
        chosen = AmendmentKind(kind.currentData())
        wanted = _SHOWN.get(chosen, tuple(self.before))
        fields = [name for name in self.before if name in _ASKED or name in wanted]
        self.form.fill(**{name: value for name, value in self.before.items() if name not in fields})
        self.form.show_only(*fields)
        self.rule.say(f"适用规则：{AMENDMENT_RULES[chosen]}")
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Be as tall as what is offered, once it is laid out."""
        self.area.setFixedHeight(min(_HEIGHT, self.form.sizeHint().height() + 4))
        self.adjustSize()

    def _amend(self) -> None:
        typed = self.form.values()
        facts = {name: typed.pop(name) for name in ("kind", "happened_on", "reason")}
        entry = None if typed.pop("gone") else self.noun.read(typed)
        self.desk.do(self.noun.amend, self.number, entry, **facts)
        self.desk.say("变更已登记，自下一份名册起生效；冻结的名册没有改动。")


class RenewSheet(FormSheet):
    """Make the next roll of a frozen one with its amendments."""

    def __init__(self, desk: Desk, roll_id: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(
            "更新名册",
            f"按冻结后登记的 {count} 项变更，生成下一份名册。冻结的名册仍保留，正在进行的表决不受影响；"
            "新名册须重新核对、公示和冻结。",
            action="生成新名册",
            decide=self._renew,
            parent=parent,
        )
        self.desk, self.roll_id = desk, roll_id
        self.form.day("as_of", "新名册所指的日期", value=desk.today, needed=True)

    def _renew(self) -> None:
        self.desk.do(renew_roll, self.roll_id, self.form.values()["as_of"])
        self.desk.say("已生成新名册。请核对以后公示。")
