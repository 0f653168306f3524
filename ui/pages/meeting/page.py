"""The page of one meeting: agenda at the left, the record in the middle, check-in, opinion and big screen at the right."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from consult_app.kernel.text import moment_words
from consult_app.meetings import actions
from consult_app.meetings import queries as meetings
from consult_app.meetings.queries import MeetingFacts, StatementFacts
from consult_app.meetings.rules import STATE_WORDS, MeetingState, Position
from consult_app.voting.queries import motions
from ui.desk import Desk
from ui.dialogs.attendance import AttendanceSheet
from ui.dialogs.correct_statement import CorrectStatement
from ui.dialogs.form_sheet import Drafts
from ui.dialogs.opinion import DraftOpinion
from ui.dialogs.sheet import Sheet
from ui.pages import Go
from ui.pages.meeting.agenda import AgendaCard
from ui.pages.meeting.check_in import CheckInCard
from ui.pages.meeting.entry import SpeechEntry
from ui.pages.meeting.line_draft import LineDraft
from ui.pages.meeting.person_line import Found, people
from ui.pages.meeting.record import RecordList
from ui.projector.remote import RemoteCard
from ui.widgets.button import plain, primary
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, column, refill, row, scrolling
from ui.widgets.state_dot import StateDot
from ui.widgets.text import Words, muted, title

DOTS = {MeetingState.CALLED: "waiting", MeetingState.OPEN: "on", MeetingState.CLOSED: "done"}


class MeetingPage(QWidget):
    """One meeting, before, while and after it runs."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.meeting: MeetingFacts | None = None
        self.drafts: Drafts = {}
        self._made: tuple[str, ...] = ()
        self.name, self.place = title(), Chip()
        self.dot, self.state = StateDot("waiting", 12), Words()
        self.buttons = row(gap=8)
        self.agenda = AgendaCard(self.start_item)
        self.record, self.count = RecordList(self.correct), muted()
        self.entry = SpeechEntry(self._look, self.state_it)
        self.draft = LineDraft(self)
        self.check_in, self.remote = CheckInCard(desk, self.show_list), RemoteCard(desk)
        self.opinion, self.opinion_words = Card("协商意见"), muted(wrap=True)
        self.opinion_button = plain("起草协商意见…", self.draft_opinion)
        self.opinion.add(self.opinion_words, row(self.opinion_button, None))
        self.entry.typed.connect(lambda: self.draft.keep(**self.entry.values()))
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self._lay_out()
        desk.watch(self.refresh, "meeting.", "motion.")

    def show_for(self, id: int | None = None) -> None:
        """Show a meeting; what was being typed in it is there again."""
        if id is None:
            self.go("meetings")
            return
        turned = self.meeting is None or self.meeting.id != id
        self.meeting = self.desk.ask(meetings.meeting, id)
        if turned:
            self.entry.fill(**self.draft.turn_to(self._draft_path(id)))
        self.refresh()

    def refresh(self) -> None:
        """Ask for the meeting as it stands."""
        if self.meeting is None:
            return
        self.meeting = meeting = self.desk.ask(meetings.meeting, self.meeting.id)
        self.name.setText(meeting.title)
        self.place.say(meeting.place)
        self.record.show_meeting(meeting)
        self.count.say(f"每条即时保存 · {len(meeting.statements)} 条")
        self.check_in.show_meeting(meeting)
        self.entry.setVisible(meeting.state is MeetingState.OPEN)
        self._show_opinion(meeting)
        self._show_remote(meeting)
        self._show_buttons(meeting)
        self._tick()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self.draft.write()

    # what is shown

    def _lay_out(self) -> None:
        head = row(self.name, self.place, self.dot, self.state, None, boxed(self.buttons), gap=10)
        record = Card("发言记录")
        record.head.addWidget(self.count)
        record.add(self.record, self.entry)
        record.body.setStretch(1, 1)
        side = scrolling(column(self.check_in, self.opinion, self.remote, None, gap=14), margins=(0, 0, 0, 0))
        letters = self.fontMetrics().horizontalAdvance("汉")
        self.agenda.setMaximumWidth(letters * 15)
        side.setMaximumWidth(letters * 21)
        body = row(self.agenda, record, side, gap=16)
        for place, part in enumerate((5, 9, 7)):
            body.setStretch(place, part)
        whole = column(head, body, gap=14, margins=(24, 18, 24, 16))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _tick(self) -> None:
        if self.meeting is None:
            return
        meeting = self.meeting
        self.agenda.show_meeting(meeting, self.desk.now)
        self.dot.show_state(DOTS[meeting.state])
        words = STATE_WORDS[meeting.state]
        if meeting.state is MeetingState.OPEN and meeting.opened_at is not None:
            minutes = max(0, int((self.desk.now - meeting.opened_at).total_seconds() // 60))
            words = f"{words} {minutes // 60:02d}:{minutes % 60:02d}"
        elif meeting.state is MeetingState.CALLED:
            words = f"{words}，{moment_words(meeting.starts_at)} 开会"
        self.state.say(words, "pine" if meeting.state is MeetingState.OPEN else "grey")

    def _show_buttons(self, meeting: MeetingFacts) -> None:
        self.entry.button.setVisible(meeting.state is MeetingState.OPEN)
        made = [plain("打开议题", self.open_matter)]
        if meeting.state is MeetingState.CALLED:
            made.append(primary("开始会议", self.open_meeting))
        elif meeting.state is MeetingState.OPEN:
            made.append(plain("结束会议…", self.close_meeting))
        wanted = tuple(button.text() for button in made)
        if wanted != self._made:
            self._made = wanted
            refill(self.buttons, *made)

    def _show_opinion(self, meeting: MeetingFacts) -> None:
        found = meeting.opinion
        self.opinion_button.rename("修改协商意见…" if found else "起草协商意见…")
        self.opinion_button.allow("会议开始以后才能起草。" if meeting.state is MeetingState.CALLED else "")
        if found is None:
            self.opinion_words.say("讨论结束后，摘取共识与不同意见。")
            return
        parts = [found.agreed] + [f"未达成一致：{found.unsettled}"] * bool(found.unsettled)
        parts += [f"不同意见：{found.dissent}"] * bool(found.dissent)
        self.opinion_words.say("\n".join(parts))

    def _show_remote(self, meeting: MeetingFacts) -> None:
        kinds: tuple[str, ...] = ("title", "agenda", "matter")
        place = {"meeting_id": meeting.id, "proposal_id": meeting.proposal_id}
        found = self.desk.ask(motions, self.desk.body_id, meeting.proposal_id) if self.desk.body_id is not None else ()
        if found:
            place["motion_id"] = found[0].id
            shown = "result" if found[0].state.value in ("closed", "declared") else "voting"
            kinds += ("how", shown) if shown == "voting" else (shown,)
        self.remote.turn_to((*kinds, "blank"), **place)

    def _look(self, typed: str) -> tuple[Found, ...]:
        return people(self.desk, self.meeting, typed) if self.meeting is not None else ()

    def _draft_path(self, meeting_id: int) -> Path:
        return self.desk.app.settings.data / "drafts" / f"meeting-{meeting_id}.json"

    # what can be done

    def _facts(self) -> MeetingFacts:
        assert self.meeting is not None
        return self.meeting

    def state_it(self, speaker: str, capacity: str, position: Position, text: str) -> None:
        """Put a statement on record; its draft goes."""
        self.desk.do(actions.state, self._facts().id, speaker=speaker, capacity=capacity, position=position, text=text)
        self.draft.forget()

    def start_item(self, item_id: int) -> None:
        """Begin an agenda item; the one that runs ends."""
        self.desk.do(actions.start_item, item_id)

    def open_meeting(self) -> None:
        """Begin: from now on the record is written."""
        self.desk.do(actions.open_meeting, self._facts().id)
        self.entry.speaker.setFocus()

    def close_meeting(self) -> None:
        """End the meeting, after a last look at what is missing."""
        meeting = self._facts()
        missing = [] if meeting.opinion else ["还没有形成协商意见，会后仍可补记。"]
        if meeting.counts.expected and not meeting.quorum.reached:
            missing.append(meeting.quorum.words + "。")
        note = "结束后不能再签到和记录发言，未到的人记为缺席。" + "".join(missing)

        def decide() -> None:
            self.desk.do(actions.close_meeting, meeting.id)
            self.desk.say("会议已结束，请到议题页打印签到表和议事记录，由到会人签字。")

        Sheet("结束会议", note, action="结束会议", decide=decide, look="danger", parent=self).open()

    def draft_opinion(self) -> None:
        """Draft the consultation opinion, or change it."""
        sheet = DraftOpinion(self.desk, self._facts(), self)
        sheet.keep_in(self.drafts, "opinion", str(self._facts().id))
        sheet.open()

    def correct(self, said: StatementFacts) -> None:
        """Correct a statement."""
        CorrectStatement(self.desk, said, self).open()

    def show_list(self) -> None:
        """Open the list of those expected and those who came."""
        AttendanceSheet(self.desk, self._facts().id, self).open()

    def open_matter(self) -> None:
        """Go to the matter of this meeting."""
        self.go("matter", id=self._facts().proposal_id)
