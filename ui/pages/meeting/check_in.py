"""签到: scan a slip or type room, name or pinyin; the counts; who may observe or join the list."""

from collections.abc import Callable

from consult_app.kernel.errors import Refused
from consult_app.meetings import actions as meetings
from consult_app.meetings.queries import MeetingFacts
from consult_app.meetings.rules import MeetingState, Presence
from consult_app.voting.queries import electors as electors_of
from consult_app.voting.queries import slip_named
from ui.desk import Desk
from ui.pages.meeting.person_line import Found, PersonLine, people
from ui.shares import quorum_share
from ui.widgets.button import quiet
from ui.widgets.card import Card, Tile
from ui.widgets.layout import boxed, row
from ui.widgets.text import Words
from ui.widgets.turnout_bar import TurnoutBar


class CheckInCard(Card):
    """The box, the four counts and the quorum."""

    def __init__(self, desk: Desk, show_list: Callable[[], object]) -> None:
        super().__init__("签到")
        self.desk = desk
        self.meeting: MeetingFacts | None = None
        self.box = PersonLine(self._look, "扫选票，或输入房号、姓名、拼音", "签到")
        self.box.chosen.connect(self._chosen)
        self.said = Words("", "error", wrap=True)
        self.observe = quiet("登记为列席", lambda: self._again(Presence.OBSERVER))
        self.join = quiet("加入应到名单", lambda: self._again(Presence.PRESENT))
        self.ways = boxed(row(self.observe, self.join, None, gap=4))
        self.tiles = {name: Tile(name) for name in ("应到", "实到", "请假", "列席")}
        self.bar = TurnoutBar()
        self.list = quiet("签到名单", show_list)
        self.head.addWidget(self.list)
        self._unlisted = ""
        self.said.hide()
        self.ways.hide()
        self.add(self.box, self.said, self.ways, row(*self.tiles.values(), gap=6), self.bar)

    def show_meeting(self, meeting: MeetingFacts) -> None:
        """Show the counts."""
        self.meeting = meeting
        counts = meeting.counts
        figures = (counts.expected, counts.present, counts.excused, counts.observers)
        for tile, figure in zip(self.tiles.values(), figures, strict=True):
            tile.show_figure(str(figure))
        self.box.setVisible(meeting.state is not MeetingState.CLOSED)
        self.bar.setVisible(bool(counts.expected))
        self.bar.show_share(quorum_share(meeting.quorum))

    def check_in(self, name: str, presence: Presence = Presence.PRESENT, capacity: str = "") -> None:
        """Check someone in; who is not on the list may observe or join it."""
        assert self.meeting is not None
        self.said.hide()
        self.ways.hide()
        try:
            self.desk.do(meetings.check_in, self.meeting.id, name=name, status=presence, capacity=capacity)
        except Refused as refused:
            self._unlisted = name
            self.said.say(str(refused))
            self.said.show()
            self.ways.setVisible(isinstance(refused, meetings.NotExpected))
            return
        self.box.clear()
        self.desk.say(f"{name} 已{'列席' if presence is Presence.OBSERVER else '签到'}。")

    def _look(self, typed: str) -> tuple[Found, ...]:
        return people(self.desk, self.meeting, typed) if self.meeting is not None else ()

    def _chosen(self, found: Found) -> None:
        name = self._of_slip(found.name) or found.name
        self.check_in(name, capacity=found.capacity or ("" if name != found.name else found.where))

    def _of_slip(self, typed: str) -> str:
        """The voter of a scanned slip; empty when what was typed is none."""
        slip = self.desk.ask(slip_named, typed)
        if slip is None:
            return ""
        voters = self.desk.ask(electors_of, slip.motion.id)
        found = next((one for one in voters if one.label == slip.label and one.rooms == slip.rooms), None)
        return found.names[0] if found and found.names else slip.label

    def _again(self, presence: Presence) -> None:
        assert self.meeting is not None
        if presence is Presence.PRESENT:
            self.desk.do(meetings.expect, self.meeting.id, [self._unlisted])
        self.check_in(self._unlisted, presence)
