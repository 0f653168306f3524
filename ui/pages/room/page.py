"""会场体检: look the room over before the meeting, try it with phones, rehearse, and show that the box is empty."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from consult_app.demo.trial import Trial, begin
from consult_app.documents.issuing import issue_at_once
from consult_app.documents.polling import draft_zero_report
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.kernel.text import moment_words
from consult_app.voting import queries as voting
from consult_app.voting.rehearsing import newest_rehearsal
from consult_app.web.room import Room, examine
from consult_app.web.server import EVERYWHERE
from ui import outbox
from ui.desk import Desk
from ui.dialogs.issue_slips import LOOPBACK, kept_wishes
from ui.dialogs.rehearse import Rehearse
from ui.dialogs.trial_slip import TrialSlip
from ui.pages import Go
from ui.pages.room.codes import CodesCard
from ui.pages.room.findings import FindingsCard
from ui.pages.room.looking import known, looked_over
from ui.widgets.button import plain, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.text import Words, muted, title

ZERO = KIND_WORDS[DocumentKind.ZERO_REPORT]
EVERY = 5000
"""Milliseconds between two looks while the page is open."""


class RoomPage(QWidget):
    """One hall, for the vote that is about to begin in it."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.motion_id: int | None = None
        self.looking = False
        self.name = title("会场体检")
        self.serve = primary("开启投票服务", self.start, icon="server")
        self.findings, self.codes = FindingsCard(), CodesCard(desk)
        self.outcome = Words("", wrap=True)
        self.tried = ""
        self.trial = plain("试投一张…", self.try_slip, icon="smartphone")
        self.zero = plain("零票报告", self.report_zero, icon="printer")
        self._lay_out()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        desk.server.changed.connect(self.refresh_if_seen)
        desk.server.phones_changed.connect(self.refresh_if_seen)
        desk.watch(self.look, "journal.", "clock.")

    def show_for(self, id: int | None = None) -> None:
        """Look the room over for a motion; without one for any."""
        self.motion_id = id
        self.name.setText("会场体检")
        self.outcome.say("")
        if id is not None:
            self.name.setText(f"会场体检　{self.desk.ask(voting.motion, id).title}")
            self.outcome.say(self.desk.ask(newest_rehearsal, id) or "还没有演练过。")
        self.zero.setVisible(id is not None)
        self.refresh()

    def refresh(self) -> None:
        """Look anew."""
        self.serve.setVisible(not self.desk.server.address)
        self.codes.show_codes()
        self.look()

    def refresh_if_seen(self) -> None:
        """The server was turned on or off, or a phone came by."""
        if self.isVisible():
            self.refresh()

    def look(self) -> None:
        """Look the room over in another thread, once at a time."""
        if self.looking:
            return
        self.looking = True
        room, data, url = known(self.desk, self.motion_id), self.desk.app.settings.data, self.desk.server.url
        room = replace(room, tried=self.tried)
        self.desk.work(
            "正在检查会场", lambda _task: looked_over(data, url, room), self.show_room, quiet=True, failed=self._failed
        )

    def show_room(self, room: Room) -> None:
        """Show what was found out."""
        self.looking = False
        self.findings.show_findings(examine(room))

    def start(self) -> None:
        """Turn the vote server on at the address of the slips."""
        wishes = kept_wishes(self.desk)
        self.desk.server.start(LOOPBACK if wishes.host == LOOPBACK else None, wishes.port)

    def rehearse(self) -> None:
        """Ask how many phones, then rehearse."""
        sheet = Rehearse(self.desk, self.motion_id, self)
        sheet.told.connect(self.outcome.say)
        sheet.open()

    def try_slip(self) -> None:
        """Serve one slip of a rehearsal, for a real phone to vote with."""
        settings, own = self.desk.app.settings, kept_wishes(self.desk).host == LOOPBACK
        self.trial.allow("正在准备")
        self.desk.work(
            "正在准备试投选票",
            lambda _task: begin(settings, host=LOOPBACK if own else EVERYWHERE),
            self.show_trial,
            failed=self.trial.allow,
        )

    def show_trial(self, trial: Trial) -> None:
        """Show the slip that is ready."""
        self.trial.allow()
        sheet = TrialSlip(self.desk, trial, self)
        sheet.voted.connect(self._took_trial)
        sheet.open()

    def report_zero(self) -> None:
        """Put on record that the box is empty, and issue and open the report to be signed."""
        motion, actor, store = self.motion_id, self.desk.actor, self.desk.store
        if motion is None:
            return
        self.desk.work(
            "正在生成零票报告",
            lambda _task: issue_at_once(store, actor, draft_zero_report, motion),
            lambda made: outbox.put_out_paper(
                self.desk, f"{ZERO} {self.desk.ask(voting.motion, motion).title}.pdf", made
            ),
        )

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._timer.start()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._timer.stop()

    def _took_trial(self) -> None:
        self.tried = moment_words(self.desk.now)
        self.look()

    def _failed(self) -> None:
        self.looking = False

    def _back(self) -> None:
        self.go("vote", id=self.motion_id) if self.motion_id is not None else self.go("votes")

    def _lay_out(self) -> None:
        head = row(
            self.name,
            None,
            plain("重新检查", self.look, icon="rotate-ccw"),
            plain("回到表决", self._back),
            self.serve,
            gap=8,
        )
        practice = Card("演练和零票").add(
            muted("先用真手机试投一张，再用模拟手机演练。都用单独的数据，结束后全部清除，不计票。", wrap=True),
            self.outcome,
            row(self.trial, plain("演练…", self.rehearse, icon="play"), self.zero, None, gap=8),
        )
        wide, side = column(self.findings, None, gap=16), column(self.codes, practice, None, gap=16)
        cards = row(boxed(wide), boxed(side), gap=16)
        cards.setStretch(0, 58)
        cards.setStretch(1, 42)
        whole = column(
            column(head, margins=(24, 18, 24, 0)), scrolling(column(cards, None), margins=(24, 0, 24, 16)), gap=14
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
