"""表决方案: the questions put, until when, and what a vote on the phone counts for."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.bodies.queries import body
from consult_app.bodies.rules import LEGAL_WORDS
from consult_app.meetings.queries import sessions
from consult_app.proposals.queries import ProposalFacts
from consult_app.voting import rulebook
from consult_app.voting.actions import draft_motion
from consult_app.voting.choices import DuplicatePolicy
from consult_app.voting.rule import Rule
from consult_app.voting.rule_choice import deciders, rules_for
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

_POLICIES = (
    (DuplicatePolicy.FIRST_VALID, "同一选票以先到的为准"),
    (DuplicatePolicy.PAPER_PREVAILS, "手机与纸质不一致时以纸质票为准"),
)


class BallotPlan(FormSheet):
    """The plan under the rule the screening settled; `drafted(id)` runs with the motion's number."""

    def __init__(
        self, desk: Desk, matter: ProposalFacts, drafted: Callable[[int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "起草表决方案",
            "同意、反对、弃权三种选择固定提供。方案冻结前可以修改，冻结后规则、选项和票权清册都不再变。",
            action="起草",
            decide=self._draft,
            width=600,
            parent=parent,
        )
        self.desk, self.matter, self.drafted = desk, matter, drafted
        rules = self._rules()
        self.form.line("title", "表决名称", value=matter.title, needed=True)
        self.form.text(
            "items", "表决事项", value=f"是否同意{matter.title}", rows=4, needed=True, note="每行一项，每项单独表决。"
        )
        self.form.choice(
            "rule_id", "表决规则", [(rule.id, f"{rule.title}（{rule.shares}）") for rule in rules], needed=True
        )
        closes = (desk.now + timedelta(days=15)).astimezone().replace(hour=18, minute=0, second=0, microsecond=0)
        self.form.moment("closes_at", "截止时间", value=closes, needed=True)
        mode = desk.ask(body, matter.body_id).legal_mode
        self.form.choice("legal_mode", "手机投票的法律效力", tuple(LEGAL_WORDS.items()), value=mode)
        self.form.choice("duplicate_policy", "重复投票", _POLICIES)

    def _rules(self) -> tuple[Rule, ...]:
        book, today = rulebook.load(), self.desk.today
        if self.matter.rule_id:
            return (book.rule(self.matter.rule_id, today),)
        kind = self.desk.ask(body, self.matter.body_id).kind
        found = [rule for decider, _ in deciders(book, kind, today) for rule in rules_for(book, decider, today)]
        return tuple(dict.fromkeys(found))

    def _draft(self) -> None:
        values = self.form.values()
        values["items"] = [line.strip() for line in values["items"].splitlines() if line.strip()]
        held = self.desk.ask(sessions, self.matter.id)
        motion_id = self.desk.do(
            draft_motion, self.matter.id, on=self.desk.today, meeting_id=held[0].id if held else None, **values
        )
        self.desk.say("表决方案已起草。核对无误后冻结。")
        self.drafted(motion_id)
