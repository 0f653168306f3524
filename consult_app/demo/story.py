"""The story step by step: one matter of an owners' assembly from its registration to the archive."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from consult_app.archive import actions as archive
from consult_app.archive import scan as scanner
from consult_app.bodies import actions as bodies
from consult_app.bodies import queries as body_queries
from consult_app.bodies.rules import LegalMode, VenueLevel
from consult_app.demo import pictures, script
from consult_app.demo.clock import StoryClock, at
from consult_app.demo.script import SECRETARY
from consult_app.documents import drafting, issuing
from consult_app.documents import queries as documents
from consult_app.documents.queries import DocumentLine
from consult_app.followup import actions as followup
from consult_app.meetings import actions as meetings
from consult_app.meetings import queries as meeting_queries
from consult_app.notices import actions as notices
from consult_app.proposals import actions as proposals
from consult_app.proposals import queries as proposal_queries
from consult_app.rolls import actions as rolls
from consult_app.rolls.extract import extract
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from consult_app.storage.store import Store
from consult_app.voting import actions as voting
from consult_app.voting import queries as voting_queries
from consult_app.voting import rulebook
from consult_app.voting.issuing import IssuedSlip
from consult_app.voting.rule_choice import legal_items

RULE = "owners.ordinary"
MAINTENANCE_FUND = 5
"""The item of civil-code-278 that the matter falls under: using the maintenance fund."""

NOTICE_DAYS = 15
VOTING_DAYS = 10
FIXED = {"decide": NOTICE_DAYS + 2, "close": NOTICE_DAYS + 2 + VOTING_DAYS}
"""Days after the posting of the call on which the vote opens and closes."""


@dataclass
class Story:
    """One matter on its way. What has come into being so far has a number; 0 means not yet."""

    store: Store
    clock: StoryClock
    body: int = 0
    proposal: int = 0
    meeting: int = 0
    motion: int = 0
    called_on: date = date.min
    slips: tuple[IssuedSlip, ...] = ()
    papers: dict[str, DocumentLine] = field(default_factory=dict)
    notices: dict[str, int] = field(default_factory=dict)

    def found(self, roll: Path) -> None:
        """Found the body and accept its roll from a spreadsheet."""
        self.body = self.store.do(SECRETARY, bodies.add_body, "owners", script.BODY)
        self.store.do(SECRETARY, bodies.set_policy, self.body, fonds="Z000", contact="示范社区居民委员会")
        found = extract(plan(read(roll), RollKind.OWNERS))
        self.store.do(SECRETARY, rolls.accept_import, self.body, found, self.clock.today)

    def propose(self) -> None:
        """提事: register the matter, sign the sheet."""
        self.proposal = self.store.do(
            SECRETARY,
            proposals.register,
            self.body,
            title=script.TITLE,
            source="owner",
            proposer=script.PROPOSER,
            taken_down=True,
            affected_range=script.RANGE,
            wish=script.WISH,
            venue_id=self._venue(),
            photos=(pictures.photo("水泵现场照片"),),
        )
        self.clock.forward(hours=2)
        self._sign(self._issue("registration", drafting.draft_registration, self.proposal))
        self._complete()

    def screen(self) -> None:
        """定题: settle who decides and how, plan meeting and vote, post the call with both."""
        self.clock.to_day(self.clock.today + timedelta(days=1), 10)
        self.called_on = self.clock.today
        self.store.do(
            SECRETARY,
            proposals.screen,
            self.proposal,
            venue_id=self._venue(),
            decision_body="owners_assembly",
            rule_id=RULE,
            item=legal_items(rulebook.load())[MAINTENANCE_FUND - 1].citation,
            rule_reason=script.REASON,
            participants=["全体业主", "物业服务人", "社区居民委员会"],
            timetable={"decide": self._day(FIXED["close"] + 3)},
            notice_days=NOTICE_DAYS,
            flags={},
        )
        self._sign(self._issue("screening", drafting.draft_screening, self.proposal))
        self.meeting = self._call_meeting()
        self.motion = self._draft_motion()
        self._issue(
            "notice",
            drafting.draft_meeting_notice,
            self.proposal,
            place=script.PLACE,
            starts_at=self.meeting_time,
            meeting_id=self.meeting,
            motion_id=self.motion,
        )
        self.clock.forward(hours=4)
        self._post("notice")

    def deliberate(self) -> None:
        """议事: wait for the meeting's day, check in, speak, agree, sign."""
        self.clock.to(self.meeting_time - timedelta(minutes=30))
        self._complete()
        self._check_in()
        self.clock.to(self.meeting_time)
        self.store.do(SECRETARY, meetings.open_meeting, self.meeting)
        self._speak()
        opinion = {"agreed": script.AGREED, "dissent": script.DISSENT}
        self.store.do(SECRETARY, meetings.record_opinion, self.meeting, **opinion)
        self.clock.forward(minutes=10)
        self.store.do(SECRETARY, meetings.close_meeting, self.meeting)
        self.clock.to_day(self.clock.today + timedelta(days=1), 9)
        for name, draft in (
            ("attendance", drafting.draft_sign_in_sheet),
            ("record", drafting.draft_record),
            ("opinion", drafting.draft_minutes),
        ):
            self._sign(self._issue(name, draft, self.meeting))
        self._complete()

    def open_vote(self, base_url: str) -> None:
        """决事, first half: freeze rule and roll, issue the slips, open."""
        self.clock.to_day(self._day(FIXED["decide"]), 10)
        self.store.do(SECRETARY, voting.freeze, self.motion)
        self.slips = self.store.do(SECRETARY, voting.issue_slips, self.motion, base_url)
        self.clock.forward(hours=4)
        self.store.do(SECRETARY, voting.open_vote, self.motion)

    def decide(self) -> None:
        """决事, second half: declare, sign, publish the result."""
        live = self.store.ask(voting_queries.books, self.motion).live
        self.clock.forward(minutes=40)
        self.store.do(SECRETARY, voting.declare, self.motion, live)
        self._sign(self._issue("count_sheet", drafting.draft_count_sheet, self.motion))
        self.clock.to_day(self.clock.today + timedelta(days=1), 9)
        self._sign(self._issue("minutes", drafting.draft_owners_minutes, self.motion))
        self._issue("result", drafting.draft_result_notice, self.proposal, self.motion)
        self.clock.forward(hours=1)
        self._post("result")

    def implement(self) -> None:
        """办事: wait out the objections, assign, report, close out, publish."""
        self._hear_objection()
        self._wait()
        self._complete()
        due = self.clock.today + timedelta(days=30)
        number = self._assign(due)
        for percent, words in script.PROGRESS:
            self.clock.forward(days=9)
            evidence = (pictures.photo(f"进展{percent}%"),)
            self.store.do(SECRETARY, followup.report, number, percent=percent, text=words, evidence=evidence)
        self.store.do(SECRETARY, notices.take_down, self.notices["result"], script.RESPONSIBLE)
        self.clock.forward(days=1)
        evidence = (pictures.photo("验收现场照片"),)
        self.store.do(SECRETARY, followup.close_out, number, text=script.CLOSING, evidence=evidence)
        closed_on = self.clock.today
        self._issue(
            "implementation",
            drafting.draft_implementation_notice,
            self.proposal,
            responsible=f"{script.UNIT} {script.RESPONSIBLE}",
            task=script.TASK,
            due_on=due,
            closed_on=closed_on,
            result=script.CLOSING,
        )
        self._post("implementation")
        self._complete()

    def review(self) -> None:
        """评事: hear how satisfied people are, call on one, file, and complete the matter."""
        self.clock.forward(days=2)
        for reviewer, role, rating, comment in script.REVIEWS:
            form = {"reviewer": reviewer, "role": role, "rating": rating, "comment": comment}
            self.store.do(SECRETARY, followup.review, self.proposal, **form)
        visited, means, words = script.VISIT
        self.store.do(SECRETARY, followup.follow_up, self.proposal, visited=visited, means=means, text=words)
        ratings = [rating for _, _, rating, _ in script.REVIEWS]
        counts = tuple(ratings.count(rating) for rating in ("满意", "基本满意", "不满意"))
        lines = tuple((reviewer, rating, comment) for reviewer, _, rating, comment in script.REVIEWS)
        self._issue("satisfaction", drafting.draft_satisfaction_sheet, self.proposal, counts=counts, lines=lines)
        self.clock.forward(days=1)
        code = self.store.do(SECRETARY, archive.file, self.proposal)
        self._issue("flow", drafting.draft_flow_sheet, self.proposal, code)
        self._complete()

    @property
    def meeting_time(self) -> datetime:
        """When the meeting begins: on the first day the call allows."""
        return at(self._day(NOTICE_DAYS), 19)

    @property
    def closing_time(self) -> datetime:
        """When the vote closes."""
        return at(self._day(FIXED["close"]), 20)

    def _day(self, after_call: int) -> date:
        return self.called_on + timedelta(days=after_call)

    def _venue(self) -> int:
        venues = self.store.ask(body_queries.venues, self.body)
        return next(venue.id for venue in venues if venue.level == VenueLevel.GRID)

    def _call_meeting(self) -> int:
        return self.store.do(
            SECRETARY,
            meetings.call,
            self.proposal,
            title="消防水泵更换事项议事会",
            place=script.PLACE,
            starts_at=self.meeting_time,
            chair=script.CHAIR,
            recorder=script.RECORDER,
            expected=script.COUNCIL,
            agenda=script.AGENDA,
        )

    def _draft_motion(self) -> int:
        return self.store.do(
            SECRETARY,
            voting.draft_motion,
            self.proposal,
            title=script.TITLE,
            items=[script.TITLE],
            rule_id=RULE,
            on=self._day(FIXED["decide"]),
            closes_at=self.closing_time,
            meeting_id=self.meeting,
            legal_mode=LegalMode.BINDING,
        )

    def _check_in(self) -> None:
        for name in script.COUNCIL:
            status = {script.ABSENT: "absent", script.EXCUSED: "excused"}.get(name, "present")
            self.store.do(SECRETARY, meetings.check_in, self.meeting, name=name, status=status)
        for name, capacity in script.OBSERVERS:
            seen = {"name": name, "status": "observer", "capacity": capacity}
            self.store.do(SECRETARY, meetings.check_in, self.meeting, **seen)

    def _speak(self) -> None:
        items = [item.id for item in self.store.ask(meeting_queries.meeting, self.meeting).agenda]
        statements = []
        for speech in script.SPEECHES:
            self.store.do(SECRETARY, meetings.start_item, items[speech.item])
            said = self.store.do(
                SECRETARY,
                meetings.state,
                self.meeting,
                speaker=speech.speaker,
                capacity=speech.capacity,
                position=speech.position,
                text=speech.text,
            )
            statements.append(said)
            self.clock.forward(minutes=6)
        place, text, reason = script.CORRECTION
        position = script.SPEECHES[place].position
        self.store.do(SECRETARY, meetings.correct, statements[place], text=text, position=position, reason=reason)
        self.store.do(SECRETARY, meetings.start_item, items[-1])

    def _assign(self, due: date) -> int:
        """Assign the work and have the order signed."""
        number = self.store.do(
            SECRETARY,
            followup.assign,
            self.proposal,
            responsible=script.RESPONSIBLE,
            unit=script.UNIT,
            task=script.TASK,
            due_on=due,
            budget=script.BUDGET,
        )
        paper = self._issue(
            "work_order",
            drafting.draft_work_order,
            self.proposal,
            responsible=script.RESPONSIBLE,
            unit=script.UNIT,
            task=script.TASK,
            due_on=due,
            budget=f"{script.BUDGET // 100:,} 元",
        )
        self._sign(paper)
        return number

    def _hear_objection(self) -> None:
        name, text, answer = script.OBJECTION
        self.clock.forward(days=2)
        heard = self.store.do(SECRETARY, notices.receive_objection, self.notices["result"], name=name, text=text)
        self.clock.forward(days=1)
        self.store.do(SECRETARY, notices.answer_objection, heard, answer=answer, upheld=False)

    def _issue(self, name: str, draft: Callable[..., int], *args: Any, **kwargs: Any) -> DocumentLine:
        """Draft a paper and issue it as PDF."""
        made = self.store.do(SECRETARY, draft, *args, **kwargs)
        self.papers[name] = issuing.issue(self.store, SECRETARY, made)
        return self.papers[name]

    def _sign(self, paper: DocumentLine) -> None:
        """Print, sign and scan a paper, and give the scan back by the code read from its pages."""
        content = pictures.scan(self.store.ask(documents.pdf, paper.id))
        name = f"{paper.kind_words}签字件.pdf"
        code = scanner.read(name, content).document_codes[0]
        self.store.do(SECRETARY, archive.attach_scan, code, name, content)

    def _post(self, name: str) -> None:
        paper = self.papers[name]
        self.notices[name] = self.store.do(
            SECRETARY,
            notices.post,
            paper.id,
            place=script.BOARD,
            posted_by=script.HELPER,
            photo=pictures.photo(f"{paper.kind_words}张贴照片"),
        )

    def _wait(self) -> None:
        """Let the clock run until every period of the present step is over."""
        facts = self.store.ask(proposal_queries.proposal, self.proposal, self.clock.today)
        opens = [one.opens_on for one in facts.obstacles if one.opens_on]
        if opens:
            self.clock.to_day(max(opens), 9)

    def _complete(self) -> None:
        self.store.do(SECRETARY, proposals.complete_step, self.proposal)
