"""Take a matter up to a higher venue, or hand it down to a lower one."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.bodies.queries import venues
from consult_app.bodies.rules import LEVEL_WORDS, VenueLevel
from consult_app.proposals.actions import escalate, hand_down
from consult_app.proposals.queries import ProposalFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet


def venue_choices(desk: Desk, matter: ProposalFacts, higher: bool) -> list[tuple[int, str]]:
    """The venues above (or below) the matter's own."""
    order = list(VenueLevel)
    here = order.index(matter.venue.level)
    found = desk.ask(venues, matter.body_id)
    return [
        (venue.id, f"{venue.name}（{LEVEL_WORDS[venue.level]}）")
        for venue in found
        if (order.index(venue.level) > here if higher else order.index(venue.level) < here)
    ]


class Escalate(FormSheet):
    """To which higher venue, and why."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            "上报上级议事平台",
            "两次会议没有形成一致意见，或者事项超出本平台范围的，报上一级议事。正在进行的议事在新平台重新开始，原记录保留。",
            action="上报",
            decide=self._escalate,
            parent=parent,
        )
        self.desk, self.matter = desk, matter
        self.form.choice("venue_id", "上报到", venue_choices(desk, matter, True), needed=True)
        self.form.text("reason", "理由", needed=True)

    def _escalate(self) -> None:
        values = self.form.values()
        self.desk.do(escalate, self.matter.id, values["venue_id"], values["reason"])
        self.desk.say("已上报。")


class HandDown(FormSheet):
    """To which lower venue, until when, and why; the upper venue goes on supervising."""

    def __init__(self, desk: Desk, matter: ProposalFacts, parent: QWidget | None = None) -> None:
        super().__init__("交下级平台办理", "本平台继续督办。", action="交办", decide=self._hand_down, parent=parent)
        self.desk, self.matter = desk, matter
        self.form.choice("venue_id", "交给", venue_choices(desk, matter, False), needed=True)
        self.form.day("due_on", "办理期限", value=desk.today + timedelta(days=15), needed=True)
        self.form.text("reason", "理由", needed=True)

    def _hand_down(self) -> None:
        values = self.form.values()
        self.desk.do(hand_down, self.matter.id, values["venue_id"], values["due_on"], values["reason"])
        self.desk.say("已交办。")
