"""定题: venue, who decides by which rule and why, who takes part, and until when."""

from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QDateEdit, QWidget

from consult_app.bodies.queries import body, venues
from consult_app.bodies.rules import LEVEL_WORDS, BodyKind
from consult_app.kernel.errors import Refused
from consult_app.proposals.actions import screen
from consult_app.proposals.queries import ProposalFacts
from consult_app.proposals.rules import OBJECTION_DAYS, Flag
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.rule_chooser import RuleChooser
from ui.widgets.layout import column, row
from ui.widgets.text import Words

USUAL_NOTICE = 15
"""Days of notice offered while the rule names none."""


class NotChosen(Refused):
    """A choice that only a person can make was left open."""

    text = "请选择{what}。"


class Screening(FormSheet):
    """The 议题审定单; changing it later makes the notice void, so that what is posted is what is voted."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            "审定议题",
            "适用哪一条规则由您按事项性质选择并写明理由，程序不会根据议题名称猜测。",
            action="审定",
            decide=self._screen,
            columns=2,
            width=980,
            parent=parent,
        )
        self.desk, self.matter = desk, matter
        kind = desk.ask(body, matter.body_id).kind
        self.form.into(1)
        self._ask_frame(kind)
        self.form.into(0)
        self.form.line("title", "议题名称", value=matter.title, needed=True)
        self.rule = RuleChooser(desk, self.form, kind)
        self.form.fill(rule_reason=matter.rule_reason)
        self.rule.fill(matter.decision_body, matter.item, matter.rule_id)
        self.rule.rule.currentIndexChanged.connect(lambda: self._suggest_days())
        self.limit(520)

    def _ask_frame(self, kind: BodyKind) -> None:
        matter = self.matter
        places = [(one.id, f"{one.name}（{LEVEL_WORDS[one.level]}）") for one in self.desk.ask(venues, matter.body_id)]
        self.form.choice("venue_id", "议事平台", places, value=matter.venue.id)
        self.form.text(
            "participants",
            "参与主体",
            value="\n".join(matter.participants),
            hint="每行一个，如：三号楼全体业主",
            rows=4,
            needed=True,
        )
        self.form.number("notice_days", "会前公告", value=_days(matter), most=365, unit="天")
        self.form.number(
            "objection_days", "结果异议期", value=matter.objection_days or OBJECTION_DAYS, most=365, unit="天"
        )
        self.timetable = Timetable(matter, self.desk.today)
        self.form.add("timetable", "时间安排", self.timetable, self.timetable.days, self.timetable.show_days)
        if kind is BodyKind.OWNERS:
            changed = Flag.COMMITTEE_CHANGED in matter.flags
            self.form.tick("committee_changed", "选举或者更换业主委员会", value=changed)

    def _suggest_days(self) -> None:
        rule = self.rule.chosen
        if rule and rule.notice_days:
            self.form.fill(notice_days=max(rule.notice_days, self.form.values("notice_days")["notice_days"]))

    def _screen(self) -> None:
        names = ("title", "venue_id", "notice_days", "objection_days", "timetable")
        chosen = self.rule.values()
        if chosen["decision_body"] is None:
            raise NotChosen(what="决定主体", field="decision_body")
        if self.rule.item.isVisibleTo(self) and not chosen["item"]:
            raise NotChosen(what="民法典规定的事项", field="item")
        participants = [line.strip() for line in self.form.values("participants")["participants"].splitlines()]
        flags: dict[str, bool] = {Flag.COMMITTEE_CHANGED: bool(self.form.values().get("committee_changed"))}
        self.desk.do(
            screen,
            self.matter.id,
            participants=[line for line in participants if line],
            flags=flags,
            **chosen,
            **self.form.values(*names),
        )
        self.desk.say("已审定。请打印审定单签字。")


class Timetable(QWidget):
    """By which day each step that follows is to be completed; a step without a tick keeps its own deadline."""

    def __init__(self, matter: ProposalFacts, today: date) -> None:
        super().__init__()
        self.rows: dict[str, tuple[QCheckBox, QDateEdit]] = {}
        lines = column(gap=4)
        here = next(step.ordinal for step in matter.steps if step.code == matter.step_code)
        for step in matter.steps:
            if step.ordinal > here:
                tick, day = QCheckBox(step.name), QDateEdit()
                day.setCalendarPopup(True)
                day.setDisplayFormat("yyyy年M月d日")
                day.setAccessibleName(f"{step.name}完成日期")
                day.setDate(today + timedelta(days=15 * (step.ordinal - here)))  # type: ignore[arg-type]
                day.setEnabled(False)
                tick.toggled.connect(day.setEnabled)
                self.rows[step.code] = (tick, day)
                line = row(tick, day, Words("前完成", "muted"), None, gap=8)
                lines.addLayout(line)
        self.setLayout(lines)
        self.show_days(dict(matter.timetable))

    def days(self) -> dict[str, date]:
        """The days that are ticked, by step."""
        return {code: _day(day) for code, (tick, day) in self.rows.items() if tick.isChecked()}

    def show_days(self, days: dict[str, date]) -> None:
        """Tick and show days."""
        for code, (tick, day) in self.rows.items():
            tick.setChecked(code in days)
            if code in days:
                day.setDate(days[code])  # type: ignore[arg-type]


def _day(field: QDateEdit) -> date:
    found = field.date()
    return date(found.year(), found.month(), found.day())


def _days(matter: ProposalFacts) -> int:
    return USUAL_NOTICE if matter.notice_days is None else matter.notice_days
